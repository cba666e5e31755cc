"""The samples in what an endpoint answers: WAV, or bare ones. Knows no endpoint.

WAV is read by hand: servers that stream write sizes that are not true, and no decoder of many
formats has to see what a stranger sends.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import Final

import numpy as np

from storyboard.studio.voice.levels import Samples, is_sound
from storyboard.studio.voice.sample_rates import SAMPLE_RATES

_PCM, _FLOAT, _EXTENSIBLE = 1, 3, 0xFFFE
_TYPES: Final = {
    (_PCM, 16): ("<i2", 1 / 32_768),
    (_PCM, 32): ("<i4", 1 / 2_147_483_648),
    (_FLOAT, 32): ("<f4", 1.0),
}
_MOST_CHANNELS: Final = 8


class NoSound(ValueError):
    """The bytes are no sound that can be read; says why."""


@dataclass(frozen=True, slots=True)
class Sound:
    """Mono samples, within ±1 or to be scaled to it, and how many a second."""

    samples: Samples
    rate: int


def sound_of(content: bytes, form: str, rate: int) -> Sound:
    """Read `wav`, or the 16-bit samples of `pcm` at a rate; raises `NoSound`."""
    if form == "wav":
        return _wav(content)
    if content[:4] == b"RIFF" or content[:1] in (b"{", b"<"):
        raise NoSound("these are no bare samples")
    return Sound(_samples(content, _PCM, 16, 1), rate)


def _wav(content: bytes) -> Sound:
    if content[:4] != b"RIFF" or content[8:12] != b"WAVE":
        raise NoSound("it is no WAV file")
    kind = bits = channels = rate = 0
    at = 12
    while at + 8 <= len(content):
        name, size = struct.unpack_from("<4sI", content, at)
        at += 8
        if name == b"fmt " and size >= 16 and at + 16 <= len(content):
            kind, channels, rate, _, _, bits = struct.unpack_from("<HHIIHH", content, at)
            if kind == _EXTENSIBLE and size >= 26 and at + 26 <= len(content):
                (kind,) = struct.unpack_from("<H", content, at + 24)
        elif name == b"data":
            if rate not in SAMPLE_RATES or not 0 < channels <= _MOST_CHANNELS:
                raise NoSound(f"it has {channels} channels at {rate} Hz")
            return Sound(_samples(content[at : at + size], kind, bits, channels), rate)
        at += size + size % 2
    raise NoSound("it is a WAV file without samples")


def _samples(content: bytes, kind: int, bits: int, channels: int) -> Samples:
    if (kind, bits) not in _TYPES:
        raise NoSound(f"it has samples of the kind {kind} with {bits} bits")
    of_type, scale = _TYPES[kind, bits]
    frame = channels * bits // 8
    told = np.frombuffer(content[: len(content) // frame * frame], of_type)
    plain = told.astype(np.float32).reshape(-1, channels).mean(axis=1) * np.float32(scale)
    if not is_sound(plain):
        raise NoSound("it has samples that are no sound")
    samples: Samples = plain.astype(np.float32)
    return samples
