"""What the state keeps of a video: each field as it was sent, and as the studio made it.

A studio may store another text than the one sent (typographic quotes, a name cut at 60 characters,
a rounded number). Kept field by field, such a rewriting is no edit of anybody, whatever else of the
video changes later.
"""

from __future__ import annotations

from storyboard.plan.shown import (
    ShownScene,
    ShownVideo,
    desired_shown,
    field_digest,
    presenter_key,
)
from storyboard.state.model import FieldRecord, ObjectRecord, SceneRecord
from storyboard.video import Video


def confirmed_record(video_id: str, desired: Video, observed: ShownVideo) -> ObjectRecord:
    """Return the record of a video that the studio holds as it was just sent."""
    shown = desired_shown(desired)
    scenes = tuple(
        _scene(desired, index, scene, shown) for index, scene in enumerate(observed.scenes)
    )
    made = observed.fingerprint_of(scene.fingerprint for scene in scenes)
    return ObjectRecord(
        id=video_id,
        applied=made if shown == observed else shown.fingerprint,
        observed=made,
        name=_record(name_digest(shown), name_digest(observed)),
        avatar=_record(avatar_digest(shown), avatar_digest(observed)),
        scenes=scenes,
    )


def unconfirmed_record(video_id: str, desired: Video, observed: ShownVideo) -> ObjectRecord:
    """Return the record of a video under a marked name, which may not be as desired: ids alone."""
    scenes = tuple(
        SceneRecord(_scene_id(desired, index), scene.fingerprint)
        for index, scene in enumerate(observed.scenes)
    )
    return ObjectRecord(video_id, scenes=scenes)


def content_digests(record: ObjectRecord) -> tuple[str, ...] | None:
    """Return what was sent but for the name; None where that is not recorded."""
    sent = [f.sent for scene in record.scenes for f in scene.fields.values()]
    return (record.avatar.sent, *sent) if record.avatar.sent and sent else None


def wanted_digests(desired: Video) -> tuple[str, ...]:
    """Return the same of a desired video."""
    shown = desired_shown(desired)
    return (avatar_digest(shown), *(d for scene in shown.scenes for d in scene.digests.values()))


def name_digest(video: ShownVideo) -> str:
    """Return what the state keeps of a video's name."""
    return field_digest(video.name)


def avatar_digest(video: ShownVideo) -> str:
    """Return what the state keeps of a video's own avatar."""
    return field_digest(None if video.presenter is None else presenter_key(video.presenter))


def _scene(desired: Video, index: int, made: ShownScene, shown: ShownVideo) -> SceneRecord:
    id_, fingerprint = _scene_id(desired, index), made.fingerprint
    if index >= len(shown.scenes):
        return SceneRecord(id_, fingerprint)
    sent = shown.scenes[index].digests
    if made == shown.scenes[index]:  # as nearly all are: digests are most of what a write costs
        return SceneRecord(id_, fingerprint, {k: FieldRecord(v) for k, v in sent.items()})
    fields = {name: _record(sent[name], digest) for name, digest in made.digests.items()}
    return SceneRecord(id_, fingerprint, fields)


def _scene_id(desired: Video, index: int) -> str:
    return desired.scenes[index].id if index < len(desired.scenes) else f"#{index + 1}"


def _record(sent: str, made: str) -> FieldRecord:
    return FieldRecord(sent, "" if made == sent else made)
