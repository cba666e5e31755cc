"""`storyboard ci apply`: apply what a pull request approved of, after it was merged."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import click

from storyboard.apply.outcome import Outcome
from storyboard.apply.standing import Standing
from storyboard.cli.applying import observing, show_applied, show_planned
from storyboard.cli.compiling import compile_clean
from storyboard.cli.fail_on import HOLD, exit_code, fail_on_option
from storyboard.cli.held_run import run_held
from storyboard.cli.options import (
    build_request,
    holding,
    lock_option,
    progress_option,
    project_options,
    timeout_option,
)
from storyboard.cli.plan_options import full_option, plan_options, split_plan_options
from storyboard.cli.pull_request_options import pull_request_options
from storyboard.cli.recovery import spelled_here
from storyboard.commands.apply import Applied
from storyboard.commands.approved_plan import Doubt
from storyboard.commands.ci_apply import Carrier, apply_merged
from storyboard.commands.pull_requests import Job
from storyboard.errors import StoryboardError
from storyboard.plan.plan import Plan
from storyboard.tracing.opening import traced_command
from storyboard.views.apply_markdown import render_outcome_markdown, render_undone_markdown
from storyboard.views.apply_text import render_outcome_text
from storyboard.views.plan_markdown import render_doubt, render_plan_markdown
from storyboard.views.wording import printable

_FORMATS: Final = ("text", "json", "markdown")


@click.command("apply")
@project_options
@plan_options
@pull_request_options
@click.option("--direct", is_flag=True,
              help="Apply commits that were pushed without a pull request.")  # fmt: skip
@click.option("--download", type=click.Path(file_okay=False, path_type=Path), metavar="DIR",
              help="Save films and captions in DIR, by address (local: 'films').")  # fmt: skip
@click.option("--json", "form", flag_value="json", help="Print JSON, as `--format json`.")
@click.option("--format", "form", type=click.Choice(_FORMATS), default="text",
              show_default=True, help="Print the outcome; markdown: what is posted.")  # fmt: skip
@full_option
@fail_on_option()
@lock_option
@timeout_option
@progress_option
@click.pass_context
def command(
    ctx: click.Context,
    /,
    forge: str | None,
    number: int | None,
    direct: bool,
    download: Path | None,
    form: str,
    fail_on: tuple[str, ...],
    full: bool,
    lock_timeout: float | None,
    timeout: float | None,
    **options: Any,
) -> int:
    """Apply the plan of a merged pull request.

    Looks up the pull request of the job's commit, and reads the plan's digest in the comment that
    `storyboard ci comment` wrote there. If the plan is another one now, nothing is changed: it is
    posted, and applied if the job is run again. What came of it is posted, too.
    """
    settings = split_plan_options(options)
    request = holding(build_request(ctx, **options), "ci apply", lock_timeout, timeout)
    compilation = compile_clean(request)
    standing = Standing()
    with traced_command("ci apply", os.environ):
        merged = run_held(
            apply_merged(
                Carrier(request, compilation, settings, download, standing.observing(observing)),
                Job(os.environ, forge, number),
                _Wording(request.environment),
                show=_shown(form, full=full),
                may_be_direct=direct,
            ),
            standing,
            "storyboard ci apply",
        )
    _tell_unposted(merged.unposted)
    if form == "markdown":
        click.echo(spelled_here("\n".join(merged.said)), nl=False)
    if merged.refused is not None:
        raise merged.refused
    if merged.applied is None:
        raise AssertionError("what was not refused was applied")
    code = _show(merged.applied, form)
    return exit_code(code, found=[HOLD] * len(merged.applied.plan.held), fail_on=fail_on)


def _tell_unposted(causes: Sequence[StoryboardError]) -> None:
    for cause in causes:
        click.echo(printable(f"warning: not told in the pull request: {cause.message}"), err=True)
        if cause.hint:
            click.echo(printable(f"  hint: {cause.hint}"), err=True)


def _shown(form: str, *, full: bool) -> Callable[[Plan], None]:
    """Return what shows a plan in the log: on stderr where stdout has what a program reads."""

    def show(plan: Plan) -> None:
        show_planned(plan, color=False, full=full, err=form != "text")

    return show


def _show(applied: Applied, form: str) -> int:
    if form == "markdown" and applied.outcome is not None:
        click.echo(spelled_here(render_outcome_text(applied.outcome)), nl=False, err=True)
        return applied.outcome.exit_code
    return show_applied(applied, as_json=form == "json")


@dataclass(frozen=True, slots=True)
class _Wording:
    """How the comments of an environment read, with commands that work on this place."""

    environment: str

    def plan(self, plan: Plan, doubt: Doubt | None) -> str:
        notice = "" if doubt is None else render_doubt(doubt)
        text = render_plan_markdown(plan, environment=self.environment, notice=notice)
        return spelled_here(text)

    def outcome(self, outcome: Outcome, digest: str) -> str:
        text = render_outcome_markdown(outcome, environment=self.environment, digest=digest)
        return spelled_here(text)

    def undone(self) -> str:
        return render_undone_markdown(environment=self.environment)
