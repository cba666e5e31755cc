"""The films saved on this machine: each is the one that the state tells of, byte for byte.

A file that was replaced, cut off or edited since is not that film, and is saved again.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Final

from storyboard.apply.options import ApplyOptions
from storyboard.apply.run import Run
from storyboard.apply.saved_captions import (
    caption_names,
    move_captions,
    remove_captions,
    save_captions,
)
from storyboard.apply.saved_places import (
    FILM_SUFFIX,
    OnDisk,
    intact_captions,
    lies_in,
    look_at_film,
    place_of,
    refuse_taken,
)
from storyboard.disk.writing import discard_killed
from storyboard.errors import FailureCode, StoryboardError
from storyboard.local_studio.media import film_fault
from storyboard.plan.action import Action
from storyboard.source.file_names import file_names
from storyboard.source.files import shown_path
from storyboard.state.model import SavedFile, VideoRecord
from storyboard.video import Address

UNSAVED_HINT: Final = "free room there, or name another folder: --download DIR"
"""What to do where films cannot be saved."""

_AGAIN: Final = "apply again: it fetches the film, and makes no other one"


def published_file(record: VideoRecord, options: ApplyOptions) -> str | None:
    """Return where a video's published film lies, as long as it is that very film."""
    saved = record.saved_film
    if saved is None:
        return None
    is_there = look_at_film(saved, options.root, options.facts) is OnDisk.SAVED
    return shown_path(options.root / saved.path) if is_there else None


def published_captions(record: VideoRecord, options: ApplyOptions) -> tuple[str, ...]:
    """Return where the captions of a video's published film lie, as they were saved."""
    saved = record.saved_film
    return () if saved is None else intact_captions(saved, options.root, options.facts)


async def save_films(run: Run) -> None:
    """Save the films of all videos of the plan; one that cannot be saved is its own failure."""
    folder = run.options.download
    if folder is None:
        return
    inside = run.options.films_inside or folder
    planned = [change.address for change in run.plan.changes]
    every = [str(address) for address in {*planned, *run.ledger.state.videos}]
    names = file_names(every, FILM_SUFFIX)
    now = run.options.now().timestamp()
    ours = [*names.values(), *caption_names(names.values())]
    discard_killed(folder, inside=inside, now=now, of=ours)
    fresh: set[Address] = set()
    for change in run.plan.changes:
        if change.desired is None:
            continue
        if run.fatal is not None:  # what is saved now could not be recorded
            break
        path = folder / names[str(change.address)]
        try:
            if await _save(run, change.address, path, is_new=bool(change.actions)):
                fresh.add(change.address)
        except StoryboardError as cause:
            # The film is made and paid for: whoever reads "failed" has to know that the next apply
            # makes none.
            run.failed(change.address, Action.GENERATE, cause, hints=(_AGAIN,))
        except OSError as cause:
            reason = cause.strerror or str(cause)
            error = StoryboardError(
                f"the film could not be saved in '{shown_path(folder)}': {reason}",
                hint=UNSAVED_HINT,
                code=FailureCode.OUTPUT_NOT_WRITTEN,
            )
            run.failed(change.address, Action.GENERATE, error, hints=(_AGAIN,))
    if run.fatal is None:
        wanted = [change.address for change in run.plan.changes if change.desired is not None]
        await save_captions(run, wanted, fresh)
    run.options.facts.save()


def remove_film(run: Run, address: Address) -> None:
    """Delete the saved film of a video that is being deleted, and its captions, if planned."""
    record = run.ledger.video(address)
    if address not in run.plan.films_removed or record is None or record.saved is None:
        return
    path = run.options.root / record.saved.path
    match look_at_film(record.saved, run.options.root, run.options.facts):
        case OnDisk.CHANGED:
            shown = shown_path(path)
            run.observer.noticed(f"{address}: '{shown}' was changed since it was saved: it stays")
        case OnDisk.SAVED if not lies_in(path, run.options.download):
            shown = shown_path(path)
            run.observer.noticed(f"{address}: '{shown}' is not in the folder of films: it stays")
        case OnDisk.SAVED if not run.ledger.shares_film(address):
            with suppress(OSError):
                path.unlink()
            remove_captions(run, record.saved)
        case OnDisk.MISSING if not run.ledger.shares_film(address):
            remove_captions(run, record.saved)
        case _:
            pass


async def _save(run: Run, address: Address, path: Path, *, is_new: bool) -> bool:
    """Save an address's film, unless that very film is there; tell of one that is not new.

    One that was saved beside it under an earlier address is taken over. Returns whether it is a
    new file.
    """
    record = run.ledger.video(address)
    if record is None or record.entry_id is None:
        return False
    facts, root = run.options.facts, run.options.root
    entry_id, place, saved = record.entry_id, place_of(path, root), record.saved
    if saved is not None and saved.entry_id == entry_id:
        found = look_at_film(saved, root, facts)
        if saved.path == place and found is OnDisk.SAVED:
            return False
        if saved.path == place:
            run.observer.noticed(f"{address}: '{shown_path(path)}' is {found.value}: saved again")
        elif found is OnDisk.SAVED and _is_neighbor(run, address, saved, path):
            refuse_taken(run, path)
            moved = move_captions(run, saved, path)
            (root / saved.path).replace(path)
            await _record(run, address, replace(moved, path=place))
            return False
    refuse_taken(run, path)
    inside = run.options.films_inside
    await run.studio.download_film(entry_id, path, look=film_fault, inside=inside)
    if saved is None and not is_new:
        run.observer.noticed(f"{address}: saved '{shown_path(path)}', which was not saved before")
    # Until the new captions are there, those of the film before are known as ours.
    captions = saved.captions if saved is not None and saved.path == place else None
    await _record(run, address, SavedFile(entry_id, place, facts.digest(path), captions))
    return True


def _is_neighbor(run: Run, address: Address, saved: SavedFile, path: Path) -> bool:
    """Whether a film lies in the folder that it belongs into, and is no other address's."""
    return (run.options.root / saved.path).parent == path.parent and not run.ledger.shares_film(
        address
    )


async def _record(run: Run, address: Address, saved: SavedFile) -> None:
    """Record a film that lies in its place; after a crash before it, the film is saved again."""
    run.options.checkpoint("file:saved")

    def recorded(video: VideoRecord) -> VideoRecord:
        return replace(video, saved=saved)

    await run.ledger.record_video(address, recorded)
