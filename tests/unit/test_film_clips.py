"""B-roll: the right frame at the right time, whatever the clip's rate, shape and colors."""

from __future__ import annotations

import gc
import math
from collections.abc import Iterator
from fractions import Fraction
from itertools import islice
from pathlib import Path
from typing import Any

import av
import pytest

from storyboard.studio.film.clips import clip_frames
from storyboard.studio.film.request import Clip
from storyboard.studio.media.decoding import decoded_pictures
from storyboard.studio.media.opening import MediaError, MediaKind, MediaMissing, probe_media
from tests.support.film_crew import numbered_clip, spoiled_clip, timed_clip


def numbers(clip: Clip, count: int, first: int = 0) -> list[int]:
    """Return which frames of a numbered clip are shown."""
    frames = islice(clip_frames(clip, first, 25, 320, 180), count)
    return [round((int(frame.to_ndarray()[90, 100]) - 16) / 2) for frame in frames]


def evenly(start: float, fps: float, count: int) -> list[float]:
    return [start + index / fps for index in range(count)]


VARYING = {
    "29.97, and none on time": (
        [at + 0.002 * math.sin(7 * index) for index, at in enumerate(evenly(0, 29.97, 100))],
        29.97,
    ),
    "every tenth left out": ([at for i, at in enumerate(evenly(0, 30, 100)) if i % 10 != 7], 27.3),
    "30, then 24": ([*evenly(0, 30, 60), *evenly(2, 24, 40)], 27.3),
    "24, then 36": ([*evenly(0, 24, 48), *evenly(2, 36, 50)], 24.0),
    "a still between": ([*evenly(0, 30, 50), *evenly(3, 30, 50)], 21.4),
}


@pytest.mark.parametrize("name", ["c.mp4", "c.mov"])
@pytest.mark.parametrize("kind", VARYING)
def test_a_varying_rate_is_no_steady_one_and_is_shown_on_time(
    tmp_path: Path, name: str, kind: str
) -> None:
    times, rate = VARYING[kind]
    clip = timed_clip(tmp_path / name, times)
    facts = probe_media(clip)
    assert facts.fps == pytest.approx(rate, rel=0.01)
    assert abs(facts.fps - 25) > 0.01 < abs(facts.fps - 30)
    assert facts.seconds == pytest.approx(times[-1], abs=0.07)
    instants = [0.5 + index / 25 for index in range(60)]
    shown = [max(i for i, at in enumerate(times) if at <= now + 0.001) for now in instants]
    assert numbers(Clip(clip, 0.5), 60) == shown


@pytest.mark.parametrize("name", ["c.mp4", "c.mkv", "c.mov", "c.ts"])
@pytest.mark.parametrize("rate", [Fraction(25), Fraction(30_000, 1001)])
def test_a_steady_rate_is_told_and_shown_from_any_container(
    tmp_path: Path, name: str, rate: Fraction
) -> None:
    """Streams of recorders seek by when a picture is decoded, which is before it is shown."""
    clip = timed_clip(tmp_path / name, evenly(0, float(rate), 90), fps=rate)
    assert probe_media(clip).fps == pytest.approx(float(rate), abs=0.01)
    for start in (0.0, 0.5, 2.0):
        instants = [start + index / 25 for index in range(12)]
        assert numbers(Clip(clip, start), 12) == [int((now + 0.001) * rate) for now in instants]


def test_starts_at_the_in_point_between_key_frames(tmp_path: Path) -> None:
    clip = numbered_clip(tmp_path / "c.mp4", frames=80)
    assert numbers(Clip(clip, 1.32), 5) == [33, 34, 35, 36, 37]


@pytest.mark.parametrize("name", ["c.mp4", "c.mkv", "c.mov", "c.ts"])
def test_every_container_agrees_on_the_in_point(tmp_path: Path, name: str) -> None:
    clip = numbered_clip(tmp_path / name, frames=60)
    assert numbers(Clip(clip, 1.0), 3) == [25, 26, 27]


def test_a_later_shot_of_a_scene_goes_on_where_the_first_ended(tmp_path: Path) -> None:
    clip = Clip(numbered_clip(tmp_path / "c.mp4", frames=90, fps=30), 0.5)
    assert numbers(clip, 50) == numbers(clip, 20) + numbers(clip, 30, first=20)


@pytest.mark.parametrize("fps", [10, 24, 30, 50, 60])
def test_any_rate_shows_what_a_player_would(tmp_path: Path, fps: int) -> None:
    clip = numbered_clip(tmp_path / "c.mp4", frames=60, fps=fps)
    seen = numbers(Clip(clip, 0.0), 20)
    assert seen == [int(index * fps / 25 + 1e-6) for index in range(20)]


def test_the_last_frame_stays_when_the_clip_is_over(tmp_path: Path) -> None:
    clip = numbered_clip(tmp_path / "c.mp4", frames=30)
    assert numbers(Clip(clip, 1.12), 6) == [28, 29, 29, 29, 29, 29]
    assert numbers(Clip(clip, 60.0), 2) == [29, 29]


