"""The plan: a value made of desired, applied and current. No side effect, no clock."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from storyboard.kaltura.objects import Principal, RemoteVideo
from storyboard.kaltura.wire import VideoStatus
from storyboard.plan.change import Action, Change, FilmNeed, Retirement
from storyboard.plan.current import Current
from storyboard.plan.diff import (
    ChangeKind,
    EstimateSeconds,
    FieldChange,
    compare_videos,
    estimate_seconds,
)
from storyboard.plan.guards import (
    Limit,
    Refusal,
    check_missing,
    check_principal,
    find_refusals,
)
from storyboard.plan.naming import nonce_of
from storyboard.plan.shown import desired_shown, film_fingerprint, remote_shown
from storyboard.state.model import ObjectRecord, OperationKind, State, VideoRecord
from storyboard.video import Address, Avatar, Hold, Video, digest


@dataclass(frozen=True, slots=True)
class PlanOptions:
    """What the caller wants planned.

    `scope` has addresses or globs (`onboarding*@de`); empty means all. `media_digests` maps the
    entry ids of local stand-ins to their sha256. `max_generate` counts films; `None` is no limit.
    """

    generate: bool = True
    prune: bool = False
    scope: tuple[str, ...] = ()
    media_digests: Mapping[str, str] = field(default_factory=dict)
    max_generate: int | None = None
    max_delete: Limit = field(default_factory=lambda: Limit(10, 30.0))
    allow_empty: bool = False
    allow_missing: bool = False
    allow_protected: bool = False
    estimate: EstimateSeconds = estimate_seconds


@dataclass(frozen=True, slots=True)
class Plan:
    """Every address with its change, also those that stay; bound to one state and one user.

    `orphans` are recorded and no longer desired, and stay because nothing was to be pruned.
    `serial` and `lineage` say which state it was made from.
    """

    principal: Principal
    lineage: str
    serial: int
    changes: tuple[Change, ...]
    retirements: tuple[Retirement, ...] = ()
    orphans: tuple[Address, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    avatars: Mapping[str, Avatar] = field(default_factory=dict)
    generate: bool = True

    @property
    def actions(self) -> tuple[tuple[Change, Action], ...]:
        """Every planned action in the order shown; what stays as it is has none."""
        return tuple((change, action) for change in self.changes for action in change.actions)

    @property
    def has_changes(self) -> bool:
        """Whether an apply would do anything; a video held back is not a change."""
        wanted = any(action is not Action.HOLD for _, action in self.actions)
        return wanted or bool(self.retirements)

    @property
    def held(self) -> tuple[Change, ...]:
        """The videos held back."""
        return tuple(change for change in self.changes if change.action is Action.HOLD)

    @property
    def summary(self) -> dict[str, int]:
        """How many of each action, in the order of `Action`."""
        counts = {action.value: 0 for action in Action}
        for _, action in self.actions:
            counts[action.value] += 1
        counts[Action.KEEP.value] = sum(1 for change in self.changes if not change.actions)
        counts[Action.DELETE.value] += len(self.retirements)
        return counts

    @property
    def digest(self) -> str:
        """Identify what would be done; the same files and studio give the same digest."""
        return digest([[self.principal.partner_id, self.principal.user_id], self._essence()])

    def _essence(self) -> list[Any]:
        done: list[Any] = [
            [
                str(change.address),
                action.value,
                [[c.path, c.kind.value, c.before, c.after] for c in change.changes],
                None if change.desired is None else desired_shown(change.desired).fingerprint,
                None if change.film is None else change.film.fingerprint,
            ]
            for change, action in self.actions
        ]
        return done + [[str(r.address), "retire", r.video_id] for r in self.retirements]


def make_plan(
    desired: Sequence[Video], state: State, current: Current, options: PlanOptions | None = None
) -> Plan:
    """Compare what should be with what was applied and what is.

    Raises `CredentialsError` for another user's session and `GuardError` where most applied videos
    are missing; every other guard's no is in the plan's `refusals`, so that it can be shown first.
    """
    options = options or PlanOptions()
    check_principal(state, current)
    check_missing(state, current, allow=options.allow_missing)
    planner = _Planner(state, current, options, _known_avatars(desired, state, current))
    wanted = [video for video in desired if video.address.matches(options.scope)]
    changes = [planner.change(_held_to_compose(video)) for video in wanted]
    names = {video.address for video in desired}
    gone = [a for a in planner.recorded() if a not in names and a.matches(options.scope)]
    if options.prune:
        changes += [planner.deletion(address) for address in gone]
    return Plan(
        principal=current.principal,
        lineage=state.lineage,
        serial=state.serial,
        changes=tuple(changes),
        retirements=tuple(planner.retirements()),
        orphans=() if options.prune else tuple(gone),
        refusals=tuple(
            find_refusals(
                changes,
                state,
                max_delete=options.max_delete,
                max_generate=options.max_generate,
                allow_empty=options.allow_empty,
                allow_protected=options.allow_protected,
            )
        ),
        avatars=planner.avatars,
        generate=options.generate,
    )


def _held_to_compose(video: Video) -> Video:
    """Hold back what only composing could make."""
    if video.compose is None:
        return video
    reason = "`compose` is not applied yet; write the scenes out"
    return replace(video, holds=(*video.holds, Hold(reason, "compose-not-applied", video.span)))


def _known_avatars(
    desired: Sequence[Video], state: State, current: Current
) -> Mapping[str, Avatar]:
    """Map ids to definitions; an avatar that we upserted is known, however it comes back."""
    wanted = dict.fromkeys(avatar for video in desired for avatar in video.avatars)
    ours = {state.avatars[a.fingerprint]: a for a in wanted if a.fingerprint in state.avatars}
    return {**current.avatars, **{id_: a for id_, a in ours.items() if id_ in current.avatars}}


@dataclass(frozen=True, slots=True)
class _Planner:
    state: State
    current: Current
    options: PlanOptions
    avatars: Mapping[str, Avatar]

    def recorded(self) -> list[Address]:
        """Every address that the state knows, or once wanted to add and left in the studio."""
        opened = {
            operation.address
            for operation in self.state.operations
            if operation.kind is not OperationKind.GENERATE and self._found(operation.nonce)
        }
        return sorted(opened | set(self.state.videos))

    def retirements(self) -> Iterator[Retirement]:
        for address, video_id in self.state.retired:
            if address.matches(self.options.scope):
                yield Retirement(address, video_id)

    def deletion(self, address: Address) -> Change:
        found = self._leftovers(address)
        record = self.state.videos.get(address)
        if record is None:
            return Change(address, None, None, found[0], adopted=True, strays=tuple(found[1:]))
        record = self._alive(record)
        current = self.current.video(record.written.id)
        return Change(address, None, record, current, strays=tuple(found))

    def change(self, video: Video) -> Change:
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
        if video.holds:
            return change
        change = replace(
            change,
            refuses_edits=self.state.ready_refuses_edits,
            film_fingerprint=film_fingerprint(video, self.options.media_digests),
        )
        change = replace(change, changes=self._differences(change, video))
        return replace(change, film=self._film(change, video)) if self.options.generate else change

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
        return (*compare_videos(video, observed, applied, self.options.estimate), *protect)

    def _film(self, change: Change, video: Video) -> FilmNeed | None:
        fingerprint = change.film_fingerprint
        record, current = change.applied, change.current
        reason = None
        if current is None or record is None or record.film is None:
            reason = "no film was made yet"
        elif record.film.fingerprint != fingerprint:
            reason = "the film would look or sound different"
        elif record.successor is not None:
            reason = "the film's successor is not finished"
        elif _refilmed(current, record):
            reason = "the studio's film is not the one that was applied"
        if reason is None:
            return None
        attach = not change.edits_film and self._under_way(change, fingerprint)
        if attach:
            reason = "the studio has it in the making already"
        elif current is not None and current.status is VideoStatus.GENERATE_ERROR:
            reason = "the last attempt to make the film failed"
        speech = sum(self._seconds(video, s.narration or "") for s in video.scenes)
        return FilmNeed(fingerprint, reason, attach, round(speech, 1))

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

    def _seconds(self, video: Video, text: str) -> float:
        return self.options.estimate(text, video.address.locale)


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
