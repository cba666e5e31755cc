"""What every command that carries out a plan does around it: shows it, asks, shows what came."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import AbstractContextManager

import click

from storyboard.apply.observer import Observer
from storyboard.cli import show_failure
from storyboard.cli.asking import confirm
from storyboard.cli.options import wants_color
from storyboard.cli.recovery import spelled_here
from storyboard.commands.apply import Applied
from storyboard.errors import ExitCode, UsageError
from storyboard.plan.plan import Plan
from storyboard.views.apply_json import render_outcome_json
from storyboard.views.apply_text import render_outcome_text
from storyboard.views.plan_text import render_plan_text
from storyboard.views.progress import showing_progress
from storyboard.views.standing import go_on


def require_answer(yes: bool, what: str) -> None:
    """Raise `UsageError` where a question would find nobody to answer it."""
    if not yes and not sys.stdin.isatty():
        raise UsageError(
            f"{what} needs confirmation, but stdin is not a terminal", hint="pass --yes"
        )


def approving(
    question: str, *, yes: bool, as_json: bool, full: bool = False
) -> Callable[[Plan], bool]:
    """Return what shows a plan and asks; where the results are JSON, the plan goes to stderr."""

    def approve(plan: Plan) -> bool:
        color = wants_color(sys.stderr if as_json else sys.stdout)
        text = spelled_here(render_plan_text(plan, color=color, full=full))
        click.echo(text, nl=False, err=as_json)
        if plan.refusals or not plan.has_changes or yes:
            return True
        return confirm(question)

    return approve


def observing() -> AbstractContextManager[Observer]:
    """Show a run on stderr: bars on a terminal, lines elsewhere."""
    return showing_progress(sys.stderr, bars=wants_color(sys.stderr))


def show_applied(applied: Applied, *, as_json: bool, command: str = "storyboard apply") -> int:
    """Print what came of a plan, and return the exit code; `command` goes on after an interrupt."""
    outcome = applied.outcome
    if outcome is None:
        click.echo("nothing was changed", err=True)
        return ExitCode.OK
    if as_json:
        click.echo(render_outcome_json(outcome), nl=False)
    else:
        text = spelled_here(render_outcome_text(outcome, color=wants_color(sys.stdout)))
        click.echo(text, nl=False)
    if outcome.interrupted and not as_json:
        click.echo(spelled_here(f"hint: {go_on(command)}"), err=True)
    if outcome.fatal is not None and as_json:
        show_failure(outcome.fatal)
    return outcome.exit_code
