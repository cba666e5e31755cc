"""Speech in files: samples, and the times of sounds and words. Knows no voice and no key."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from storyboard.studio.film.kept_arrays import load_arrays
from storyboard.studio.voice.speech import Phone, Word

SUFFIX = ".npz"


class KeptSpeech(NamedTuple):
    """What stands in such a file."""

    samples: npt.NDArray[Any]
    rate: int
    phones: tuple[Phone, ...]
    words: tuple[Word, ...]


def save_speech(path: Path, speech: KeptSpeech) -> None:
    """Write a speech."""
    with path.open("wb") as file:
        np.savez(
            file,
            samples=speech.samples,
            rate=np.array(speech.rate),
            phones=np.array([phone.symbol for phone in speech.phones], dtype=np.str_),
            phone_times=np.array([(p.start, p.end) for p in speech.phones]).reshape(-1, 2),
            words=np.array([word.text for word in speech.words], dtype=np.str_),
            word_times=np.array([(w.start, w.end) for w in speech.words]).reshape(-1, 2),
        )


def load_speech(path: Path, kind: npt.DTypeLike) -> KeptSpeech | None:
    """Read mono samples of a kind and their times; None where the file is damaged."""
    names = ("samples", "rate", "phones", "phone_times", "words", "word_times")
    kept = load_arrays(path, names)
    if kept is None or kept["samples"].dtype != kind or kept["samples"].ndim != 1:
        return None
    try:
        phones = zip(kept["phones"].tolist(), kept["phone_times"].tolist(), strict=True)
        words = zip(kept["words"].tolist(), kept["word_times"].tolist(), strict=True)
        return KeptSpeech(
            kept["samples"],
            int(kept["rate"]),
            tuple(Phone(str(symbol), *map(float, times)) for symbol, times in phones),
            tuple(Word(str(text), *map(float, times)) for text, times in words),
        )
    except (ValueError, TypeError, SystemError):  # NumPy's, for letters beyond Unicode
        return None
