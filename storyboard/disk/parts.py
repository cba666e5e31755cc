"""Temporary files and folders beside what they become: how they are called, and whose run lives.

The only place that makes such names. A run holds a lock on what it is writing, which ends with it,
so that what a killed run left is told from what another one is writing now. Knows no content.
"""

from __future__ import annotations

import os
import re
import shutil
import stat
import tempfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from storyboard.disk.locking import is_at, try_lock

_SUFFIX: Final = ".storyboard.part"
_NAME: Final = re.compile(r"\.(.{1,40})-[a-z0-9_]{8}(\.storyboard)?\.part", re.DOTALL)
"""Ours by its name; without `.storyboard`, that of an older version, which held no lock."""

_SHOWN: Final = 40
"""Characters of a name that its temporary one has: with all of them it could be too long."""

KILLED_SECONDS: Final = 86_400.0
"""What is older belongs to no run, where no lock can tell. A choice: no film takes a day."""

_HOLDS: Final = os.name == "posix"
"""Elsewhere an open file cannot be renamed."""


@contextmanager
def new_part(folder: Path, name: str) -> Iterator[Path]:
    """Lend an empty file in a folder, to become `name`; its name cannot be foreseen.

    It is held while the block runs, and gone at the end unless the block renamed it.
    """
    with _held(folder, name, is_folder=False) as part:
        try:
            yield part
        finally:
            part.unlink(missing_ok=True)


@contextmanager
def new_part_folder(folder: Path, name: str) -> Iterator[Path]:
    """Lend an empty folder the same way."""
    with _held(folder, name, is_folder=True) as part:
        try:
            yield part
        finally:
            shutil.rmtree(part, ignore_errors=True)


def discard_parts(
    folder: Path,
    *,
    of: str | None = None,
    before: float = 0.0,
    older_of: Collection[str] | None = None,
) -> None:
    """Remove what killed runs left in a folder: all, or what was to become `of`.

    Only what has such a name, is this user's own file or folder, and is held by no run; where no
    lock can tell, what was last written `before` a unix time. The names of an older version are
    like those of other programs: with `older_of`, only what was to become one of these counts.
    What cannot be removed stays. `folder` is a real path.
    """
    older = None if older_of is None else {each[:_SHOWN] for each in older_of}
    with suppress(OSError), os.scandir(folder) as found:
        for entry in found:
            name = _NAME.fullmatch(entry.name)
            if name is None or (of is not None and name[1] != of[:_SHOWN]):
                continue
            if name[2] is None and older is not None and name[1] not in older:
                continue
            with suppress(OSError):
                _discard(folder / entry.name, before, may_be_held=name[2] is not None)


def has_left(folder: Path, *, of: str) -> bool:
    """Whether a run that is dead left a folder that was to become `of`."""
    with suppress(OSError), os.scandir(folder) as found:
        for entry in found:
            name = _NAME.fullmatch(entry.name)
            if name is not None and name[2] and name[1] == of[:_SHOWN]:
                with suppress(OSError), _opened(folder / entry.name) as descriptor:
                    if stat.S_ISDIR(os.fstat(descriptor).st_mode) and try_lock(descriptor):
                        return True
    return False


@contextmanager
def _opened(path: Path) -> Iterator[int]:
    """Open what may be a part, through no link; its lock ends with the block."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


@contextmanager
def _held(folder: Path, name: str, *, is_folder: bool) -> Iterator[Path]:
    part, descriptor = _made(folder, name, is_folder=is_folder)
    try:
        yield part
    finally:
        if descriptor is not None:
            os.close(descriptor)


def _made(folder: Path, name: str, *, is_folder: bool) -> tuple[Path, int | None]:
    """Return a new part, and the descriptor that holds it; None where there are no such locks."""
    prefix = f".{name[:_SHOWN]}-"
    while True:
        if is_folder:
            part = Path(tempfile.mkdtemp(prefix=prefix, suffix=_SUFFIX, dir=folder))
            try:
                descriptor = os.open(part, os.O_RDONLY) if _HOLDS else None
            except FileNotFoundError:  # taken for a killed one's, before it could be locked
                continue
        else:
            descriptor, made = tempfile.mkstemp(prefix=prefix, suffix=_SUFFIX, dir=folder)
            part = Path(made)
            if not _HOLDS:
                os.close(descriptor)
                descriptor = None
        if descriptor is None:
            return part, None
        with suppress(OSError):  # a file system without locks: then its age tells
            if not try_lock(descriptor) or not is_at(descriptor, part):
                os.close(descriptor)  # another run took it for a killed one's in this very moment
                continue
        return part, descriptor


def _discard(path: Path, before: float, *, may_be_held: bool) -> None:
    facts = path.lstat()
    is_folder = stat.S_ISDIR(facts.st_mode)
    is_file = stat.S_ISREG(facts.st_mode) and facts.st_nlink == 1
    is_own = not hasattr(os, "geteuid") or facts.st_uid == os.geteuid()
    if not is_own or not (is_file or (is_folder and may_be_held)):
        return
    is_old = facts.st_mtime < before
    if not (may_be_held and _HOLDS):
        if is_old:
            _remove(path, is_folder=is_folder)
        return
    with _opened(path) as descriptor:
        if _is_free(descriptor, otherwise=is_old) and is_at(descriptor, path):
            _remove(path, is_folder=is_folder)


def _is_free(descriptor: int, *, otherwise: bool) -> bool:
    try:
        return try_lock(descriptor)
    except OSError:
        return otherwise


def _remove(path: Path, *, is_folder: bool) -> None:
    if is_folder:
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
