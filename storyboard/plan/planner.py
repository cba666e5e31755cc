"""Works out the change of one address from desired, state and current. Refuses nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from storyboard.kaltura.objects import RemoteVideo
from storyboard.plan.change import Action, Change, ComposeNeed, FilmNeed, Retirement
from storyboard.plan.composed import as_composed, compose_fingerprint
from storyboard.plan.current import Current
from storyboard.plan.diff import (
    ChangeKind,
    FieldChange,
    compare_videos,
)
from storyboard.plan.naming import nonce_of
from storyboard.plan.options import PlanOptions
from storyboard.plan.shown import desired_shown, film_fingerprint, remote_shown
from storyboard.speech_rates import estimate_seconds
from storyboard.state.model import ObjectRecord, OperationKind, State, VideoRecord
from storyboard.texts import same_text
from storyboard.video import Address, Avatar, Video
from storyboard.wire import VideoStatus


def known_avatars(desired: Sequence[Video], state: State, current: Current) -> Mapping[str, Avatar]:
    """Map ids to definitions; an avatar that we upserted is known, however it comes back."""
    wanted = dict.fromkeys(avatar for video in desired for avatar in video.avatars)
    ours = {state.avatars[a.fingerprint]: a for a in wanted if a.fingerprint in state.avatars}
    return {**current.avatars, **{id_: a for id_, a in ours.items() if id_ in current.avatars}}


@dataclass(frozen=True, slots=True)
class Planner:
    """Looks at one address at a time; `avatars` maps the studio's ids to definitions.

    `moves` maps addresses of `state` to those that it was stored under; `gone` are recorded ones
    that the files no longer have.
    """

    state: State
    current: Current
    options: PlanOptions
    avatars: Mapping[str, Avatar]
    moves: Mapping[Address, Address] = field(default_factory=dict)
    gone: tuple[Address, ...] = ()

    def recorded(self) -> list[Address]:
        """Every address that the state knows, or once wanted to add and left in the studio."""
        opened = {
            operation.address
            for operation in self.state.operations
            if operation.kind in (OperationKind.ADD, OperationKind.REPLACE)
            and self._found(operation.nonce)
        }
        return sorted(opened | set(self.state.videos))

    def retirements(self) -> Iterator[Retirement]:
        """Yield what a published successor left behind."""
        for address, video_id in self.state.retired:
            if address.matches(self.options.scope):
                yield Retirement(address, video_id)

    def deletion(self, address: Address) -> Change:
        """Return the change of an address that is recorded and no longer desired."""
        found = self._leftovers(address)
        record = self.state.videos.get(address)
        if record is None:
            left = Change(address, None, None, found[0], adopted=True, strays=tuple(found[1:]))
            return replace(left, why_gone=self.options.why_gone)
        record = self._alive(record)
        current = self.current.video(record.written.id)
        gone = Change(address, None, record, current, strays=tuple(found))
        return replace(gone, why_gone=self.options.why_gone)

    def change(self, video: Video) -> Change:
        """Return the change of a desired address, its film included."""
        recorded = self.state.videos.get(video.address)
        record = None if recorded is None else self._alive(recorded)
        found = self._leftovers(video.address)
        if found and not (record and record.written.id == found[0].id):
            change = Change(
                video.address, video, record, found[0], adopted=True, strays=tuple(found[1:])
            )
        else:
            current = None if record is None else self.current.video(record.written.id)
            change = Change(video.address, video, record, current)
            change = self._with_twin(change, video) if record is None else change
        change = replace(change, moved_from=self.moves.get(video.address))
        if video.holds:
            return change
        if video.compose is not None and change.current is not None:
            named = change.applied is not None and bool(change.applied.composed)
            video = as_composed(video, change.current, self.avatars, named=named)
        change = replace(
            change,
            desired=video,
            compose=self._composition(change, video),
            refuses_edits=self.state.ready_refuses_edits,
            film_fingerprint=film_fingerprint(video, self.options.media_digests),
        )
        change = replace(change, changes=self._differences(change, video))
        return replace(change, film=self._film(change, video)) if self.options.generate else change

    def _with_twin(self, change: Change, video: Video) -> Change:
        """Add an object of the wanted name that no address has, or one that the files left."""
        same = [found for found in self.current.videos if same_text(found.name, video.name)]
        if not same:
            return change
        left = {self.state.videos[a].current.id: a for a in self.gone if a in self.state.videos}
        for found in same:
            if found.id in left:
                return replace(change, twin=found, twin_address=left[found.id])
        known = self.state.video_ids
        return replace(change, twin=next((v for v in same if v.id not in known), None))

    def _alive(self, record: VideoRecord) -> VideoRecord:
        """Forget a successor that somebody deleted: the published object serves again."""
        successor = record.successor
        if successor is not None and self.current.video(successor.id) is None:
            return replace(record, successor=None)
        return record

    def _found(self, nonce: str) -> list[RemoteVideo]:
        hits = [video for video in self.current.videos if nonce_of(video.name) == nonce]
        return sorted(hits, key=lambda video: (video.created_at, video.id))

    def _leftovers(self, address: Address) -> list[RemoteVideo]:
        """What an interrupted add left in the studio, the oldest first."""
        operation = self.state.open_operation(address, OperationKind.ADD, OperationKind.REPLACE)
        return [] if operation is None else self._found(operation.nonce)

    def _differences(self, change: Change, video: Video) -> tuple[FieldChange, ...]:
        if change.current is None:
            return ()
        applied = ObjectRecord(change.current.id)
        if change.applied is not None and not change.adopted:
            applied = change.applied.written
        protect = () if change.adopted else _protect_change(change.applied, video)
        observed = remote_shown(change.current, self.avatars)
        wanted = desired_shown(video)
        settled = applied.applied == wanted.fingerprint and applied.observed == observed.fingerprint
        if settled:
            return protect
        found = compare_videos(video, observed, applied)
        if video.compose is not None:
            found = tuple(item for item in found if item.path in ("name", "avatar"))
        return (*found, *protect)

    def _composition(self, change: Change, video: Video) -> ComposeNeed | None:
        if video.compose is None:
            return None
        fingerprint = compose_fingerprint(video.compose)
        record, current = change.applied, change.current
        reason = None
        if current is None or record is None or change.adopted or not record.composed:
            reason = "its scenes are not composed yet"
        elif record.composed != fingerprint:
            reason = "the compose block changed"
        elif current.status is VideoStatus.COMPOSE_ERROR:
            reason = "the last composition failed"
        elif current.status is VideoStatus.COMPOSING:
            reason = "somebody has the studio compose it anew"
        elif not video.scenes:
            reason = "its scenes are gone from the studio"
        if reason is None:
            return None
        operation = self.state.open_operation(change.address, OperationKind.COMPOSE)
        composing = current is not None and current.status is VideoStatus.COMPOSING
        if operation is not None and operation.fingerprint == fingerprint and composing:
            reason = "the studio is composing it already"
        return ComposeNeed(fingerprint, reason, self.options.media_digests)

    def _film(self, change: Change, video: Video) -> FilmNeed | None:
        fingerprint = change.film_fingerprint
        record, current = change.applied, change.current
        reason = None
        if current is None or record is None or record.film is None or change.adopted:
            reason = "no film was made yet"
        elif record.film.fingerprint != fingerprint:
            reason = "the film would look or sound different"
        elif record.successor is not None or change.action is Action.REPLACE:
            reason = "the film's successor is not finished"
        elif current.status is VideoStatus.GENERATING:
            reason = "somebody has the studio make another film of it"
        elif _refilmed(current, record):
            reason = "the studio's film is not the one that was applied"
        if change.compose is not None and video.compose is not None:
            expected = expected_seconds(self.state, change.address)
            reason, seconds = "its scenes are composed first", float(video.compose.duration)
            return FilmNeed(fingerprint, reason, False, seconds, expected)
        if reason is None:
            return None
        attach = not change.edits_film and self._under_way(change, fingerprint)
        if attach:
            reason = "the studio has it in the making already"
        elif current is not None and current.status is VideoStatus.GENERATE_ERROR:
            reason = "the last attempt to make the film failed"
        locale = video.address.locale
        speech = sum(estimate_seconds(s.narration or "", locale) for s in video.scenes)
        expected = expected_seconds(self.state, change.address)
        return FilmNeed(fingerprint, reason, attach, round(speech, 1), expected)

    def _under_way(self, change: Change, fingerprint: str) -> bool:
        """Whether the film wanted is being made, or was made by a run that did not see it end."""
        current = change.current
        operation = self.state.open_operation(change.address, OperationKind.GENERATE)
        if current is None:
            return False
        ours = operation is not None and operation.video_id == current.id
        if operation is not None and ours:
            finished = current.status is VideoStatus.READY
            newer = current.entry_id not in (None, operation.previous_entry_id)
            running = current.status is VideoStatus.GENERATING
            return operation.fingerprint == fingerprint and (running or (finished and newer))
        return current.status is VideoStatus.GENERATING


def expected_seconds(state: State, address: Address) -> float | None:
    """Return how long a film takes: as long as this one took before, or as others did."""
    record = state.videos.get(address)
    if record is not None and record.film is not None and record.film.took_seconds:
        return record.film.took_seconds
    films = [film for other in state.videos.values() for film in other.films]
    took = [film.took_seconds for film in films if film.took_seconds]
    return round(sum(took) / len(took), 1) if took else None


def _refilmed(current: RemoteVideo, record: VideoRecord) -> bool:
    """Whether somebody made another film of this video in the studio."""
    return current.status is VideoStatus.READY and current.entry_id != record.entry_id


def _protect_change(record: VideoRecord | None, video: Video) -> tuple[FieldChange, ...]:
    if record is None or record.protect == video.protect:
        return ()
    return (
        FieldChange(
            "protect",
            ChangeKind.CHANGED,
            record.protect,
            video.protect,
            shows=False,
            span=video.span,
        ),
    )
