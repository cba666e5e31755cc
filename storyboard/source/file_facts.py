"""Facts about files that are slow to find, kept until the file changes. Knows no kind of file.

They lie in a file of their own, which anybody may delete: it saves time and decides nothing.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from storyboard.disk.inside import FileRefused, read_inside
from storyboard.disk.writing import ignore_in_git, write_whole
from storyboard.strict_json import parse_json

_SETTLED_SECONDS: Final = 2.0
"""A file that was written just now may be written again within its time stamp's tick (FAT: 2 s)."""

_FACTS: Final = "files.json"
_DIGEST: Final = "sha256"
_MAX_BYTES, _MOST_VALUES = 16 << 20, 400_000
"""Of the facts: twenty thousand files under long paths. A stranger may have sent them."""


class FileFacts:
    """Owns the facts kept in a folder; `None` keeps them for this run alone.

    The folder lies in `inside`, and nothing is kept where a link leads it out of there.
    """

    def __init__(
        self,
        folder: Path | None,
        *,
        inside: Path | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._folder = folder
        self._inside = inside or folder or Path()
        self._clock = clock
        self._found: dict[str, dict[str, Any]] | None = None
        self._changed = False

    @classmethod
    def of_project(cls, root: Path) -> FileFacts:
        """Return the facts about a project's files."""
        return cls(root / ".storyboard" / "cache", inside=root)

    def find(
        self, path: Path, fact: str, look: Callable[[Path], Any], *, opened: Path | None = None
    ) -> Any:
        """Return what `look` finds of a file, or found of it before; a value that JSON can hold.

        The name of a fact changes with whatever makes another value of the same file. `opened` is
        another path of the file, by which it is looked at. Raises what `look` raises, which is not
        kept, and `OSError` for a missing file.
        """
        known = self._of_file(path, opened or path)
        if fact not in known:
            known[fact] = look(opened or path)
            self._changed = True
        return known[fact]

    def digest(self, path: Path, *, opened: Path | None = None) -> str:
        """Return the sha256 (hex) of a file's bytes; raises `OSError`."""
        return str(self.find(path, _DIGEST, _sha256, opened=opened))

    def save(self) -> None:
        """Keep what was found for the next run, if it can be kept: a check may run read-only."""
        if self._folder is None or not self._changed or self._found is None:
            return
        kept = {name: known for name, known in self._found.items() if self._may_stay(name, known)}
        with suppress(OSError, FileRefused):
            content = json.dumps(kept, indent=1, sort_keys=True) + "\n"
            write_whole(self._folder / _FACTS, content.encode(), inside=self._inside)
            ignore_in_git(self._folder, inside=self._inside)
        self._changed = False

    def _of_file(self, path: Path, opened: Path) -> dict[str, Any]:
        """Return what is known of the file that is there now."""
        found = self._load()
        state = _state_of(opened)
        known = found.get(str(path))
        if known is None or known.get("state") != state:
            known = {"state": state}
            found[str(path)] = known
        return known

    def _may_stay(self, name: str, known: dict[str, Any]) -> bool:
        """Whether the file is still the one that was looked at, and has been for a moment."""
        with suppress(OSError):
            state = known["state"]
            return is_settled(state[1:3], self._clock()) and bool(state == _state_of(Path(name)))
        return False

    def _load(self) -> dict[str, dict[str, Any]]:
        if self._found is None:
            self._found = {}
            if self._folder is not None:
                with suppress(FileRefused, ValueError):
                    kept = read_inside(self._folder / _FACTS, self._inside, _MAX_BYTES)
                    self._found = _checked(parse_json(kept, most=_MOST_VALUES))
        return self._found


def is_settled(times: Iterable[int], now: float) -> bool:
    """Whether a file with these times in ns is so old that a later write gives it another time."""
    return now - max(times) / 1e9 > _SETTLED_SECONDS


def _checked(told: Any) -> dict[str, dict[str, Any]]:
    """Return what is shaped like facts; the rest is found anew."""
    items = told.items() if isinstance(told, dict) else ()
    return {
        name: known
        for name, known in items
        if isinstance(known, dict)
        and isinstance(known.get("state"), list)
        and len(known["state"]) == 4
        and all(isinstance(part, int) for part in known["state"])
    }


def _state_of(path: Path) -> list[int]:
    """Return what changes with a file's bytes: size, times in ns, inode; copies keep some of it."""
    told = path.stat()
    return [told.st_size, told.st_mtime_ns, told.st_ctime_ns, told.st_ino]


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
