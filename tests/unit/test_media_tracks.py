"""Of several tracks the one is shown and heard that FFmpeg takes."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from av import VideoFrame
from av.stream import Disposition
from av.video.stream import VideoStream

from storyboard.studio.film.ambience import ambience
from storyboard.studio.film.cache import Cache
from storyboard.studio.film.request import Clip
from storyboard.studio.media.breaks import find_break
from storyboard.studio.media.opening import MediaKind, probe_media
from tests.support.made_clips import (
    BLUE,
    GREEN,
    RED,
    Track,
    film,
    in_yuv,
    is_near,
    shown,
    sound,
    tone,
    write_tracks,
)

Size = tuple[int, int]
NONE, DEFAULT = Disposition(0), Disposition.default


KEPT = {"default_mode": "passthrough"}
"""Else Matroska's writer marks tracks as default by itself."""


def plain(color: tuple[int, int, int], size: Size) -> list[VideoFrame]:
    return [in_yuv(np.full((size[1], size[0], 3), color, np.uint8)) for _ in range(5)]


@pytest.mark.parametrize(
    ("tracks", "taken"),
    [
        ([(RED, (160, 90), NONE), (GREEN, (320, 180), NONE)], GREEN),
        ([(RED, (320, 180), NONE), (GREEN, (160, 90), NONE)], RED),
        ([(RED, (160, 90), DEFAULT), (GREEN, (320, 180), NONE)], RED),
        ([(RED, (160, 90), NONE), (GREEN, (160, 90), NONE)], RED),
        ([(RED, (160, 90), NONE), (GREEN, (160, 90), DEFAULT)], GREEN),
    ],
    ids=["larger", "larger first", "default first", "alike", "default last"],
)
def test_the_picture_that_is_meant(
    tmp_path: Path, tracks: list[tuple[tuple[int, int, int], Size, Disposition]], taken: object
) -> None:
    def pictures(color: tuple[int, int, int], size: Size, disposition: Disposition) -> Track:
        def mark(stream: VideoStream) -> None:
            stream.disposition = disposition

        return film(plain(color, size), prepare=mark)

    clip = write_tracks(tmp_path / "c.mkv", *(pictures(*each) for each in tracks), options=KEPT)
    facts = probe_media(clip)
    sizes = {color: size for color, size, _ in tracks}
    assert (facts.width, facts.height) == sizes[taken]  # type: ignore[index]
    assert find_break(clip, facts) is None
    assert is_near(tuple(shown(clip, 160, 90)[0][45, 80]), taken)  # type: ignore[arg-type]


def cover(stream: VideoStream) -> None:
    stream.disposition = Disposition.attached_pic


def poster() -> Track:
    picture = VideoFrame.from_ndarray(np.full((640, 640, 3), BLUE, np.uint8), format="rgb24")
    return film([picture.reformat(format="yuvj420p")], "mjpeg", prepare=cover)


def test_a_cover_is_no_film(tmp_path: Path) -> None:
    clip = write_tracks(tmp_path / "c.mp4", poster(), film(plain(RED, (160, 90))))
    facts = probe_media(clip)
    assert (facts.kind, facts.width, facts.height) == (MediaKind.VIDEO, 160, 90)
    assert facts.fps == 25
    assert is_near(tuple(shown(clip, 160, 90)[0][45, 80]), RED)


def test_sound_with_a_cover_is_a_sound(tmp_path: Path) -> None:
    song = write_tracks(tmp_path / "c.mp4", poster(), sound(np.stack([tone(400, 1)] * 2)))
    assert probe_media(song).kind is MediaKind.AUDIO


def pitch_of(clip: Path, folder: Path) -> float:
    heard = ambience(Cache(folder / "k"), Clip(clip, 0.0), "m", 40_000).astype(float)
    return float(np.abs(np.fft.rfft(heard)).argmax() * 48_000 / 40_000)


@pytest.mark.parametrize(
    ("marks", "pitch"),
    [((NONE, NONE), 3_000), ((DEFAULT, NONE), 500), ((NONE, DEFAULT), 3_000)],
    ids=["most channels", "default", "default last"],
)
def test_the_sound_that_is_meant(
    tmp_path: Path, marks: tuple[Disposition, Disposition], pitch: int
) -> None:
    clip = write_tracks(
        tmp_path / "c.mkv",
        film(plain(RED, (160, 90))),
        sound(tone(500, 1)[None], "mono", disposition=marks[0]),
        sound(np.stack([tone(3_000, 1)] * 2), disposition=marks[1]),
        options=KEPT,
    )
    assert pitch_of(clip, tmp_path) == pytest.approx(pitch, rel=0.02)


def test_a_sound_that_cannot_be_decoded_is_not_meant(tmp_path: Path) -> None:
    """Phones add spatial sound of four channels in a format that only their maker decodes."""
    clip = write_tracks(
        tmp_path / "c.mp4",
        film(plain(RED, (160, 90))),
        sound(np.stack([tone(500, 1)] * 2), codec="aac", disposition=NONE),
        sound(np.stack([tone(3_000, 1)] * 4), "4.0", codec="aac", disposition=DEFAULT),
    )
    content = bytearray(clip.read_bytes())
    entry = content.rindex(b"mp4a")
    content[entry : entry + 4] = b"apac"
    told = content.index(b"esds", entry)
    content[told : told + 4] = b"dapa"
    clip.write_bytes(content)
    assert probe_media(clip).has_audio
    assert pitch_of(clip, tmp_path) == pytest.approx(500, rel=0.02)
