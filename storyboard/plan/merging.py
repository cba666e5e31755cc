"""Merges what the files want and what people made in the studio, field by field. Writes nothing.

The base is what was applied: the state has digests of each field, which tell which side changed it.
What only the studio changed is taken, what only the files changed stays, and what both changed to
different values is a conflict, unless the caller prefers a side.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from storyboard.kaltura.objects import RemoteVideo
from storyboard.plan.changed_sides import (
    FOLLOWS,
    ChangedSides,
    changed_sides,
    override_record,
    recorded_field,
    scene_digests,
)
from storyboard.plan.confirmed import avatar_digest, name_digest
from storyboard.plan.diff import ChangeKind, presenter_label
from storyboard.plan.matching import identify_edited, pair_scenes
from storyboard.plan.merged import (
    ORDER,
    FieldMerge,
    Merged,
    MergedScene,
    Prefer,
    Value,
)
from storyboard.plan.nonce_mark import nonce_of
from storyboard.plan.scene_order import in_their_order, with_added
from storyboard.plan.shown import (
    Presenter,
    ShownScene,
    desired_shown,
    field_digest,
    locales_of,
    presenter_key,
    remote_shown,
)
from storyboard.plan.verdicts import Verdicts
from storyboard.state.model import FieldRecord, ObjectRecord, SceneRecord
from storyboard.video import Avatar, Scene, Video


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
    return _Merge(desired, remote, applied, avatars, upserted, Verdicts(prefer)).merged()


@dataclass
class _Merge:
    desired: Video
    remote: RemoteVideo
    applied: ObjectRecord
    avatars: Mapping[str, Avatar]
    upserted: Mapping[str, str]
    verdicts: Verdicts

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
        here = {c: d for d, c in self.pairs.items()}
        theirs = [here.get(c) for c in range(len(self.theirs.scenes))]
        scenes = with_added(order, theirs, added, lambda d: kept.get(d) or self._own(d, presenter))
        told = self._with_locales(tuple(scenes))
        return Merged(self.desired, name, presenter, tuple(told), self.verdicts.found)

    def _with_locales(self, scenes: Sequence[MergedScene]) -> Iterator[MergedScene]:
        """Yield the final scenes with their locales: each depends on the words of all."""
        locales = locales_of((scene.shown for scene in scenes), self.desired)
        for scene, locale in zip(scenes, locales, strict=True):
            yield replace(scene, shown=replace(scene.shown, locale=locale))

    def _name(self) -> str:
        ours, theirs = self.ours.name, self.theirs.name
        # A mark is left of an add that did not end: no person called the video so.
        if ours == theirs or nonce_of(self.remote.name) is not None:
            return ours
        sides = changed_sides(self.applied.name, name_digest(self.ours), {name_digest(self.theirs)})
        span = self.desired.name_span or self.desired.span
        item = FieldMerge("name", ChangeKind.CHANGED, ours, theirs, span=span)
        return theirs if self.verdicts.takes(item, sides) else ours

    def _presenter(self) -> Presenter | None:
        ours, theirs = self.ours.presenter, self.theirs.presenter
        if ours == theirs:
            return ours
        held = {avatar_digest(self.theirs)} | self._sent_as(self.remote.avatar_id)
        sides = changed_sides(self.applied.avatar, avatar_digest(self.ours), held)
        item = FieldMerge(
            "avatar",
            ChangeKind.CHANGED,
            presenter_label(ours),
            presenter_label(theirs),
            span=self.desired.span,
        )
        return theirs if self.verdicts.takes(item, sides) else ours

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
            path = f"scenes[{id_}].{path}"
            item = FieldMerge(path, ChangeKind.CHANGED, old, new, span=place, scene_id=id_)
            return self.verdicts.takes(item, changed_sides(known, now[name], {then[name]}))

        if takes("layoutType", "layoutType", layout, theirs.layout):
            layout = theirs.layout
        words = self._words(theirs, self.desired.scenes[d])
        if takes("narration.text", "narration", narration, words):
            narration = words
        follows, own = self._override(d, c, record, presenter)
        if takes("broll.entryId", "broll.entryId", entry, theirs.broll_entry):
            entry = theirs.broll_entry
        if takes("broll.startTime", "broll.startTime", start, theirs.start_time):
            start = theirs.start_time
        if entry is None:
            start = None
        elif start is None:
            start = theirs.start_time or 0.0
        told = presenter or "" if follows else own
        said = self.desired.said_in(narration)
        shown = ShownScene(layout, narration, told, entry, start, said, ours.title)
        return MergedScene(id_, shown, follows)

    def _words(self, theirs: ShownScene, scene: Scene | None = None) -> str:
        """Return what the files would send for what the studio's scene says."""
        desired = self.desired
        return desired.as_sent(desired.as_written(theirs.narration, scene))

    def _override(
        self, d: int, c: int, record: SceneRecord | None, presenter: Presenter | None
    ) -> tuple[bool, Presenter]:
        """Return whether the video's own avatar presents a scene that both have, and else who."""
        our_scene, their_scene = self.ours.scenes[d], self.theirs.scenes[c]
        ours, theirs = our_scene.presenter, their_scene.presenter
        we_follow, they_follow = self.ours.presents(our_scene), self.theirs.presents(their_scene)
        if we_follow and they_follow:
            return True, ours
        if ours == theirs:
            # Who presented a scene as the video's own avatar stays, where that one changes.
            return we_follow and ours == presenter, ours
        base = override_record(self.applied, record)
        told = self.remote.scenes[c].get("narration")
        id_ = told.get("avatarId") if isinstance(told, dict) else None
        held = {field_digest(presenter_key(theirs))} | self._sent_as(id_)
        sides = changed_sides(
            base,
            FOLLOWS if we_follow else field_digest(presenter_key(ours)),
            {FOLLOWS} if they_follow else held,
        )
        item = FieldMerge(
            f"scenes[{self.ids[d]}].avatar",
            ChangeKind.CHANGED,
            presenter_label(ours),
            presenter_label(theirs),
            span=self.desired.scenes[d].origin.of("avatar"),
            scene_id=self.ids[d],
        )
        return (they_follow, theirs) if self.verdicts.takes(item, sides) else (we_follow, ours)

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
        sides = ChangedSides(len(named) > 1, named != base, moved != base or len(named) < len(both))
        item = FieldMerge(
            ORDER,
            ChangeKind.MOVED,
            ", ".join(self.ids[d] for d in both),
            ", ".join(self.ids[d] for d in theirs),
            span=self.desired.span,
        )
        if not self.verdicts.takes(item, sides):
            return order
        return in_their_order(order, theirs)

    def _removed(self, d: int) -> bool:
        """Whether a scene that the studio lacks was removed there, and is to be removed here."""
        record = self.applied.scene(self.ids[d])
        if record is None or record.id in self.names:
            return False
        ours, origin = self.ours.scenes[d], self.desired.scenes[d].origin
        digests = scene_digests(ours, self.ours)
        known = bool(record.fields)
        changed = any(recorded_field(record, n, self.applied).sent != digests[n] for n in digests)
        item = FieldMerge(
            f"scenes[{self.ids[d]}]",
            ChangeKind.REMOVED,
            ours.narration or ours.layout,
            None,
            span=origin.span,
            scene_id=self.ids[d],
        )
        return self.verdicts.takes(item, ChangedSides(known, changed, True))

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
                span=self.desired.span,
                scene_id=f"#{c + 1}",
            )
            if self.verdicts.takes(item, ChangedSides(known, record is not None, edited)):
                follows = self.theirs.presents(theirs)
                words = self._words(theirs)
                shown = replace(
                    theirs,
                    narration=words,
                    say=self.desired.said_in(words),
                    title=None,
                    presenter=(presenter or "") if follows else theirs.presenter,
                )
                yield c, MergedScene(None, shown, follows)

    def _is_edited(self, record: SceneRecord, held: ShownScene) -> bool:
        digests = scene_digests(held, self.theirs)
        return any(recorded_field(record, n, self.applied).is_edited(digests[n]) for n in digests)

    def _own(self, d: int, presenter: Presenter | None) -> MergedScene:
        """Return a scene that only the file has."""
        ours = self.ours.scenes[d]
        follows = self.ours.presents(ours)
        shown = replace(ours, presenter=presenter or "") if follows else ours
        return MergedScene(self.ids[d], shown, follows)
