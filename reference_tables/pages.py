"""Finds generated blocks in Markdown and fills them. Knows no table's content.

A block is everything between `<!-- generated: NAME ARGUMENT… -->` and `<!-- end -->`. What stands
around it is written by hand and stays.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from reference_tables import (
    codes,
    commands,
    environment,
    expressions,
    json_outputs,
    keys,
    studio,
    widget,
)

ROOT: Final = Path(__file__).parents[1]
PAGES: Final = (
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "SECURITY.md")),
    *sorted((ROOT / "docs").rglob("*.md")),
)
BLOCK: Final = re.compile(r"<!-- generated: ([^\n]+?) -->\n(.*?)<!-- end -->", re.S)

TABLES: Final[Mapping[str, Callable[..., str]]] = {
    "commands": commands.all_commands,
    "command": commands.one_command,
    "codes": codes.all_codes,
    "filters": expressions.filters,
    "tests": expressions.tests,
    "limits-of-expressions": expressions.limits_of_expressions,
    "elsewhere": expressions.elsewhere,
    "exit-codes": commands.exit_codes,
    "worst-first": commands.worst_first,
    "keys": keys.keys_of,
    "environment-variables": environment.variables,
    "json": json_outputs.schemas,
    "json-shapes": json_outputs.shapes,
    "failure-codes": json_outputs.failures,
    "events": json_outputs.events,
    "switches": studio.switches,
    "profiles": studio.profiles,
    "presenters": studio.presenters,
    "backgrounds": studio.backgrounds,
    "languages": studio.languages,
    "actions": studio.actions,
    "next-actions": studio.next_actions,
    "catalog-actions": studio.catalog_actions,
    "statuses": studio.statuses,
    "rights": studio.rights,
    "regions": studio.regions,
    "widget-settings": widget.settings,
}
"""What may stand in a block: the name, then words that the function takes."""


def blocks(text: str) -> tuple[str, ...]:
    """Return what each block of a page asks for, such as `command plan`."""
    return tuple(match.group(1) for match in BLOCK.finditer(text))


def filled(text: str) -> str:
    """Return a page with every block as the code has it; raises KeyError for an unknown one."""
    return BLOCK.sub(_fill, text)


def _fill(match: re.Match[str]) -> str:
    name, *arguments = match.group(1).split()
    body = TABLES[name](*arguments).strip("\n")
    return f"<!-- generated: {match.group(1)} -->\n\n{body}\n\n<!-- end -->"
