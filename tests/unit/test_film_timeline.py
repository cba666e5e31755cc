"""Laws of the timeline: whole frames, whole samples, nothing lost between scenes."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from storyboard.studio.film.audio import mix
from storyboard.studio.film.segments import SEGMENT_SECONDS, split
from storyboard.studio.film.timeline import (
    LEAD_SAMPLES,
    TAIL_SAMPLES,
    build_timeline,
    samples_per_frame,
)

RATES = st.sampled_from([24, 25, 30, 50, 60])
LENGTHS = st.lists(st.integers(1, 5_000_000), min_size=1, max_size=100)


@given(LENGTHS, RATES)
def test_each_scene_is_long_enough_by_less_than_a_frame(lengths: list[int], fps: int) -> None:
    timeline = build_timeline(lengths, fps)
    for samples, scene in zip(lengths, timeline.scenes, strict=True):
        room = scene.frames * samples_per_frame(fps) - (LEAD_SAMPLES + samples + TAIL_SAMPLES)
        assert 0 <= room < samples_per_frame(fps)


@given(LENGTHS, RATES)
def test_scenes_stand_end_to_end(lengths: list[int], fps: int) -> None:
    timeline = build_timeline(lengths, fps)
    end = 0
    for scene in timeline.scenes:
        assert scene.start_frame == end
        end += scene.frames
    assert timeline.frames == end


def test_twenty_thousand_scenes_do_not_drift() -> None:
    timeline = build_timeline([96_541] * 20_000, 25)
    assert timeline.frames == 20_000 * timeline.scenes[0].frames
    assert timeline.speech_starts(19_999) == 19_999 * timeline.scenes[0].frames / 25 + 0.25


def test_a_rate_that_cuts_samples_is_refused() -> None:
    with pytest.raises(ValueError, match="do not divide"):
        samples_per_frame(29)


@given(st.integers(1, 100_000), RATES)
def test_segments_share_a_scene_evenly(frames: int, fps: int) -> None:
    parts = split(frames, fps)
    assert sum(parts) == frames
    assert max(parts) <= SEGMENT_SECONDS * fps
    assert max(parts) - min(parts) <= 1
    assert min(parts) > 0


def test_the_sound_is_as_long_as_the_picture_and_in_its_place() -> None:
    speeches = [np.full(length, 7, np.int16) for length in (50_000, 96_001)]
    timeline = build_timeline([len(speech) for speech in speeches], 25)
    silence = np.zeros(0, np.int16)
    track = mix(timeline, speeches, [silence, silence])
    assert len(track) == timeline.frames * 1920
    second = timeline.scenes[1].start_frame * 1920 + LEAD_SAMPLES
    assert track[second - 1] == 0
    assert (track[second : second + 96_001] == 7).all()
    assert track.sum() == 7 * (50_000 + 96_001)


def test_a_clip_is_heard_under_its_scene_from_the_first_frame() -> None:
    speeches = [np.full(96_000, 7, np.int16)]
    timeline = build_timeline([96_000], 25)
    track = mix(timeline, speeches, [np.full(50_000, 2, np.int16)])
    assert (track[:LEAD_SAMPLES] == 2).all()
    assert (track[LEAD_SAMPLES:50_000] == 9).all()
    assert track[50_000] == 7
