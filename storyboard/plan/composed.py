"""Videos whose scenes the studio writes: what of them is ours to want. Compares nothing.

Of such a video the files say how it is composed, its avatar and its name; its scenes are wanted as
the studio has them, whoever edited them there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from storyboard.broll import Broll
from storyboard.kaltura.objects import RemoteVideo
from storyboard.narration.pronunciation import say_from
from storyboard.narration.told_locales import locale_from
from storyboard.plan.nonce_mark import nonce_of
from storyboard.presenter_title import title_from
from storyboard.scene_origin import SceneOrigin
from storyboard.video import Avatar, Compose, Layout, Scene, Video, digest


def compose_fingerprint(compose: Compose) -> str:
    """Identify a composition by all that is asked for."""
    return digest(compose.payload())


def as_composed(
    video: Video, remote: RemoteVideo, avatars: Mapping[str, Avatar], *, named: bool
) -> Video:
    """Return the desired video with the studio's scenes; with its name too where that is its own.

    `avatars` maps ids to definitions; `named` says that the studio has had its turn to name it.
    """
    assert video.compose is not None
    # A mark in the name is ours, from an add that did not end, and no name that the studio wrote.
    own_name = named and bool(video.compose.generate_name) and nonce_of(remote.name) is None
    origin = SceneOrigin(video.span, {})
    scenes = tuple(scenes_of(remote, avatars, origin))
    return replace(video, name=remote.name if own_name else video.name, scenes=scenes)


def asked_the_same(remote: RemoteVideo, compose: Compose) -> bool:
    """Return whether the studio tells that the video was composed by this very request."""
    told, wanted = remote.compose_params, compose.payload()
    if told is None:
        return False
    return all(_plain(told.get(name)) == _plain(value) for name, value in wanted.items())


def _plain(value: Any) -> Any:
    # A duration is sent as `60` and may come back as `60.0`.
    return float(value) if isinstance(value, int) and not isinstance(value, bool) else value


def scenes_of(
    remote: RemoteVideo, avatars: Mapping[str, Avatar], origin: SceneOrigin
) -> list[Scene]:
    """Return the scenes that a studio holds; an avatar or layout that is not known is left out."""
    scenes = []
    for index, scene in enumerate(remote.scenes):
        spoken = scene.get("narration")
        spoken = spoken if isinstance(spoken, dict) else {}
        is_broll = scene.get("layoutType") == Layout.BROLL.value
        scenes.append(
            Scene(
                # No storyboard's scene has such an id, so it can be told from ours.
                id=f"#{index + 1}",
                layout=Layout.BROLL if is_broll else Layout.FULL_SCREEN,
                narration=str(spoken["text"]) if spoken.get("text") is not None else None,
                avatar=avatars.get(str(spoken.get("avatarId"))),
                broll=Broll.from_payload(scene.get("broll")),
                origin=origin,
                say=say_from(spoken),
                title=title_from(spoken),
                locale=locale_from(spoken),
            )
        )
    return scenes
