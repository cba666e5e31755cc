"""Merges what the files want and what people made in the studio, field by field. Writes nothing.

The base is what was applied: the state has digests of each field, which tell which side changed it.
What only the studio changed is taken, what only the files changed stays, and what both changed to
different values is a conflict, unless the caller prefers a side.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Final

from storyboard.expand.spoken import spoken
from storyboard.kaltura.objects import RemoteVideo
from storyboard.plan.confirmed import avatar_digest, name_digest
from storyboard.plan.diff import ChangeKind, presenter_label
from storyboard.plan.matching import identify_edited, pair_scenes
from storyboard.plan.nonce_mark import nonce_of
from storyboard.plan.shown import (
    Presenter,
    ShownScene,
    ShownVideo,
    desired_shown,
    field_digest,
    presenter_key,
    remote_shown,
)
from storyboard.source.span import Span
from storyboard.state.model import FieldRecord, ObjectRecord, SceneRecord
from storyboard.video import Avatar, Video


class Prefer(Enum):
    """Whose value is right where both sides changed a field."""

    THEIRS = "theirs"
    OURS = "ours"


class Verdict(Enum):
    """What becomes of a field that the studio has otherwise than the files."""

    TAKEN = "taken"
    CONFLICT = "conflict"


Value = str | float | None

ORDER: Final = "scenes"
"""The path of the order of scenes."""

_FOLLOWS: Final = "follows"
"""Stands for the digest of a scene's presenter who is the video's own."""


@dataclass(frozen=True, slots=True)
class FieldMerge:
    """One field that people changed in the studio: `ours` is the file's value, `theirs` theirs.

    `path` is like `scenes[metrics].narration.text`, with our scene id. `known` says that the state
    tells what was applied; where it does not, either side may have changed it.
    """

    path: str
    kind: ChangeKind
    ours: Value
    theirs: Value
    verdict: Verdict
    known: bool = True
    span: Span | None = None
    scene_id: str = ""


@dataclass(frozen=True, slots=True)
class MergedScene:
    """A scene as it should be: our id, None for one that was added in the studio.

    `follows` says that it is presented by the video's own avatar.
    """

    id: str | None
    shown: ShownScene
    follows: bool


@dataclass(frozen=True, slots=True)
class Merged:
    """A video as the file should have it, and the fields that the studio has otherwise."""

    video: Video
    name: str
    presenter: Presenter | None
    scenes: tuple[MergedScene, ...]
    fields: tuple[FieldMerge, ...] = ()

    @property
    def conflicts(self) -> tuple[FieldMerge, ...]:
        """The fields that both sides changed, and neither was preferred."""
        return tuple(item for item in self.fields if item.verdict is Verdict.CONFLICT)


def unmerged(video: Video) -> Merged:
    """Return a video whose file stays as it is."""
    shown = desired_shown(video)
    scenes = (
        MergedScene(scene.id, look, look.presenter == shown.presenter)
        for scene, look in zip(video.scenes, shown.scenes, strict=True)
    )
    return Merged(video, shown.name, shown.presenter, tuple(scenes))


def merge_video(
    desired: Video,
    remote: RemoteVideo,
    applied: ObjectRecord,
    *,
    avatars: Mapping[str, Avatar],
    upserted: Mapping[str, str],
    prefer: Prefer | None = None,
) -> Merged:
    """Merge the sides of a video.

    `avatars` maps the studio's ids to definitions, `upserted` those of avatars that we made to
    their fingerprints: a definition may come back as another than was sent.
    """
    return _Merge(desired, remote, applied, avatars, upserted, prefer).merged()


@dataclass(frozen=True, slots=True)
class _Sides:
    """Which sides changed a field since it was applied."""

    known: bool
    ours: bool
    theirs: bool


@dataclass
class _Merge:
    desired: Video
    remote: RemoteVideo
    applied: ObjectRecord
    avatars: Mapping[str, Avatar]
    upserted: Mapping[str, str]
    prefer: Prefer | None
    found: list[FieldMerge] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.ours = desired_shown(self.desired)
        self.theirs = remote_shown(self.remote, self.avatars)
        self.ids = [scene.id for scene in self.desired.scenes]
        self.names = identify_edited(
            self.theirs.scenes,
            self.applied.scenes,
            dict(zip(self.ids, self.ours.scenes, strict=True)),
        )
        self.pairs = pair_scenes(self.ours.scenes, self.ids, self.theirs.scenes, self.names)

    def merged(self) -> Merged:
        name = self._name()
        presenter = self._presenter()
        kept = {d: self._scene(d, presenter) for d in self.pairs}
        order = self._order()
        added = dict(self._added(presenter))
        scenes = tuple(self._arranged(order, kept, added, presenter))
        return Merged(self.desired, name, presenter, scenes, tuple(self.found))

    def _takes(self, item: FieldMerge, sides: _Sides) -> bool:
        """Note a field that differs; True where the studio's value is to be taken."""
        if sides.known and not sides.theirs:
            return False
        if not sides.known or sides.ours:
            if self.prefer is Prefer.OURS:
                return False
            if self.prefer is None:
                self.found.append(replace(item, verdict=Verdict.CONFLICT, known=sides.known))
                return False
        self.found.append(replace(item, known=sides.known))
        return True

    def _name(self) -> str:
        ours, theirs = self.ours.name, self.theirs.name
        if ours == theirs or nonce_of(self.remote.name) is not None:
            return ours
        sides = _sides(self.applied.name, name_digest(self.ours), {name_digest(self.theirs)})
        span = self.desired.name_span or self.desired.span
        item = FieldMerge("name", ChangeKind.CHANGED, ours, theirs, Verdict.TAKEN, span=span)
        return theirs if self._takes(item, sides) else ours

    def _presenter(self) -> Presenter | None:
        ours, theirs = self.ours.presenter, self.theirs.presenter
        if ours == theirs:
            return ours
        held = {avatar_digest(self.theirs)} | self._sent_as(self.remote.avatar_id)
        sides = _sides(self.applied.avatar, avatar_digest(self.ours), held)
        item = FieldMerge(
            "avatar",
            ChangeKind.CHANGED,
            presenter_label(ours),
            presenter_label(theirs),
            Verdict.TAKEN,
            span=self.desired.span,
        )
        return theirs if self._takes(item, sides) else ours

    def _sent_as(self, avatar_id: object) -> set[str]:
        """Return the digest of what we sent when we made an avatar; it may come back otherwise."""
        fingerprint = self.upserted.get(str(avatar_id or ""))
        return set() if fingerprint is None else {field_digest(fingerprint)}

    def _record(self, d: int) -> SceneRecord | None:
        name = self.names[self.pairs[d]] if d in self.pairs else None
        return self.applied.scene(name or self.ids[d])

    def _scene(self, d: int, presenter: Presenter | None) -> MergedScene:
        """Merge a scene that both sides have."""
        c = self.pairs[d]
        ours, theirs = self.ours.scenes[d], self.theirs.scenes[c]
        record, origin = self._record(d), self.desired.scenes[d].origin
        id_ = self.ids[d]
        now, then = ours.digests, theirs.digests
        layout, narration, entry, start = ours.layout, ours.narration, *ours.broll

        def takes(path: str, name: str, old: Value, new: Value) -> bool:
            known = FieldRecord() if record is None else record.field(name)
            if old == new or known.settles(now[name], then[name]):
                return False
            place = origin.of(name)
            item = FieldMerge(
                *(f"scenes[{id_}].{path}", ChangeKind.CHANGED, old, new, Verdict.TAKEN),
                span=place,
                scene_id=id_,
            )
            return self._takes(item, _sides(known, now[name], {then[name]}))

        if takes("layoutType", "layoutType", layout, theirs.layout):
            layout = theirs.layout
        words = spoken(theirs.narration)
        if takes("narration.text", "narration", narration, words):
            narration = words
        follows, own = self._override(d, c, record)
        if takes("broll.entryId", "broll.entryId", entry, theirs.broll_entry):
            entry = theirs.broll_entry
        if takes("broll.startTime", "broll.startTime", start, theirs.start_time):
            start = theirs.start_time
        if entry is None:
            start = None
        elif start is None:
            start = theirs.start_time or 0.0
        shown = ShownScene(layout, narration, presenter or "" if follows else own, entry, start)
        return MergedScene(id_, shown, follows)

    def _override(self, d: int, c: int, record: SceneRecord | None) -> tuple[bool, Presenter]:
        """Return whether the video's own avatar presents a scene that both have, and else who."""
        ours, theirs = self.ours.scenes[d].presenter, self.theirs.scenes[c].presenter
        we_follow = ours == self.ours.presenter
        they_follow = theirs == (self.theirs.presenter or "")
        if ours == theirs or (we_follow and they_follow):
            return we_follow, ours
        base = _override_record(self.applied, record)
        told = self.remote.scenes[c].get("narration")
        id_ = told.get("avatarId") if isinstance(told, dict) else None
        held = {field_digest(presenter_key(theirs))} | self._sent_as(id_)
        sides = _sides(
            base,
            _FOLLOWS if we_follow else field_digest(presenter_key(ours)),
            {_FOLLOWS} if they_follow else held,
        )
        item = FieldMerge(
            f"scenes[{self.ids[d]}].avatar",
            ChangeKind.CHANGED,
            presenter_label(ours),
            presenter_label(theirs),
            Verdict.TAKEN,
            span=self.desired.scenes[d].origin.of("avatar"),
            scene_id=self.ids[d],
        )
        return (they_follow, theirs) if self._takes(item, sides) else (we_follow, ours)

    def _order(self) -> list[int]:
        """Return our positions as they should follow each other, without removed scenes."""
        order = [d for d in range(len(self.ids)) if d in self.pairs or not self._removed(d)]
        both = [d for d in order if d in self.pairs]
        theirs = sorted(both, key=lambda d: self.pairs[d])
        if both == theirs:
            return order
        places = {scene.id: place for place, scene in enumerate(self.applied.scenes)}
        named = [d for d in both if self.names[self.pairs[d]] in places]
        base = sorted(named, key=lambda d: places[self.names[self.pairs[d]] or ""])
        moved = [d for d in theirs if d in named]
        sides = _Sides(len(named) > 1, named != base, moved != base or len(named) < len(both))
        item = FieldMerge(
            ORDER,
            ChangeKind.MOVED,
            ", ".join(self.ids[d] for d in both),
            ", ".join(self.ids[d] for d in theirs),
            Verdict.TAKEN,
            span=self.desired.span,
        )
        if not self._takes(item, sides):
            return order
        return _in_order(order, theirs)

    def _removed(self, d: int) -> bool:
        """Whether a scene that the studio lacks was removed there, and is to be removed here."""
        record = self.applied.scene(self.ids[d])
        if record is None or record.id in self.names:
            return False
        ours, origin = self.ours.scenes[d], self.desired.scenes[d].origin
        digests = self._digests(ours, self.ours)
        known = bool(record.fields)
        changed = any(_recorded(record, n, self.applied).sent != digests[n] for n in digests)
        item = FieldMerge(
            f"scenes[{self.ids[d]}]",
            ChangeKind.REMOVED,
            ours.narration or ours.layout,
            None,
            Verdict.TAKEN,
            span=origin.span,
            scene_id=self.ids[d],
        )
        return self._takes(item, _Sides(known, changed, True))

    def _added(self, presenter: Presenter | None) -> Iterator[tuple[int, MergedScene]]:
        """Yield the studio's scenes that the file is to have too, by their positions there."""
        paired = set(self.pairs.values())
        for c, theirs in enumerate(self.theirs.scenes):
            if c in paired:
                continue
            record = self.applied.scene(self.names[c])
            known = bool(self.applied.scenes) if record is None else bool(record.fields)
            edited = record is None or self._is_edited(record, theirs)
            item = FieldMerge(
                f"scenes[{self.names[c] or f'#{c + 1}'}]",
                ChangeKind.ADDED,
                None,
                theirs.narration or theirs.layout,
                Verdict.TAKEN,
                span=self.desired.span,
                scene_id=f"#{c + 1}",
            )
            if self._takes(item, _Sides(known, record is not None, edited)):
                follows = theirs.presenter == (self.theirs.presenter or "")
                shown = replace(
                    theirs,
                    narration=spoken(theirs.narration),
                    presenter=(presenter or "") if follows else theirs.presenter,
                )
                yield c, MergedScene(None, shown, follows)

    def _is_edited(self, record: SceneRecord, held: ShownScene) -> bool:
        digests = self._digests(held, self.theirs)
        return any(_recorded(record, n, self.applied).is_edited(digests[n]) for n in digests)

    def _digests(self, scene: ShownScene, video: ShownVideo) -> dict[str, str]:
        follows = scene.presenter == (video.presenter or "")
        return {**scene.digests, **({"avatar": _FOLLOWS} if follows else {})}

    def _arranged(
        self,
        order: list[int],
        kept: Mapping[int, MergedScene],
        added: Mapping[int, MergedScene],
        presenter: Presenter | None,
    ) -> Iterator[MergedScene]:
        """Yield all scenes in order: what was added follows the scene that it follows there."""
        here = {c: d for d, c in self.pairs.items() if d in order}
        behind: dict[int | None, list[MergedScene]] = {}
        last: int | None = None
        for c in range(len(self.theirs.scenes)):
            if c in here:
                last = here[c]
            elif c in added:
                behind.setdefault(last, []).append(added[c])
        yield from behind.get(None, ())
        for d in order:
            yield kept[d] if d in kept else self._own(d, presenter)
            yield from behind.get(d, ())

    def _own(self, d: int, presenter: Presenter | None) -> MergedScene:
        """Return a scene that only the file has."""
        ours = self.ours.scenes[d]
        follows = ours.presenter == self.ours.presenter
        shown = replace(ours, presenter=presenter or "") if follows else ours
        return MergedScene(self.ids[d], shown, follows)


