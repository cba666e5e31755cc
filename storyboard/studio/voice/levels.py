"""Loudness and silence of samples: trimming, gain and joining. Knows no engine and no language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from storyboard.studio.voice.speech import Phone, Speech, Word

Samples = npt.NDArray[np.float32]

ACTIVE_RMS = 0.1
"""Loudness of the speaking parts after `level`: -20 dBFS."""

PEAK = 0.95
"""No sample is louder than this."""

SILENT = 1e-4
"""RMS of a hop under which nothing is heard, whatever else is: -80 dBFS."""

LOUDEST = 65_536.0
"""What no samples exceed, even such as somebody forgot to scale."""

LEAD_SECONDS = 0.04
"""What is left before the first loud sample: a `p` or a `t` begins before it."""
TAIL_SECONDS = 0.10
"""What is left behind the last one: a vowel dies away, and cut sharply it clicks."""
PAUSE_SECONDS = 0.42
"""Silence between two sentences."""
SHORTEST_PAUSE_SECONDS = 0.1
"""Silence that counts as a pause within what is spoken: the stop of a `t` is shorter."""

STEP = 25
"""Parts of a second, of which sentences last a whole number: films have as many pictures. Whatever
has changed in a sentence, those behind it are heard and seen the same, only sooner or later."""

_HOP_SECONDS = 0.01
_QUIET = 0.01
"""Of the loudest hop: what counts as silence (-40 dB)."""


def is_sound(samples: npt.NDArray[np.floating]) -> bool:
    """Whether numbers that a stranger gave can be samples; some are louder than full scale."""
    return bool(np.isfinite(samples).all()) and float(np.abs(samples).max(initial=0.0)) <= LOUDEST


def hop_length(rate: int) -> int:
    """Return of how many samples the loudness is measured: 10 ms."""
    return max(1, round(rate * _HOP_SECONDS))


def loudness(samples: Samples, rate: int) -> Samples:
    """Measure the RMS of each hop; the last one may be short."""
    hop = hop_length(rate)
    padded = np.pad(samples, (0, -len(samples) % hop)).reshape(-1, hop)
    rms: Samples = np.sqrt(np.mean(np.square(padded, dtype=np.float64), axis=1)).astype(np.float32)
    return rms


def sounding(samples: Samples, rate: int) -> tuple[int, int]:
    """Find the first and the last (exclusive) sample that can be heard; (0, 0) for silence."""
    rms = loudness(samples, rate)
    if not len(rms) or float(rms.max()) < SILENT:
        return (0, 0)
    heard = np.flatnonzero(rms > rms.max() * _QUIET)
    hop = hop_length(rate)
    return (int(heard[0]) * hop, min(len(samples), (int(heard[-1]) + 1) * hop))


def heard_spans(samples: Samples, rate: int, pause: float) -> tuple[tuple[float, float], ...]:
    """Return the stretches, in seconds, between silences of at least `pause` seconds."""
    rms = loudness(samples, rate)
    heard = np.flatnonzero(rms > max(SILENT, float(rms.max(initial=0.0)) * _QUIET))
    if not len(heard):
        return ()
    gaps = np.flatnonzero(np.diff(heard) * _HOP_SECONDS > pause)
    firsts, lasts = heard[[0, *(gaps + 1)]], heard[[*gaps, len(heard) - 1]]
    hop = hop_length(rate) / rate
    pairs = zip(firsts.tolist(), lasts.tolist(), strict=True)
    return tuple((first * hop, min(len(samples) / rate, (last + 1) * hop)) for first, last in pairs)


def level(samples: Samples, rate: int) -> Samples:
    """Scale to a common loudness of the speaking parts, within the peak."""
    rms = loudness(samples, rate)
    if not len(rms) or float(rms.max()) < SILENT:
        return samples
    active = rms[rms > rms.max() * 0.1]
    gain = ACTIVE_RMS / float(np.sqrt(np.mean(np.square(active))))
    gain = min(gain, PEAK / float(np.abs(samples).max()))
    return (samples * np.float32(gain)).astype(np.float32)


def trim(speech: Speech, lead: float, tail: float) -> Speech:
    """Make `lead` seconds of silence before the first sound, and `tail` after the last."""
    first, last = sounding(speech.samples, speech.rate)
    before, after = round(lead * speech.rate), round(tail * speech.rate)
    inner = speech.samples[max(0, first - before) : min(len(speech.samples), last + after)].copy()
    _fade(inner, round(0.004 * speech.rate))
    missing_before = max(0, before - first)
    missing_after = max(0, last + after - len(speech.samples))
    samples = np.pad(inner, (missing_before, missing_after)).astype(np.float32)
    shift = (before - first) / speech.rate
    return place(replace(speech, samples=samples), shift)


def place(speech: Speech, shift: float) -> Speech:
    """Move the times by `shift` seconds; phones then cover the speech from 0 to its end."""
    end = speech.seconds
    phones = [
        Phone(p.symbol, max(0.0, p.start + shift), min(end, p.end + shift)) for p in speech.phones
    ]
    words = [Word(w.text, max(0.0, w.start + shift), min(end, w.end + shift)) for w in speech.words]
    return replace(
        speech,
        phones=_covering([p for p in phones if p.end > p.start], end),
        words=tuple(w for w in words if w.end > w.start),
    )


def in_turn(spoken: Iterable[Speech | None], pause: float = PAUSE_SECONDS) -> Iterator[Speech]:
    """Yield the sentences that make a sound, with silence around them and between two."""
    lead = LEAD_SECONDS
    for speech in spoken:
        if speech is not None:
            yield replace(_whole_steps(trim(speech, lead, TAIL_SECONDS)), begins=(lead,))
            lead = pause - TAIL_SECONDS


def _whole_steps(speech: Speech) -> Speech:
    """Make the silence at the end longer, by less than a step."""
    steps = -(-len(speech.samples) * STEP // speech.rate)
    missing = -(-steps * speech.rate // STEP) - len(speech.samples)
    return place(replace(speech, samples=np.pad(speech.samples, (0, missing))), 0.0)


def join(parts: Sequence[Speech]) -> Speech:
    """Put speeches of one rate end to end."""
    offset = 0.0
    phones: list[Phone] = []
    words: list[Word] = []
    begins: list[float] = []
    for part in parts:
        begins += [begin + offset for begin in part.begins]
        phones += [Phone(p.symbol, p.start + offset, p.end + offset) for p in part.phones]
        words += [Word(w.text, w.start + offset, w.end + offset) for w in part.words]
        offset += part.seconds
    samples = np.concatenate([part.samples for part in parts])
    return Speech(samples, parts[0].rate, tuple(phones), tuple(words), tuple(begins))


def _covering(phones: Sequence[Phone], end: float) -> tuple[Phone, ...]:
    """Fill holes with pauses, so that every moment has its phone."""
    covered: list[Phone] = []
    now = 0.0
    for phone in phones:
        if phone.start > now + 1e-9:
            covered.append(Phone("", now, phone.start))
        start = max(now, phone.start)
        if phone.end > start:
            covered.append(Phone(phone.symbol, start, phone.end))
            now = phone.end
    if end > now + 1e-9:
        covered.append(Phone("", now, end))
    return tuple(covered)


def _fade(samples: Samples, length: int) -> None:
    length = min(length, len(samples) // 2)
    if length:
        ramp = np.linspace(0.0, 1.0, length, endpoint=False, dtype=np.float32)
        samples[:length] *= ramp
        samples[-length:] *= ramp[::-1]
