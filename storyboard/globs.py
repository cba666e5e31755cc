"""Patterns that name one thing or several, as `onboarding*@de` or `storyboards/**/*.yaml`.

Whoever sends a file chooses the pattern and the names, so no pattern is tried in more ways than
one: all places of the pattern where a name may stand are kept at once, as the bits of a number.
Knows no address and no file.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from fnmatch import fnmatchcase
from functools import lru_cache
from typing import Final

_NAME_PARTS: Final = re.compile(r"\[!?\]?[^]]*\]|.", re.DOTALL)
_PATH_PARTS: Final = re.compile(r"\*\*/|\*\*|.", re.DOTALL)
_ANY, _IN_FOLDER, _FOLDERS, _ONE, _ONE_IN_FOLDER, _INSIDE = range(6)
"""What a part stands for: any text, text without `/`, any number of folders, one character, one
that is no `/`, and the rest of a folder's name, which follows each `_FOLDERS`."""

_Part = int | str
_STARS: Final = (_ANY, _IN_FOLDER, _FOLDERS)
_NAMES: Final[dict[str, _Part]] = {"*": _ANY, "?": _ONE}
_PATHS: Final[dict[str, _Part]] = {
    "**/": _FOLDERS,
    "**": _ANY,
    "*": _IN_FOLDER,
    "?": _ONE_IN_FOLDER,
}
_LONGEST_RUN: Final = 3
"""Stars in a row that are left by `_is_more`, such as `*`, `**/`, `*`."""


def matches(name: str, pattern: str) -> bool:
    """Whether a pattern names exactly this: `*` is any text, `?` one character, `[ab]` a choice."""
    return _of_names(pattern).matches(name)


def path_matcher(pattern: str) -> Callable[[str], bool]:
    """Return a test for a path: `*` and `?` stay in one folder, `**/` is any number of folders."""
    return _of_paths(pattern).matches


def path_steps(pattern: str) -> Callable[[str, int], int]:
    """Return what follows a path's pattern folder by folder: takes `name/` and where it stands.

    It begins at 1, and is at 0 where nothing below can match. Two folders that it is at the same
    place in have the same matches.
    """
    glob = _of_paths(pattern)
    unfinished = (1 << len(glob.parts)) - 1
    return lambda name, places: glob.places(name, places) & unfinished


def may_begin(start: str, pattern: str, *, without: str) -> bool:
    """Whether a pattern could name something longer that begins so.

    The character `without` does not come again after the start.
    """
    glob = _of_names(pattern)
    count = len(glob.parts)
    last = max((i + 1 for i, part in enumerate(glob.parts) if part == without), default=0)
    return bool(glob.places(start, 1) & ((1 << count) - (1 << last)))


class _Glob:
    """One pattern; bit `i` of its places says that a name may stand before part `i`."""

    def __init__(self, parts: list[_Part], head: str, tail: str) -> None:
        self.parts = parts
        self._head, self._tail = head, tail
        self._first = len(head)
        self._last = len(parts) - len(tail)
        between = parts[self._first : self._last]
        self._star = between[0] if len(between) == 1 else None
        self._skips = self._bits(lambda part: part in (_ANY, _IN_FOLDER))
        self._folders = self._bits(lambda part: part == _FOLDERS)
        self._inside = self._bits(lambda part: part == _INSIDE)
        self._masks: dict[str, tuple[int, int]] = {}

    def matches(self, name: str) -> bool:
        """Whether the pattern names this; its plain beginning and end are compared at once."""
        if not (name.startswith(self._head) and name.endswith(self._tail)):
            return False
        middle = name[len(self._head) : len(name) - len(self._tail)]
        if len(self._head) + len(self._tail) > len(name):
            return False
        if self._star in (_ANY, _IN_FOLDER):  # as most patterns are, in a tenth of the time
            return self._star == _ANY or "/" not in middle
        return bool(self.places(middle, 1 << self._first) >> self._last & 1)

    def places(self, name: str, places: int) -> int:
        """Return where in the pattern one may stand after a name, from where one stood before."""
        places = self._skipped(places)
        for char in name:
            if not places:
                break
            steps, stays = self._masks.get(char) or self._mask(char)
            back = (places & self._inside) >> 1 if char == "/" else 0
            places = self._skipped((places & steps) << 1 | places & stays | back)
        return places

    def _skipped(self, places: int) -> int:
        """Add the places behind stars, which may stand for nothing."""
        for _ in range(_LONGEST_RUN):
            places |= (places & self._skips) << 1 | (places & self._folders) << 2
        return places

    def _mask(self, char: str) -> tuple[int, int]:
        """Return the parts that a character completes, and those that it stays in."""
        is_slash = char == "/"
        stays = {_ANY} if is_slash else {_ANY, _IN_FOLDER, _INSIDE}
        whole = {_ONE} if is_slash else {_ONE, _ONE_IN_FOLDER, _FOLDERS}
        self._masks[char] = (
            self._bits(lambda part: part in whole or _is_char(part, char)),
            self._bits(lambda part: part in stays),
        )
        return self._masks[char]

    def _bits(self, wanted: Callable[[_Part], bool]) -> int:
        return sum(1 << i for i, part in enumerate(self.parts) if wanted(part))


def _is_char(part: _Part, char: str) -> bool:
    if isinstance(part, int) or len(part) == 1:
        return part == char
    return fnmatchcase(char, part)


@lru_cache(maxsize=256)
def _of_names(pattern: str) -> _Glob:
    closed = pattern.rfind("]") + 1  # behind it, each "[" would look for another one to the end
    parts = _NAME_PARTS.findall(pattern[:closed]) + list(pattern[closed:])
    return _glob([_NAMES.get(part, part) for part in parts])


@lru_cache(maxsize=256)
def _of_paths(pattern: str) -> _Glob:
    return _glob([_PATHS.get(part, part) for part in _PATH_PARTS.findall(pattern)])


def _glob(written: list[_Part]) -> _Glob:
    parts: list[_Part] = []
    run: list[_Part] = []
    for part in written:
        if part not in _STARS:
            run.clear()
        elif not _is_more(part, run):
            continue
        elif part == _ANY:
            del parts[len(parts) - sum(2 if star == _FOLDERS else 1 for star in run) :]
            run[:] = [part]
        else:
            run.append(part)
        parts += [part, _INSIDE] if part == _FOLDERS else [part]
    head = _plain(parts)
    return _Glob(parts, head, _plain(parts[len(head) :][::-1])[::-1])


def _is_more(star: _Part, run: list[_Part]) -> bool:
    """Whether a star adds anything to those right before it; so no run is longer than three."""
    return not run or not (
        run[0] == _ANY or run[-1] == star or (star == _FOLDERS and run[-2:-1] == [_FOLDERS])
    )


def _plain(parts: list[_Part]) -> str:
    """Return the characters that parts begin with, which stand for themselves."""
    plain = ""
    for part in parts:
        if isinstance(part, int) or len(part) > 1:
            break
        plain += part
    return plain
