"""A clip's own sound: ducked, faded, never louder than it was, silent where there is none."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from storyboard.studio.film.ambience import BELOW, ambience
from storyboard.studio.film.cache import Cache
from storyboard.studio.film.loudness import TARGET_LUFS, integrated_loudness
from storyboard.studio.film.request import Clip
from tests.support.film_crew import humming_clip, numbered_clip


@pytest.fixture
def clip(tmp_path: Path) -> Path:
    return humming_clip(tmp_path / "hum.mp4", numbered_clip(tmp_path / "mute.mp4"), 1_000)


def test_it_is_eighteen_decibels_below_speech(tmp_path: Path, clip: Path) -> None:
    sound = ambience(Cache(tmp_path / "c"), Clip(clip, 0.5), "m", 120_000)
    assert len(sound) == 120_000
    loudness = integrated_loudness(sound.astype(np.float32) / 32_768) + 10 * np.log10(2)
    assert loudness == pytest.approx(TARGET_LUFS - BELOW, abs=0.7)
    middle = np.abs(sound[40_000:80_000]).max()
    assert np.abs(sound[:960]).max() < middle / 5
    assert np.abs(sound[-960:]).max() < middle / 5


def test_it_is_made_once(tmp_path: Path, clip: Path) -> None:
    cache = Cache(tmp_path / "c")
    first = ambience(cache, Clip(clip, 0.5), "m", 48_000)
    clip.unlink()
    assert np.array_equal(ambience(cache, Clip(clip, 0.5), "m", 48_000), first)


def test_a_sound_that_ends_is_followed_by_silence(tmp_path: Path, clip: Path) -> None:
    sound = ambience(Cache(tmp_path / "c"), Clip(clip, 3.0), "m", 192_000)
    assert np.abs(sound[20_000:40_000]).max() > 100
    assert not sound[60_000:].any()


def test_the_sound_of_a_looping_clip_begins_again_with_it(tmp_path: Path, clip: Path) -> None:
    cache = Cache(tmp_path / "c")
    assert not ambience(cache, Clip(clip, 3.0), "m", 192_000)[60_000:].any()
    sound = ambience(cache, Clip(clip, 3.0, loop=1.0), "m", 192_000)
    rounds = [np.abs(sound[at + 10_000 : at + 20_000]).max() for at in (0, 48_000, 96_000, 144_000)]
    assert min(rounds) > 100


def test_a_mute_clip_has_none(tmp_path: Path) -> None:
    mute = numbered_clip(tmp_path / "mute.mp4")
    assert len(ambience(Cache(tmp_path / "c"), Clip(mute, 0), "m", 48_000)) == 0
