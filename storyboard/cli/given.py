"""The options that a command line has: which were typed, and how. Knows none by its name."""

from __future__ import annotations

from collections.abc import Iterator

import click
from click.core import ParameterSource

from storyboard.errors import UsageError


def excluding(one: str, other: str) -> UsageError:
    """Return the failure of two options of which a command takes one."""
    return UsageError(f"{one} and {other} exclude each other", hint="pass one of them")


def typed(ctx: click.Context) -> Iterator[click.Parameter]:
    """Yield the parameters that were given in the command line."""
    for parameter in ctx.command.params:
        if ctx.get_parameter_source(parameter.name or "") is ParameterSource.COMMANDLINE:
            yield parameter


def spelled(ctx: click.Context, parameter: click.Parameter) -> str:
    """Return an option as it was typed: `--no-generate` for the other side of a switch."""
    is_off = ctx.params[parameter.name or ""] is False
    return (parameter.secondary_opts if is_off else parameter.opts)[0]
