"""A clip's sound: all of its channels are heard, at the time at which its pictures are seen."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

import numpy as np
import pytest

from storyboard.studio.film.ambience import ambience
from storyboard.studio.film.cache import Cache
from storyboard.studio.film.clip_sound import clip_sound
from storyboard.studio.film.clips import clip_frames
from storyboard.studio.film.loudness import Samples
from storyboard.studio.film.request import Clip
from storyboard.studio.media.opening import probe_media
from tests.support.made_clips import Track, film, in_yuv, sound, tone, write_tracks

RATE = 48_000


def picture(seconds: float = 1.0, flash: float | None = None, start: float = 0.0) -> Track:
    """Return dark pictures, and one that is white, at a second after the first."""
    rgb = {lit: np.full((48, 64, 3), 230 if lit else 20, np.uint8) for lit in (False, True)}
    lit = None if flash is None else round(flash * 25)
    return film([in_yuv(rgb[index == lit]) for index in range(round(seconds * 25))], start=start)


def heard(path: Path, seconds: float = 1.0, start: float = 0.0) -> Samples:
    return clip_sound(Clip(path, start), round(seconds * RATE))


def level(samples: Samples) -> float:
    """Return the level of the middle, a full tone of `made_clips` being 1."""
    middle = samples[len(samples) // 4 : -len(samples) // 4]
    return float(np.sqrt(np.mean(middle**2)) / (0.5 / np.sqrt(2)))


def pitch(samples: Samples) -> float:
    return float(np.abs(np.fft.rfft(samples)).argmax() * RATE / len(samples))


@pytest.mark.parametrize(
    ("right", "least"),
    [(1.0, 0.95), (-1.0, 0.95), (-0.5, 0.7), (0.0, 0.45)],
    ids=["alike", "opposed", "opposed and lower", "left alone"],
)
def test_two_channels_do_not_put_each_other_out(tmp_path: Path, right: float, least: float) -> None:
    wave = tone(440, 1)
    clip = write_tracks(tmp_path / "c.mkv", picture(), sound(np.stack([wave, right * wave])))
    assert level(heard(clip)) > least


def test_channels_that_turn_over_midway_are_heard_all_along(tmp_path: Path) -> None:
    wave = tone(440, 4)
    turned = np.where(np.arange(len(wave)) < 2 * RATE, wave, -wave)
    clip = write_tracks(tmp_path / "c.mkv", picture(4), sound(np.stack([wave, turned])))
    whole = heard(clip, 4.0)
    levels = [level(whole[at : at + RATE // 2]) for at in range(0, 4 * RATE, RATE // 2)]
    assert min(levels) > 0.45
    assert np.abs(np.diff(whole)).max() < 0.1, "no click"


def test_wide_stereo_is_mixed_as_always(tmp_path: Path) -> None:
    noise = np.random.default_rng(4).normal(0, 0.1, (2, RATE)).astype(np.float32)
    clip = write_tracks(tmp_path / "c.mkv", picture(), sound(noise))
    assert np.allclose(heard(clip), noise.mean(axis=0), atol=1e-3)


@pytest.mark.parametrize(
    ("layout", "at", "codec"),
    [
        ("mono", 0, "flac"),
        ("5.1", 2, "flac"),
        ("5.1", 4, "flac"),
        ("5.1", 0, "aac"),
        ("3.0", 2, "flac"),
    ],
)
def test_every_channel_is_heard(tmp_path: Path, layout: str, at: int, codec: str) -> None:
    channels = {"mono": 1, "5.1": 6, "3.0": 3}[layout]
    waves = np.zeros((channels, RATE), np.float32)
    waves[at] = tone(440, 1)
    clip = write_tracks(tmp_path / "c.mkv", picture(), sound(waves, layout, codec=codec))
    assert level(heard(clip)) > 0.1
    assert pitch(heard(clip)) == pytest.approx(440, abs=3)


@pytest.mark.parametrize("rate", [8_000, 11_025, 22_050, 44_100, 96_000])
def test_any_rate_keeps_pitch_and_length(tmp_path: Path, rate: int) -> None:
    clip = write_tracks(
        tmp_path / "c.mkv", picture(), sound(tone(440, 1, rate)[None], "mono", rate)
    )
    samples = heard(clip, 2.0)
    assert pitch(samples[:RATE]) == pytest.approx(440, abs=3)
    last = int(np.flatnonzero(np.abs(samples) > 0.02).max())
    assert last == pytest.approx(RATE, abs=0.02 * RATE)


def clapped(path: Path, late_picture: float, late_sound: float) -> Path:
    """Write a clip in which a flash and a click come at the same second of the file: 2.0."""
    waves = np.zeros((2, 3 * RATE), np.float32)
    at = round((2.0 - late_sound) * RATE)
    waves[:, at : at + 480] = 0.8
    codec = "aac" if path.suffix in (".ts", ".mov") else "flac"
    return write_tracks(
        path,
        picture(3.0, 2.0 - late_picture, late_picture),
        sound(waves, codec=codec, start=late_sound),
    )


@pytest.mark.parametrize("suffix", [".mp4", ".mov", ".mkv", ".ts"])
@pytest.mark.parametrize(
    ("late_picture", "late_sound"), [(0, 0), (1.2, 0), (0, 1.2), (1.6, 1.2)],
    ids=["both at once", "late picture", "late sound", "both late"],
)  # fmt: skip
@pytest.mark.parametrize("start", [0.0, 0.32])
def test_flash_and_click_come_together(
    tmp_path: Path, suffix: str, late_picture: float, late_sound: float, start: float
) -> None:
    clip = clapped(tmp_path / f"c{suffix}", late_picture, late_sound)
    frames = islice(clip_frames(Clip(clip, start), 0, 25, 64, 48), 75)
    flash = int(np.argmax([int(frame.to_ndarray()[24, 32]) > 120 for frame in frames])) / 25
    click = int(np.argmax(np.abs(heard(clip, 3.0, start)) > 0.3)) / RATE
    assert flash > 0.01, "seen"
    assert click > 0.01, "heard"
    assert flash == pytest.approx(click, abs=0.045)


@pytest.mark.parametrize("suffix", [".mp4", ".mkv", ".ts"])
def test_the_sound_before_a_late_picture_is_heard(tmp_path: Path, suffix: str) -> None:
    codec = "aac" if suffix == ".ts" else "flac"
    both = sound(np.stack([tone(440, 3)] * 2), codec=codec)
    clip = write_tracks(tmp_path / f"c{suffix}", picture(2.0, start=1.2), both)
    assert level(heard(clip, 0.5, start=0.32)) > 0.9


def test_a_late_picture_makes_a_clip_no_shorter(tmp_path: Path) -> None:
    facts = probe_media(clapped(tmp_path / "c.mp4", 1.2, 0))
    assert facts.seconds == pytest.approx(4.2, abs=0.1)


def test_what_follows_a_hole_comes_at_its_own_time(tmp_path: Path) -> None:
    waves = np.zeros((2, 2 * RATE), np.float32)
    waves[:, RATE : RATE + 480] = 0.8
    track = sound(waves)
    for frame in track.frames[30:]:
        frame.pts = (frame.pts or 0) + 36_000
    clip = write_tracks(tmp_path / "c.mkv", picture(3), track)
    click = int(np.argmax(np.abs(heard(clip, 3.0)) > 0.3)) / RATE
    assert click == pytest.approx(1.75, abs=0.02)


def test_a_sound_that_begins_again_does_not_click(tmp_path: Path) -> None:
    clip = write_tracks(tmp_path / "c.mkv", picture(), sound(np.stack([tone(101.3, 1)] * 2)))
    looped = ambience(Cache(tmp_path / "k"), Clip(clip, 0.0, loop=0.6), "m", 3 * RATE)
    steps = np.abs(np.diff(looped.astype(int)))
    assert steps.max() < 3 * np.percentile(steps, 90)
    assert np.array_equal(looped[RATE : RATE + 500], looped[RATE + 28_800 : RATE + 29_300])
