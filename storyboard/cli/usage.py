"""Says in our words, with a hint, what click finds wrong with a command line.

The only place that knows click's words, and for wrong command lines alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import click

from storyboard.cli.misplaced import command_words
from storyboard.errors import UsageError
from storyboard.nearest import did_you_mean

_NO_COMMAND: Final = "there is no command"
_IS_NOT: Final = " is not "
"""Between the value that was given and what click expected."""


class NoCommand(click.UsageError):
    """A word stands where a command should, and is none; click has this since 8.4 only."""

    def __init__(self, name: str, ctx: click.Context) -> None:
        super().__init__(f"No such command '{name}'.", ctx)
        self.command_name = name


def usage_error(mistake: click.UsageError, typed: Sequence[str], root: click.Group) -> UsageError:
    """Return a wrong use of the command line as a failure like all others."""
    ctx = mistake.ctx
    # Of an option without its value click does not say whose it is.
    path = command_words(typed, root) if ctx is None else _path(ctx)
    said, way = _told(mistake, ctx, path)
    what = "commands" if said.startswith(_NO_COMMAND) else "options"
    help = f"see the {what}: {' '.join(('storyboard', *path))} --help"
    return UsageError(said, hint=way or help)


def _path(ctx: click.Context) -> list[str]:
    """Return the names of a command and its groups, however the program was called."""
    return [] if ctx.parent is None else [*_path(ctx.parent), ctx.info_name or ""]


def _told(
    mistake: click.UsageError, ctx: click.Context | None, path: Sequence[str]
) -> tuple[str, str | None]:
    """Return what is wrong, and what to do, if more is known than where the help is."""
    name = getattr(mistake, "command_name", None)
    if name is not None and ctx is not None and isinstance(ctx.command, click.Group):
        words = " ".join((*path, name))
        return f"{_NO_COMMAND} '{words}'", did_you_mean(name, ctx.command.list_commands(ctx))
    match mistake:
        case click.exceptions.NoArgsIsHelpError():
            return "a command is missing", None
        case click.NoSuchOption():
            named = mistake.option_name
            return f"there is no option '{named}'", did_you_mean(named, _options(ctx))
        case click.MissingParameter(param=click.Option() as option):
            return f"option '{_spelled(option)}' is missing", None
        case click.MissingParameter(param=click.Argument() as argument):
            return f"{_metavar(argument, ctx)} is missing", _usage(ctx, path)
        case click.BadParameter(param=click.Parameter() as parameter):
            return _invalid(mistake.message, parameter, ctx)
    said = _plain(mistake.format_message())
    return said, _usage(ctx, path) if "extra argument" in said else None


def _invalid(
    message: str, parameter: click.Parameter, ctx: click.Context | None
) -> tuple[str, str | None]:
    is_option = isinstance(parameter, click.Option)
    shown = f"'{_spelled(parameter)}'" if is_option else _metavar(parameter, ctx)
    given, is_not, _ = message.partition(_IS_NOT)
    expected = _expected(parameter.type)
    if not is_not or expected is None:
        return f"invalid value for {shown}: {_plain(message)}", None
    given = given.strip("'\"")
    choices = parameter.type.choices if isinstance(parameter.type, click.Choice) else ()
    said = f"invalid value '{given}' for {shown}: expected {expected}"
    return said, did_you_mean(given, map(str, choices))


def _expected(kind: click.ParamType[Any]) -> str | None:
    """Return what a type takes; None for one whose own words say it."""
    match kind:
        case click.Choice():
            return f"one of: {', '.join(map(str, kind.choices))}"
        case click.IntRange() | click.FloatRange():
            noun = "a whole number" if isinstance(kind, click.IntRange) else "a number"
            if kind.min is not None and kind.max is not None:
                return f"{noun} from {kind.min} to {kind.max}"
            if kind.min is not None:
                return f"{noun}, {kind.min} or more"
            return noun if kind.max is None else f"{noun}, {kind.max} or less"
    names = {"integer": "a whole number", "float": "a number"}
    return names.get(kind.name)


def _spelled(parameter: click.Parameter) -> str:
    """Return an option by its long name."""
    return max(parameter.opts, key=len)


def _metavar(argument: click.Parameter, ctx: click.Context | None) -> str:
    made = argument.make_metavar(ctx or click.Context(click.Command("storyboard")))
    return made.strip("[].")


def _options(ctx: click.Context | None) -> list[str]:
    """Return all options of a command, but for those that help does not show."""
    parameters = [] if ctx is None else ctx.command.get_params(ctx)
    options = [each for each in parameters if isinstance(each, click.Option) and not each.hidden]
    return [name for each in options for name in (*each.opts, *each.secondary_opts)]


def _usage(ctx: click.Context | None, path: Sequence[str]) -> str | None:
    """Return the hint with what follows a command, if it has no options that have to be given."""
    if ctx is None:
        return None
    pieces = (word for word in ctx.command.collect_usage_pieces(ctx) if word != "[OPTIONS]")
    return " ".join(("write: storyboard", *path, *pieces))


def _plain(message: str) -> str:
    """Return one of click's sentences as a message of ours."""
    line = " ".join(message.split()).rstrip(".")
    return line[:1].lower() + line[1:]
