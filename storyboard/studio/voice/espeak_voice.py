"""All languages but English, spoken by a worker process; this side never loads the library."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from importlib.metadata import version
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from storyboard.narration.cleaning import clean_narration
from storyboard.narration.read_out import read_out
from storyboard.sentence_marks import CLOSERS, MARKS, OPENERS, PAUSES
from storyboard.spoken_tags import language_of
from storyboard.studio.voice import levels
from storyboard.studio.voice.arabic import vowels_version, with_vowels
from storyboard.studio.voice.phones import merged, spread
from storyboard.studio.voice.speech import Phone, Speech, VoiceError, Word

AHEAD_SECONDS = 0.0375
"""Events of sounds come late, those of vowels behind their onset: with this shift vowels are 20 dB
louder than stops, without it 10 dB. Events of words and of pauses are on time."""

TIMEOUT_SECONDS = 60.0
"""A worker speaks an hour in this time; one that needs longer hangs."""

WORKER = (sys.executable, "-I", "-S", str(Path(__file__).with_name("espeak_worker.py")))

ENGLISH = "English (Great Britain)"
"""Who tells how English words sound: Japanese has them without an r at the end, as Britain does."""

_MARKS = MARKS + PAUSES + OPENERS + CLOSERS

BETWEEN = "\n\n"
"""Between two sentences of a text that is written otherwise for the engine."""

_PAUSE_WORDS = 1.4
"""Words that could be said in the pause between two sentences: as long as the engine makes it."""

_BESIDE_STEPS = levels.TAIL_SECONDS % (1 / levels.STEP)
"""Makes the silence before a sentence, which is what is left of the pause, last whole steps."""

_LONGEST_DATA_PATH = 140
"""The library's buffer for paths has 160 bytes, for the folder and the files in it."""


@dataclass(frozen=True, slots=True)
class Throat:
    """How a person differs: a voice variant of espeak-ng, and shifts of pitch and pace.

    `pitch` and `melody` run from 0 to 99, 50 is the variant's own; `pace` is a factor.
    """

    variant: str
    pitch: int = 50
    melody: int = 50
    pace: float = 1.0


@dataclass(frozen=True, slots=True)
class EspeakVoice:
    """Speaks one language of espeak-ng with a throat."""

    language: str
    espeak_name: str
    words_per_minute: int
    throat: Throat
    worker: Sequence[str] = WORKER
    timeout: float = TIMEOUT_SECONDS

    @property
    def key(self) -> str:
        """Identify engine, version, language and person, for caches."""
        t = self.throat
        vowels = f"/{vowels_version()}" if language_of(self.language) == "ar" else ""
        vowels += "/words-in-kana" if language_of(self.language) == "ja" else ""
        return (
            f"{engine_version()}{vowels}/8/{self.language}/{self.espeak_name}+{t.variant}"
            f"/{self._rate},{t.pitch},{t.melody}"
        )

    def speak(self, text: str) -> Speech:
        """Speak a narration; raises `VoiceError` where it cannot, or the worker fails."""
        sentences = read_out(clean_narration(text), self.language).sentences
        written = written_for(self.language, BETWEEN.join(sentences)).split(BETWEEN)
        with data_folder() as data:
            request: dict[str, object] = {
                "library": _library(),
                "data": data,
                "voice": f"{self.espeak_name}+{self.throat.variant}",
                "rate": self._rate,
                "pitch": self.throat.pitch,
                "range": self.throat.melody,
                "texts": written,
            }
            answer, samples = _ask(self.worker, request, self.timeout)
        spoken = _speeches(answer, samples, written)
        parts = tuple(levels.in_turn(spoken, self._pause))
        if not parts:
            raise VoiceError(
                f"nothing in '{text[:60]}' can be spoken in '{self.language}'",
                language=self.language,
            )
        speech = levels.join(parts)
        return replace(speech, samples=levels.level(speech.samples, speech.rate))

    def stream(self, text: str) -> Iterator[Speech]:
        """Give the whole speech: a worker makes a minute of it in a tenth of a second."""
        yield self.speak(text)

    @property
    def _rate(self) -> int:
        return round(self.words_per_minute * self.throat.pace)

    @property
    def _pause(self) -> float:
        """Seconds between two sentences, in whole steps: who speaks slowly makes longer ones."""
        return round(_PAUSE_WORDS * 60 / self._rate * levels.STEP) / levels.STEP + _BESIDE_STEPS


def written_for(language: str, text: str) -> str:
    """Write a text as the engine reads it best: Japanese in kana, Arabic with its vowels."""
    match language_of(language):
        case "ja":
            from storyboard.studio.voice.japanese import in_kana

            return in_kana(text, lambda words: letters_of(words, ENGLISH))
        case "ar":
            return with_vowels(text)
        case _:
            return text


def letters_of(clauses: Sequence[str], voice: str) -> tuple[str, ...]:
    """Return the letters (IPA, words parted by blanks) that a voice says clauses with.

    Raises `VoiceError`.
    """
    with data_folder() as data:
        request = {"library": _library(), "data": data, "voice": voice, "clauses": list(clauses)}
        answer, _ = _ask(WORKER, request, TIMEOUT_SECONDS)
    told = answer.get("letters")
    if not isinstance(told, list) or len(told) != len(clauses):
        raise VoiceError("the voice worker gave an answer that cannot be read")
    return tuple(map(str, told))


