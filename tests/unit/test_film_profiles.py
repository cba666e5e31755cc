"""A profile's size and effort: what x264 is told of them, and which segments may serve again."""

from __future__ import annotations

from dataclasses import fields, replace
from pathlib import Path

import av
import pytest

from storyboard.studio.film.request import DRAFT, Clip, FilmScene, Profile
from storyboard.studio.film.segments import encode_pictures, segment_key
from storyboard.studio.film.shots import Shot
from storyboard.studio.stage.placement import Layout
from storyboard.studio.stage.pose import Pose
from storyboard.studio.stage.rooms.backdrop import Backdrop, BackdropKind


@pytest.mark.parametrize("profile", [Profile(), replace(Profile(), subme=2, crf=30), DRAFT])
def test_x264_works_as_the_profile_says(profile: Profile, tmp_path: Path) -> None:
    path = tmp_path / "segment.mp4"
    frame = av.VideoFrame(profile.width, profile.height, "yuv420p")
    encode_pictures([frame], path, profile)
    noted = path.read_bytes()  # x264 writes its options into what it encodes
    for option in (f"subme={profile.subme} ", f"crf={profile.crf}.0 "):
        assert option.encode() in noted


def test_no_segment_serves_another_profile() -> None:
    green = Backdrop(BackdropKind.COLOR, "#00FF00")
    shot = Shot(FilmScene("Hello.", "jane", green), 0, (Pose(),), Layout.FULL)
    profile = Profile()
    others = [
        replace(profile, **{each.name: getattr(DRAFT, each.name)}) for each in fields(profile)
    ]
    others = [each for each in others if each != profile] + [replace(profile, fps=50)]
    assert len(others) == len(fields(profile))
    keys = {segment_key(shot, each, None, "1") for each in (profile, *others)}
    assert len(keys) == len(others) + 1


def test_a_segment_over_a_clip_is_of_its_moment_in_the_clip() -> None:
    """A presenter may stand still: the poses do not tell one stretch of a scene from another."""

    def keys(scene: FilmScene) -> set[str]:
        shots = (Shot(scene, first, (Pose(),), Layout.FULL) for first in (0, 125))
        return {segment_key(shot, Profile(), "sha", "1") for shot in shots}

    green = Backdrop(BackdropKind.COLOR, "#00FF00")
    over_clip = FilmScene("Hello.", "jane", green, Clip(Path("clip.mp4"), 0.0))
    assert len(keys(over_clip)) == 2
    assert len(keys(replace(over_clip, clip=None))) == 1
