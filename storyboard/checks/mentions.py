"""The names a storyboard writes down, whether or not a `when` drops the scene that does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from storyboard.expand.compiled import Compiled
from storyboard.language.place import Written
from storyboard.language.storyboard import SceneItem


def mentioned_avatars(compiled: Compiled) -> set[str]:
    """Return the avatars that any scene names."""
    return _names(scene.avatar for scene in _scenes(compiled))


def mentioned_entries(compiled: Compiled) -> set[str]:
    """Return the entries that any scene shows."""
    return _names(scene.broll for scene in _scenes(compiled))


def composed_from(compiled: Compiled) -> set[str]:
    """Return the entries whose words the scenes once were composed of."""
    written = compiled.storyboard.place.document.value(("composed", "entryIds"))
    return (
        {name for name in written if isinstance(name, str)} if isinstance(written, list) else set()
    )


def _scenes(compiled: Compiled) -> Iterator[SceneItem]:
    """Yield the scenes as written, and what locales lay over them."""
    yield from compiled.storyboard.scenes
    for local in compiled.storyboard.localize.values():
        yield from local.scenes.values()


def _names(fields: Iterable[Written | None]) -> set[str]:
    """Return what stands in a field, without what follows an `@`."""
    values = (field.value for field in fields if field is not None)
    named = (value.get("entry") if isinstance(value, dict) else value for value in values)
    return {name.partition("@")[0] for name in named if isinstance(name, str)}