def test_a_looping_clip_begins_again_at_its_in_point(tmp_path: Path) -> None:
    clip = Clip(numbered_clip(tmp_path / "c.mp4", frames=30), 1.0, loop=5 / 25)
    assert numbers(clip, 12) == [25, 26, 27, 28, 29, 25, 26, 27, 28, 29, 25, 26]
    assert numbers(clip, 4, first=1_003) == [28, 29, 25, 26]


def test_a_short_round_far_behind_a_key_frame_is_decoded_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two frames at the end of a screen recording, for half a minute of speech."""
    decoded = []

    def counted(*given: Any) -> Iterator[av.VideoFrame]:
        for frame in decoded_pictures(*given):
            decoded.append(frame.pts)
            yield frame

    monkeypatch.setattr("storyboard.studio.film.clips.decoded_pictures", counted)
    clip = numbered_clip(tmp_path / "c.mp4", frames=100, group=100)
    assert numbers(Clip(clip, 98 / 25, loop=2 / 25), 200, first=1) == [99, 98] * 100
    assert len(decoded) <= 300


def test_pictures_that_were_shown_are_let_go(tmp_path: Path) -> None:
    """A frame in full HD takes 3 MB, and the garbage collector sees only a small object."""
    clip = numbered_clip(tmp_path / "c.mp4", frames=60)

    def alive() -> int:
        found = (each for each in gc.get_objects() if isinstance(each, av.VideoFrame))
        return sum(frame.width > 16 for frame in found)

    gc.collect()
    gc.disable()
    try:
        before = alive()
        assert probe_media(clip).has_video
        assert len(numbers(Clip(clip, 0.0), 60)) == 60
        assert alive() <= before
    finally:
        gc.enable()


def test_facts_of_a_clip(tmp_path: Path) -> None:
    facts = probe_media(numbered_clip(tmp_path / "c.mp4", frames=75, fps=30))
    assert (facts.width, facts.height, facts.fps) == (320, 180, 30.0)
    assert facts.seconds == pytest.approx(2.5)
    assert facts.kind is MediaKind.VIDEO
    assert not facts.has_audio


def test_facts_of_an_image(tmp_path: Path) -> None:
    path = tmp_path / "i.png"
    av.VideoFrame(64, 48, "rgb24").save(str(path))
    facts = probe_media(path)
    assert (facts.kind, facts.width, facts.height, facts.seconds) == (
        MediaKind.IMAGE, 64, 48, 0.0,
    )  # fmt: skip


def test_a_missing_file_is_told_apart(tmp_path: Path) -> None:
    with pytest.raises(MediaMissing):
        probe_media(tmp_path / "none.mp4")
    with pytest.raises(MediaMissing):
        probe_media(tmp_path)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"just words\n" * 100,
        b"#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\nfile:///etc/hostname\n#EXT-X-ENDLIST\n",
        b"ffconcat version 1.0\nfile 'real.mp4'\n",
        b"\x89PNG\r\n\x1a\n broken",
        b"RIFF\x00\x00\x00\x00WEBPbroken",
    ],
    ids=["empty", "text", "playlist", "concat", "png", "webp"],
)
@pytest.mark.parametrize("name", ["c.mp4", "c.m3u8", "%d.png"])
def test_what_is_not_media_is_refused(tmp_path: Path, content: bytes, name: str) -> None:
    numbered_clip(tmp_path / "real.mp4", frames=5)
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(MediaError):
        probe_media(path)
    with pytest.raises(MediaError):
        next(clip_frames(Clip(path, 0), 0, 25, 320, 180))


def test_a_truncated_clip_is_refused(tmp_path: Path) -> None:
    path = numbered_clip(tmp_path / "c.mp4", frames=60)
    path.write_bytes(path.read_bytes()[:3000])
    with pytest.raises(MediaError):
        probe_media(path)


@pytest.mark.parametrize("name", ["c.mp4", "c.mkv", "c.mov"])
@pytest.mark.parametrize("start", [0.0, 0.8, 1.0, 1.6])
def test_a_clip_whose_tail_is_broken_holds_its_last_good_frame(
    tmp_path: Path, name: str, start: float
) -> None:
    clip = spoiled_clip(tmp_path / name, frames=50, first=30)
    shown = numbers(Clip(clip, start), 40)
    good = [min(29, round(start * 25) + index) for index in range(40)]
    assert shown == good


def test_a_hole_in_a_clip_holds_the_frame_before_it(tmp_path: Path) -> None:
    clip = spoiled_clip(tmp_path / "c.mp4", frames=50, first=20, last=30)
    assert numbers(Clip(clip, 0.0), 50) == [min(n, 19) if n < 30 else n for n in range(50)]


def test_a_clip_that_was_cut_off_holds_its_last_whole_frame(tmp_path: Path) -> None:
    clip = numbered_clip(tmp_path / "c.mkv", frames=50, group=10)
    clip.write_bytes(clip.read_bytes()[: clip.stat().st_size * 2 // 3])
    shown = numbers(Clip(clip, 0.0), 60)
    assert 10 < shown[-1] < 49
    assert shown == [min(n, shown[-1]) for n in range(60)]
