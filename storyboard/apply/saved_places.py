"""How the files of saved films stand on this machine, and where one may be. Saves nothing."""

from __future__ import annotations

import os
from collections.abc import Mapping
from enum import Enum
from pathlib import Path
from typing import Final

from storyboard.apply.run import Run
from storyboard.disk.inside import FileRefused, pinned, real_path
from storyboard.errors import StoryboardError
from storyboard.source.file_facts import FileFacts
from storyboard.source.files import shown_path
from storyboard.state.model import SavedFile
from storyboard.wire import MAX_FILM_BYTES

FILM_SUFFIX: Final = ".mp4"
_MAX_CAPTIONS: Final = 64 << 20
"""Bytes of a file of captions: a day of speech has two million."""


class OnDisk(Enum):
    """How a saved file stands."""

    SAVED = "saved"
    CHANGED = "changed"
    MISSING = "missing"


def look_at_film(saved: SavedFile, root: Path, facts: FileFacts) -> OnDisk:
    """Return whether the file of a saved film is still that film.

    A state may have been sent, so only an MP4 is looked at, through no link out of its folder.
    """
    # A state names this path. Read as it stands, a foreign one could ask for any file's digest.
    if Path(saved.path).suffix != FILM_SUFFIX:
        return OnDisk.MISSING
    return _look(saved.path, saved.sha256, root, facts, MAX_FILM_BYTES)


def look_at_captions(saved: SavedFile, root: Path, facts: FileFacts) -> Mapping[str, OnDisk]:
    """Return how each file of captions beside a saved film stands, by its suffix."""
    kept = saved.captions
    if kept is None or Path(saved.path).suffix != FILM_SUFFIX:
        return {}
    return {
        suffix: look_at_captions_file(place, kept.digests[suffix], root, facts)
        for suffix, place in saved.caption_paths.items()
    }


def look_at_captions_file(place: str, digest: str, root: Path, facts: FileFacts) -> OnDisk:
    """Return whether a file at a place beside a film has the content of a digest."""
    return _look(place, digest, root, facts, _MAX_CAPTIONS)


def intact_captions(saved: SavedFile, root: Path, facts: FileFacts) -> tuple[str, ...]:
    """Return the paths of a saved film's captions that lie there as they were saved."""
    if not saved.has_own_captions:
        return ()
    return tuple(
        shown_path(root / saved.caption_paths[suffix])
        for suffix, state in look_at_captions(saved, root, facts).items()
        if state is OnDisk.SAVED
    )


def lies_in(path: Path, folder: Path | None) -> bool:
    """Whether a file is in the folder that films are saved in, and no link in its place."""
    if folder is None or path.is_symlink():
        return False
    return os.path.realpath(path.parent) == os.path.realpath(folder)


def place_of(path: Path, root: Path) -> str:
    """Return a path as the state keeps it: below the root if it is, wherever the command runs."""
    whole, base = path.absolute(), root.absolute()
    return whole.relative_to(base).as_posix() if whole.is_relative_to(base) else str(whole)


def refuse_taken(run: Run, path: Path) -> None:
    """Raise `StoryboardError` where a file that is something else lies in a film's place."""
    other = whose(run, path)
    if other is not None:
        raise StoryboardError(
            f"'{shown_path(path)}' is {other}: it was not replaced",
            hint="save this environment's films in another folder: --download DIR",
        )


def whose(run: Run, path: Path) -> str | None:
    """Return what a file in a place of ours is, where it is something else that is known."""
    other = run.options.taken.get(path.resolve())
    return other if other is not None and path.exists() else None


def _look(place: str, digest: str, root: Path, facts: FileFacts, most: int) -> OnDisk:
    path = root / place
    inside = path.parent if Path(place).is_absolute() else root
    try:
        base = Path(os.path.realpath(inside))
        real = real_path(base, os.path.relpath(path, inside))
        with pinned(base, real, place, most) as opened:
            is_same = facts.digest(real, opened=opened) == digest
    except FileRefused as refused:
        return OnDisk.MISSING if refused.missing else OnDisk.CHANGED
    except OSError:
        return OnDisk.MISSING
    return OnDisk.SAVED if is_same else OnDisk.CHANGED
