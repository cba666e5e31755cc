"""Silence, gain and joining keep the times true."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from storyboard.studio.voice import levels
from storyboard.studio.voice.speech import Phone, Speech, Word

RATE = 16_000


def tone(seconds: float, gain: float = 0.3) -> levels.Samples:
    return (gain * np.sin(np.arange(round(seconds * RATE)) * 0.3)).astype(np.float32)


def framed(before: float, sound: float, after: float) -> Speech:
    samples = np.concatenate([tone(before, 0), tone(sound), tone(after, 0)])
    end = before + sound
    phones = (Phone("", 0, before), Phone("a", before, end), Phone("", end, len(samples) / RATE))
    return Speech(samples, RATE, tuple(p for p in phones if p.end > p.start))


lengths = st.integers(0, 60).map(lambda hops: hops / 100)


@given(lengths, st.integers(10, 60).map(lambda hops: hops / 100), lengths, lengths, lengths)
def test_trimming_leaves_the_silence_asked_for(
    before: float, sound: float, after: float, lead: float, tail: float
) -> None:
    trimmed = levels.trim(framed(before, sound, after), lead, tail)
    assert trimmed.seconds == pytest.approx(lead + sound + tail, abs=0.021)
    vowel = next(phone for phone in trimmed.phones if phone.symbol)
    assert vowel.start == pytest.approx(lead, abs=0.011)
    assert trimmed.phones[0].start == 0
    assert trimmed.phones[-1].end == pytest.approx(trimmed.seconds)


@given(st.floats(0.01, 1.74))
def test_levelling_brings_any_gain_to_one_loudness(gain: float) -> None:
    levelled = levels.level(tone(0.5, gain), RATE)
    assert float(np.sqrt(np.mean(levelled**2))) == pytest.approx(levels.ACTIVE_RMS, rel=0.02)
    assert np.abs(levelled).max() <= levels.PEAK + 1e-6


def test_a_click_does_not_pass_the_peak() -> None:
    samples = tone(0.5, 0.001)
    samples[4000] = 1.7
    assert np.abs(levels.level(samples, RATE)).max() <= levels.PEAK + 1e-6


def test_silence_stays_silence() -> None:
    silent = tone(0.2, 0)
    assert levels.sounding(silent, RATE) == (0, 0)
    assert levels.level(silent, RATE).tobytes() == silent.tobytes()
    assert levels.sounding(np.zeros(0, np.float32), RATE) == (0, 0)


def test_joined_speech_keeps_the_times_of_its_parts() -> None:
    one = Speech(tone(0.5), RATE, (Phone("a", 0, 0.5),), (Word("ah", 0.1, 0.4),))
    two = Speech(tone(0.25), RATE, (Phone("o", 0, 0.25),), (Word("oh", 0.0, 0.2),))
    joined = levels.join((one, two))
    assert joined.seconds == 0.75
    assert joined.phones == (Phone("a", 0, 0.5), Phone("o", 0.5, 0.75))
    assert joined.words == (Word("ah", 0.1, 0.4), Word("oh", 0.5, 0.7))
