"""How far estimates of speech are from what the local studio's voices take, text by text.

`python -m benchmarks speech_length` prints the errors, and those of characters at the language's
rate beside them. `python -m benchmarks.speech_length --fit [LANGUAGE…]` prints what `_PACES` of
`storyboard/speech_rates.py` would be by least squares over the calibrating texts.
"""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from benchmarks.measuring import Row
from storyboard.narration.spoken_parts import spoken_parts
from storyboard.speech_rates import (
    RATES,
    estimate_seconds,
    letters_seconds,
    rate_of,
    vowel_groups,
)
from storyboard.studio.voice.casting import voice_for

PRESENTERS: Final = ("jane", "adam", "ming")
TEXTS: Final = Path(__file__).with_name("speech_texts.toml")
_AT_ONCE: Final = 2


@dataclass(frozen=True, slots=True)
class Spoken:
    """A text of a kind, whether it calibrates the estimate, and the mean of what voices take."""

    language: str
    kind: str
    calibrates: bool
    text: str
    seconds: float

    def error(self, estimate: Callable[[str, str], float]) -> float:
        """Return by which share an estimate is too long; below zero, too short."""
        return estimate(self.text, self.language) / self.seconds - 1


@cache
def spoken_texts(languages: tuple[str, ...] = ()) -> tuple[Spoken, ...]:
    """Speak the texts of some languages, or of all."""
    found = tomllib.loads(TEXTS.read_text(encoding="utf-8"))
    texts = [
        (language, kind, number % 2 == 0, text)
        for language, kinds in found.items()
        if not languages or language in languages
        for kind, each in {**kinds, "talk": _talks(kinds["prose"])}.items()
        for number, text in enumerate(each)
    ]
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        return tuple(pool.map(_speak, texts))


def measure() -> Iterator[Row]:
    """Yield the errors of all texts, of those that calibrate nothing, and of each kind."""
    spoken = spoken_texts()
    tests = [each for each in spoken if not each.calibrates]
    yield from _rows("characters at the rate", spoken, by_characters)
    yield from _rows("the estimate", spoken, estimate_seconds)
    yield from _rows("the estimate, texts that calibrate nothing", tests, estimate_seconds)
    for kind in dict.fromkeys(each.kind for each in spoken):
        of_kind = [each for each in spoken if each.kind == kind]
        yield from _rows(f"the estimate, {kind}", of_kind, estimate_seconds)
    for language in dict.fromkeys(each.language for each in spoken):
        of_language = [each for each in spoken if each.language == language]
        yield from _rows(f"the estimate, {language}", of_language, estimate_seconds)


def by_characters(text: str, language: str) -> float:
    """Return what the characters of a text take at its language's rate, as many estimate it."""
    return len(text) / rate_of(language)


def _talks(prose: Sequence[str]) -> Sequence[str]:
    """Join sentences as a narration does; texts that calibrate nothing stay among themselves."""
    first, second, third, fourth, fifth = prose
    pairs = ((first, third), (second, fourth), (third, fifth), (fourth, second), (fifth, first))
    return [" ".join(pair) for pair in pairs]


def _speak(each: tuple[str, str, bool, str]) -> Spoken:
    language, _, _, text = each
    spoken = [voice_for(presenter, language).speak(text).seconds for presenter in PRESENTERS]
    return Spoken(*each, sum(spoken) / len(spoken))


def _rows(
    name: str, spoken: Sequence[Spoken], estimate: Callable[[str, str], float]
) -> Iterator[Row]:
    errors = sorted((each.error(estimate) for each in spoken), key=abs)
    sizes = np.abs(errors)
    short, long = min(errors), max(errors)
    detail = (
        f"95 of 100 within {np.quantile(sizes, 0.95):.0%}, from {short:+.0%} to {long:+.0%}; "
        f"{len(errors)} texts"
    )
    yield Row(f"{name}: half of the errors below", float(np.median(sizes)) * 100, "%", "", detail)


def fitted(language: str, spoken: Sequence[Spoken]) -> npt.NDArray[np.float64]:
    """Return quickness, stop, comma, initial, digit and vowels that fit a language's texts best."""
    rows = [_features(each) for each in spoken]
    matrix = np.array([row / each.seconds for row, each in zip(rows, spoken, strict=True)])
    matters = matrix.any(axis=0)
    found = np.zeros(matrix.shape[1])
    found[matters] = np.linalg.lstsq(matrix[:, matters], np.ones(len(rows)), rcond=None)[0]
    found[0] = 1 / found[0]
    return found


def _features(spoken: Spoken) -> npt.NDArray[Any]:
    parts = spoken_parts(spoken.text, spoken.language)
    vowels = vowel_groups(parts.letters) if spoken.language == "en" else 0
    at_rate = letters_seconds(parts.letters, spoken.language, 1.0)
    return np.array([at_rate, parts.stops, parts.commas, parts.initials, parts.digits, vowels])


def print_fit(languages: Sequence[str]) -> None:
    """Print the paces that fit best."""
    spoken = spoken_texts(tuple(languages))
    for language in dict.fromkeys(each.language for each in spoken):
        theirs = [each for each in spoken if each.language == language and each.calibrates]
        paces = ", ".join(f"{value:.2f}" for value in fitted(language, theirs))
        print(f'"{language}": _Pace({paces}),  # {RATES[language]:g} characters a second')


if __name__ == "__main__":
    print_fit([each for each in sys.argv[1:] if each != "--fit"])
