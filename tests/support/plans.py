"""Strategies for videos and what a studio might hold of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from hypothesis import strategies as st

from storyboard.kaltura.objects import RemoteVideo
from storyboard.plan.confirmed import confirmed_record
from storyboard.plan.current import Current
from storyboard.plan.shown import film_fingerprint, remote_shown
from storyboard.state.model import FilmRecord, State, VideoRecord
from storyboard.video import Avatar, Layout, Scene, Video
from storyboard.wire import VideoStatus
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


def remote(
    wanted: Video,
    status: VideoStatus = VideoStatus.READY,
    id: str = "v1",
    ids: Mapping[Avatar, str] = IDS,
) -> RemoteVideo:
    """The studio's object right after a video was applied."""
    body = wanted.payload(ids)
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


def record(wanted: Video, found: RemoteVideo, ids: Mapping[Avatar, str] = IDS) -> VideoRecord:
    """What the state keeps of a video that was applied and filmed."""
    observed = remote_shown(found, {id_: avatar for avatar, id_ in ids.items()})
    written = confirmed_record(found.id, wanted, observed)
    film = FilmRecord(film_fingerprint(wanted, {}), "1_film", "2026-01-01T00:00:00Z")
    return VideoRecord(written, films=(film,))


def applied(*wanted: Video, ids: Mapping[Avatar, str] = IDS) -> State:
    """The state right after videos were applied as `v1`, `v2` …"""
    state = State.fresh(PRINCIPAL, lineage="0" * 32)
    for number, item in enumerate(wanted, 1):
        kept = record(item, remote(item, id=f"v{number}", ids=ids), ids)
        state = state.with_video(item.address, kept)
    avatars = {avatar.fingerprint: id_ for avatar, id_ in ids.items()}
    return replace(state, serial=7 if wanted else 0, avatars=avatars)


def current(*found: RemoteVideo, ids: Mapping[Avatar, str] = IDS) -> Current:
    """A studio that holds these videos."""
    return Current(PRINCIPAL, found, {id_: avatar for avatar, id_ in ids.items()})
