"""Spells the commands that a hint names as they have to be typed here: with `-C`, `-e` and `--var`.

A hint is written by who knows the failure and not the command line, say "`storyboard apply`". Typed
like that, after a command of another folder and environment, it would work on the wrong project.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

import click

from storyboard.cli.meta_keys import TYPED
from storyboard.commands.doctor_finding import Finding
from storyboard.shell import word
from storyboard.source.diagnostic import Report

_COMMAND: Final = re.compile(r"\bstoryboard (?P<words>[a-z]+(?: [a-z]+)?)(?![\w:.-])")
_TYPED: Final = "storyboard COMMAND"
"""In a hint, the command that was typed, in whatever environment the hint says."""

_ENVIRONMENT: Final = re.compile(r" (-e|--environment)\b")
_VARIABLES: Final = ("--var", "--var-file")


@dataclass(frozen=True, slots=True)
class Place:
    """The folder, the environment and the variables that a command line names, where it does."""

    directory: str | None = None
    environment: str | None = None
    variables: tuple[tuple[str, str], ...] = ()
    typed: tuple[str, ...] = ()

    @classmethod
    def of(cls, arguments: Sequence[str]) -> Place:
        """Read them from a command line; what follows `--` is another program's."""
        own = list(arguments)
        own = own[: own.index("--")] if "--" in own else own
        variables = tuple(
            (option, value) for option in _VARIABLES for value in _values(own, None, option)
        )
        directories = _values(own, "-C", "--directory")
        environments = _values(own, "-e", "--environment")
        typed = without_option(own, "-e", "--environment")
        return cls(_last(directories), _last(environments), variables, typed)

    def spelled(self, text: str, root: click.Group) -> str:
        """Return a text whose commands work on this very place."""

        def spell(found: re.Match[str]) -> str:
            words, command = _command(found["words"].split(), root)
            if command is None:
                return found[0]
            rest = found["words"].split()[len(words) :]
            parts = ["storyboard"]
            if self.directory is not None:
                parts += ["-C", word(self.directory)]
            parts += words
            says = _ENVIRONMENT.match(found.string, found.end()) is not None
            if self.environment is not None and not says and _takes(command, "--environment"):
                parts += ["-e", word(self.environment)]
            for option, value in self.variables:
                parts += [option, word(value)] if _takes(command, option) else []
            return " ".join((*parts, *rest))

        # To find a command is to import it: only where there is something to say of the place.
        is_plain = self.directory is None and self.environment is None and not self.variables
        here = text if is_plain else _COMMAND.sub(spell, text)
        words = " ".join(("storyboard", *map(word, self.typed)))
        return here.replace(_TYPED, words) if self.typed else here


def spelled_here(text: str) -> str:
    """Return a text whose commands work on the place that the running command names."""
    return spelling_here()(text)


def spelling_here() -> Callable[[str], str]:
    """Return what `spelled_here` does in this thread, for threads that know no command."""
    ctx = click.get_current_context(silent=True)
    typed = None if ctx is None else ctx.meta.get(TYPED)
    root = None if ctx is None else ctx.find_root().command
    if typed is None or not isinstance(root, click.Group):
        return str
    return partial(Place.of(typed).spelled, root=root)


def report_here(report: Report) -> Report:
    """Return a report whose hints name commands that work here."""
    found = (replace(d, hint=_hint_here(d.hint)) for d in report.diagnostics)
    return replace(report, diagnostics=tuple(found))


def findings_here(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Return findings of doctor whose hints name commands that work here."""
    return tuple(replace(finding, hint=_hint_here(finding.hint)) for finding in findings)


def without_option(arguments: Sequence[str], short: str, long: str) -> tuple[str, ...]:
    """Return a command line without an option, in any of click's spellings."""
    kept, is_value = [], False
    for argument in arguments:
        is_option = argument in (short, long)
        is_joined = argument.startswith((f"{long}=", short)) and argument != short
        if not (is_option or is_value or is_joined):
            kept.append(argument)
        is_value = is_option
    return tuple(kept)


def _hint_here(hint: str | None) -> str | None:
    return None if hint is None else spelled_here(hint)


def _values(arguments: Sequence[str], short: str | None, long: str) -> list[str]:
    """Return the values of an option, in any of click's spellings."""
    values: list[str] = []
    for number, argument in enumerate(arguments):
        if argument in (short, long):
            values += arguments[number + 1 : number + 2]
        elif argument.startswith(f"{long}="):
            values.append(argument.removeprefix(f"{long}="))
        elif short and argument.startswith(short) and not argument.startswith("--"):
            values.append(argument.removeprefix(short))
    return values


def _last(values: Sequence[str]) -> str | None:
    return values[-1] if values else None


def _command(words: Sequence[str], root: click.Group) -> tuple[list[str], click.Command | None]:
    """Find the command that words name, and how many of them are its name."""
    command = root.get_command(click.Context(root), words[0])
    if isinstance(command, click.Group):
        below = command.commands.get(words[1]) if len(words) > 1 else None
        return (list(words[:2]), below) if below is not None else (list(words[:1]), command)
    return list(words[:1]), command


def _takes(command: click.Command, option: str) -> bool:
    return any(option in parameter.opts for parameter in command.params)
