"""`--fail-on`: what a pipeline takes for a failure though it is none, alike in every command."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Any, Final, TypeVar

import click

from storyboard.errors import ExitCode
from storyboard.plan.sides import Action

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


def exit_code(code: int, *, found: Collection[str], fail_on: tuple[str, ...]) -> int:
    """Return the exit code of a command that ended with `code`, and found these kinds.

    A real failure keeps its own code.
    """
    return ExitCode.REFUSED if code in _MILD and set(found) & set(fail_on) else code
