"""Works out the change of one address from desired, state and current. Refuses nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from storyboard.kaltura.objects import RemoteVideo
from storyboard.plan.action import Action
from storyboard.plan.alike import Namesakes
from storyboard.plan.change import Change, Retirement, Twin
from storyboard.plan.composed import as_composed
from storyboard.plan.current import Current
from storyboard.plan.diff import ChangeKind, FieldChange, Part, compare_videos
from storyboard.plan.film_times import film_rate
from storyboard.plan.kept_film import has_film
from storyboard.plan.lifted_holds import change_without_sources
from storyboard.plan.limits import Bounds
from storyboard.plan.needs import FilmPlanner, compose_need
from storyboard.plan.options import PlanOptions
from storyboard.plan.recognized import found_record
from storyboard.plan.shown import film_fingerprint, remote_shown
from storyboard.plan.sides import Edit, Sides, own_action
from storyboard.state.film_identity import is_same_film
from storyboard.state.model import FilmRecord, ObjectRecord, State, VideoRecord
from storyboard.video import Address, Avatar, Video
from storyboard.wire import PROCESSING


def known_avatars(desired: Sequence[Video], state: State, current: Current) -> Mapping[str, Avatar]:
    """Map ids to definitions; an avatar that we upserted is known, however it comes back."""
    wanted = dict.fromkeys(avatar for video in desired for avatar in video.avatars)
    ours = {state.avatars[a.fingerprint]: a for a in wanted if a.fingerprint in state.avatars}
    return {**current.avatars, **{id_: a for id_, a in ours.items() if id_ in current.avatars}}


@dataclass(frozen=True)
class Planner:
    """Looks at one address at a time; `avatars` maps the studio's ids to definitions.

    Without slots, since what all addresses need is worked out once.
    `moves` maps addresses of `state` to those that it was stored under; `gone` are recorded ones
    that the files no longer have; `namesakes` are videos that a new address may mean.
    """

    state: State
    current: Current
    options: PlanOptions
    avatars: Mapping[str, Avatar]
    moves: Mapping[Address, Address] = field(default_factory=dict)
    gone: tuple[Address, ...] = ()
    namesakes: Namesakes = field(default_factory=lambda: Namesakes(()))

    def with_gone(self, gone: Sequence[Address], desired: Sequence[Video]) -> Planner:
        """Return a copy that knows what is gone, and which videos new addresses may mean."""
        # The usual case, and namesakes cost a look at every text of the studio.
        if all(video.address in self.state.videos for video in desired):
            return replace(self, gone=tuple(gone))
        left = {self.state.videos[a].current.id for a in gone if a in self.state.videos}
        taken = (self.state.video_ids | self.options.owned.keys()) - left
        free = (video for video in self.current.videos if video.id not in taken)
        return replace(self, gone=tuple(gone), namesakes=Namesakes(free))

    def recorded(self) -> list[Address]:
        """Every address that the state knows, or once wanted to add and left in the studio."""
        opened = {
            operation.address
            for operation in self.state.operations
            if operation.kind.adds and self.current.marked(operation.nonce)
        }
        return sorted(opened | set(self.state.videos))

    @property
    def bounds(self) -> Bounds:
        """What the plan is held to; a share is one of all videos that it could delete."""
        return self.options.bounds(len(self.recorded()))

    def retirements(self) -> Iterator[Retirement]:
        """Yield what a published successor left behind."""
        for address, video_id in self.state.retired:
            if address.matches(self.options.scope):
                yield Retirement(address, video_id)

    def deletion(self, address: Address) -> Change:
        """Return the change of an address that is recorded and no longer desired."""
        found = self._leftovers(address)
        recorded = self.state.videos.get(address)
        if recorded is None:
            sides = Sides(address, None, None, found[0], adopted=True, strays=tuple(found[1:]))
        else:
            record = self._alive(recorded)
            current = self.current.video(record.written.id)
            sides = Sides(address, None, record, current, strays=tuple(found))
        begun = self.state.is_deleting(address)
        return Change(sides, why_gone=self.options.why_gone, begun=begun)

    def change(self, video: Video) -> Change:
        """Return the change of a desired address, its film included."""

        def planned(wanted: Video, digests: Mapping[str, str]) -> Change:
            options = replace(self.options, media_digests=digests)
            return replace(self, options=options)._change(wanted)

        lifted = change_without_sources(video, self.options.media_digests, planned)
        return lifted or self._change(video)

    def _change(self, video: Video) -> Change:
        sides, moved_from = self._sides(video), self.moves.get(video.address)
        twin = self._twin(video) if sides.applied is None and not sides.adopted else None
        if video.holds:
            return Change(sides, twin=twin, moved_from=moved_from)
        assert sides.desired is not None
        wanted, video = video, sides.desired
        compose = compose_need(sides, video, self.state, self.options)
        edit = Edit(self._differences(sides, video), self.state.ready_refuses_edits)
        fingerprint = film_fingerprint(video, self.options.media_digests)
        record = sides.applied
        rolled = self._rolled(sides, fingerprint)
        keeps = rolled.keeps_film and own_action(sides, edit) is Action.REPLACE
        if keeps:
            edit = edit.without_content()
        newest = _newest(sides, edit, fingerprint) if rolled.may_publish else None
        is_proven = self._proven(wanted) is not None
        films = FilmPlanner(sides, edit, self.state, self.options, self._rate, is_proven)
        makes = self.options.generate and not rolled.keeps_film and newest is None
        return Change(
            sides,
            edit,
            film=films.need(video, fingerprint, compose) if makes else None,
            publishes=newest,
            stays=record.film if record is not None and rolled.stays else None,
            forward=rolled.forward,
            goes_back=rolled.back,
            keeps_scenes=keeps,
            compose=compose,
            film_fingerprint=fingerprint,
            twin=twin,
            moved_from=moved_from,
            found=None if self.options.by_name else self.found(wanted),
        )

    def _rolled(self, sides: Sides, fingerprint: str) -> _Rolled:
        """Return what becomes of a rollback; a film that is asked for once more ends it."""
        record = sides.applied
        if record is None or not record.rolled_back:
            return _Rolled()
        if self.options.generate and self.options.makes_again(sides.address):
            return _Rolled(forward=True)
        stays = record.stays_at_earlier(fingerprint)
        if stays and self.options.forward:
            return _Rolled(forward=True, may_publish=True)
        return _Rolled(stays=stays, back=record.is_back_at(fingerprint))

    def _sides(self, video: Video) -> Sides:
        recorded = self.state.videos.get(video.address)
        record = None if recorded is None else self._alive(recorded)
        found = self._leftovers(video.address)
        # A run that was killed between the record and the new name left a mark on a known video.
        adopted = bool(found) and not (record and record.written.id == found[0].id)
        if record is not None and not adopted:
            record = self.found(video) or record
        if adopted:
            current: RemoteVideo | None = found[0]
        else:
            current = None if record is None else self.current.video(record.written.id)
        if video.compose is not None and current is not None and not video.holds:
            named = record is not None and bool(record.composed)
            video = as_composed(video, current, self.avatars, named=named)
        strays = tuple(found[1:]) if adopted else ()
        return Sides(video.address, video, record, current, adopted, strays)

    def found(self, video: Video) -> VideoRecord | None:
        """Return the record that a recorded video should have, where the studio proves its film.

        The one that is published stays where it is the wanted one: somebody had another one made.
        """
        record = self.state.videos.get(video.address)
        return None if has_film(record, film_fingerprint(video, {})) else self._proven(video)

    def _proven(self, video: Video) -> VideoRecord | None:
        """Return the record with the studio's film, where that is not known and proven.

        A film of stand-ins is not proved: it may be of other files than those that are here.
        """
        record = self.state.videos.get(video.address)
        if record is None or video.holds or self.state.operations_of(video.address):
            return None
        current = self.current.video(record.current.id)
        made_at = self.current.made_at.get((current and current.entry_id) or "")
        if current is None or made_at is None or record.rolled_back:
            return None
        digests = self.options.media_digests
        if film_fingerprint(video, digests) != film_fingerprint(video, {}):
            return None
        return found_record(video, record, current, self.avatars, made_at)

    def _twin(self, video: Video) -> Twin | None:
        """Find an object of the wanted name that no address has, or one that the files left."""
        same = self.namesakes.of(video)
        for found in same:
            if found.id in self._left:
                alone = video.address.storyboard in self._storyboards
                return Twin(found, self._left[found.id], alone=alone)
        lost = not self.state.videos
        return next((Twin(found, lost=lost) for found in same), None)

    @cached_property
    def _left(self) -> Mapping[str, Address]:
        """The videos of what the files left, each with its address."""
        records = self.state.videos
        return {records[a].current.id: a for a in self.gone if a in records}

    @cached_property
    def _storyboards(self) -> frozenset[str]:
        return frozenset(address.storyboard for address in self.state.addresses)

    @cached_property
    def _rate(self) -> float | None:
        return film_rate(self.state)

    def _alive(self, record: VideoRecord) -> VideoRecord:
        """Forget a successor that somebody deleted: the published object serves again."""
        successor = record.successor
        if successor is not None and self.current.video(successor.id) is None:
            return replace(record, successor=None)
        return record

    def _leftovers(self, address: Address) -> list[RemoteVideo]:
        """What an interrupted add left in the studio, the oldest first."""
        operation = self.state.open_add(address)
        return [] if operation is None else self.current.marked(operation.nonce)

    def _differences(self, sides: Sides, video: Video) -> tuple[FieldChange, ...]:
        current, record = sides.current, sides.applied
        if current is None:
            return ()
        known = record is not None and not sides.adopted
        applied = record.written if record is not None and known else ObjectRecord(current.id)
        protect = _protect_change(record, video) if known else ()
        found = compare_videos(video, remote_shown(current, self.avatars), applied)
        if video.compose is not None:
            found = tuple(item for item in found if item.part is not Part.SCENES)
        return (*found, *protect)


@dataclass(frozen=True, slots=True)
class _Rolled:
    """What becomes of a rollback: it `stays`, the files went `back` with it, or it ends.

    Going `forward`, the film of the files is made, if it may not be published as it was made.
    """

    stays: bool = False
    back: bool = False
    forward: bool = False
    may_publish: bool = False

    @property
    def keeps_film(self) -> bool:
        """Whether the published film stays, so that none is made."""
        return self.stays or self.back


def _newest(sides: Sides, edit: Edit, fingerprint: str) -> FilmRecord | None:
    """Return the newest film of what the files want, other than the one that was rolled back to.

    It is the one that the studio shows, or any where the studio shows none of ours.
    """
    record, current = sides.applied, sides.current
    if record is None or current is None or current.status in PROCESSING or edit.of_film:
        return None
    made = [
        film for film in reversed(record.made_films) if is_same_film(film.fingerprint, fingerprint)
    ]
    shown = [film for film in made if film.entry_id == current.entry_id]
    return next(iter(shown or [film for film in made if film.entry_id != record.entry_id]), None)


def _protect_change(record: VideoRecord | None, video: Video) -> tuple[FieldChange, ...]:
    if record is None or record.protect == video.protect:
        return ()
    return (
        FieldChange(
            Part.PROTECT.value,
            ChangeKind.CHANGED,
            record.protect,
            video.protect,
            shows=False,
            span=video.span,
        ),
    )
