"""English as one of many people: shapes the one network's speech. Knows no presenter by name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module

import numpy as np
import numpy.typing as npt

from storyboard.studio.voice.hibari_network import (
    FRAME_SECONDS,
    Network,
    Spectrum,
    engine_version,
    english_network,
)
from storyboard.studio.voice.levels import join, level, loudness, sounding, trim
from storyboard.studio.voice.normalise import sentences, speakable
from storyboard.studio.voice.phones import merged, spread
from storyboard.studio.voice.speech import Phone, Speech, VoiceError

RATE = 24_000
"""Samples a second."""

SHAPING = "2"
"""Changes when the same settings come to sound differently; part of the cache key."""

LEAD_SECONDS = 0.04
TAIL_SECONDS = 0.10
PAUSE_SECONDS = 0.32
"""Silence between two sentences."""

_VOICED_HZ = 40.0
_STRESS = frozenset("ˈˌː")
_STOPS = frozenset(';:,.!?—…"()“”')

Array = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Timbre:
    """How a person differs from the network's own voice: all factors, 1 changes nothing.

    `pitch` scales F0 (about 196 Hz), `formants` the spectral envelope (0.82 to 1.06, beyond which
    words get lost), `melody` the range of the intonation, `speed` the pace.
    """

    pitch: float
    formants: float
    melody: float
    speed: float


@dataclass(frozen=True, slots=True)
class HibariVoice:
    """Speaks English with a timbre."""

    timbre: Timbre

    @property
    def key(self) -> str:
        """Identify engine, version, language and person, for caches."""
        t = self.timbre
        return (
            f"{engine_version()}/{SHAPING}/en/{t.pitch:g},{t.formants:g},{t.melody:g},{t.speed:g}"
        )

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
    noise = np.random.default_rng(0)
    samples = dsp.synth(
        _warped(found.harmonic, timbre.formants),
        _warped(found.phase, timbre.formants),
        _warped(found.noise, timbre.formants),
        _warped(found.free, timbre.formants),
        _picked(found.free_phase, timbre.formants),
        _intoned(found.f0, timbre),
        noise,
    )
    levelled = level(np.asarray(samples, np.float32), RATE)
    if sounding(levelled, RATE) == (0, 0):
        return None
    times = _told(found) if found.frames is not None else _guessed(found, levelled)
    return Speech(levelled, RATE, merged(times))


def _intoned(f0: Array, timbre: Timbre) -> Array:
    """Scale the pitch, and its range around the sentence's median on the logarithmic scale."""
    voiced = f0 > _VOICED_HZ
    if not voiced.any():
        return f0
    median = float(np.median(f0[voiced]))
    scaled = f0.copy()
    scaled[voiced] = median * timbre.pitch * (f0[voiced] / median) ** timbre.melody
    scaled[voiced] = np.maximum(scaled[voiced], _VOICED_HZ + 15)
    return scaled


def _warped(spectrum: Array, factor: float) -> Array:
    """Stretch the frequency axis: what was at bin k comes to k × factor."""
    bins = len(spectrum)
    source = np.minimum(np.arange(bins, dtype=np.float32) / np.float32(factor), bins - 1)
    below = np.minimum(source.astype(np.intp), bins - 2)
    part = (source - below)[:, None]
    mixed: Array = spectrum[below] * (1 - part) + spectrum[below + 1] * part
    return mixed.astype(np.float32)


def _picked(phase: Array, factor: float) -> Array:
    """Stretch angles, which must not be mixed: take the nearest bin."""
    source = np.rint(np.arange(len(phase)) / factor).astype(np.intp)
    return phase[np.minimum(source, len(phase) - 1)]


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
