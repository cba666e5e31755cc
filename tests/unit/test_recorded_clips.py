"""Clips as browsers, phones and editors leave them: what they claim is often wrong."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from fractions import Fraction
from itertools import islice
from pathlib import Path

import av
import numpy as np
import pytest
from av import Packet, VideoFrame
from av.video.stream import VideoStream

from storyboard.studio.film.clip_sound import clip_sound
from storyboard.studio.film.clips import clip_frames
from storyboard.studio.film.request import Clip
from storyboard.studio.media.breaks import find_break
from storyboard.studio.media.opening import probe_media
from storyboard.studio.stage.rooms.backdrop import Backdrop, BackdropKind
from storyboard.studio.stage.rooms.painting import draw_backdrop
from tests.support.made_clips import (
    QUARTERS,
    Rgb,
    corners,
    film,
    in_yuv,
    is_near,
    moving_clip,
    quarters,
    shown,
    sound,
    tone,
    write_tracks,
)


def plain(light: int, size: tuple[int, int] = (64, 48)) -> VideoFrame:
    return in_yuv(np.full((size[1], size[0], 3), light, np.uint8))


def looks_right(picture: Rgb, by: int = 10) -> bool:
    seen = [color for row in corners(picture) for color in row]
    wanted = [color for row in QUARTERS for color in row]
    return all(is_near(one, other, by) for one, other in zip(seen, wanted, strict=True))


@pytest.mark.parametrize(
    ("suffix", "options"),
    [(".webm", {"live": "1"}), (".mp4", {"movflags": "frag_keyframe+empty_moov"})],
)
def test_a_stream_that_tells_no_length(
    tmp_path: Path, suffix: str, options: dict[str, str]
) -> None:
    """Recorders write the beginning of a file before they know its end."""
    codecs = ("libvpx-vp9", "libopus") if suffix == ".webm" else ("libx264", "aac")
    clip = write_tracks(
        tmp_path / f"c{suffix}",
        film([in_yuv(quarters(64, 48)) for _ in range(50)], codecs[0], options={"b": "1M"}),
        sound(np.stack([tone(440, 2)] * 2), codec=codecs[1]),
        options=options,
    )
    facts = probe_media(clip)
    assert facts.seconds == pytest.approx(2.0, abs=0.1)
    assert facts.fps == pytest.approx(25, abs=0.1)
    assert find_break(clip, facts) is None
    assert looks_right(shown(clip, 64, 48, start=1.0)[0])
    assert np.abs(clip_sound(Clip(clip, 1.0), 24_000)).max() > 0.4


def waiting_clip(path: Path, rate: int, count: int, *waits: int, by: float = 0.0233) -> Path:
    """Write a clip of which some pictures stand longer than the others, by seconds."""
    in_order = {"bf": "0"}
    pictures = film([plain(20) for _ in range(count)], "libx264", rate, in_order, _in_fine_ticks)
    for index, frame in enumerate(pictures.frames):
        longer = by * sum(index > waiting for waiting in waits)
        frame.pts, frame.time_base = round(90_000 * (index / rate + longer)), Fraction(1, 90_000)
    return write_tracks(path, pictures, options={"movflags": "frag_keyframe+empty_moov"})


def _in_fine_ticks(stream: VideoStream) -> None:
    stream.codec_context.time_base = Fraction(1, 90_000)


@pytest.mark.parametrize("rate", [25, 30])
@pytest.mark.parametrize("seconds", [1, 2, 8])
def test_a_first_picture_that_stands_longer_is_no_other_rate(
    tmp_path: Path, rate: int, seconds: int
) -> None:
    """A stream in pieces cannot tell that its AAC begins earlier, so its first picture waits."""
    clip = waiting_clip(tmp_path / "c.mp4", rate, rate * seconds, 0)
    with av.open(str(clip)) as read:
        told = read.streams.video[0].average_rate
    assert told is not None
    assert abs(told - rate) > 0.05, "as FFmpeg counts"
    assert probe_media(clip).fps == pytest.approx(rate, abs=0.005)


@pytest.mark.parametrize("waits", [(3,), (60,), (0, 150), (0, 3)])
def test_pictures_that_stand_longer_later_are_another_rate(
    tmp_path: Path, waits: tuple[int, ...]
) -> None:
    assert abs(probe_media(waiting_clip(tmp_path / "c.mp4", 25, 200, *waits)).fps - 25) > 0.02


def test_a_first_picture_that_stands_for_long_is_another_rate(tmp_path: Path) -> None:
    assert probe_media(waiting_clip(tmp_path / "c.mp4", 25, 100, 0, by=0.5)).fps < 24


def test_a_recording_that_claims_a_thirtieth_of_its_length(tmp_path: Path) -> None:
    """As browsers do that count a track in the ticks of the whole film."""
    clip = moving_clip(tmp_path / "c.mp4", [plain(20) for _ in range(75)])
    content = bytearray(clip.read_bytes())
    at = content.index(b"mdhd") + 20
    claimed = int.from_bytes(content[at : at + 4])
    content[at : at + 4] = (claimed // 30).to_bytes(4)
    clip.write_bytes(content)
    facts = probe_media(clip)
    assert facts.seconds == pytest.approx(3.0, abs=0.1)
    assert find_break(clip, facts) is None


def test_a_clip_that_was_trimmed_without_a_new_encoding(tmp_path: Path) -> None:
    """Phones leave all pictures in the file, and tell by an edit list which ones are meant."""
    waves = np.zeros((2, 4 * 48_000), np.float32)
    waves[:, 2 * 48_000 : 2 * 48_000 + 480] = 0.8
    pictures = film([plain(230 if index == 50 else 20) for index in range(100)])
    clip = write_tracks(tmp_path / "c.mp4", pictures, sound(waves, codec="aac"))
    content = bytearray(clip.read_bytes())
    second = int.from_bytes(content[content.index(b"mvhd") + 16 :][:4])
    at = content.find(b"elst")
    while at >= 0:
        ticks = int.from_bytes(content[content.index(b"mdhd", at) + 16 :][:4])
        begin = int.from_bytes(content[at + 16 : at + 20])
        content[at + 12 : at + 20] = struct.pack(">II", 2 * second, begin + ticks)
        at = content.find(b"elst", at + 1)
    clip.write_bytes(content)

    assert probe_media(clip).seconds == pytest.approx(2.0, abs=0.05)
    frames = islice(clip_frames(Clip(clip, 0.0), 0, 25, 64, 48), 75)
    bright = np.flatnonzero([int(frame.to_ndarray()[24, 32]) > 120 for frame in frames])
    assert bright.tolist() == [25]
    click = int(np.argmax(np.abs(clip_sound(Clip(clip, 0.0), 96_000)) > 0.3)) / 48_000
    assert click == pytest.approx(1.0, abs=0.03)


def vp8_packets(size: tuple[int, int], count: int) -> Iterator[Packet]:
    encoder = av.CodecContext.create("libvpx", "w")
    assert isinstance(encoder, av.VideoCodecContext)
    encoder.width, encoder.height = size
    encoder.pix_fmt, encoder.time_base, encoder.bit_rate = "yuv420p", Fraction(1, 25), 2_000_000
    for index in range(count):
        frame = in_yuv(quarters(*size), dst_colorspace=5)
        frame.pts, frame.time_base = index, Fraction(1, 25)
        yield from encoder.encode(frame)
    yield from encoder.encode(None)


def test_a_shared_window_that_is_resized_while_it_is_recorded(tmp_path: Path) -> None:
    clip, sizes = tmp_path / "c.webm", ((160, 90), (96, 54), (90, 160), (160, 90))
    with av.open(str(clip), "w") as out:
        stream = out.add_stream("libvpx", rate=25)
        assert isinstance(stream, av.VideoStream)
        stream.width, stream.height, stream.pix_fmt = 160, 90, "yuv420p"
        packets = (packet for size in sizes for packet in vp8_packets(size, 5))
        for index, packet in enumerate(packets):
            packet.pts = packet.dts = index
            packet.time_base, packet.stream = Fraction(1, 25), stream
            out.mux(packet)
    pictures = shown(clip, 160, 90, count=20)
    assert [looks_right(each, by=14) for each in pictures] == [True] * 10 + [False] * 5 + [True] * 5
    assert looks_right(pictures[12][:, 55:105], by=20), "upright on a ground of itself"


@pytest.mark.parametrize("rate", [1, 5, 60, 120])
def test_rare_rates_are_told_and_shown_on_time(tmp_path: Path, rate: int) -> None:
    lights = [20 + 100 * (index % 2) for index in range(2 * rate)]
    clip = moving_clip(tmp_path / "c.mp4", [plain(light) for light in lights], rate=rate)
    assert probe_media(clip).fps == pytest.approx(rate, abs=0.01)
    seen = [int(picture[24, 32, 0]) for picture in shown(clip, 64, 48, count=48)]
    assert seen == pytest.approx(
        [lights[int(index * rate / 25 + 1e-6)] for index in range(48)], abs=4
    )


@pytest.mark.parametrize("suffix", [".mp4", ".mkv"])
def test_a_clip_of_one_picture(tmp_path: Path, suffix: str) -> None:
    clip = moving_clip(tmp_path / f"c{suffix}", [in_yuv(quarters(64, 48))])
    facts = probe_media(clip)
    assert facts.seconds == pytest.approx(0.04, abs=0.01)
    assert find_break(clip, facts) is None
    assert all(looks_right(each) for each in shown(clip, 64, 48, count=3))


def test_sides_of_odd_length(tmp_path: Path) -> None:
    pictures = [in_yuv(quarters(161, 91)) for _ in range(3)]
    clip = moving_clip(tmp_path / "c.webm", pictures, "libvpx-vp9", options={"b": "4M"})
    assert looks_right(shown(clip, 160, 90)[0])


def test_a_still_is_shown_as_viewers_do_whatever_a_printer_is_told(tmp_path: Path) -> None:
    """Tools that draw charts write other densities across and down."""
    picture = tmp_path / "chart.png"
    VideoFrame.from_ndarray(quarters(160, 90), format="rgb24").save(str(picture))
    body = b"pHYs" + struct.pack(">IIB", 100, 400, 1)
    chunk = struct.pack(">I", 9) + body + struct.pack(">I", zlib.crc32(body))
    content = picture.read_bytes()
    after = content.index(b"IHDR") + 4 + 13 + 4
    picture.write_bytes(content[:after] + chunk + content[after:])
    facts = probe_media(picture)
    assert (facts.width, facts.height) == (160, 90)
    drawn = draw_backdrop(Backdrop(BackdropKind.IMAGE, str(picture)), 160, 90)
    assert looks_right(np.asarray(drawn))
    edge = drawn[45, :, 1].astype(int)
    assert np.abs(np.diff(edge)).argmax() == pytest.approx(79, abs=1), "not cut"
