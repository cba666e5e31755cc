"""Narrations as sound, spoken once and kept. Knows voices, no picture."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import av
import numpy as np
import numpy.typing as npt

from storyboard.studio.film.cache import Cache, digest
from storyboard.studio.film.kept_arrays import load_arrays
from storyboard.studio.film.loudness import CEILING, TARGET_LUFS, normalized
from storyboard.studio.film.timeline import SAMPLE_RATE
from storyboard.studio.voice.giving_up import Stopped, never
from storyboard.studio.voice.speech import PatientVoice, Phone, Speech, Voice, Word

_KIND, _SUFFIX = "speech", ".npz"
_VERSION = "1"


@dataclass(frozen=True, slots=True)
class Spoken:
    """A narration at the film's loudness: int16 mono at 48 kHz, with the voice's timing."""

    pcm: npt.NDArray[np.int16]
    phones: tuple[Phone, ...]
    words: tuple[Word, ...]

    @property
    def seconds(self) -> float:
        """Length of the speech."""
        return len(self.pcm) / SAMPLE_RATE


def speak(cache: Cache, voice: Voice, text: str, stopped: Stopped = never) -> Spoken:
    """Return the spoken narration, from the cache where it is kept; raises `VoiceError`.

    A voice that waits for another program gives up soon after `stopped()`.
    """
    key = _key(voice, text)
    path = cache.find(_KIND, key, _SUFFIX)
    kept = _load(path) if path is not None else None
    if kept is not None:
        return kept
    speaking = voice.until(stopped) if isinstance(voice, PatientVoice) else voice
    spoken = mastered(speaking.speak(text))
    with cache.writing(_KIND, key, _SUFFIX) as part:
        _save(part, spoken)
    return spoken


def is_spoken(cache: Cache, voice: Voice, text: str) -> bool:
    """Tell whether a narration was spoken on this machine before, as far as can be seen."""
    return cache.path(_KIND, _key(voice, text), _SUFFIX).exists()


def mastered(speech: Speech) -> Spoken:
    """Return a voice's speech at the film's rate and loudness."""
    samples = normalized(resampled(speech.samples, speech.rate))
    pcm = np.round(np.clip(samples, -1.0, 1.0) * 32_767).astype(np.int16)
    return Spoken(pcm, speech.phones, speech.words)


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


def _save(path: Path, spoken: Spoken) -> None:
    with path.open("wb") as file:
        np.savez(
            file,
            pcm=spoken.pcm,
            phones=np.array([phone.symbol for phone in spoken.phones], dtype=np.str_),
            phone_times=np.array([(p.start, p.end) for p in spoken.phones]).reshape(-1, 2),
            words=np.array([word.text for word in spoken.words], dtype=np.str_),
            word_times=np.array([(w.start, w.end) for w in spoken.words]).reshape(-1, 2),
        )


def _load(path: Path) -> Spoken | None:
    """Read what `_save` wrote; None where the file is damaged."""
    kept = load_arrays(path, ("pcm", "phones", "phone_times", "words", "word_times"))
    if kept is None or kept["pcm"].dtype != np.int16 or kept["pcm"].ndim != 1:
        return None
    try:
        phones = zip(kept["phones"].tolist(), kept["phone_times"].tolist(), strict=True)
        words = zip(kept["words"].tolist(), kept["word_times"].tolist(), strict=True)
        return Spoken(
            kept["pcm"],
            tuple(Phone(str(symbol), *map(float, times)) for symbol, times in phones),
            tuple(Word(str(text), *map(float, times)) for text, times in words),
        )
    except (ValueError, TypeError, SystemError):  # NumPy's, for letters beyond Unicode
        return None
