"""All languages but English, spoken by a worker process; this side never loads the library."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from itertools import accumulate, chain, pairwise
from pathlib import Path
from typing import Any, TypeVar

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

_Moment = TypeVar("_Moment", int, float)
"""A sample, or a second."""

_MARKS = MARKS + PAUSES + OPENERS + CLOSERS

BETWEEN = "\n\n"
"""Between two sentences: the engine makes a pause there, whatever their marks are."""

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
            f"{engine_version()}{vowels}/7/{self.language}/{self.espeak_name}+{t.variant}"
            f"/{self._rate},{t.pitch},{t.melody}"
        )

    def speak(self, text: str) -> Speech:
        """Speak a narration; raises `VoiceError` where it cannot, or the worker fails."""
        sentences = read_out(clean_narration(text), self.language).sentences
        written = written_for(self.language, BETWEEN.join(sentences))
        with data_folder() as data:
            request: dict[str, str | int] = {
                "library": _library(),
                "data": data,
                "voice": f"{self.espeak_name}+{self.throat.variant}",
                "rate": self._rate,
                "pitch": self.throat.pitch,
                "range": self.throat.melody,
                "text": written,
            }
            answer, samples = _ask(self.worker, request, self.timeout)
        speech = _speech(answer, samples, written)
        if levels.sounding(speech.samples, speech.rate) == (0, 0):
            raise VoiceError(
                f"nothing in '{text[:60]}' can be spoken in '{self.language}'",
                language=self.language,
            )
        return levels.trim(speech, levels.LEAD_SECONDS, levels.TAIL_SECONDS)

    def stream(self, text: str) -> Iterator[Speech]:
        """Give the whole speech: a worker makes a minute of it in a tenth of a second."""
        yield self.speak(text)

    @property
    def _rate(self) -> int:
        return round(self.words_per_minute * self.throat.pace)


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


@dataclass(frozen=True, slots=True)
class _Said:
    """What a worker answers: a sound or a word begins at a sample, a word stands at a place."""

    rate: int
    samples: levels.Samples
    phones: tuple[tuple[str, int], ...]
    words: tuple[tuple[int, int, int], ...]


def _speech(answer: Mapping[str, Any], pcm: bytes, text: str) -> Speech:
    said = _on_steps(_said(answer, pcm), text)
    rate = said.rate
    samples = levels.level(said.samples, rate)
    phones = [(symbol, at / rate) for symbol, at in said.phones]
    words = [(place, length, at / rate) for place, length, at in said.words]
    end = len(samples) / rate
    return Speech(samples, rate, _phones(phones, end), tuple(_words(words, text, phones, end)))


def _said(answer: Mapping[str, Any], pcm: bytes) -> _Said:
    try:
        rate, count = int(answer["rate"]), int(answer["samples"])
        if rate <= 0:
            raise ValueError(rate)
        phones = tuple((str(symbol), int(at)) for symbol, at in answer["phones"])
        words = tuple((int(p), int(n), int(at)) for p, n, at in answer["words"])
    except (KeyError, TypeError, ValueError) as garbage:
        raise VoiceError("the voice worker gave an answer that cannot be read") from garbage
    if len(pcm) != 2 * count:
        raise VoiceError("the voice worker's answer was cut off")
    samples = np.frombuffer(pcm, np.int16).astype(np.float32) / np.float32(32768)
    return _Said(rate, samples, phones, words)


def _on_steps(said: _Said, text: str) -> _Said:
    """Make the pauses between sentences longer, by less than a step, as all voices have them."""
    step = said.rate // levels.STEP
    first, _ = levels.sounding(said.samples, said.rate)
    cuts: list[int] = []
    added = [0]
    for silence, begin in _pauses(said, text):
        cuts.append((silence + begin) // 2)
        added.append(added[-1] + (first - begin - added[-1]) % step)
    if not cuts:
        return said

    def moved(at: int) -> int:
        return at + added[bisect_right(cuts, at)]

    longer = [np.zeros(more - before, np.float32) for before, more in pairwise(added)]
    pieces = np.split(said.samples, cuts)
    return _Said(
        said.rate,
        np.concatenate([pieces[0], *chain.from_iterable(zip(longer, pieces[1:], strict=True))]),
        tuple((symbol, moved(at)) for symbol, at in said.phones),
        tuple((place, length, moved(at)) for place, length, at in said.words),
    )


def _pauses(said: _Said, text: str) -> Iterator[tuple[int, int]]:
    """Yield where the pause before a sentence begins, and where it ends."""
    lengths = (len(sentence) + len(BETWEEN) for sentence in text.split(BETWEEN)[:-1])
    sentences = [0, *accumulate(lengths)]
    begins = [at for _, at in said.phones]
    now = 0
    for place, at in _forward(said.words, text):
        number, before = bisect_right(sentences, place) - 1, bisect_left(begins, at) - 1
        if number > now and before >= 0 and not said.phones[before][0]:
            yield begins[before], at
        now = number


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
        sounds = [(at, min(stop, following)) for at, stop in among]
        parts = [part for part in text[place:until].split(BETWEEN) if _says_something(part)]
        yield from _apart([_without_marks(part) for part in parts], start, sounds)


def _apart(
    parts: Sequence[str], start: float, sounds: Sequence[tuple[float, float]]
) -> Iterator[Word]:
    """Yield words of several sentences that the engine told as one, parted by the longest pauses.

    All last from `start` until the end of the last of their `sounds`.
    """
    pauses = sorted(pairwise(sounds), key=lambda two: two[0][1] - two[1][0])[: len(parts) - 1]
    begins = [start, *sorted(following for _, (following, _) in pauses)]
    ends = [*sorted(end for (_, end), _ in pauses), *(end for _, end in sounds[-1:])]
    for part, begin, end in zip(parts, begins, ends, strict=False):
        if end > begin:
            yield Word(part, begin, end)


def _without_marks(text: str) -> str:
    return " ".join(text.split()).strip(_MARKS)


def _says_something(text: str) -> bool:
    return any(map(str.isalnum, text))


def _forward(
    begins: Iterable[tuple[int, int, _Moment]], text: str
) -> Iterator[tuple[int, _Moment]]:
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
