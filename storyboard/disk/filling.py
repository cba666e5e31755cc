"""Fills a folder with many files at once: all of them are there in the end, or none.

The files are written into a folder beside, which is then renamed. Where the folder is there
already, what is new in it is moved in, one rename for each thing at the top. Knows no content.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from storyboard.disk.inside import FileRefused
from storyboard.disk.parts import discard_parts, has_left, new_part_folder
from storyboard.disk.writing import umask

_FOLDER_MODE: Final = 0o777


class LeftByKilled(FileRefused):
    """What a folder has of the names that were asked for was moved there by a run that is dead."""

    def __init__(self, folder: Path, left: Sequence[Path]) -> None:
        super().__init__(f"'{folder}' is half filled: the run that wrote into it was killed")
        self.left = tuple(left)


@contextmanager
def filling(folder: Path, *, last: str = "") -> Iterator[Path]:
    """Lend an empty folder; what is put there is in `folder` when the block ends well.

    Nothing that is there is replaced: raises `FileRefused` for a file that has its place already,
    and `OSError`; either way nothing has changed. `last` is what comes at the end, so that a run
    that is killed amid the moves leaves no folder that looks whole.
    """
    folder = Path(os.path.realpath(folder))
    is_new = not os.path.lexists(folder)
    base = folder.parent if is_new else folder
    base.mkdir(parents=True, exist_ok=True)
    discard_parts(base, of=folder.name)
    with new_part_folder(base, folder.name) as part:
        yield part
        if is_new:
            part.chmod(_FOLDER_MODE & ~umask())
            part.rename(folder)
        else:
            _move_all(sorted(_moves(part, folder), key=lambda move: move[0].name == last))


def refuse_taken(folder: Path, names: tuple[str, ...]) -> None:
    """Raise `FileRefused` for the first of some paths that a folder has already.

    If a run was killed amid its moves into the folder, all of these are its own, as it was not
    refused: raises `LeftByKilled`. Whoever looked at them may have worked on them since.
    """
    if os.path.lexists(folder) and not folder.is_dir():
        raise FileRefused(f"'{folder}' is not a folder")
    taken = [folder / name for name in names if os.path.lexists(folder / name)]
    if taken and has_left(Path(os.path.realpath(folder)), of=Path(os.path.realpath(folder)).name):
        raise LeftByKilled(folder, taken)
    if taken:
        raise _taken(taken[0])


def _moves(part: Path, folder: Path) -> Iterator[tuple[Path, Path]]:
    """Yield what moves where: whole folders where there is none of their name."""
    for path in sorted(part.iterdir()):
        place = folder / path.name
        if not os.path.lexists(place):
            yield path, place
        elif path.is_dir() and stat.S_ISDIR(place.lstat().st_mode):
            yield from _moves(path, place)
        else:
            raise _taken(place)


def _move_all(moves: list[tuple[Path, Path]]) -> None:
    done: list[tuple[Path, Path]] = []
    try:
        for path, place in moves:
            if os.path.lexists(place):
                raise _taken(place)
            path.rename(place)
            done.append((path, place))
    except BaseException:
        for path, place in reversed(done):
            with suppress(OSError):
                place.rename(path)
        raise


def _taken(place: Path) -> FileRefused:
    return FileRefused(f"'{place}' is there already: nothing was written")
