"""Tells field by field how a video differs from what the studio holds. Decides no action."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum

from storyboard.plan.confirmed import avatar_digest, name_digest
from storyboard.plan.matching import identify_edited, moved_positions, pair_scenes
from storyboard.plan.shown import (
    Presenter,
    ShownScene,
    ShownVideo,
    desired_shown,
)
from storyboard.plan.words import Piece, compare_words
from storyboard.scene_origin import TextSource
from storyboard.source.span import Span
from storyboard.speech_rates import estimate_seconds
from storyboard.state.model import FieldRecord, ObjectRecord, SceneRecord
from storyboard.video import Avatar, BackgroundKind, Video, shows_broll


class ChangeKind(Enum):
    """What happens to a field or a scene."""

    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"


class Part(Enum):
    """What of a video a field belongs to; the studio takes each by its own rules.

    Of `protect` the studio knows nothing: that is between the files and the state.
    """

    NAME = "name"
    AVATAR = "avatar"
    SCENES = "scenes"
    PROTECT = "protect"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One visible difference, from `before` (the studio) to `after` (the files).

    `path` is like `scenes[metrics].narration.text`, with our scene id. `pieces` is there for
    texts, `seconds` (of speech, before and after) for narrations. `shows` says whether the film
    looks or sounds different; `drift` that somebody else changed the studio's value. `source` tells
    which variable the words come from.
    """

    path: str
    kind: ChangeKind
    before: str | float | bool | None
    after: str | float | bool | None
    shows: bool
    drift: bool = False
    pieces: tuple[Piece, ...] = ()
    seconds: tuple[float, float] | None = None
    span: Span | None = None
    source: TextSource | None = field(default=None, compare=False, repr=False)

    def __post_init__(self) -> None:
        _ = self.part  # raises: a path of no part would be sent, or not, by chance

    @property
    def scene_id(self) -> str:
        """Our id of the scene that it belongs to; empty for none."""
        return self.path.removeprefix("scenes[").partition("]")[0] if "[" in self.path else ""

    @property
    def part(self) -> Part:
        """What of the video it belongs to; raises `ValueError` for a path of no part."""
        return Part(self.path.partition("[")[0])


def compare_videos(
    desired: Video,
    current: ShownVideo,
    applied: ObjectRecord,
) -> tuple[FieldChange, ...]:
    """Return the differences in the video's own order; empty exactly where both show the same.

    A value that is what the studio made of the very value wanted, when it was sent, is the same.
    """
    shown = desired_shown(desired)
    if shown == current:
        return ()
    # As at the last apply, on both sides: what the studio makes of our texts is no difference.
    if (applied.applied, applied.observed) == (shown.fingerprint, current.fingerprint):
        return ()
    comparison = _Comparison(desired, shown, current, applied)
    return (*comparison.name(), *comparison.presenter(), *comparison.scenes())


def presenter_label(presenter: Presenter | None) -> str:
    """Return `jane on #CEEEDB`, for people."""
    match presenter:
        case None | "":
            return "none"
        case Avatar():
            background = presenter.background
            kind = "" if background.kind is BackgroundKind.COLOR else f"{background.kind.value} "
            return f"{presenter.template_id} on {kind}{background.value}"
        case str():
            return f"unknown avatar {presenter}"


