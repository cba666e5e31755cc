"""Which variables an author has put into a locale's language himself. Renders nothing."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from typing import Any, Final

from storyboard.templates.expressions import Template, parse_template
from storyboard.templates.scanning import is_template

LOCALE: Final = "locale"
"""The variable that tells templates the locale: whoever asks for it says something of his own."""


def localized_names(layers: Sequence[Mapping[str, Any]], local: Container[int]) -> frozenset[str]:
    """Return the variables that come from a locale's own layers, or that ask for the locale.

    Layers come weakest first, and a stronger one replaces a variable whole. A variable that says
    another one of these is one itself.
    """
    strongest = {name: index for index, layer in enumerate(layers) for name in layer}
    found = {name for name, index in strongest.items() if index in local} | {LOCALE}
    others = ((name, index) for name, index in strongest.items() if index not in local)
    read = {name: set(_read(layers[index][name])) for name, index in others}
    while more := {name for name, names in read.items() if name not in found and names & found}:
        found |= more
    return frozenset(found)


def is_localized(value: Any, names: frozenset[str]) -> bool:
    """Tell whether a value that an author wrote reads any of these variables."""
    return not names.isdisjoint(_read(value))


def _read(value: Any) -> Iterator[str]:
    """Yield the variables that the templates in a value read."""
    waiting = [value]
    while waiting:
        current = waiting.pop()
        if isinstance(current, dict):
            waiting.extend(current.values())
        elif isinstance(current, list):
            waiting.extend(current)
        elif isinstance(current, str) and is_template(current):
            template = parse_template(current)
            if isinstance(template, Template):
                yield from template.names
