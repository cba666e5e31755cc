"""Laws of the timeline: whole frames, whole samples, nothing lost between scenes."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from storyboard.studio.film.audio import ambience_samples, scene_sound
from storyboard.studio.film.request import SceneTiming
from storyboard.studio.film.segments import SEGMENT_SECONDS, SHARED_SECONDS, split
from storyboard.studio.film.timeline import (
    LEAD_SAMPLES,
    PACKET_SAMPLES,
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
    assert 0.25 <= timeline.speech_starts(19_999) - 19_999 * timeline.scenes[0].frames / 25 < 0.272


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
    assert len(parts) % 2 == 0 or frames <= SHARED_SECONDS * fps


SILENCE = np.zeros(0, np.int16)


@given(LENGTHS, RATES)
def test_scenes_sound_in_whole_packets_from_the_first_one_in_the_scene(
    lengths: list[int], fps: int
) -> None:
    timeline = build_timeline(lengths, fps)
    each = samples_per_frame(fps)
    for scene, timing in enumerate((*timeline.scenes, SceneTiming(timeline.frames, 0))):
        late = timeline.first_packet(scene) * PACKET_SAMPLES - timing.start_frame * each
        assert 0 <= late < PACKET_SAMPLES < samples_per_frame(25)
    for scene, timing in enumerate(timeline.scenes):
        sound = scene_sound(timing.frames * each, SILENCE, SILENCE)
        assert 0 <= len(sound) // PACKET_SAMPLES - timeline.packets(scene) <= 1


def test_the_sound_is_as_long_as_the_picture_and_in_its_place() -> None:
    speeches = [np.full(length, 7, np.int16) for length in (50_000, 96_001)]
    timeline = build_timeline([len(speech) for speech in speeches], 25)
    track = np.concatenate(
        [
            scene_sound(timing.frames * 1920, speeches[scene], SILENCE)[
                : timeline.packets(scene) * PACKET_SAMPLES
            ]
            for scene, timing in enumerate(timeline.scenes)
        ]
    )
    assert 0 <= len(track) - timeline.frames * 1920 < PACKET_SAMPLES
    second = round(timeline.speech_starts(1) * 48_000)
    assert track[second - 1] == 0
    assert (track[second : second + 96_001] == 7).all()
    assert track.sum() == 7 * (50_000 + 96_001)


@given(st.integers(1, 100_000), RATES)
def test_a_scene_ends_in_silence_where_it_has_to_end_a_packet_early(speech: int, fps: int) -> None:
    samples = build_timeline([speech], fps).frames * samples_per_frame(fps)
    under = np.full(ambience_samples(samples), 2, np.int16)
    track = scene_sound(samples, np.full(speech, 7, np.int16), under)
    assert (track[:LEAD_SAMPLES] == 2).all()
    assert (track[LEAD_SAMPLES : LEAD_SAMPLES + speech] == 9).all()
    assert track[len(under) - 1] == 2
    assert not track[-2 * PACKET_SAMPLES :].any()