@dataclass(frozen=True, slots=True)
class _Comparison:
    desired: Video
    shown: ShownVideo
    current: ShownVideo
    applied: ObjectRecord

    def name(self) -> Iterator[FieldChange]:
        before, after = self.current.name, self.shown.name
        known = self.applied.name
        wanted, held = name_digest(self.shown), name_digest(self.current)
        if before != after and not known.settles(wanted, held):
            yield FieldChange(
                "name",
                ChangeKind.CHANGED,
                before,
                after,
                shows=False,
                drift=known.is_edited(held),
                pieces=compare_words(before, after),
                span=self.desired.span,
                source=self.desired.name_source,
            )

    def presenter(self) -> Iterator[FieldChange]:
        """The video's own avatar; it shows where scenes are, and were, presented by it."""
        before, after = self.current.presenter, self.shown.presenter
        known = self.applied.avatar
        wanted, held = avatar_digest(self.shown), avatar_digest(self.current)
        if before != after and not known.settles(wanted, held):
            presented = any(scene.presenter == before for scene in self.current.scenes)
            presents = any(scene.presenter == after for scene in self.shown.scenes)
            yield FieldChange(
                "avatar",
                ChangeKind.CHANGED,
                presenter_label(before),
                presenter_label(after),
                shows=presented and presents,
                # One that is not wanted any more may come back as another than was sent.
                drift=known.sent == wanted,
                span=self.desired.span,
            )

    def scenes(self) -> Iterator[FieldChange]:
        now, then = self.shown.scenes, self.current.scenes
        ids = [scene.id for scene in self.desired.scenes]
        names = identify_edited(then, self.applied.scenes, dict(zip(ids, now, strict=True)))
        pairs = pair_scenes(now, ids, then, names)
        moves = _moves(pairs)
        recorded = [scene.id for scene in self.applied.scenes if scene.id in names]
        # Where the studio's order is the one that was sent, it is the files that moved a scene.
        reordered = recorded != [name for name in names if name is not None]
        for d, scene in enumerate(now):
            if d not in pairs:
                yield self._added(d, scene)
                continue
            if d in moves:
                yield self._moved(d, *moves[d], drift=reordered)
            yield from self._fields(d, then[pairs[d]], names[pairs[d]])
        for c in sorted(set(range(len(then))) - set(pairs.values())):
            yield self._removed(c, then[c], names[c])

    def _added(self, d: int, scene: ShownScene) -> FieldChange:
        author = self.desired.scenes[d]
        return FieldChange(
            f"scenes[{author.id}]",
            ChangeKind.ADDED,
            None,
            scene.narration or scene.layout,
            shows=True,
            drift=self.applied.scene(author.id) is not None,
            seconds=(0.0, self._seconds(scene.spoken)),
            span=author.origin.span,
        )

    def _moved(self, d: int, before: int, after: int, *, drift: bool) -> FieldChange:
        author = self.desired.scenes[d]
        return FieldChange(
            f"scenes[{author.id}]",
            ChangeKind.MOVED,
            before,
            after,
            shows=True,
            drift=drift,
            span=author.origin.span,
        )

    def _removed(self, c: int, scene: ShownScene, name: str | None) -> FieldChange:
        return FieldChange(
            f"scenes[{name or f'#{c + 1}'}]",
            ChangeKind.REMOVED,
            scene.narration or scene.layout,
            None,
            shows=True,
            drift=_is_edited(self.applied.scene(name), scene)
            if name
            else bool(self.applied.scenes),
            seconds=(self._seconds(scene.spoken), 0.0),
            span=self.desired.span,
        )

    def _fields(self, d: int, before: ShownScene, id: str | None) -> Iterator[FieldChange]:
        author, after = self.desired.scenes[d], self.shown.scenes[d]
        record = self.applied.scene(id)
        then, now = before.digests, after.digests
        # A full-screen scene may have `broll` (guide §6): it is kept, and no film shows it.
        seen = shows_broll(before.layout) or shows_broll(after.layout)
        rows = (
            ("layoutType", "layoutType", before.layout, after.layout, True),
            ("narration.text", "narration", before.narration, after.narration, True),
            ("say", "narration", before.said, after.said, True),
            ("title", "narration", before.titled, after.titled, True),
            ("locale", "narration", before.locale, after.locale, True),
            ("avatar", "avatar", *self._presenters(before, after), True),
            ("broll.entryId", "broll.entryId", before.broll_entry, after.broll_entry, seen),
            ("broll.startTime", "broll.startTime", before.start_time, after.start_time, seen),
        )
        for path, name, old, new, shows in rows:
            known = FieldRecord() if record is None else record.field(name)
            if old != new and not known.settles(now[name], then[name]):
                spoken = path == "narration.text"
                yield FieldChange(
                    f"scenes[{author.id}].{path}",
                    ChangeKind.CHANGED,
                    old,
                    new,
                    shows=shows,
                    drift=_is_drift(record, name, wanted=after, held=before),
                    pieces=compare_words(before.narration, after.narration) if spoken else (),
                    seconds=self._both_seconds(before, after) if spoken else None,
                    span=author.origin.of(name),
                    source=author.narration_source if spoken else None,
                )

    def _presenters(self, before: ShownScene, after: ShownScene) -> tuple[str, str]:
        """The scene's presenter, unless it only follows a change of the video's own."""
        follows = self.current.presents(before) and self.shown.presents(after)
        if follows or before.presenter == after.presenter:
            return "", ""
        return presenter_label(before.presenter), presenter_label(after.presenter)

    def _both_seconds(self, before: ShownScene, after: ShownScene) -> tuple[float, float]:
        return self._seconds(before.spoken), self._seconds(after.spoken)

    def _seconds(self, text: str) -> float:
        return round(estimate_seconds(text, self.desired.address.locale), 1)


def _is_edited(record: SceneRecord | None, held: ShownScene) -> bool:
    """Whether somebody else changed a field of a scene that we sent."""
    return record is not None and any(
        _is_drift(record, name, wanted=held, held=held) for name in held.digests
    )


def _is_drift(
    record: SceneRecord | None, name: str, *, wanted: ShownScene, held: ShownScene
) -> bool:
    """Whether what the studio holds in a field is neither what was sent nor what it made of that.

    An avatar that is not wanted any more may come back as another than was sent, so of avatars only
    those count that are still wanted. Older states know no fields, only whole scenes.
    """
    if record is None:
        return False
    if not record.fields:
        return record.fingerprint == wanted.fingerprint != held.fingerprint
    known = record.field(name)
    if name == "avatar":
        return known.sent == wanted.digests[name] and known.is_edited(held.digests[name])
    return known.is_edited(held.digests[name])


def _moves(pairs: Mapping[int, int]) -> dict[int, tuple[int, int]]:
    """Return desired position → places before and after, counted from 1 among the scenes that stay.

    A scene whose place is the same again is not called moved: others moved around it.
    """
    kept = sorted(pairs)
    ranks = {c: rank for rank, c in enumerate(sorted(pairs.values()), 1)}
    moved = moved_positions([pairs[d] for d in kept])
    places = {kept[i]: (ranks[pairs[kept[i]]], i + 1) for i in moved}
    return {d: (before, after) for d, (before, after) in places.items() if before != after}
