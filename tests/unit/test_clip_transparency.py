"""What can be seen through in a clip shows the scene's background."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from av import VideoFrame
from av.video.reformatter import Colorspace
from av.video.stream import VideoStream

from storyboard.studio.film.drawings import Drawings
from storyboard.studio.film.refusals import check_scenes
from storyboard.studio.film.request import Clip, FilmRequest, FilmScene
from storyboard.studio.film.rules import POSSIBLE
from storyboard.studio.film.shots import Shot, shot_frames
from storyboard.studio.media.opening import probe_media
from storyboard.studio.media.packet_matrix import with_matrix
from storyboard.studio.stage.placement import Layout
from storyboard.studio.stage.pose import Mouth, Pose
from storyboard.studio.stage.rooms.backdrop import Backdrop, BackdropKind
from tests.support.film_crew import SMALL, small_crew
from tests.support.made_clips import (
    RED,
    Rgb,
    corners,
    in_yuv,
    is_near,
    moving_clip,
    quarters,
    shown,
)

ORANGE = (240, 150, 40)
BACKDROP = Backdrop(BackdropKind.COLOR, "#F09628")

KINDS = {
    "VP9": (".webm", "libvpx-vp9", "yuva420p"),
    "VP8": (".webm", "libvpx", "yuva420p"),
    "ProRes 4444": (".mov", "prores_ks", "yuva444p10le"),
    "Animation": (".mov", "qtrle", "argb"),
    "PNG": (".mov", "png", "rgba"),
}


def clear_clip(path: Path, kind: str, size: tuple[int, int] = (320, 180)) -> Path:
    """Write a clip that is red on the left, clear on the right, half clear at the top."""
    _, codec, pix_fmt = KINDS[kind]
    width, height = size
    rgba = np.zeros((height, width, 4), np.uint8)
    rgba[:, : width // 2] = (*RED, 255)
    rgba[: height // 3] = (*RED, 128)
    if pix_fmt.startswith("yuva"):
        frames = [in_yuv(rgba, pix_fmt) for _ in range(3)]
    else:
        whole = VideoFrame.from_ndarray(rgba, format="rgba")
        frames = [whole.reformat(format=pix_fmt) for _ in range(2 if pix_fmt != "rgba" else 1)]
    options = {"ProRes 4444": {"profile": "4444"}}.get(kind, {})
    if path.suffix == ".webm":
        options = {"auto-alt-ref": "0", "crf": "4", "b": "4M"}
    return moving_clip(path, frames, codec, options=options)


def filmed(clip: Path, backdrop: Backdrop = BACKDROP, start: float = 0.0) -> Rgb:
    """Return the first picture of a scene over a clip, with the presenter at its right."""
    scene = FilmScene("word", "jane", backdrop, Clip(clip, start))
    shot = Shot(scene, 0, (Pose(Mouth.REST),), Layout.RIGHT)
    drawings = Drawings(small_crew(), SMALL.width, SMALL.height)
    frame = next(shot_frames(shot, SMALL, drawings))
    return frame.to_ndarray(format="rgb24", src_colorspace=Colorspace.ITU709)


@pytest.mark.parametrize("kind", KINDS)
def test_the_background_shines_through(tmp_path: Path, kind: str) -> None:
    clip = clear_clip(tmp_path / f"c{KINDS[kind][0]}", kind)
    assert probe_media(clip).has_alpha
    picture = filmed(clip)
    assert is_near(tuple(picture[150, 40]), RED, by=12)
    assert is_near(tuple(picture[110, 170]), ORANGE, by=12)
    mixed = tuple((one + other) // 2 for one, other in zip(RED, ORANGE, strict=True))
    assert is_near(tuple(picture[20, 40]), mixed, by=14)
    assert is_near(tuple(picture[20, 170]), mixed, by=14)


def test_no_dark_edge_where_it_is_scaled(tmp_path: Path) -> None:
    """What is not seen is black: it must not bleed into what is."""
    edge = filmed(clear_clip(tmp_path / "c.mov", "PNG", (180, 102)))[100:175, 140:180].astype(int)
    assert edge.sum(axis=2).min() > sum(RED) - 45


def test_a_narrow_one_stands_on_the_background_and_not_on_itself(tmp_path: Path) -> None:
    picture = filmed(clear_clip(tmp_path / "c.mov", "PNG", (90, 160)))
    assert is_near(tuple(picture[150, 30]), ORANGE)
    assert is_near(tuple(picture[150, 130]), RED, by=12)


def test_a_picture_as_background_shines_through(tmp_path: Path) -> None:
    photo = tmp_path / "photo.png"
    VideoFrame.from_ndarray(np.full((18, 32, 3), (20, 90, 200), np.uint8), "rgb24").save(str(photo))
    from storyboard.studio.film.performers import default_crew

    scene = FilmScene("word", "jane", Backdrop(BackdropKind.IMAGE, str(photo)))
    scene = replace(scene, clip=Clip(clear_clip(tmp_path / "c.mov", "PNG"), 0.0))
    drawings = Drawings(default_crew(), SMALL.width, SMALL.height)
    frame = next(shot_frames(Shot(scene, 0, (Pose(Mouth.REST),), Layout.RIGHT), SMALL, drawings))
    shown = frame.to_ndarray(format="rgb24", src_colorspace=Colorspace.ITU709)
    assert is_near(tuple(shown[80, 170]), (20, 90, 200))


def test_a_new_background_makes_new_pictures_of_clear_clips_alone(tmp_path: Path) -> None:
    clear = clear_clip(tmp_path / "c.mov", "PNG")
    full = moving_clip(tmp_path / "f.mp4", [in_yuv(np.full((90, 160, 3), 90, np.uint8))])
    photo = tmp_path / "photo.png"

    def media(clip: Path, backdrop: Backdrop) -> str | None:
        scene = FilmScene("word", "jane", backdrop, Clip(clip, 0.0))
        return check_scenes(FilmRequest((scene,)), POSSIBLE)[0].media

    seen = []
    for color in ("#F09628", "#0096F0"):
        level = int(color[1:3], 16)
        VideoFrame.from_ndarray(np.full((18, 32, 3), level, np.uint8), "rgb24").save(str(photo))
        for backdrop in (
            Backdrop(BackdropKind.COLOR, color),
            Backdrop(BackdropKind.IMAGE, str(photo)),
        ):
            assert media(full, backdrop) == media(full, BACKDROP)
            seen.append(media(clear, backdrop))
    assert len(set(seen)) == 4


def test_a_clear_clip_that_loops_begins_clear_again(tmp_path: Path) -> None:
    """One decoder of its own reads all rounds."""
    clip = clear_clip(tmp_path / "c.webm", "VP9")
    scene = FilmScene("word", "jane", BACKDROP, Clip(clip, 0.0, loop=float(Fraction(2, 25))))
    shot = Shot(scene, 0, (Pose(Mouth.REST),) * 6, Layout.RIGHT)
    drawings = Drawings(small_crew(), SMALL.width, SMALL.height)
    for frame in shot_frames(shot, SMALL, drawings):
        rgb = frame.to_ndarray(format="rgb24", src_colorspace=Colorspace.ITU709)
        assert is_near(tuple(rgb[110, 170]), ORANGE, by=12)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("degrees", [90, 180, 270])
@pytest.mark.parametrize("is_mirrored", [False, True], ids=["turned", "mirrored too"])
def test_a_clear_clip_stands_the_way_up_that_it_is_meant(
    tmp_path: Path, kind: str, degrees: int, *, is_mirrored: bool
) -> None:
    """WebM's transparency is decoded by another decoder, which the file told no matrix."""
    suffix, codec, pix_fmt = KINDS[kind]

    def turn(stream: VideoStream) -> None:
        stream.set_display_rotation(degrees, hflip=is_mirrored)

    def pictures(rgba: Rgb) -> list[VideoFrame]:
        if pix_fmt.startswith("yuva"):
            return [in_yuv(rgba, pix_fmt) for _ in range(2)]
        return [VideoFrame.from_ndarray(rgba, format="rgba").reformat(format=pix_fmt)]

    full = np.dstack([quarters(160, 96), np.full((96, 160), 255, np.uint8)])
    options = {"profile": "4444"} if codec == "prores_ks" else {}
    if suffix == ".webm":
        options = {"auto-alt-ref": "0", "crf": "4", "b": "4M"}
    clear = moving_clip(tmp_path / f"a{suffix}", pictures(full), codec, 25, options, turn)
    plain = moving_clip(tmp_path / "b.mp4", [in_yuv(quarters(160, 96))], prepare=turn)
    size = (160, 96) if degrees == 180 else (96, 160)
    seen, wanted = (corners(shown(each, *size)[0]) for each in (clear, plain))
    assert all(
        is_near(one, other, by=12)
        for row, others in zip(seen, wanted, strict=True)
        for one, other in zip(row, others, strict=True)
    ), (seen, wanted)


@pytest.mark.parametrize("kind", ["VP8", "VP9"])
def test_a_clear_clip_with_a_broken_beginning_is_shown_from_where_it_is_whole(
    tmp_path: Path, kind: str
) -> None:
    """Which way up it is was asked of its first pictures alone, and a broken one ended it."""
    stream = clear_clip(tmp_path / "c.webm", kind)
    with av.open(str(stream)) as container:
        track = container.streams.video[0]
        whole = [packet for packet in container.demux(track) if packet.size]
        broken = av.Packet(b"\xff" * 40)
        broken.pts = broken.dts = 0
        broken.time_base = whole[0].time_base
        seen = list(with_matrix([broken, *whole], track.codec_context))
    assert len(seen) == len(whole) + 1
