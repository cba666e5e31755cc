"""How loud speech sounds, and how to make all of it equally loud. Knows samples, nothing else.

Loudness by ITU-R BS.1770-4: K-weighting, blocks of 400 ms, absolute and relative gate.
"""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np
import numpy.typing as npt

Samples = npt.NDArray[np.float32]

TARGET_LUFS = -16.0
"""Integrated loudness of a finished film, in stereo."""

CEILING = 10 ** (-2.5 / 20)
"""No sample is louder than this: AAC adds up to 1.2 dB to a sharp s, and -1 dBTP is the limit."""

_PASSES = 3
"""What the limiter takes off the loudness is given back, and limited again."""

_RATE = 48_000
_STEREO_OFFSET = 10 * math.log10(2)
"""The same signal in two channels is louder than in one by this."""

_SHELF = ((1.53512485958697, -2.69169618940638, 1.19839281085285),
          (1.0, -1.69065929318241, 0.73248077421585))  # fmt: skip
_HIGH_PASS = ((1.0, -2.0, 1.0), (1.0, -1.99004745483398, 0.99007225036621))
_BLOCK, _STEP = 19_200, 4_800
_SLICE = 64
_WINDOW, _MEMORY = 65_536, 12_000
"""Samples that are filtered at once, and for how many the filter remembers: a quarter second."""


def integrated_loudness(samples: Samples) -> float:
    """Return the LUFS of one channel at 48 kHz; -inf for silence."""
    weighted = _k_weighted(samples)
    padded = np.pad(weighted, (0, max(0, _BLOCK - len(weighted))))
    energy = np.concatenate(([0.0], np.cumsum(padded.astype(np.float64) ** 2)))
    starts = np.arange(0, len(padded) - _BLOCK + 1, _STEP)
    power = (energy[starts + _BLOCK] - energy[starts]) / _BLOCK
    power = power[_lufs(power) > -70.0]
    if not len(power):
        return -math.inf
    relative = _lufs(power.mean()) - 10.0
    return float(_lufs(power[_lufs(power) > relative].mean()))


def normalized(samples: Samples, target: float = TARGET_LUFS) -> Samples:
    """Return the speech at `target` LUFS when it plays in both channels, peaks below `CEILING`."""
    for _ in range(_PASSES):
        missing = target - integrated_loudness(samples) - _STEREO_OFFSET
        if missing == math.inf or abs(missing) < 0.05:
            break
        louder = samples * np.float32(10 ** (missing / 20))
        samples = _limited(louder)
        if samples is louder:
            break
    return samples


def _k_weighted(samples: Samples) -> Samples:
    """Filter in overlapping windows: of each, what comes after the filter's memory is right."""
    step = _WINDOW - _MEMORY
    padded = np.zeros(_MEMORY + -(-len(samples) // step) * step, np.float32)
    padded[_MEMORY : _MEMORY + len(samples)] = samples
    windows = np.lib.stride_tricks.sliding_window_view(padded, _WINDOW)[::step]
    filtered = np.fft.irfft(np.fft.rfft(windows) * _k_response(), _WINDOW)
    weighted: Samples = filtered[:, _MEMORY:].reshape(-1)[: len(samples)].astype(np.float32)
    return weighted


@lru_cache(maxsize=1)
def _k_response() -> npt.NDArray[np.complex64]:
    """Return by how much K-weighting raises and turns each frequency of a window."""
    unit = np.exp(-2j * np.pi * np.fft.rfftfreq(_WINDOW))
    shelf, high_pass = (
        np.polyval(above[::-1], unit) / np.polyval(below[::-1], unit)
        for above, below in (_SHELF, _HIGH_PASS)
    )
    return (shelf * high_pass).astype(np.complex64)


def _lufs(power: npt.NDArray[np.float64] | np.float64) -> npt.NDArray[np.float64]:
    return np.asarray(-0.691 + 10 * np.log10(np.maximum(power, 1e-15)))


def _limited(samples: Samples) -> Samples:
    """Turn the volume down around peaks, in ramps of a millisecond or two."""
    slices = -(-len(samples) // _SLICE)
    padded = np.pad(samples, (0, slices * _SLICE - len(samples)))
    peaks = np.abs(padded).reshape(slices, _SLICE).max(axis=1)
    if peaks.max(initial=0.0) <= CEILING:
        return samples
    gain = np.minimum(1.0, CEILING / np.maximum(peaks, CEILING))
    around = np.pad(gain, 1, mode="edge")
    gain = np.minimum(np.minimum(around[:-2], around[2:]), gain)
    centers = np.arange(slices) * _SLICE + _SLICE / 2
    curve = np.interp(np.arange(len(samples)), centers, gain)
    limited: Samples = np.clip(samples * curve, -CEILING, CEILING).astype(np.float32)
    return limited
