"""The units of a project, kept for the next run: only what changed since is compiled again.

A unit is kept under what it was compiled with, and is valid while the files that it asked for
answer as they did. Some dozen units share an entry, so that an edit does not write all again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any, Final
from zlib import crc32

from storyboard.compile_cache.code_version import code_version
from storyboard.compile_cache.entries import Entries
from storyboard.compile_cache.forked import in_order
from storyboard.compile_cache.packing import packer, unpacker
from storyboard.compile_cache.trace import Asking, Row, TracedFiles
from storyboard.language.project import PROJECT_FILE
from storyboard.units.asked_files import READ
from storyboard.units.compiling import UnitCompiler
from storyboard.units.unit import Unit

FORMAT: Final = "1"
_SHARE: Final = 64
"""Units of an entry, at most about."""


def _nobody(done: int, of: int) -> None:
    """Tell nothing."""


class KeptUnits:
    """Owns the units of one run; `asked` is what all of them are compiled with.

    Without `entries` nothing is kept. `told` is called with how many of how many are done.
    """

    def __init__(
        self,
        entries: Entries | None,
        files: TracedFiles,
        asked: Sequence[Any],
        told: Callable[[int, int], None] | None = None,
    ) -> None:
        self._entries = entries
        self._files = files
        self._asked = repr(asked)
        self._told = told or _nobody

    def units(self, compiler: UnitCompiler, paths: Sequence[str]) -> Iterator[Unit]:
        """Yield the unit of each path: as it was kept, or compiled."""
        shelf = _Shelf(self._entries, self._key, paths)
        asking = Asking(self._files.root)
        kept = {path: row for path, row in shelf.rows.items() if asking.all_hold(row[0])}
        compiled = self._compiled(compiler, [path for path in paths if path not in kept])
        unpack = unpacker(Unit)
        for number, path in enumerate(paths, 1):
            if path in kept:
                rows, packed = shelf.rows[path]
                unit: Unit = unpack(packed)
            else:
                unit, rows = next(compiled)
                shelf.put(path, rows, unit)
            self._files.adopt(rows)
            self._told(number, len(paths))
            yield unit
        if self._files.is_settled and self._files.is_many:
            shelf.save()

    def _compiled(
        self, compiler: UnitCompiler, paths: Sequence[str]
    ) -> Iterator[tuple[Unit, list[Row]]]:
        def work(path: str) -> tuple[Unit, list[Row]]:
            unit = compiler.compile(path)
            return replace(unit, asked=()), self._files.rows(unit.asked)

        return map(work, paths) if compiler.keeps_videos else in_order(work, paths)

    def _key(self) -> str:
        """Return what the units are kept under; the project's file was read by now."""
        project = self._files.answer(READ, PROJECT_FILE)
        return "\n".join(("units", FORMAT, code_version(), project, self._asked, ""))


class _Shelf:
    """The kept units of some paths, in entries of some dozen each."""

    def __init__(
        self, entries: Entries | None, key: Callable[[], str], paths: Sequence[str]
    ) -> None:
        self._entries = entries
        self._key = key
        self._count = 1 << (max(0, len(paths) - 1) // _SHARE).bit_length()
        self._wanted = frozenset(paths)
        self._changed: set[int] = set()
        self.rows: dict[str, list[Any]] = {}
        if entries is not None and entries.has_any:
            for number in sorted({self._number(path) for path in paths}):
                self.rows |= entries.find(self._name(number)) or {}

    def put(self, path: str, rows: list[Row], unit: Unit) -> None:
        """Put a unit in the place of what was kept of its file."""
        if self._entries is not None:
            self.rows[path] = [rows, packer(Unit)(unit)]
            self._changed.add(self._number(path))

    def save(self) -> None:
        """Keep what changed."""
        if self._entries is None:
            return
        entries: dict[int, dict[str, Any]] = {number: {} for number in self._changed}
        for path, row in self.rows.items():
            number = self._number(path)
            if number in entries:
                entries[number][path] = row
        for number, entry in entries.items():
            self._entries.keep(self._name(number), entry)

    def _number(self, path: str) -> int:
        return crc32(path.encode("utf-8", "surrogateescape")) % self._count

    def _name(self, number: int) -> str:
        return f"{self._key()}{number} of {self._count}"
