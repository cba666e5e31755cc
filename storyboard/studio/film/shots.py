"""A stretch of one scene as a stream of pictures. Knows what to show, not how it is encoded."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from av import VideoFrame

from storyboard.studio.film.clips import clip_frames
from storyboard.studio.film.drawings import Drawings
from storyboard.studio.film.overlay_presenter import OverlayPresenter
from storyboard.studio.film.overlays import Overlay, with_overlays
from storyboard.studio.film.parts import redrawn
from storyboard.studio.film.picture import Image, planes_of
from storyboard.studio.film.request import Clip, FilmScene, Profile
from storyboard.studio.stage.placement import Layout
from storyboard.studio.stage.pose import Pose


@dataclass(frozen=True, slots=True)
class Shot:
    """Frames `first`, `first + 1`, … of a scene, one for each pose."""

    scene: FilmScene
    first: int
    poses: tuple[Pose, ...]
    layout: Layout
    """Where the presenter stands."""
    overlays: tuple[Overlay, ...] = ()
    """The texts that are over its pictures, in frames since its first."""


def shot_frames(shot: Shot, profile: Profile, drawings: Drawings) -> Iterator[VideoFrame]:
    """Yield the shot's pictures, yuv420p; each may be the one before, painted over."""
    if shot.scene.clip is None:
        pictures = _full_screen(shot, profile, drawings)
    else:
        pictures = _over_clip(shot, shot.scene.clip, profile, drawings)
    return with_overlays(pictures, shot.overlays) if shot.overlays else pictures


def _full_screen(shot: Shot, profile: Profile, drawings: Drawings) -> Iterator[VideoFrame]:
    canvas = VideoFrame(profile.width, profile.height, "yuv420p")
    planes = planes_of(canvas)
    presenter, backdrop = shot.scene.presenter, shot.scene.backdrop
    drawings.ground(backdrop, shot.layout).stamp(planes)
    before: Pose | None = None
    for pose in shot.poses:
        for part in redrawn(before, pose) if pose != before else ():
            drawings.part(presenter, backdrop, pose, part, shot.layout).stamp(planes)
        before = pose
        yield canvas


def _over_clip(
    shot: Shot, clip: Clip, profile: Profile, drawings: Drawings
) -> Iterator[VideoFrame]:
    """Paint the presenter into the clip's pictures, and out of one that comes again for a new pose.

    That touches a tenth of what a copy of the whole picture would.
    """
    pictures = clip_frames(
        clip, shot.first, profile.fps, profile.width, profile.height,
        ground=lambda: drawings.ground(shot.scene.backdrop, Layout.FULL).planes,
    )  # fmt: skip
    presenter = OverlayPresenter(drawings, shot.scene.presenter)
    before: Pose | None = None
    painted: VideoFrame | None = None
    below: list[Image] = []
    kept: list[Image] = []
    for pose, picture in zip(shot.poses, pictures, strict=False):
        if picture is not painted or pose != before:
            if picture is painted:
                for region, its in zip(below, kept, strict=True):
                    np.copyto(region, its)
            overlay = presenter.patches(pose, shot.layout)
            planes = planes_of(picture)
            below = [region for patch in overlay for region in patch.below(planes)]
            kept = [region.copy() for region in below]
            for patch in overlay:
                patch.blend(planes)
            before, painted = pose, picture
        yield picture
