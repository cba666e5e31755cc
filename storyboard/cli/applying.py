"""What every command that carries out a plan does around it: shows it, asks, shows what came."""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import Any, Final

import click

from storyboard.apply.observer import Observer
from storyboard.apply.outcome import Ending, Outcome
from storyboard.cli.asking import confirm
from storyboard.cli.options import has_bars, wants_color
from storyboard.cli.recovery import spelled_here, without_option
from storyboard.cli.telling import telling_here
from storyboard.commands.apply import Applied
from storyboard.errors import ExitCode, FailureCode, StoryboardError
from storyboard.plan.action import Action
from storyboard.plan.plan import Plan
from storyboard.plan.refusal import enforce
from storyboard.shell import word
from storyboard.video import Address
from storyboard.views.apply_json import made_videos, render_outcome_json
from storyboard.views.apply_text import MOST_ROWS, render_outcome_text
from storyboard.views.endings import reason_lines
from storyboard.views.plan_text import render_plan_text
from storyboard.views.progress import showing_progress
from storyboard.views.progress_json import EventProgress
from storyboard.views.resuming import resume_line, resume_to_dict

_AGAIN: Final = "--regenerate"


def approving(
    question: str, *, yes: bool, as_json: bool, full: bool = False
) -> Callable[[Plan], bool]:
    """Return what shows a plan and asks; where the results are JSON, the plan goes to stderr."""

    def approve(plan: Plan) -> bool:
        color = wants_color(sys.stderr if as_json else sys.stdout)
        show_planned(plan, color=color, full=full, err=as_json)
        if not telling_here().as_json:
            enforce(plan.refusals, shown=True)
        if plan.refusals or not plan.has_changes or yes:
            return True
        return confirm(question)

    return approve


def show_planned(plan: Plan, *, color: bool, full: bool, err: bool) -> None:
    """Show what is about to be carried out; where stderr is for programs, as an event on it."""
    telling = telling_here()
    telling.event({"event": "planned", "digest": plan.digest, "summary": plan.summary})
    if not (telling.has_events and err):
        click.echo(spelled_here(render_plan_text(plan, color=color, full=full)), nl=False, err=err)


def observing() -> AbstractContextManager[Observer]:
    """Show a run on stderr: bars on a terminal, lines elsewhere, events for programs."""
    telling = telling_here()
    if telling.has_events:
        return nullcontext(EventProgress(telling.event))
    return showing_progress(sys.stderr, bars=has_bars(sys.stderr))


def same_again(unmade: Collection[Address] = ()) -> str:
    """Return the command that goes on with what this one began: the same once more.

    Of films that are made again, only those that are `unmade` are asked for: a film that is ready
    would be made a third time, and what is in the making needs no option.
    """
    typed = without_option(telling_here().typed, _AGAIN, _AGAIN)
    again = (part for address in unmade for part in (_AGAIN, str(address)))
    return " ".join(("storyboard", *map(word, (*typed, *again))))


def unmade_again(outcome: Outcome | None, patterns: Sequence[str]) -> tuple[Address, ...]:
    """Return whose films were to be made again and neither were made nor are in the making."""
    undone = (Ending.FAILED, Ending.SKIPPED)
    films = () if outcome is None else outcome.actions
    return tuple(
        film.address
        for film in films
        if film.action is Action.GENERATE
        and film.ending in undone
        and patterns
        and film.address.matches(patterns)
    )


def after_plan(environment: str, films: Collection[Address]) -> str:
    """Return the command that goes on where one plan was to be applied, which is used up now."""
    words = [word(str(address)) for address in films]
    wait = " ".join((f"storyboard wait -e {word(environment)}", *words))
    return spelled_here(wait if films else f"storyboard plan -e {word(environment)}")


def show_applied(
    applied: Applied, *, as_json: bool, resume: str | None = None, full: bool = False
) -> int:
    """Print what came of a plan, and return the exit code.

    `resume` is the command that goes on with what is in the making, if not the same again.
    """
    outcome = applied.outcome
    if outcome is None:
        click.echo("nothing was changed", err=True)
        return ExitCode.OK
    is_open = outcome.interrupted or bool(outcome.under_way)
    command = (resume or same_again()) if is_open else None
    telling = telling_here()
    code = telling.ended(outcome.exit_code)
    if as_json:
        click.echo(render_outcome_json(outcome, code, resume=command), nl=False)
    else:
        most = None if full else MOST_ROWS
        told = render_outcome_text(outcome, color=wants_color(sys.stdout), most=most)
        text = spelled_here(told)
        click.echo(text, nl=False)
        if command is not None:
            click.echo(resume_line(command, outcome.under_way), nl=False)
    details: dict[str, Any] = {"videos": made_videos(outcome)}
    if outcome.is_retryable:
        details["retryable"] = True
    if command is not None:
        details["resume"] = resume_to_dict(command, outcome.under_way)
    if code != ExitCode.OK:
        telling.noted(_failure(outcome, code, resume=command), **details)
    return code


def _failure(outcome: Outcome, exit_code: int, *, resume: str | None) -> StoryboardError:
    """Return what ended a run, else the first action that decided its exit code."""
    if outcome.fatal is not None and outcome.fatal.exit_code == exit_code:
        return outcome.fatal
    general = FailureCode.of(exit_code)
    bad = [item for item in outcome.actions if item.code == outcome.exit_code]
    go_on = None if resume is None else f"go on with: {resume}"
    if not bad:
        return StoryboardError(general.meaning, hint=go_on or general.fix, code=general)
    first, *others = bad
    exact = first.failure is not None and first.failure.exit == exit_code
    message = next(iter(reason_lines(first)))
    fix = go_on or (None if exact else general.fix)
    return StoryboardError(
        f"{message}; {len(others):,} more" if others else message,
        hint=first.hints[0] if first.hints else fix,
        code=first.failure if exact else general,
    )
