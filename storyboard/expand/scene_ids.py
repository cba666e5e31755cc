"""Gives scenes that have no `id` one of their own: the slug of their first words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Sequence
from dataclasses import dataclass
from typing import Final

from storyboard.language.place import Written
from storyboard.language.storyboard import SceneItem
from storyboard.source.span import Span

_WORDS: Final = 4
_LETTERS: Final = 40
"""Of an id that is made of a text: enough to tell scenes apart, short enough for a line of a plan.
"""
_TEMPLATE = re.compile(r"\{\{.*?\}\}|\{#.*?#\}", re.DOTALL)


@dataclass(frozen=True, slots=True)
class NamedScene:
    """An item of `scenes` with an id, perhaps a template, and with its place in the file."""

    item: SceneItem
    id: str
    span: Span


def name_scenes(items: Sequence[SceneItem]) -> tuple[NamedScene, ...]:
    """Return each scene with its own id, else with one made for it.

    What is made depends only on the source text and on the scenes before it, so it is the same in
    every locale; of two equal ones the second gets `-2`.
    """
    taken = {str(item.id.value) for item in items if item.id is not None}
    named: list[NamedScene] = []
    for number, item in enumerate(items, 1):
        if item.id is None:
            name = free_name(_slug(item.narration) or f"scene-{number}", taken)
            taken.add(name)
        else:
            name = str(item.id.value)
        named.append(NamedScene(item, name, item.place.span))
    return tuple(named)


def scene_slugs(narrations: Sequence[str]) -> tuple[str, ...]:
    """Return the ids that scenes with these narrations would be given."""
    slugs: list[str] = []
    for number, narration in enumerate(narrations, 1):
        slugs.append(free_name(slug(narration) or f"scene-{number}", set(slugs)))
    return tuple(slugs)


def slug(text: str, *, words: int = _WORDS, letters: int = _LETTERS) -> str:
    """Return the first words of a text as an id; empty where it has none of ASCII."""
    text = unicodedata.normalize("NFKD", _TEMPLATE.sub(" ", text[:500]))
    plain = text.encode("ascii", "ignore").decode().lower().replace("'", "")
    found = re.findall(r"[a-z0-9]+", plain)[:words]
    return "-".join(found)[:letters].strip("-")


def free_name(name: str, taken: Container[str]) -> str:
    """Return a name that is not taken: itself, else with `-2` or the next number."""
    free, number = name, 1
    while free in taken:
        number += 1
        free = f"{name}-{number}"
    return free


def _slug(narration: Written | None) -> str:
    if narration is None or not isinstance(narration.value, str):
        return ""
    return slug(narration.value)
