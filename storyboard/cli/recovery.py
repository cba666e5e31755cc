"""Spells the commands that a hint names as they have to be typed here: with `-C` and `-e`.

A hint is written by who knows the failure and not the command line, say "`storyboard apply`". Typed
like that, after a command of another folder and environment, it would work on the wrong project.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import click

_COMMAND: Final = re.compile(r"\bstoryboard (?P<words>[a-z]+(?: [a-z]+)?)(?![\w:.-])")


@dataclass(frozen=True, slots=True)
class Place:
    """The folder and the environment that a command line names, where it does."""

    directory: str | None = None
    environment: str | None = None

    @classmethod
    def of(cls, arguments: Sequence[str]) -> Place:
        """Read them from a command line; what follows `--` is another program's."""
        own = list(arguments)
        own = own[: own.index("--")] if "--" in own else own
        return cls(_value(own, "-C", "--directory"), _value(own, "-e", "--environment"))

    def spelled(self, text: str, root: click.Group) -> str:
        """Return a text whose commands work on this very place."""
        if self.directory is None and self.environment is None:
            return text

        def spell(found: re.Match[str]) -> str:
            words, command = _command(found["words"].split(), root)
            if command is None:
                return found[0]
            rest = found["words"].split()[len(words) :]
            parts = ["storyboard"]
            if self.directory is not None:
                parts += ["-C", shlex.quote(self.directory)]
            parts += words
            if self.environment is not None and _takes_environment(command):
                parts += ["-e", shlex.quote(self.environment)]
            return " ".join((*parts, *rest))

        return _COMMAND.sub(spell, text)


def spelled_here(text: str) -> str:
    """Return a text whose commands work on the place that the running command names."""
    ctx = click.get_current_context(silent=True)
    place = None if ctx is None else ctx.meta.get(PLACE)
    root = None if ctx is None else ctx.find_root().command
    if not isinstance(place, Place) or not isinstance(root, click.Group):
        return text
    return place.spelled(text, root)


PLACE: Final = "storyboard.cli.place"
"""The key of the `Place` in a context's `meta`."""


def _value(arguments: Sequence[str], short: str, long: str) -> str | None:
    """Return the last value of an option, in any of click's spellings."""
    value = None
    for number, argument in enumerate(arguments):
        if argument in (short, long):
            value = arguments[number + 1] if number + 1 < len(arguments) else value
        elif argument.startswith(f"{long}="):
            value = argument.removeprefix(f"{long}=")
        elif argument.startswith(short) and not argument.startswith("--"):
            value = argument.removeprefix(short)
    return value


def _command(words: Sequence[str], root: click.Group) -> tuple[list[str], click.Command | None]:
    """Find the command that words name, and how many of them are its name."""
    command = root.get_command(click.Context(root), words[0])
    if isinstance(command, click.Group):
        below = command.commands.get(words[1]) if len(words) > 1 else None
        return (list(words[:2]), below) if below is not None else (list(words[:1]), command)
    return list(words[:1]), command


def _takes_environment(command: click.Command) -> bool:
    return any("--environment" in parameter.opts for parameter in command.params)
