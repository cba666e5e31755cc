"""What makes one network's speech another person's: pitch, formants, melody. Knows no text."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

import numpy as np
import numpy.typing as npt

from storyboard.studio.voice.hibari_network import BIN_HZ, Array, Spectrum

_VOICED_HZ = 40.0
"""Below this F0 a frame has no voice (the network's own threshold)."""

_LOWEST_HZ = 55.0
"""Below it no voice speaks, and pulses are heard one by one."""

_LOW_HZ, _HIGH_HZ = 1200, 4000
"""A voice sounds below, an s above."""

_HISS = 0.35
"""How much of a voice's brightness reaches sounds without voice: all of it makes an s hurt, and
breath belongs to the voice alone."""

_DB_A_NEPER = 8.686
"""The network's spectra are natural logarithms of magnitudes."""


@dataclass(frozen=True, slots=True)
class Timbre:
    """How a person differs from the network's own voice.

    Factors, where 1 changes nothing: `pitch` of F0 (about 196 Hz), `formants` of the spectral
    envelope (0.82 to 1.06, beyond which words get lost), `melody` of the intonation's range,
    `speed` of the pace (0.75 speaks about 2.5 words a second, 0.80 about 2.75; the network's own
    1.0 hurries with 3.4). Where 0 changes nothing: `brightness` in dB an octave around 1 kHz, and
    `breath` in dB.
    """

    pitch: float
    formants: float
    melody: float
    speed: float
    brightness: float = 0.0
    breath: float = 0.0

    @property
    def key(self) -> str:
        """Write all settings in a line, for cache keys."""
        return ",".join(f"{getattr(self, field.name):g}" for field in fields(self))


def shape(found: Spectrum, timbre: Timbre) -> Spectrum:
    """Give a sentence's spectrum the timbre; its times stay."""
    bins = np.arange(len(found.harmonic), dtype=np.float32) / np.float32(timbre.formants)
    harmonic, phase = _envelope(found, bins)
    voiced = _voicing(found)
    tilt = _tilt(len(bins), timbre.brightness) * (_HISS + (1 - _HISS) * voiced)
    breath = np.float32(timbre.breath / _DB_A_NEPER) * voiced
    return replace(
        found,
        harmonic=harmonic + tilt,
        phase=phase,
        noise=_between(found.noise, bins) + tilt,
        free=_between(found.free, bins) + tilt + breath,
        free_phase=_nearest(found.free_phase, bins),
        f0=_intoned(found.f0, timbre),
    )


def _voicing(found: Spectrum) -> Array:
    """Tell how far each frame is voiced, 0 to 1: to the network an s has a pitch like a vowel."""
    low, high = (
        _power(found.harmonic[: _LOW_HZ // BIN_HZ]),
        _power(found.free[_HIGH_HZ // BIN_HZ :]),
    )
    steps = np.pad(np.clip((low - high) / np.float32(6.0), 0, 1), 1, mode="edge")
    voicing: Array = np.convolve(steps, np.array([0.25, 0.5, 0.25], np.float32), "valid")
    return voicing.astype(np.float32)


def _power(spectrum: Array) -> Array:
    """Return the power of each frame, as a natural logarithm."""
    power: Array = np.log(np.exp(2 * spectrum).sum(axis=0) + np.float32(1e-12))
    return power


def _tilt(bins: int, brightness: float) -> Array:
    """Make the slope of a brighter or darker voice, in nepers, of shape (bins, 1)."""
    octaves = np.log2(np.maximum(np.arange(bins) * BIN_HZ, 200) / 1000)
    tilt: Array = (octaves * (brightness / _DB_A_NEPER)).astype(np.float32)
    return tilt[:, None]


def _intoned(f0: Array, timbre: Timbre) -> Array:
    """Scale the pitch, and its range around the sentence's median on the logarithmic scale."""
    voiced = f0 > _VOICED_HZ
    if not voiced.any():
        return f0
    median = float(np.median(f0[voiced]))
    scaled = f0.copy()
    scaled[voiced] = median * timbre.pitch * (f0[voiced] / median) ** timbre.melody
    scaled[voiced] = np.maximum(scaled[voiced], _LOWEST_HZ)
    return scaled


def _envelope(found: Spectrum, bins: Array) -> tuple[Array, Array]:
    """Read the harmonic branch at (fractional) bins.

    The network means something only at the multiples of its own F0; between them its numbers are
    arbitrary (±11 dB). A voice of another pitch puts harmonics there, so in voiced frames the
    envelope is drawn through the multiples.
    """
    harmonic, phase = _between(found.harmonic, bins), _nearest(found.phase, bins)
    voiced = np.flatnonzero(found.f0 > _VOICED_HZ)
    spacing = found.f0[voiced] / np.float32(BIN_HZ)
    order = bins[:, None] / spacing
    highest = np.floor((len(found.harmonic) - 1) / spacing)
    lower = np.clip(np.floor(order), 1, highest - 1)
    part = np.clip(order - lower, 0, 1)
    low = _at(found.harmonic, lower * spacing, voiced)
    high = _at(found.harmonic, (lower + 1) * spacing, voiced)
    harmonic[:, voiced] = low * (1 - part) + high * part
    nearest = np.rint(np.clip(np.rint(order), 1, highest) * spacing).astype(np.intp)
    phase[:, voiced] = found.phase[nearest, voiced]
    return harmonic, phase


def _at(
    spectrum: Array, places: npt.NDArray[np.floating], frames: npt.NDArray[np.intp]
) -> npt.NDArray[np.floating]:
    """Read single points of a spectrum, between the bins by their mean."""
    below = np.minimum(places.astype(np.intp), len(spectrum) - 2)
    part = places - below
    low, high = spectrum[below, frames], spectrum[below + 1, frames]
    return np.asarray(low * (1 - part) + high * part)


def _between(spectrum: Array, bins: Array) -> Array:
    places = np.minimum(bins, len(spectrum) - 1)
    below = np.minimum(places.astype(np.intp), len(spectrum) - 2)
    part = (places - below)[:, None]
    mixed: Array = (spectrum[below] * (1 - part) + spectrum[below + 1] * part).astype(np.float32)
    return mixed


def _nearest(angles: Array, bins: Array) -> Array:
    """Read angles, which have no mean, at the nearest bin."""
    return angles[np.minimum(np.rint(bins).astype(np.intp), len(angles) - 1)]
