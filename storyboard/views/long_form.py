"""A video in the long form: what `storyboard show` prints and the schema `video` describes."""

from __future__ import annotations

from typing import Any

from storyboard.video import Scene, Video


def long_form(video: Video) -> dict[str, Any]:
    """Return a video as plain values; as a storyboard, they would compile to the same film."""
    form: dict[str, Any] = {"id": video.address.storyboard}
    if video.address.locale is not None:
        form["locale"] = video.address.locale
    form["name"] = video.name
    form["avatar"] = video.avatar.payload()
    form["protect"] = video.protect
    if video.say:
        form["say"] = dict(video.say)
    titles = {_speaker(video, scene): scene.title.row for scene in video.scenes if scene.title}
    if titles:
        form["titles"] = titles
    if video.compose is not None:
        form["compose"] = video.compose.payload()
    form["scenes"] = [_scene(scene) for scene in video.scenes]
    return form


def _speaker(video: Video, scene: Scene) -> str:
    return (scene.avatar or video.avatar).template_id


def _scene(scene: Scene) -> dict[str, Any]:
    form: dict[str, Any] = {"id": scene.id, "layoutType": scene.layout.value}
    if scene.narration is not None:
        form["narration"] = scene.narration
    if scene.avatar is not None:
        form["avatar"] = scene.avatar.payload()
    if scene.broll is not None:
        form["broll"] = scene.broll.payload()
    return form
