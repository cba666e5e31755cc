"""From which second on a clip is broken, found without decoding it."""

from __future__ import annotations

from pathlib import Path

import av
import numpy as np
import pytest

from storyboard.studio.media.breaks import find_break
from storyboard.studio.media.opening import probe_media
from tests.support.film_crew import numbered_clip, spoiled_clip
from tests.support.made_clips import film, in_yuv, sound, tone, write_tracks


def broken_at(path: Path) -> float | None:
    return find_break(path, probe_media(path))


@pytest.mark.parametrize("name", ["c.mp4", "c.mov", "c.mkv"])
def test_a_whole_clip(tmp_path: Path, name: str) -> None:
    assert broken_at(numbered_clip(tmp_path / name, frames=90)) is None


@pytest.mark.parametrize("first", [10, 30, 110, 140])
def test_a_tail_that_is_noise(tmp_path: Path, first: int) -> None:
    clip = spoiled_clip(tmp_path / "c.mp4", frames=150, first=first)
    assert broken_at(clip) == pytest.approx(first / 25, abs=0.81)


def test_a_recording_that_ended_early(tmp_path: Path) -> None:
    clip = numbered_clip(tmp_path / "c.mkv", frames=150, group=10)
    clip.write_bytes(clip.read_bytes()[: clip.stat().st_size // 2])
    found = broken_at(clip)
    assert found is not None
    assert 1 < found < 5


def test_a_picture_has_no_end(tmp_path: Path) -> None:
    av.VideoFrame(64, 48, "rgb24").save(str(tmp_path / "i.png"))
    assert broken_at(tmp_path / "i.png") is None


STARTS = [0.3, 1.0, 10.0, 3600.0]


def matroska(path: Path, start: float, *, picture: float = 6.0, heard: float = 6.0) -> Path:
    """Write a file whose time stamps begin late, as a cut without a new encoding leaves them."""
    codecs = ("libvpx", "libopus") if path.suffix == ".webm" else ("libx264", "aac")
    options = {"g": "25"} | ({"b": "1M"} if path.suffix == ".webm" else {})
    lights = (20 + number % 200 for number in range(int(25 * picture)))
    frames = [in_yuv(np.full((48, 64, 3), light, np.uint8)) for light in lights]
    return write_tracks(
        path,
        film(frames, codecs[0], options=options, start=start),
        sound(np.stack([tone(440, heard)] * 2), codec=codecs[1], start=start),
    )


@pytest.mark.parametrize("suffix", [".mkv", ".webm"])
@pytest.mark.parametrize("start", STARTS)
def test_time_stamps_that_begin_late_are_no_damage(
    tmp_path: Path, suffix: str, start: float
) -> None:
    clip = matroska(tmp_path / f"c{suffix}", start)
    assert broken_at(clip) is None
    assert probe_media(clip).seconds == pytest.approx(6.0, abs=0.1)


@pytest.mark.parametrize("suffix", [".mkv", ".webm", ".mp4"])
@pytest.mark.parametrize("start", [0.0, 10.0])
def test_a_sound_that_outlasts_the_picture_is_no_damage(
    tmp_path: Path, suffix: str, start: float
) -> None:
    clip = matroska(tmp_path / f"c{suffix}", start, picture=3.0)
    assert broken_at(clip) is None
    assert probe_media(clip).seconds == pytest.approx(3.0, abs=0.1)


@pytest.mark.parametrize("says", ["near its end", "early"])
def test_a_line_of_subtitles_that_outlasts_the_picture_is_no_damage(
    tmp_path: Path, says: str
) -> None:
    """The length of such a file counts to the end of the line, which may have begun long before."""
    clip = with_line(tmp_path / "c.mkv", 5.0 if says == "near its end" else 0.5, 31.0)
    assert broken_at(clip) is None
    assert probe_media(clip).seconds == pytest.approx(6.0, abs=0.1)


@pytest.mark.parametrize("start", [0.0, *STARTS])
@pytest.mark.parametrize("heard", [6.0, 9.0])
def test_a_copy_that_stopped_half_way_is_damage(tmp_path: Path, start: float, heard: float) -> None:
    clip = matroska(tmp_path / "c.mkv", start, heard=heard)
    clip.write_bytes(clip.read_bytes()[: clip.stat().st_size // 2])
    found = broken_at(clip)
    assert found is not None
    assert 1 < found < 5


def test_a_long_line_of_subtitles_hides_no_copy_that_stopped_half_way(tmp_path: Path) -> None:
    clip = with_line(tmp_path / "c.mkv", 0.5, 31.0)
    clip.write_bytes(clip.read_bytes()[: clip.stat().st_size // 2])
    found = broken_at(clip)
    assert found is not None
    assert 1 < found < 5


def with_line(path: Path, begin: float, end: float) -> Path:
    """Write six seconds of picture and one line of subtitles."""
    times = (format_time(begin), format_time(end))
    lines = path.with_suffix(".srt")
    lines.write_text(f"1\n{times[0]} --> {times[1]}\nHello\n")
    silent = matroska(path.with_suffix(".silent.mkv"), 0.0)
    with av.open(str(path), "w") as out, av.open(str(lines)) as said, av.open(str(silent)) as seen:
        sources = [seen.streams.video[0], said.streams.subtitles[0]]
        made = {source: out.add_stream_from_template(source) for source in sources}
        packets = [*said.demux(sources[1]), *seen.demux(sources[0])]
        for packet in sorted((p for p in packets if p.dts is not None), key=_sent):
            packet.stream = made[packet.stream]
            out.mux(packet)
    return path


def format_time(second: float) -> str:
    return f"00:00:{int(second):02},{round(1000 * second) % 1000:03}"


def _sent(packet: av.Packet) -> float:
    assert packet.dts is not None
    return float(packet.dts * packet.time_base)
