"""Keeps in the state which films runs begin, and those that a killed one began. Sends no edit.

An edit of a ready video ends what the studio shows of its film. Whether a run began it or a person
made it is known by what is written here before, in one write for all videos. A film that a killed
run began may be ready by now: it goes into the history before the next edit takes it away.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Final

from storyboard.apply.film_record import duration_of
from storyboard.apply.run import Run
from storyboard.kaltura.objects import RemoteVideo
from storyboard.plan.action import Action
from storyboard.plan.change import Change
from storyboard.plan.confirmed import avatar_digest
from storyboard.state.model import FilmRecord, Operation, State, VideoRecord
from storyboard.video import Address
from storyboard.wire import VideoStatus

_STAYING: Final = (Action.KEEP, Action.RENAME, Action.UPDATE, Action.REPLACE)
"""What is done with a video that was there before, and goes on to have films."""

Look = tuple[Change, RemoteVideo]


async def intend_films(run: Run, conflicts: Collection[Address]) -> None:
    """Write down whose films this run is about to replace, and what was begun before it."""
    if run.fatal is not None:
        return
    left = {*conflicts, *run.options.unready}
    staying = (c for c in run.plan.changes if c.action in _STAYING and c.address not in left)
    before = run.ledger.state
    await _record(run, [(change, change.current) for change in staying if change.current])
    if run.ledger.state is not before:
        run.options.checkpoint("films:intended")


async def take_over_film(run: Run, change: Change, live: RemoteVideo) -> None:
    """Record the film that a run before had begun, where that ended while this one waited."""
    await _record(run, [(change, live)])


async def _record(run: Run, looks: Sequence[Look]) -> None:
    ended: dict[Address, tuple[FilmRecord, Operation]] = {}
    for change, live in looks:
        operation = _other_film(run.ledger.state, change)
        if operation is not None and _is_filmed(run, operation, live):
            ended[change.address] = (await _film(run, operation, str(live.entry_id)), operation)

    def recorded(state: State) -> State:
        for change, live in looks:
            record = state.videos.get(change.address)
            if record is None:
                continue
            begun = _begun(record, change, live, _other_film(state, change))
            if change.address in ended:
                film, operation = ended[change.address]
                record = record.with_earlier_film(film)
                state = state.without_operation(operation.nonce)
            if (change.address in ended) or begun != record.begun_film:
                state = state.with_video(change.address, replace(record, begun_film=begun))
        return state

    await run.ledger.record(recorded)


def _begun(record: VideoRecord, change: Change, live: RemoteVideo, other: Operation | None) -> str:
    """Return the film that a run began to put in place of the published one, if one did."""
    if record.film is None:
        return ""
    if change.film is not None and change.edit.of_scenes:
        return change.film_fingerprint
    is_shown = live.status is VideoStatus.READY and live.entry_id == record.entry_id
    if is_shown and change.film is None:
        return ""
    return record.begun_film or ("" if other is None else other.fingerprint)


def _other_film(state: State, change: Change) -> Operation | None:
    """Return the open intent of a film that the files do not want any more."""
    return next(iter(state.other_films(change.address, change.film_fingerprint)), None)


def _is_filmed(run: Run, operation: Operation, live: RemoteVideo) -> bool:
    """Whether a video has the film of an intent, and shows what it is of: what we wrote last."""
    state = run.ledger.state
    record = state.videos.get(operation.address)
    if record is None or operation.video_id != live.id or record.written.id != live.id:
        return False
    known = {None, operation.previous_entry_id, *(film.entry_id for film in record.made_films)}
    if live.status is not VideoStatus.READY or live.entry_id in known:
        return False
    is_told = operation.seen or state.ready_shows_its_film
    return is_told and _shows_written(run, record, live)


def _shows_written(run: Run, record: VideoRecord, live: RemoteVideo) -> bool:
    written, shown = record.written, run.shown(live)
    scenes = [scene.fingerprint for scene in written.scenes]
    is_edited = written.avatar.is_edited(avatar_digest(shown))
    return not is_edited and scenes == [scene.fingerprint for scene in shown.scenes]


async def _film(run: Run, operation: Operation, entry_id: str) -> FilmRecord:
    """Return the record of a film that no run saw made: how long that took is not known."""
    return FilmRecord(
        fingerprint=operation.fingerprint,
        entry_id=entry_id,
        made_at=run.options.stamp(),
        duration_seconds=await duration_of(run, entry_id),
        work_seconds=0.0,
    )
