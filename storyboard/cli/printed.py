"""Which schema describes what a command prints with `--json`. Knows names, and reads no schema."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

import click

NOTHING: Final[Mapping[str, str]] = MappingProxyType(
    {
        "completion": "prints a script for a shell",
        "studio exec": "prints what the command prints that it runs",
        "studio worker": "works until it is told to end",
    }
)
"""Commands without `--json`, each with its reason."""

SHARED: Final[Mapping[str, str]] = MappingProxyType(
    {
        "check": "diagnostics",
        "apply": "outcome",
        "destroy": "outcome",
        "ci apply": "outcome",
        "fmt": "rewrites",
        "locale sync": "rewrites",
        "schema": "schemas",
        "state pull": "state",
        "studio media add": "studio-media",
        "studio media list": "studio-media",
        "studio fault add": "studio-faults",
        "studio fault list": "studio-faults",
        "studio fault clear": "studio-faults",
        "studio hold": "studio-held",
        "studio release": "studio-held",
        "studio snapshot list": "studio-snapshots",
        "studio token list": "studio-tokens",
        "studio snapshot save": "studio-snapshot",
        "studio snapshot restore": "studio-snapshot",
        "studio snapshot delete": "studio-snapshot",
    }
)
"""Commands whose schema has not their own name."""

STDERR: Final = "events"
"""The schema of each line on stderr."""


def schema_of(words: str) -> str:
    """Return the name of the schema of a command: `state list` prints what `state-list` says."""
    return SHARED.get(words, words.replace(" ", "-"))


def printed_by(root: click.Group) -> dict[str, list[str]]:
    """Return which commands print what a schema describes, by its name."""
    found: dict[str, list[str]] = {STDERR: ["every command, on stderr"]}
    for words in working_commands(root):
        if words not in NOTHING:
            found.setdefault(schema_of(words), []).append(words)
    return found


def working_commands(root: click.Group) -> Iterator[str]:
    """Yield the words of every command that does something; imports them all."""
    context = click.Context(root)
    waiting = [(name, root.get_command(context, name)) for name in root.list_commands(context)]
    for words, command in waiting:
        if not isinstance(command, click.Group) or command.invoke_without_command:
            yield words
        if isinstance(command, click.Group):
            waiting += [(f"{words} {name}", sub) for name, sub in command.commands.items()]