@cache
def engine_version() -> str:
    """Name the engine and its version, for cache keys."""
    return f"espeakng-loader-{version('espeakng-loader')}"


def _ask(
    worker: Sequence[str], request: Mapping[str, object], timeout: float
) -> tuple[dict[str, Any], bytes]:
    try:
        done = subprocess.run(
            list(worker), input=json.dumps(request).encode(), capture_output=True, timeout=timeout
        )
    except subprocess.TimeoutExpired as late:
        raise VoiceError(f"the voice worker did not answer in {timeout:g} seconds") from late
    except OSError as failure:
        raise VoiceError(f"the voice worker cannot be started: {failure}") from failure
    if done.returncode != 0:
        tail = done.stderr.decode(errors="replace").strip().rpartition("\n")[2]
        raise VoiceError(f"the voice worker died with status {done.returncode}", stderr=tail)
    head, _, samples = done.stdout.partition(b"\n")
    try:
        answer = json.loads(head)
    except ValueError as garbage:
        raise VoiceError("the voice worker gave an answer that cannot be read") from garbage
    if not isinstance(answer, dict):
        raise VoiceError("the voice worker gave an answer that cannot be read")
    if "error" in answer:
        raise VoiceError(str(answer["error"]))
    return answer, samples


def _speeches(
    answer: Mapping[str, Any], pcm: bytes, texts: Sequence[str]
) -> Iterator[Speech | None]:
    """Yield what is heard of each text, None of silence; raises `VoiceError`."""
    done = 0
    try:
        rate, told = int(answer["rate"]), answer["said"]
        if rate <= 0 or len(told) != len(texts):
            raise ValueError(rate)
        for text, its in zip(texts, told, strict=True):
            count = int(its["samples"])
            phones = [(str(symbol), int(at) / rate) for symbol, at in its["phones"]]
            words = [(int(place), int(n), int(at) / rate) for place, n, at in its["words"]]
            raw = pcm[2 * done : 2 * (done + count)]
            done += count
            if len(raw) != 2 * count:
                raise VoiceError("the voice worker's answer was cut off")
            yield _speech(rate, raw, phones, words, text)
    except (KeyError, TypeError, ValueError) as garbage:
        raise VoiceError("the voice worker gave an answer that cannot be read") from garbage


def _speech(
    rate: int,
    pcm: bytes,
    phones: Sequence[tuple[str, float]],
    words: Sequence[tuple[int, int, float]],
    text: str,
) -> Speech | None:
    samples = np.frombuffer(pcm, np.int16).astype(np.float32) / np.float32(32768)
    if levels.sounding(samples, rate) == (0, 0):
        return None
    end = len(samples) / rate
    return Speech(samples, rate, _phones(phones, end), tuple(_words(words, text, phones, end)))


def _phones(begins: Sequence[tuple[str, float]], end: float) -> tuple[Phone, ...]:
    """Close each sound where the next begins, all of them ahead of their events."""
    heard = [(symbol, max(0.0, start - AHEAD_SECONDS)) for symbol, start in begins]
    ends = [start for _, start in heard[1:]] + [end]
    return merged(
        phone
        for (symbol, start), stop in zip(heard, ends, strict=True)
        for phone in spread(symbol, start, stop)
    )


def _words(
    begins: Sequence[tuple[int, int, float]],
    text: str,
    phones: Sequence[tuple[str, float]],
    end: float,
) -> Iterator[Word]:
    """Close each word where the next begins, or where the pause before that does.

    The engine tells of no word that it says in one with the one before ("d'acqua"), and several
    times of one that it says in pieces, such as a number: a word has all that is written from its
    place to that of the next.
    """
    closed = [*(start for _, start in phones[1:]), end]
    heard = [(at, stop) for (sign, at), stop in zip(phones, closed, strict=True) if sign]
    told = list(_forward(begins, text))
    if told and heard:
        told[0] = (0, min(heard[0][0], told[0][1]))
    for (place, start), (until, following) in pairwise([*told, (len(text), end)]):
        among = heard[bisect_left(heard, (start,)) : bisect_left(heard, (following,))]
        stop = min(among[-1][1], following) if among else start
        if stop > start and _says_something(text[place:until]):
            yield Word(_without_marks(text[place:until]), start, stop)


def _without_marks(text: str) -> str:
    return " ".join(text.split()).strip(f"{_MARKS} ")


def _says_something(text: str) -> bool:
    return any(map(str.isalnum, text))


def _forward(begins: Iterable[tuple[int, int, float]], text: str) -> Iterator[tuple[int, float]]:
    """Yield the place and the time of each word that begins behind all that was said before."""
    done = -1
    for place, length, start in begins:
        if place >= done and _says_something(text[place : place + length]):
            yield place, start
            done = place + length


def _library() -> str:
    import espeakng_loader

    return str(espeakng_loader.get_library_path())


@contextmanager
def data_folder(folder: Path | None = None) -> Iterator[str]:
    """Give the folder of the library's data, by a short link where its path is too long for it."""
    if folder is None:
        import espeakng_loader

        folder = Path(espeakng_loader.get_data_path())
    if len(str(folder).encode()) <= _LONGEST_DATA_PATH:
        yield str(folder)
        return
    with tempfile.TemporaryDirectory(prefix="voice-") as short:
        link = Path(short) / folder.name
        link.symlink_to(folder, target_is_directory=True)
        yield str(link)
