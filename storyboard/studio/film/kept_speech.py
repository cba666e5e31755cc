"""Speech in files: samples, and the times of sounds and words. Knows no voice and no key."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from storyboard.studio.film.kept_arrays import load_arrays
from storyboard.studio.voice.sample_rates import SAMPLE_RATES
from storyboard.studio.voice.speech import Phone, Word

SUFFIX = ".npz"


class KeptSpeech(NamedTuple):
    """What stands in such a file."""

    samples: npt.NDArray[Any]
    rate: int
    phones: tuple[Phone, ...]
    words: tuple[Word, ...]
    begins: tuple[float, ...] = ()


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
            begins=np.array(speech.begins, np.float64),
        )


def load_speech(path: Path, kind: npt.DTypeLike) -> KeptSpeech | None:
    """Read mono samples of a kind and their times; None where no voice can have given them."""
    names = ("samples", "rate", "phones", "phone_times", "words", "word_times", "begins")
    kept = load_arrays(path, names)
    if kept is None:
        return None
    samples = kept["samples"]
    if samples.dtype != kind or samples.ndim != 1 or not len(samples):
        return None
    try:
        return KeptSpeech(
            samples,
            _rate(kept["rate"]),
            tuple(Phone(*row) for row in _timed(kept["phones"], kept["phone_times"])),
            tuple(Word(*row) for row in _timed(kept["words"], kept["word_times"])),
            tuple(_seconds(kept["begins"])),
        )
    except (ValueError, TypeError, SystemError):  # NumPy's, for letters beyond Unicode
        return None


def _rate(told: npt.NDArray[Any]) -> int:
    if told.dtype.kind not in "iu" or told.shape or int(told) not in SAMPLE_RATES:
        raise ValueError("no rate of samples")
    return int(told)


def _seconds(times: npt.NDArray[Any]) -> list[float]:
    if times.ndim != 1 or times.dtype.kind != "f" or not np.isfinite(times).all():
        raise ValueError("no times")
    return [float(each) for each in times.tolist()]


def _timed(texts: npt.NDArray[Any], times: npt.NDArray[Any]) -> Iterator[tuple[str, float, float]]:
    """Yield each text with its stretch; raises `ValueError` for what is no text or no time."""
    if texts.dtype.kind != "U" or times.dtype.kind not in "iuf" or not np.isfinite(times).all():
        raise ValueError("no texts with times")
    for text, (start, end) in zip(texts.tolist(), times.tolist(), strict=True):
        text.encode()  # half a character is no text
        yield text, float(start), float(end)
