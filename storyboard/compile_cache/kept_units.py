"""The units of a project, kept for the next run: only what changed since is compiled again.

A unit is kept under what it was compiled with, and is valid while the files that it asked for
answer as they did. Some dozen units share an entry, so that an edit does not write all again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Final
from zlib import crc32

from storyboard.compile_cache.code_version import code_version
from storyboard.compile_cache.entries import Entries
from storyboard.compile_cache.forked import in_order
from storyboard.compile_cache.packing import packer, unpacker
from storyboard.compile_cache.plain_videos import PlainVideo, Recall, plain_of, video_of
from storyboard.compile_cache.trace import Row, TraceCheck, TracedFiles
from storyboard.counting import Count
from storyboard.source.file_names import PROJECT_FILE
from storyboard.units.asked_files import READ
from storyboard.units.compiling import UnitCompiler
from storyboard.units.merging import within_scope
from storyboard.units.unit import Unit

FORMAT: Final = "1"
_SHARE: Final = 64
"""Units of an entry, at most about."""

_UNITS: Final = "units"
_VIDEOS: Final = "videos"
"""What is kept of each file."""


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
        told: Count | None = None,
    ) -> None:
        self._entries = entries
        self._files = files
        self._asked = repr(asked)
        self._told = told or _nobody

    def apart(self, *asked: Any) -> KeptUnits:
        """Return those that are compiled with more, which are kept apart from these."""
        apart = KeptUnits(self._entries, self._files, asked, self._told)
        apart._asked = f"{self._asked}\n{apart._asked}"
        return apart

    def units(self, compiler: UnitCompiler, paths: Sequence[str]) -> Iterator[Unit]:
        """Yield the unit of each path: as it was kept, or compiled.

        One that addresses name whole, or not at all, is the same as for no address, and kept once.
        """
        scope = compiler.scope
        if not scope:
            yield from self._each(compiler, paths)
            return
        whole = [
            (unit.path, within_scope(unit, scope))
            for unit in self._each(replace(compiler, scope=()), paths)
        ]
        apart = self.apart(scope)
        apart._told = _nobody
        # To the end: what is kept is written behind the last one.
        parted = iter([*apart._each(compiler, [path for path, unit in whole if unit is None])])
        yield from (unit or next(parted) for _, unit in whole)

    def _each(self, compiler: UnitCompiler, paths: Sequence[str]) -> Iterator[Unit]:
        shelf = _Shelf(self._entries, self._key, paths, keeps_videos=compiler.keeps_videos)
        check = TraceCheck(self._files.root)
        kept = {path for path in paths if shelf.has(path, check)}
        compiled = self._compiled(compiler, [path for path in paths if path not in kept])
        for number, path in enumerate(paths, 1):
            if path in kept:
                done = shelf.get(path)
            else:
                done = next(compiled)
                shelf.put(path, done)
            self._files.adopt(done.rows)
            self._told(number, len(paths))
            yield done.whole(partial(compiler.compile, path))
        if self._files.is_settled and self._files.is_many:
            shelf.save()

    def _compiled(self, compiler: UnitCompiler, paths: Sequence[str]) -> Iterator[_Done]:
        def work(path: str) -> _Done:
            unit = compiler.compile(path)
            return _Done(replace(unit, asked=()), self._files.rows(unit.asked))

        return in_order(work, paths, _Done.plain)

    def _key(self) -> str:
        """Return what the units are kept under; the project's file was read by now."""
        project = self._files.answer(READ, PROJECT_FILE)
        return "\n".join((FORMAT, code_version(), project, self._asked, ""))


@dataclass(frozen=True, slots=True)
class _Done:
    """A unit and what it asked; `videos` are its videos if it has none itself, but should."""

    unit: Unit
    rows: list[Row]
    videos: tuple[PlainVideo, ...] = ()

    def plain(self) -> _Done:
        """Return what can be handed to another process, or be kept."""
        if not self.unit.videos:
            return self
        videos = tuple(map(plain_of, self.unit.videos))
        return _Done(replace(self.unit, videos=()), self.rows, videos)

    def whole(self, compile_again: Callable[[], Unit]) -> Unit:
        """Return the unit with its videos."""
        if not self.videos:
            return self.unit
        recall = Recall(lambda: compile_again().videos)
        return replace(self.unit, videos=tuple(video_of(each, recall) for each in self.videos))


class _Shelf:
    """The kept units of some paths, in entries of some dozen each; videos lie in their own.

    Most runs need no videos, which are ten times as large.
    """

    def __init__(
        self,
        entries: Entries | None,
        key: Callable[[], str],
        paths: Sequence[str],
        *,
        keeps_videos: bool,
    ) -> None:
        self._entries = entries
        self._key = key
        self._kinds = (_UNITS, _VIDEOS) if keeps_videos else (_UNITS,)
        self._count = 1 << (max(0, len(paths) - 1) // _SHARE).bit_length()
        self._changed: set[int] = set()
        self._new: dict[str, _Done] = {}
        self._rows: dict[str, dict[str, list[Any]]] = {kind: {} for kind in self._kinds}
        if entries is not None and entries.has_any:
            for number in sorted({self._number(path) for path in paths}):
                for kind in self._kinds:
                    self._rows[kind] |= entries.find(self._name(kind, number)) or {}

    def has(self, path: str, check: TraceCheck) -> bool:
        """Whether a file's unit was kept, and all that it asked for is as it was."""
        kept = [self._rows[kind].get(path) for kind in self._kinds]
        if not all(row is not None and check.all_hold(row[0]) for row in kept):
            return False
        if check.has_new_states:
            self._changed.add(self._number(path))
            check.has_new_states = False
        return True

    def get(self, path: str) -> _Done:
        """Return what was kept of a file."""
        rows, unit = self._rows[_UNITS][path]
        videos = self._rows[_VIDEOS][path][1] if _VIDEOS in self._kinds else ()
        return _Done(unpacker(Unit)(unit), rows, tuple(map(unpacker(PlainVideo), videos)))

    def put(self, path: str, done: _Done) -> None:
        """Put a unit in the place of what was kept of its file."""
        self._changed.add(self._number(path))
        self._new[path] = done

    def save(self) -> None:
        """Keep what changed."""
        if self._entries is None:
            return
        for path, done in self._new.items():
            self._pack(path, done.plain())
        for kind in self._kinds:
            entries: dict[int, dict[str, Any]] = {number: {} for number in self._changed}
            for path, row in self._rows[kind].items():
                if self._number(path) in entries:
                    entries[self._number(path)][path] = row
            for number, entry in entries.items():
                self._entries.keep(self._name(kind, number), entry)

    def _pack(self, path: str, done: _Done) -> None:
        self._rows[_UNITS][path] = [done.rows, packer(Unit)(done.unit)]
        if _VIDEOS in self._kinds:
            videos = [packer(PlainVideo)(video) for video in done.videos]
            self._rows[_VIDEOS][path] = [done.rows, videos]

    def _number(self, path: str) -> int:
        return crc32(path.encode("utf-8", "surrogateescape")) % self._count

    def _name(self, kind: str, number: int) -> str:
        return f"{self._key()}{kind} {number} of {self._count}"
