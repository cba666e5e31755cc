"""`--fail-on`: what a pipeline takes for a failure though it is none, alike in every command."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, TypeVar

import click

from storyboard.errors import ExitCode

_Command = TypeVar("_Command", bound=Callable[..., Any])
_HOLD: Final = "hold"
_MILD: Final = (ExitCode.OK, ExitCode.CHANGES_PENDING)


def fail_on_option(command: _Command) -> _Command:
    """Add what makes held videos a failure; they are skipped so that the others can go on."""
    option = click.option(
        "--fail-on",
        type=click.Choice([_HOLD]),
        multiple=True,
        help="Exit with 5 if a video is held.",
    )
    return option(command)


def exit_code(code: int, *, held: bool, fail_on: tuple[str, ...]) -> int:
    """Return the exit code of a command that ended with `code`; a real failure keeps its own."""
    return ExitCode.REFUSED if held and _HOLD in fail_on and code in _MILD else code
