"""Strategies for videos and what a studio might hold of them."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as st

from storyboard.kaltura.objects import Principal, RemoteVideo
from storyboard.kaltura.wire import VideoStatus
from storyboard.plan.current import Current
from storyboard.plan.diff import scene_records
from storyboard.plan.shown import desired_shown, film_fingerprint, name_digest, remote_shown
from storyboard.state.model import FilmRecord, ObjectRecord, State, VideoRecord
from storyboard.video import Avatar, Layout, Scene, Video
from tests.support.tiny_studio import PRINCIPAL
from tests.support.videos import ADAM, JANE, scene, video

IDS = {JANE: "av1", ADAM: "av2"}
WORDS = st.sampled_from(["we", "see", "the", "key", "metrics", "今日", "は", "it's", "50", "%"])
TEXTS = st.lists(WORDS, min_size=1, max_size=4).map(" ".join)


@st.composite
def scenes(draw: st.DrawFn, id: str) -> Scene:
    text = draw(TEXTS)
    entry = draw(st.sampled_from([None, "1_a", "1_b"]))
    layout = draw(st.sampled_from(list(Layout))) if entry else Layout.FULL_SCREEN
    broll = (entry, float(draw(st.sampled_from([0, 1.5, 30])))) if entry else None
    avatar = draw(st.sampled_from([None, None, ADAM, JANE]))
    return scene(id, text, broll=broll, layout=layout, avatar=avatar)


@st.composite
def videos(draw: st.DrawFn, address: str = "q1") -> Video:
    ids = draw(st.lists(st.sampled_from("abcdef"), min_size=1, max_size=4, unique=True))
    return video(
        address,
        *[draw(scenes(id)) for id in ids],
        name=draw(st.sampled_from(["Q1", "Q2 review"])),
        avatar=draw(st.sampled_from([JANE, ADAM])),
    )


def remote(wanted: Video, status: VideoStatus = VideoStatus.READY, id: str = "v1") -> RemoteVideo:
    """The studio's object right after a video was applied."""
    body = wanted.payload(IDS)
    return RemoteVideo(
        id=id,
        name=body["name"],
        avatar_id=body["avatarId"],
        scenes=tuple(body["scenes"]),
        status=status,
        entry_id="1_film" if status is VideoStatus.READY else None,
        created_at="2026-01-01T00:00:00Z",
        updated_at="2026-01-01T00:00:00Z",
    )


def applied(wanted: Video, found: RemoteVideo | None = None) -> State:
    """The state right after a video was applied and filmed."""
    found = found or remote(wanted)
    observed = remote_shown(found, {id_: avatar for avatar, id_ in IDS.items()})
    record = ObjectRecord(
        found.id,
        applied=desired_shown(wanted).fingerprint,
        observed=observed.fingerprint,
        name=name_digest(wanted.name),
        scenes=scene_records(wanted, observed),
    )
    film = FilmRecord(film_fingerprint(wanted, {}), "1_film", "2026-01-01T00:00:00Z")
    fresh = State.fresh(PRINCIPAL, lineage="0" * 32)
    return replace(
        fresh.with_video(wanted.address, VideoRecord(record, films=(film,))),
        serial=7,
        avatars={avatar.fingerprint: id_ for avatar, id_ in IDS.items()},
    )


def current(*found: RemoteVideo, principal: Principal = PRINCIPAL) -> Current:
    definitions: dict[str, Avatar] = {id_: avatar for avatar, id_ in IDS.items()}
    return Current(principal, found, definitions)
