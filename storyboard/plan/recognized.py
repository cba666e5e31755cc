"""What a studio's own video tells where no state does: what it holds, and what was filmed. Pure.

Scenes cannot change while a film is made of them, so a ready video's film is of its scenes, unless
they were edited after it: `edited_after` tells that where the studio dates the film.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Final

from storyboard.kaltura.objects import RemoteVideo
from storyboard.plan.composed import as_composed, asked_the_same, compose_fingerprint
from storyboard.plan.confirmed import avatar_digest, name_digest
from storyboard.plan.diff import compare_videos
from storyboard.plan.matching import pair_scenes
from storyboard.plan.shown import (
    ShownScene,
    ShownVideo,
    desired_shown,
    film_fingerprint,
    remote_shown,
)
from storyboard.state.model import FieldRecord, FilmRecord, ObjectRecord, SceneRecord, VideoRecord
from storyboard.texts import name_key
from storyboard.video import Avatar, Video
from storyboard.wire import VideoStatus

_FILM_TIME: Final = timedelta(minutes=30)
"""A film's entry may be there when the film begins, and films take 2 to 30 minutes: an update that
is later than that was no part of making it."""


def recognize(
    video: Video,
    remote: RemoteVideo,
    avatars: Mapping[str, Avatar],
    media_digests: Mapping[str, str],
) -> VideoRecord:
    """Return the record of a video that no state knows, as far as the studio tells it.

    A film of other scenes than the wanted ones has no fingerprint. `avatars` maps ids to
    definitions, `media_digests` the entries of stand-ins to what the studio has of them.
    """
    composed = ""
    if video.compose is not None and remote.scenes and asked_the_same(remote, video.compose):
        composed = compose_fingerprint(video.compose)
        video = as_composed(video, remote, avatars, named=True)
    shown = remote_shown(remote, avatars)
    written = _object(video, shown, remote.id)
    changes = compare_videos(video, shown, written)
    if not changes:
        sent = desired_shown(video).fingerprint
        written = ObjectRecord(
            written.id, sent, shown.fingerprint, written.name, written.avatar, written.scenes
        )
    films: tuple[FilmRecord, ...] = ()
    if remote.status is VideoStatus.READY and remote.entry_id is not None:
        same = not any(change.shows for change in changes)
        fingerprint = film_fingerprint(video, media_digests) if same else ""
        films = (FilmRecord(fingerprint, remote.entry_id, remote.updated_at),)
    return VideoRecord(written, films=films, protect=video.protect, composed=composed)


def found_record(
    video: Video,
    record: VideoRecord,
    remote: RemoteVideo,
    avatars: Mapping[str, Avatar],
    made_at: float | None,
) -> VideoRecord | None:
    """Return a record that is older than the studio as it should be, where a date proves the film.

    The film has an entry that is not recorded, and is of the scenes that the files want: an apply
    made it whose state was lost. None where that is not so, or nothing proves it.
    """
    if made_at is None or remote.entry_id in {film.entry_id for film in record.films}:
        return None
    if record.successor is not None or edited_after(remote, made_at):
        return None
    told = recognize(video, remote, avatars, {})
    if told.film is None or not told.film.fingerprint:
        return None
    return replace(
        record,
        current=told.current if told.current.applied else record.current,
        films=(*record.films, *told.films),
        composed=told.composed or record.composed,
    )


def edited_after(remote: RemoteVideo, made_at: float | None) -> bool:
    """Whether a ready video was changed after its film, of which the studio says when it was made.

    A rename counts too, since `updatedAt` does not tell what was changed. `made_at` is in seconds
    since 1970, `None` where the studio does not tell it.
    """
    if made_at is None or remote.status is not VideoStatus.READY:
        return False
    try:
        updated = datetime.fromisoformat(remote.updated_at)
    except ValueError:
        return False
    # A time without a zone is one of a server: UTC, and not this machine's.
    if updated.tzinfo is None:
        updated = updated.replace(tzinfo=UTC)
    return updated.timestamp() - made_at > _FILM_TIME.total_seconds()


def _object(video: Video, shown: ShownVideo, video_id: str) -> ObjectRecord:
    """Return the record in which a value that sounds and shows the same counts as what was sent."""
    wanted = desired_shown(video)
    ids = [scene.id for scene in video.scenes]
    pairs = pair_scenes(wanted.scenes, ids, shown.scenes, [None] * len(shown.scenes))
    places = {there: here for here, there in pairs.items()}
    left = [
        [n for n in range(len(side)) if n not in paired]
        for side, paired in ((shown.scenes, places), (wanted.scenes, pairs))
    ]
    if len(left[0]) == len(left[1]):  # what was edited stands where the others leave it
        places |= dict(zip(*left, strict=True))
    scenes = [
        SceneRecord(
            ids[places[there]] if there in places else f"#{there + 1}",
            made.fingerprint,
            _fields(wanted.scenes[places[there]], made) if there in places else {},
        )
        for there, made in enumerate(shown.scenes)
    ]
    return ObjectRecord(
        video_id,
        name=_field(
            name_digest(wanted), name_digest(shown), name_key(wanted.name) == name_key(shown.name)
        ),
        avatar=_field(avatar_digest(wanted), avatar_digest(shown), False),
        scenes=tuple(scenes),
    )


def _fields(wanted: ShownScene, made: ShownScene) -> dict[str, FieldRecord]:
    sounds_same = name_key(wanted.narration) == name_key(made.narration)
    # Studios change words, and no row of `say`, no title and no locale.
    sounds_same &= (wanted.said, wanted.titled) == (made.said, made.titled)
    sounds_same &= wanted.locale == made.locale
    told = made.digests
    return {
        name: _field(digest, told[name], name == "narration" and sounds_same)
        for name, digest in wanted.digests.items()
    }


def _field(sent: str, made: str, same: bool) -> FieldRecord:
    """Return what counts as sent; nothing where the studio's value is another."""
    if sent == made:
        return FieldRecord(sent)
    return FieldRecord(sent, made) if same else FieldRecord()
