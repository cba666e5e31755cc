"""What a storyboard's `localize` says in one locale, its own block over those of its parents."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from storyboard.language.place import Place, Written
from storyboard.language.storyboard import Localization, SceneItem, Storyboard
from storyboard.locales import fallback_chain


@dataclass(frozen=True, slots=True)
class Localized:
    """The blocks that hold in a locale, the farthest parent's first."""

    blocks: tuple[Localization, ...] = ()

    @property
    def avatar(self) -> Written | None:
        """Return the nearest block's avatar."""
        return next((b.avatar for b in reversed(self.blocks) if b.avatar is not None), None)

    @property
    def avatars(self) -> Mapping[str, Written]:
        """Return the avatars that the blocks name."""
        return {name: written for block in self.blocks for name, written in block.avatars.items()}

    @property
    def entries(self) -> tuple[Mapping[str, Written], ...]:
        """Return each block's entries, to be laid over each other field by field."""
        return tuple(block.entries for block in self.blocks)

    @property
    def variables(self) -> tuple[tuple[Mapping[str, Any], Place], ...]:
        """Return each block's variables, with the place around their `vars`."""
        return tuple((block.variables, block.place) for block in self.blocks)

    @property
    def say(self) -> Mapping[str, str]:
        """Return how the blocks have words said."""
        return {word: said for block in self.blocks for word, said in block.say.items()}

    @property
    def titles(self) -> tuple[Mapping[str, Written], ...]:
        """Return each block's titles, to be laid over each other field by field."""
        return tuple(block.titles for block in self.blocks)

    @property
    def scenes(self) -> Mapping[str, tuple[SceneItem, ...]]:
        """Return what is laid over each scene, by its id."""
        over: dict[str, tuple[SceneItem, ...]] = {}
        for block in self.blocks:
            for scene_id, item in block.scenes.items():
                over[scene_id] = (*over.get(scene_id, ()), item)
        return over


def localized(storyboard: Storyboard, locale: str | None) -> Localized:
    """Return what holds in a locale; blocks fall back to the same parents as catalogs do."""
    if locale is None or not storyboard.localize:
        return Localized()
    chain = reversed(fallback_chain(locale))
    return Localized(tuple(storyboard.localize[tag] for tag in chain if tag in storyboard.localize))
