"""Which sides changed a field since it was applied, as the digests in the state tell."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from storyboard.plan.shown import ShownScene, ShownVideo
from storyboard.state.model import FieldRecord, ObjectRecord, SceneRecord

FOLLOWS: Final = "follows"
"""Stands for the digest of a scene's presenter who is the video's own."""


@dataclass(frozen=True, slots=True)
class ChangedSides:
    """Which sides changed a field since it was applied."""

    known: bool
    ours: bool
    theirs: bool


def changed_sides(record: FieldRecord, ours: str, theirs: Collection[str]) -> ChangedSides:
    """Tell which sides changed a field; `theirs` are the digests that its value there may have."""
    # States of older programs have no digests of fields: then either side may have changed it.
    known = bool(record.sent)
    made = {record.sent, record.made or record.sent}
    return ChangedSides(known, record.sent != ours, made.isdisjoint(theirs))


def scene_digests(scene: ShownScene, video: ShownVideo) -> dict[str, str]:
    """Return the digest of each of a scene's fields, to be compared with `recorded_field`."""
    return scene.digests | ({"avatar": FOLLOWS} if video.presents(scene) else {})


def recorded_field(record: SceneRecord, name: str, applied: ObjectRecord) -> FieldRecord:
    """Return what was applied of a scene's field; of its avatar, as `override_record` does."""
    return override_record(applied, record) if name == "avatar" else record.field(name)


def override_record(applied: ObjectRecord, record: SceneRecord | None) -> FieldRecord:
    """Return what was applied of a scene's presenter, as one of its own or the video's."""
    if record is None:
        return FieldRecord()
    own, known = applied.avatar, record.field("avatar")
    if not known.sent or not own.sent:
        return FieldRecord()
    made = known.made or known.sent
    return FieldRecord(
        FOLLOWS if known.sent == own.sent else known.sent,
        FOLLOWS if made == (own.made or own.sent) else made,
    )
