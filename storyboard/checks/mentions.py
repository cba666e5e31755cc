"""The names a storyboard writes down, whether or not a `when` drops the scene that does."""

from __future__ import annotations

from collections.abc import Iterator

from storyboard.checks.subject import Compiled
from storyboard.language.place import Written


def mentioned(compiled: Compiled, field: str) -> set[str]:
    """Return what stands in a field of any scene: names, without what follows an `@`."""
    board = compiled.storyboard
    scenes = [item.fields.get(field) for item in board.scenes]
    for local in board.localize.values():
        scenes += [overlay.at(field) for overlay in local.scenes.values()]
    return {name for written in scenes if written is not None for name in _names(written)}


def composed_from(compiled: Compiled) -> set[str]:
    """Return the entries whose words the scenes once were composed of."""
    written = compiled.storyboard.place.document.value(("composed", "entryIds"))
    return (
        {name for name in written if isinstance(name, str)} if isinstance(written, list) else set()
    )


def _names(written: Written) -> Iterator[str]:
    value = written.value
    if isinstance(value, dict):
        value = value.get("entry")
    if isinstance(value, str):
        yield value.partition("@")[0]