def _sides(record: FieldRecord, ours: str, theirs: set[str]) -> _Sides:
    """Tell which sides changed a field; `theirs` are the digests that its value there may have."""
    known = bool(record.sent)
    made = {record.sent, record.made or record.sent}
    return _Sides(known, record.sent != ours, not theirs & made)


def _recorded(record: SceneRecord, name: str, applied: ObjectRecord) -> FieldRecord:
    return _override_record(applied, record) if name == "avatar" else record.field(name)


def _override_record(applied: ObjectRecord, record: SceneRecord | None) -> FieldRecord:
    """Return what was applied of a scene's presenter, as one of its own or the video's."""
    if record is None:
        return FieldRecord()
    own, known = applied.avatar, record.field("avatar")
    if not known.sent or not own.sent:
        return FieldRecord()
    made = known.made or known.sent
    return FieldRecord(
        _FOLLOWS if known.sent == own.sent else known.sent,
        _FOLLOWS if made == (own.made or own.sent) else made,
    )


def _in_order(order: list[int], theirs: list[int]) -> list[int]:
    """Return positions in the studio's order; what only we have follows its neighbor."""
    both = set(theirs)
    behind: dict[int | None, list[int]] = {}
    last: int | None = None
    for d in order:
        if d in both:
            last = d
        else:
            behind.setdefault(last, []).append(d)
    arranged = list(behind.get(None, ()))
    for d in theirs:
        arranged += [d, *behind.get(d, ())]
    return arranged
