"""`--fail-on`: what a pipeline takes for a failure though it is none, alike in every command."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Any, Final, TypeVar

import click

from storyboard.cli.telling import telling_here
from storyboard.commands.rewriting import Rewrite
from storyboard.counting import NAMES_IN_LINE, counted, listed
from storyboard.errors import ExitCode, FailureCode, StoryboardError
from storyboard.plan.action import Action
from storyboard.source.diagnostic import Report

_Command = TypeVar("_Command", bound=Callable[..., Any])
HOLD: Final = Action.HOLD.value

_MILD: Final = (ExitCode.OK, ExitCode.CHANGES_PENDING)


def fail_on_option(
    kinds: Sequence[str] = (HOLD,), help: str = "Exit with 5 if a video is held."
) -> Callable[[_Command], _Command]:
    """Add what makes each of these kinds a failure.

    Alone, held videos are none: they are skipped so that the others can go on.
    """

    def split(ctx: click.Context, option: click.Parameter, given: tuple[str, ...]) -> Any:
        named = [name.strip() for text in given for name in text.split(",")]
        for name in named:
            if name not in kinds:
                raise click.BadParameter(f"'{name}' is not one of: {', '.join(kinds)}")
        return tuple(named)

    return click.option(
        "--fail-on",
        metavar=f"[{'|'.join(kinds)}]",
        multiple=True,
        callback=split,
        help=help,
    )


def exit_of_check(rewrites: Sequence[Rewrite], report: Report, *, check: bool) -> int:
    """Return the exit code of a command that writes files, or with `--check` would."""
    outdated = [rewrite.path for rewrite in rewrites if check and rewrite.changes]
    if outdated and not report.has_errors:
        said = (
            f"{counted(len(outdated), 'file')} would be written: {listed(outdated, NAMES_IN_LINE)}"
        )
        hint = "run it without `--check`"
        telling_here().noted(StoryboardError(said, hint=hint, code=FailureCode.FILES_OUTDATED))
    return ExitCode.FILES_HAVE_ERRORS if report.has_errors or outdated else ExitCode.OK


def exit_code(code: int, *, found: Collection[str], fail_on: tuple[str, ...]) -> int:
    """Return the exit code of a command that ended with `code`, and found these kinds.

    A real failure keeps its own code.
    """
    met = sorted(set(found) & set(fail_on))
    if code not in _MILD or not met:
        return code
    said = f"`--fail-on` names what was found: {', '.join(met)}"
    telling_here().noted(StoryboardError(said, code=FailureCode.FAIL_ON))
    return ExitCode.REFUSED
