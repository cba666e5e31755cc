"""Narrations as sound, spoken once and kept. Knows voices, no picture."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import av
import numpy as np
import numpy.typing as npt

from storyboard.studio.film.cache import Cache, digest
from storyboard.studio.film.kept_sentences import KeptSentences
from storyboard.studio.film.kept_speech import SUFFIX, KeptSpeech, load_speech, save_speech
from storyboard.studio.film.loudness import CEILING, TARGET_LUFS, normalized
from storyboard.studio.film.timeline import SAMPLE_RATE
from storyboard.studio.voice.giving_up import Stopped, never
from storyboard.studio.voice.heard_words import heard_words
from storyboard.studio.voice.speech import (
    PatientVoice,
    Phone,
    SentenceVoice,
    Speech,
    Voice,
    Word,
)

_KIND = "speech"
_VERSION = "5"


@dataclass(frozen=True, slots=True)
class Spoken:
    """A narration at the film's loudness: int16 mono at 48 kHz, with the voice's timing.

    `begins` are when its sentences are heard that sound the same whatever stands around them.
    """

    pcm: npt.NDArray[np.int16]
    phones: tuple[Phone, ...]
    words: tuple[Word, ...]
    begins: tuple[float, ...] = ()

    @property
    def seconds(self) -> float:
        """Length of the speech."""
        return len(self.pcm) / SAMPLE_RATE

    def heard(self) -> tuple[Word, ...]:
        """Return the words; those beside a pause begin and end where that is heard."""
        samples = (self.pcm / 32_767).astype(np.float32)
        return heard_words(self.words, samples, SAMPLE_RATE)


def speak(cache: Cache, voice: Voice, text: str, stopped: Stopped = never) -> Spoken:
    """Return the spoken narration, from the cache where it is kept; raises `VoiceError`.

    A voice that waits for another program gives up soon after `stopped()`.
    """
    key = _key(voice, text)
    path = cache.find(_KIND, key, SUFFIX)
    kept = _load(path) if path is not None else None
    if kept is not None:
        return kept
    speaking: Voice = voice.until(stopped) if isinstance(voice, PatientVoice) else voice
    if isinstance(speaking, SentenceVoice):
        # Whole narrations are shared: to ask far away for each sentence takes as long as to speak.
        speaking = speaking.keeping(KeptSentences(cache.alone()))
    spoken = mastered(speaking.speak(text))
    with cache.writing(_KIND, key, SUFFIX) as part:
        times = spoken.phones, spoken.words, spoken.begins
        save_speech(part, KeptSpeech(spoken.pcm, SAMPLE_RATE, *times))
    return spoken


def is_spoken(cache: Cache, voice: Voice, text: str) -> bool:
    """Tell whether a narration was spoken on this machine before, as far as can be seen."""
    return cache.path(_KIND, _key(voice, text), SUFFIX).exists()


def mastered(speech: Speech) -> Spoken:
    """Return a voice's speech at the film's rate and loudness."""
    samples = normalized(resampled(speech.samples, speech.rate))
    pcm = np.round(np.clip(samples, -1.0, 1.0) * 32_767).astype(np.int16)
    return Spoken(pcm, speech.phones, speech.words, speech.begins)


def resampled(samples: npt.NDArray[np.float32], rate: int) -> npt.NDArray[np.float32]:
    """Return mono samples at 48 kHz; their number is that of the source, scaled, rounded up."""
    wanted = -(-len(samples) * SAMPLE_RATE // rate)
    if rate == SAMPLE_RATE or not wanted:
        return samples
    frame = av.AudioFrame.from_ndarray(
        np.ascontiguousarray(samples[None, :], np.float32), format="fltp", layout="mono"
    )
    frame.sample_rate, frame.pts = rate, 0
    resampler = av.AudioResampler(format="fltp", layout="mono", rate=SAMPLE_RATE)
    pieces = [
        out.to_ndarray()[0] for out in (*resampler.resample(frame), *resampler.resample(None))
    ]
    joined = np.concatenate(pieces)[:wanted]
    return np.pad(joined, (0, wanted - len(joined)))


def _key(voice: Voice, text: str) -> str:
    return digest(_VERSION, TARGET_LUFS, CEILING, voice.key, text)


def _load(path: Path) -> Spoken | None:
    kept = load_speech(path, np.int16)
    return None if kept is None else Spoken(kept.samples, *kept[2:])
