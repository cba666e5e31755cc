"""The films saved on this machine: each is the one that the state tells of, byte for byte.

A file that was replaced, cut off or edited since is not that film, and is saved again.
"""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import replace
from enum import Enum
from pathlib import Path
from typing import Final

from storyboard.apply.options import ApplyOptions
from storyboard.apply.run import Run
from storyboard.disk.inside import FileRefused, pinned, real_path
from storyboard.disk.writing import discard_killed
from storyboard.errors import StoryboardError
from storyboard.local_studio.media import film_fault
from storyboard.plan.action import Action
from storyboard.source.file_facts import FileFacts
from storyboard.source.file_names import file_names
from storyboard.source.files import shown_path
from storyboard.state.model import SavedFile, VideoRecord
from storyboard.video import Address
from storyboard.wire import MAX_FILM_BYTES

_SUFFIX: Final = ".mp4"
_AGAIN: Final = "apply again: it fetches the film, and makes no other one"


class OnDisk(Enum):
    """How a saved film's file stands."""

    SAVED = "saved"
    CHANGED = "changed"
    MISSING = "missing"


def look_at_film(saved: SavedFile, root: Path, facts: FileFacts) -> OnDisk:
    """Return whether the file of a saved film is still that film.

    A state may have been sent, so only an MP4 is looked at, through no link out of its folder.
    """
    path = root / saved.path
    inside = path.parent if Path(saved.path).is_absolute() else root
    try:
        # A state names this path. Read as it stands, a foreign one could ask for any file's
        # digest.
        if path.suffix != _SUFFIX:
            return OnDisk.MISSING
        base = Path(os.path.realpath(inside))
        real = real_path(base, os.path.relpath(path, inside))
        with pinned(base, real, saved.path, MAX_FILM_BYTES) as opened:
            is_same = facts.digest(real, opened=opened) == saved.sha256
    except FileRefused as refused:
        return OnDisk.MISSING if refused.missing else OnDisk.CHANGED
    except OSError:
        return OnDisk.MISSING
    return OnDisk.SAVED if is_same else OnDisk.CHANGED


def published_file(record: VideoRecord, options: ApplyOptions) -> str | None:
    """Return where a video's published film lies, as long as it is that very film."""
    saved = record.saved
    if saved is None or saved.entry_id != record.entry_id:
        return None
    is_there = look_at_film(saved, options.root, options.facts) is OnDisk.SAVED
    return shown_path(options.root / saved.path) if is_there else None


async def save_films(run: Run) -> None:
    """Save the films of all videos of the plan; one that cannot be saved is its own failure."""
    folder = run.options.download
    if folder is None:
        return
    inside = run.options.films_inside or folder
    planned = [change.address for change in run.plan.changes]
    every = [str(address) for address in {*planned, *run.ledger.state.videos}]
    names = file_names(every, _SUFFIX)
    now = run.options.now().timestamp()
    discard_killed(folder, inside=inside, now=now, of=names.values())
    for change in run.plan.changes:
        if change.desired is None:
            continue
        path = folder / names[str(change.address)]
        try:
            await _save(run, change.address, path, is_new=bool(change.actions))
        except StoryboardError as cause:
            # The film is made and paid for: whoever reads "failed" has to know that the next apply
            # makes none.
            hints = () if cause.hint else (_AGAIN,)
            run.failed(change.address, Action.GENERATE, cause, hints=hints)
        except OSError as cause:
            reason = cause.strerror or str(cause)
            error = StoryboardError(f"the film could not be saved in '{folder}': {reason}")
            run.failed(change.address, Action.GENERATE, error)
    run.options.facts.save()


def remove_film(run: Run, address: Address) -> None:
    """Delete the saved film of a video that is being deleted, where the plan said so."""
    record = run.ledger.video(address)
    if address not in run.plan.films_removed or record is None or record.saved is None:
        return
    path = run.options.root / record.saved.path
    match look_at_film(record.saved, run.options.root, run.options.facts):
        case OnDisk.CHANGED:
            shown = shown_path(path)
            run.observer.noticed(f"{address}: '{shown}' was changed since it was saved: it stays")
        case OnDisk.SAVED if not _lies_in(path, run.options.download):
            shown = shown_path(path)
            run.observer.noticed(f"{address}: '{shown}' is not in the folder of films: it stays")
        case OnDisk.SAVED if not run.ledger.shares_film(address):
            with suppress(OSError):
                path.unlink()
        case _:
            pass


async def _save(run: Run, address: Address, path: Path, *, is_new: bool) -> None:
    """Save an address's film, unless that very film is there; tell of one that is not new.

    One that was saved beside it under an earlier address is taken over.
    """
    record = run.ledger.video(address)
    if record is None or record.entry_id is None:
        return
    facts, root = run.options.facts, run.options.root
    entry_id, place, saved = record.entry_id, _place(path, root), record.saved
    if saved is not None and saved.entry_id == entry_id:
        found = look_at_film(saved, root, facts)
        if saved.path == place and found is OnDisk.SAVED:
            return
        if saved.path == place:
            run.observer.noticed(f"{address}: '{shown_path(path)}' is {found.value}: saved again")
        elif found is OnDisk.SAVED and _is_neighbor(run, address, saved, path):
            _refuse_taken(run, path)
            (root / saved.path).replace(path)
            await _record(run, address, replace(saved, path=place))
            return
    _refuse_taken(run, path)
    inside = run.options.films_inside
    await run.studio.download_film(entry_id, path, look=film_fault, inside=inside)
    if saved is None and not is_new:
        run.observer.noticed(f"{address}: saved '{shown_path(path)}', which was not saved before")
    await _record(run, address, SavedFile(entry_id, place, facts.digest(path)))


def _refuse_taken(run: Run, path: Path) -> None:
    """Raise `StoryboardError` where a file that is something else lies in a film's place."""
    other = run.options.taken.get(path.resolve())
    if other is not None and path.exists():
        raise StoryboardError(
            f"'{shown_path(path)}' is {other}: it was not replaced",
            hint="save this environment's films in another folder: --download DIR",
        )


def _is_neighbor(run: Run, address: Address, saved: SavedFile, path: Path) -> bool:
    """Whether a film lies in the folder that it belongs into, and is no other address's."""
    return (run.options.root / saved.path).parent == path.parent and not run.ledger.shares_film(
        address
    )


def _lies_in(path: Path, folder: Path | None) -> bool:
    """Whether a file is in the folder that films are saved in, and no link in its place."""
    if folder is None or path.is_symlink():
        return False
    return os.path.realpath(path.parent) == os.path.realpath(folder)


def _place(path: Path, root: Path) -> str:
    """Return a path as the state keeps it: below the root if it is, wherever the command runs."""
    whole, base = path.absolute(), root.absolute()
    return whole.relative_to(base).as_posix() if whole.is_relative_to(base) else str(whole)


async def _record(run: Run, address: Address, saved: SavedFile) -> None:
    """Record a film that lies in its place; after a crash before it, the film is saved again."""
    run.options.checkpoint("file:saved")

    def recorded(video: VideoRecord) -> VideoRecord:
        return replace(video, saved=saved)

    await run.ledger.record_video(address, recorded)
