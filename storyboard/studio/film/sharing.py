"""Which scenes of a film are made here, and which another machine is making. Knows no machine."""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from storyboard.disk.inside import FileRefused, read_inside
from storyboard.disk.writing import write_whole
from storyboard.strict_json import parse_json

_LONGEST: Final = 10_000


@dataclass(frozen=True, slots=True)
class Share:
    """A part in a film: `only` these scenes, into the cache; or all that a `note` does not name.

    Who makes a film reads the note again before each segment: others take scenes up meanwhile, give
    them up, and put them into the cache that all share.
    """

    only: frozenset[int] | None = None
    note: Path | None = None

    def has(self, scene: int) -> bool:
        """Return whether a scene belongs to this part."""
        return self.only is None or scene in self.only

    def has_helpers(self) -> bool:
        """Return whether other machines have made scenes of this film, or are at it."""
        return self.note is not None and self.note.exists()

    def is_elsewhere(self, scene: int) -> bool:
        """Return whether another machine is making a scene now."""
        if self.note is not None:
            with suppress(FileNotFoundError, FileRefused, ValueError):
                return scene in parse_json(read_inside(self.note, self.note.parent, _LONGEST))
        return False


WHOLE: Final = Share()
"""A film that is made here alone."""


def write_note(note: Path, scenes: Iterable[int]) -> None:
    """Say which scenes others are making, for who makes the film."""
    write_whole(note, json.dumps(sorted(scenes)).encode(), inside=note.parent, mode=0o600)
