"""A clip's own sound, quiet under the narration. Knows samples; shows no picture."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from storyboard.studio.film.cache import Cache, digest
from storyboard.studio.film.clip_sound import clip_sound
from storyboard.studio.film.kept_arrays import load_array
from storyboard.studio.film.loudness import TARGET_LUFS, Samples, integrated_loudness
from storyboard.studio.film.request import Clip
from storyboard.studio.film.timeline import SAMPLE_RATE

Pcm = npt.NDArray[np.int16]

BELOW = 18.0
"""Decibels by which a clip's sound is quieter than speech, at least."""

_FADE_SAMPLES = SAMPLE_RATE // 5
_SEAM_SAMPLES = SAMPLE_RATE // 200
"""Five milliseconds: no pause that an ear would notice. A choice."""

_KIND, _SUFFIX = "ambience", ".npy"
_VERSION = "2"


def ambience(cache: Cache, clip: Clip, media: str | None, samples: int) -> Pcm:
    """Return so many samples of a clip's sound from its in-point on, one channel at 48 kHz.

    Ducked and faded; empty where the clip has no sound. `media` is the digest of its bytes. Sound
    that is over, or cannot be decoded any further, is silence until the clip begins again.
    """
    key = digest(_VERSION, BELOW, TARGET_LUFS, media, *clip.instants, samples)
    path = cache.find(_KIND, key, _SUFFIX)
    kept = load_array(path) if path is not None else None
    if kept is not None and kept.dtype == np.int16 and kept.shape in ((0,), (samples,)):
        return kept
    # One round is as long as the pictures' is, and no longer than what is asked for.
    once = samples if clip.loop is None else min(samples, round(clip.loop * SAMPLE_RATE))
    sound = _ducked(_repeated(clip_sound(clip, once), samples))
    with cache.writing(_KIND, key, _SUFFIX) as part, part.open("wb") as file:
        np.save(file, sound)
    return sound


def _repeated(sound: Samples, samples: int) -> Samples:
    """Have a sound begin again and again; where it does, it goes and comes softly: no click."""
    if len(sound) >= samples:
        return sound
    _soften(sound, _SEAM_SAMPLES)
    return np.resize(sound, samples)


def _ducked(sound: Samples) -> Pcm:
    """Turn it down, never up, and let it come and go softly."""
    if not sound.any():
        return np.zeros(0, np.int16)
    excess = integrated_loudness(sound) + 10 * np.log10(2) - (TARGET_LUFS - BELOW)
    quiet = sound * np.float32(10 ** (-max(0.0, excess) / 20))
    _soften(quiet, _FADE_SAMPLES)
    ducked: Pcm = np.round(np.clip(quiet, -1.0, 1.0) * 32_767).astype(np.int16)
    return ducked


def _soften(sound: Samples, most: int) -> None:
    """Let a sound come and go within so many samples, or within half of it."""
    ramp = np.linspace(0.0, 1.0, min(most, len(sound) // 2), dtype=np.float32)
    sound[: len(ramp)] *= ramp
    sound[len(sound) - len(ramp) :] *= ramp[::-1]
