"""English as one of many people: shapes the one network's speech. Knows no presenter by name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module

import numpy as np

from storyboard.studio.voice.hibari_network import (
    FRAME_SECONDS,
    Array,
    Network,
    Spectrum,
    engine_version,
    english_network,
)
from storyboard.studio.voice.levels import join, level, loudness, sounding, trim
from storyboard.studio.voice.normalise import sentences, speakable
from storyboard.studio.voice.phones import merged, spread
from storyboard.studio.voice.speech import Phone, Speech, VoiceError
from storyboard.studio.voice.timbre import Timbre, shape

RATE = 24_000
"""Samples a second."""

SHAPING = "2"
"""Changes when the same settings come to sound differently; part of the cache key."""

LEAD_SECONDS = 0.04
TAIL_SECONDS = 0.10
PAUSE_SECONDS = 0.42
"""Silence between two sentences."""

_STRESS = frozenset("ˈˌː")
_STOPS = frozenset(';:,.!?—…"()“”')


@dataclass(frozen=True, slots=True)
class HibariVoice:
    """Speaks English with a timbre."""

    timbre: Timbre

    @property
    def key(self) -> str:
        """Identify engine, version, language and person, for caches."""
        return f"{engine_version()}/{SHAPING}/en/{self.timbre.key}"

    def speak(self, text: str) -> Speech:
        """Speak a narration; raises `VoiceError` where nothing in it can be spoken."""
        return join(tuple(self.stream(text)))

    def stream(self, text: str) -> Iterator[Speech]:
        """Speak sentence by sentence; each piece but the first starts with the pause before it."""
        network = english_network()
        spoken = False
        for sentence in sentences(speakable(text)):
            for letters in network.phonemise(sentence):
                speech = speak_letters(network, letters, self.timbre)
                if speech is not None:
                    lead = PAUSE_SECONDS - TAIL_SECONDS if spoken else LEAD_SECONDS
                    yield trim(speech, lead, TAIL_SECONDS)
                    spoken = True
        if not spoken:
            raise VoiceError(f"nothing in '{text[:60]}' can be spoken in English", language="en")


def speak_letters(network: Network, letters: str, timbre: Timbre) -> Speech | None:
    """Speak one sentence given in the network's letters; `None` where it makes no sound."""
    dsp = import_module("hibari.dsp")
    found = network.predict(letters, timbre.speed)
    if found is None:
        return None
    s = shape(found, timbre)
    noise = np.random.default_rng(0)
    samples = dsp.synth(s.harmonic, s.phase, s.noise, s.free, s.free_phase, s.f0, noise)
    levelled = level(np.asarray(samples, np.float32), RATE)
    if sounding(levelled, RATE) == (0, 0):
        return None
    times = _told(found) if found.frames is not None else _guessed(found, levelled)
    return Speech(levelled, RATE, merged(times))


def _told(found: Spectrum) -> Iterator[Phone]:
    """Time the sounds by the network's durations; a blank belongs to the sound before it."""
    assert found.frames is not None
    stretches: list[tuple[str, int, int]] = []
    now = 0
    for symbol, length in zip(found.symbols, found.frames, strict=True):
        end = now + length
        pause = not symbol or symbol in _STOPS
        if symbol in _STRESS or (symbol == " " and stretches):
            stretches = _lengthened(stretches, symbol, now, end)
        else:
            stretches.append(("" if pause else symbol, now, end))
        now = end
    for symbol, start, end in stretches:
        yield from spread(symbol, start * FRAME_SECONDS, end * FRAME_SECONDS)


def _lengthened(
    stretches: Sequence[tuple[str, int, int]], symbol: str, now: int, end: int
) -> list[tuple[str, int, int]]:
    """Give a silent symbol's time to the sound before it; a stress sign's at a start is a pause."""
    if not stretches:
        return [("", now, end)]
    last, start, _ = stretches[-1]
    return [*stretches[:-1], (last, start, end)]


def _guessed(found: Spectrum, samples: Array) -> Iterator[Phone]:
    """Time the sounds by loudness: the letters in order, spread evenly over what can be heard."""
    spoken = [s for s in found.symbols if s.isalpha() and s not in _STRESS]
    rms = loudness(samples, RATE)
    heard = np.flatnonzero(rms > rms.max() * 0.05)
    share = np.array_split(heard, len(spoken))
    for symbol, hops in zip(spoken, share, strict=True):
        if len(hops):
            yield from spread(symbol, int(hops[0]) * 0.01, (int(hops[-1]) + 1) * 0.01)
