"""The captions saved beside films, as WebVTT and SubRip, under the film's name.

They come with their film: a film that is saved brings its own in place of whatever lay there.
While the film stays, so does what its author made of them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Final

from storyboard.apply.run import Run
from storyboard.apply.saved_places import (
    OnDisk,
    lies_in,
    look_at_captions,
    look_at_captions_file,
    whose,
)
from storyboard.caption_files import WRITERS, Cue, beside
from storyboard.disk.writing import write_whole
from storyboard.errors import LockedError, StateError, StoryboardError
from storyboard.kaltura.captions import RemoteCaptions, chosen
from storyboard.source.files import shown_path
from storyboard.spoken_tags import speaking_tags
from storyboard.state.model import SavedCaptions, SavedFile, VideoRecord
from storyboard.video import Address

_Digests = Mapping[str, str]
_NONE: Final[_Digests] = {}


async def save_captions(
    run: Run, addresses: Collection[Address], fresh: Collection[Address]
) -> None:
    """Save the captions of saved films; `fresh` are the addresses whose film came just now.

    A studio that tells none is no failure: the film is there. The next apply asks again.
    """
    wanted = {a: saved for a in addresses if (saved := _wanting(run, a, fresh)) is not None}
    if not wanted:
        return
    try:
        entries = dict.fromkeys(saved.entry_id for saved in wanted.values())
        told: dict[str, list[RemoteCaptions]] = {}
        for each in await run.studio.list_captions(tuple(entries)):
            told.setdefault(each.entry_id, []).append(each)
    except StoryboardError as cause:
        _raise_fatal(cause)
        # Once a film: an account that may not read captions has the same answer each time.
        if fresh:
            run.observer.noticed(f"no captions were saved: {cause.message}")
        return
    for address, saved in wanted.items():
        try:
            assets = told.get(saved.entry_id, [])
            await _save(run, address, saved, assets, is_fresh=address in fresh)
        except StoryboardError as cause:
            _raise_fatal(cause)
            run.observer.noticed(f"{address}: its captions were not saved: {cause.message}")
        except OSError as cause:
            reason = cause.strerror or str(cause)
            run.observer.noticed(f"{address}: its captions were not saved: {reason}")


def caption_names(films: Collection[str]) -> list[str]:
    """Return the names of all captions that may lie beside films of these names."""
    return [beside(name, suffix) for name in films for suffix in WRITERS]


def move_captions(run: Run, saved: SavedFile, film: Path) -> SavedFile:
    """Move the captions beside a saved film to where it goes; return it with those that went."""
    if saved.captions is None:
        return saved
    root, moved = run.options.root, dict[str, str]()
    for suffix, found in look_at_captions(saved, root, run.options.facts).items():
        path = root / beside(saved.path, suffix)
        if found is OnDisk.SAVED:
            target = film.with_name(beside(film.name, suffix))
            if whose(run, target) is None:
                path.replace(target)
                moved[suffix] = saved.captions.digests[suffix]
        elif found is OnDisk.CHANGED:
            _tell_changed(run, path)
    # Without any, the next look asks the studio again.
    return replace(saved, captions=replace(saved.captions, digests=moved))


def remove_captions(run: Run, saved: SavedFile, kept: Collection[str] = ()) -> None:
    """Delete the captions beside a film, but for those that were changed or `kept` suffixes."""
    for suffix, found in look_at_captions(saved, run.options.root, run.options.facts).items():
        path = run.options.root / beside(saved.path, suffix)
        if suffix in kept or found is OnDisk.MISSING:
            continue
        if found is OnDisk.CHANGED:
            _tell_changed(run, path)
        elif lies_in(path, run.options.download):
            with suppress(OSError):
                path.unlink()


def _wanting(run: Run, address: Address, fresh: Collection[Address]) -> SavedFile | None:
    """Return the saved film of an address, if its captions are not there or not known."""
    record = run.ledger.video(address)
    saved = None if record is None else record.saved_film
    if saved is None or not lies_in(run.options.root / saved.path, run.options.download):
        return None
    found = look_at_captions(saved, run.options.root, run.options.facts)
    is_whole = found.keys() == WRITERS.keys() and OnDisk.MISSING not in found.values()
    if address in fresh or not saved.has_own_captions or not is_whole:
        return saved
    for suffix, state in found.items():
        if state is OnDisk.CHANGED:
            _tell_changed(run, run.options.root / beside(saved.path, suffix))
    return None


async def _save(
    run: Run, address: Address, saved: SavedFile, assets: list[RemoteCaptions], *, is_fresh: bool
) -> None:
    locale = address.locale
    asset = chosen(assets, [*speaking_tags(locale)] if locale else [])
    cues = () if asset is None else await run.studio.get_captions(asset)
    # A file without a cue is none to a reader of WebVTT.
    digests = _written(run, address, saved, cues, is_fresh=is_fresh) if cues else _NONE
    remove_captions(run, saved, kept=digests)
    captions = SavedCaptions(saved.entry_id, digests) if digests else None
    if captions == saved.captions:
        return
    run.options.checkpoint("captions:saved")

    def recorded(video: VideoRecord) -> VideoRecord:
        return replace(video, saved=replace(saved, captions=captions))

    await run.ledger.record_video(address, recorded)


def _written(
    run: Run, address: Address, saved: SavedFile, cues: tuple[Cue, ...], *, is_fresh: bool
) -> _Digests:
    """Write the files that may be written; return the digest of each that is ours now."""
    root, facts, digests = run.options.root, run.options.facts, dict[str, str]()
    old = saved.captions.digests if saved.captions else _NONE
    before = look_at_captions(saved, root, facts)
    late: list[str] = []
    for suffix, write in WRITERS.items():
        place, content = beside(saved.path, suffix), write(cues).encode()
        path, digest = root / place, hashlib.sha256(content).hexdigest()
        there = look_at_captions_file(place, digest, root, facts)
        is_theirs = there is OnDisk.CHANGED and before.get(suffix) is not OnDisk.SAVED
        if is_theirs and not is_fresh:
            _tell_changed(run, path)
            digests |= {suffix: old[suffix]} if suffix in old else {}
            continue
        if there is not OnDisk.SAVED:
            if (other := whose(run, path)) is not None:
                run.observer.noticed(f"'{shown_path(path)}' is {other}: it was not replaced")
                continue
            write_whole(path, content, inside=run.options.films_inside or path.parent)
            if is_theirs:
                run.observer.noticed(f"{address}: '{shown_path(path)}' is changed: saved again")
            elif not is_fresh:
                late.append(f"'{shown_path(path)}'")
        digests[suffix] = digest
    if late:
        run.observer.noticed(f"{address}: saved {' and '.join(late)}")
    return digests


def _tell_changed(run: Run, path: Path) -> None:
    run.observer.noticed(f"'{shown_path(path)}' is not what was saved: it stays")


def _raise_fatal(cause: StoryboardError) -> None:
    """Pass on what ends a run: nothing more can be kept."""
    if isinstance(cause, StateError | LockedError):
        raise cause
