"""`storyboard apply`: make the studio hold what the files say, films included."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from storyboard.apply.standing import Standing
from storyboard.cli.applying import (
    after_plan,
    approving,
    observing,
    same_again,
    show_applied,
    unmade_again,
)
from storyboard.cli.asking import require_answer
from storyboard.cli.bisecting import search_scene
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
from storyboard.cli.saved_plans import refuse_fixed
from storyboard.cli.together import ROLLBACK, require_mode
from storyboard.commands.apply import Applied, Planning, apply_changes
from storyboard.commands.request import Request
from storyboard.commands.rollback import Rollback
from storyboard.commands.saved_plans import find_saved, read_saved, request_asked
from storyboard.errors import UsageError
from storyboard.plan.options import PlanOptions
from storyboard.plan.plan import Plan
from storyboard.plan.saved import SavedPlan, options_asked, require_usable
from storyboard.shell import word
from storyboard.tracing.opening import traced_command


@click.command("apply")
@project_options
@plan_options
@click.option("-y", "--yes", is_flag=True, help="Skip the confirmation.")
@click.option("--expect-digest", metavar="DIGEST",
              help="Apply only the plan with this digest or plan id.")  # fmt: skip
@click.option("--download", type=click.Path(file_okay=False, path_type=Path), metavar="DIR",
              help="Save films and captions in DIR, by address (local: 'films').")  # fmt: skip
@click.option("--rollback", is_flag=True,
              help="Use the earlier film of the addresses, and make none.")  # fmt: skip
@click.option("--film", metavar="ENTRY", help="Use the film with this entry for --rollback.")
@click.option("--bisect", is_flag=True,
              help="Make test films to find the scene that breaks a film.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print the outcome as JSON.")
@full_option
@fail_on_option()
@lock_option
@timeout_option
@progress_option
@click.pass_context
def command(
    ctx: click.Context,
    /,
    yes: bool,
    expect_digest: str | None,
    download: Path | None,
    rollback: bool,
    film: str | None,
    bisect: bool,
    as_json: bool,
    fail_on: tuple[str, ...],
    full: bool,
    lock_timeout: float | None,
    timeout: float | None,
    **options: Any,
) -> int:
    """Apply the files to the studio and generate the films.

    A FILE that `plan -o` saved is applied once, and only while nothing has changed since.

    Shows the plan and asks, unless --yes is given. Interrupting detaches: films go on being made,
    and the next apply attaches to them.
    """
    settings = split_plan_options(options)
    if bisect:
        return search_scene(ctx, settings, options, as_json=as_json)
    require_answer(yes, "apply")
    planning = _rollback(ctx, film) if rollback or film else None
    asked = _asked(ctx, settings, (lock_timeout, timeout), options)
    asked = replace(asked, expected=expect_digest, download=download, planning=planning)
    applied = _applied(asked, approving("apply this plan?", yes=yes, as_json=as_json, full=full))
    again = asked.settings.regenerate
    code = _shown(applied, asked.planned_in, again, as_json=as_json, full=full)
    return exit_code(code, found=[HOLD] * len(applied.plan.held), fail_on=fail_on)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is to be applied, within which limits; `saved` is the plan that says so, if one does."""

    saved: SavedPlan | None
    request: Request
    settings: PlanOptions
    expected: str | None = None
    download: Path | None = None
    planning: Planning | None = None

    @property
    def planned_in(self) -> str | None:
        """The environment, where one certain plan is to be applied."""
        is_certain = self.saved is not None or self.expected is not None
        return self.request.environment if is_certain else None


def _applied(asked: _Asked, ask: Callable[[Plan], bool]) -> Applied:
    """Apply; what waits for the lock, or is interrupted, tells how far it came."""
    compilation = compile_clean(asked.request)
    standing = Standing()
    with traced_command("apply", os.environ):
        return run_held(
            apply_changes(
                asked.request,
                compilation,
                approve=standing.approving(ask),
                options=asked.settings,
                expected=asked.expected,
                saved=asked.saved,
                download=asked.download,
                observing=standing.observing(observing),
                planning=asked.planning,
            ),
            standing,
        )


def _shown(
    applied: Applied, planned_in: str | None, again: Sequence[str], *, as_json: bool, full: bool
) -> int:
    """Print what came of it, and return the exit code.

    `planned_in` is the environment, where one certain plan was to be applied: another apply does
    not go on with what that began. `again` names the films that were to be made once more.
    """
    films = () if applied.outcome is None else applied.outcome.under_way
    resume = same_again(unmade_again(applied.outcome, again))
    if planned_in is not None:
        resume = after_plan(planned_in, films)
    return show_applied(applied, as_json=as_json, resume=resume, full=full)


def _asked(
    ctx: click.Context,
    settings: PlanOptions,
    limits: tuple[float | None, float | None],
    options: Mapping[str, Any],
) -> _Asked:
    """Return what is to be applied and within which limits: as a saved plan says, or the options.

    Raises `UsageError` for options beside a saved plan that it decides, and `ConflictError` for one
    that is not usable any more.
    """
    path = find_saved(options["targets"])
    if path is None:
        return _Asked(None, holding(build_request(ctx, **options), "apply", *limits), settings)
    saved = read_saved(path)
    refuse_fixed(ctx, saved)
    require_usable(saved, datetime.now(UTC))
    request = request_asked(saved.asked, ctx.find_root().obj)
    within = options_asked(saved.asked, settings)
    return _Asked(saved, holding(request, "apply", *limits), within)


def _rollback(ctx: click.Context, film: str | None) -> Planning:
    """Return what plans a rollback of addresses; raises `UsageError` for what does not go along."""
    if not ctx.params["rollback"]:
        raise UsageError(
            "--film is given without --rollback",
            hint=f"storyboard apply --rollback --film {word(str(film))} ADDRESS",
        )
    require_mode(ctx, ROLLBACK)
    return Rollback(film).plan
