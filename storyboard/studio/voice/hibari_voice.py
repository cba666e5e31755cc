"""English as one of many people: shapes the one network's speech. Knows no presenter by name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain

import numpy as np

from storyboard.narration.cleaning import clean_narration
from storyboard.narration.read_out import read_out
from storyboard.sentence_marks import MARKS, PAUSES
from storyboard.studio.voice.hibari_network import (
    FRAME_SECONDS,
    Array,
    Network,
    Spectrum,
    engine_version,
    english_network,
)
from storyboard.studio.voice.letter_times import (
    LENGTHENING,
    STRESS,
    Letter,
    named,
    sounds,
    word_spans,
)
from storyboard.studio.voice.levels import (
    SHORTEST_PAUSE_SECONDS,
    heard_spans,
    in_turn,
    join,
    level,
    loudness,
    sounding,
)
from storyboard.studio.voice.phones import merged, spread
from storyboard.studio.voice.speech import (
    NOTHING_KEPT,
    Phone,
    SentenceStore,
    Speech,
    VoiceError,
    Word,
)
from storyboard.studio.voice.speech_runtime import import_speech
from storyboard.studio.voice.spelling import Spelt, groups_of, spell
from storyboard.studio.voice.timbre import Timbre, shape

RATE = 24_000
"""Samples a second."""

SHAPING = "7"
"""Changes when the same settings come to sound differently; part of the cache key."""

_LONGEST = 300
"""Characters without a mark: a second of work. A choice: the longest clause of a novel has as many.
"""

_PARTING = tuple(MARKS + PAUSES)

_AHEAD_FRAMES = 5
"""The sound comes before its letter's duration begins: with this shift vowels are 13 dB louder than
stops, without it they are quieter."""


@dataclass(frozen=True, slots=True)
class HibariVoice:
    """Speaks English with a timbre; the words as in Britain, if so wished.

    Texts are read out as in a `region`, such as `en-ZA`.
    """

    timbre: Timbre
    british: bool = False
    region: str = ""
    sentences: SentenceStore = NOTHING_KEPT

    @property
    def key(self) -> str:
        """Identify engine, version, language and person, for caches."""
        region = "" if self.language == self._spoken else f"/{self.language}"
        return f"{engine_version()}/{SHAPING}/{self._spoken}{region}/{self.timbre.key}"

    @property
    def language(self) -> str:
        """The tag of what it speaks."""
        return self.region or self._spoken

    @property
    def _spoken(self) -> str:
        return "en-GB" if self.british else "en"

    def speak(self, text: str) -> Speech:
        """Speak a narration; raises `VoiceError` where nothing in it can be spoken.

        Two sentences are spoken at a time: a film in which one scene has changed waits for nothing
        else.
        """
        with ThreadPoolExecutor(2) as pool:
            return join(tuple(_audible(text, pool.map(self._say, self._sentences(text)))))

    def keeping(self, sentences: SentenceStore) -> HibariVoice:
        """Return the same voice, which speaks no sentence that is kept."""
        return replace(self, sentences=sentences)

    def stream(self, text: str) -> Iterator[Speech]:
        """Speak sentence by sentence; each piece but the first starts with the pause before it."""
        return _audible(text, map(self._say, self._sentences(text)))

    def _sentences(self, text: str) -> Iterator[tuple[str, Sequence[Spelt]]]:
        """Yield each sentence in the network's letters, and the words that they say."""
        network = english_network()

        def count_alone(word: str) -> int:
            return sum(map(groups_of, network.phonemise(word, british=self.british)))

        sentences = read_out(clean_narration(text), self.language).sentences
        for sentence in chain.from_iterable(map(_parts, sentences)):
            chunks = network.phonemise(sentence, british=self.british)
            yield from zip(chunks, spell(sentence, chunks, count_alone), strict=True)

    def _say(self, sentence: tuple[str, Sequence[Spelt]]) -> Speech | None:
        letters, words = sentence
        spelt = [(word.text, word.groups) for word in words]
        say = partial(speak_letters, english_network(), letters, self.timbre, words)
        return self.sentences.spoken((self.key, letters, spelt), say)


def _parts(sentence: str) -> Iterator[str]:
    """Yield a sentence, parted between words where no mark stands for longer than any has breath.

    The network speaks a whole one at once: five thousand characters took it 16 seconds, for which
    others waited.
    """
    part: list[str] = []
    length = 0
    for word in sentence.split(" "):
        length += len(word) + 1
        if length > _LONGEST and part:
            yield " ".join(part)
            part, length = [], len(word) + 1
        part.append(word)
        if word.endswith(_PARTING):
            length = 0
    yield " ".join(part)


def _audible(text: str, spoken: Iterable[Speech | None]) -> Iterator[Speech]:
    """Yield what makes a sound; raises `VoiceError` where nothing does."""
    is_silent = True
    for speech in in_turn(spoken):
        is_silent = False
        yield speech
    if is_silent:
        raise VoiceError(f"nothing in '{text[:60]}' can be spoken in English", language="en")


def speak_letters(
    network: Network, letters: str, timbre: Timbre, words: Sequence[Spelt] = ()
) -> Speech | None:
    """Speak one sentence given in the network's letters; `None` where it makes no sound.

    `words` are those that the letters say. The speech has their times as the network tells them, or
    else when something is heard.
    """
    dsp = import_speech("hibari.dsp")
    found = network.predict(letters, timbre.speed)
    if found is None:
        return None
    s = shape(found, timbre)
    noise = np.random.default_rng(0)
    samples = dsp.synth(s.harmonic, s.phase, s.noise, s.free, s.free_phase, s.f0, noise)
    levelled = level(np.asarray(samples, np.float32), RATE)
    if sounding(levelled, RATE) == (0, 0):
        return None
    if found.frames is None:
        heard = heard_spans(levelled, RATE, SHORTEST_PAUSE_SECONDS)
        told = tuple(named([word.text for word in words], heard))
        return Speech(levelled, RATE, merged(_guessed(found, levelled)), told)
    return Speech(levelled, RATE, merged(sounds(_letters(found))), tuple(_words(found, words)))


def _letters(found: Spectrum) -> Iterator[Letter]:
    """Time the letters by the network's durations."""
    assert found.frames is not None
    now = 0
    for symbol, length in zip(found.symbols, found.frames, strict=True):
        yield symbol, _heard(now), _heard(now + length)
        now += length


def _words(found: Spectrum, words: Sequence[Spelt]) -> Iterator[Word]:
    """Time the words by the groups of sounds between the blanks; all as one if these differ."""
    groups = word_spans(_letters(found))
    if len(groups) != sum(word.groups for word in words):
        yield from named([word.text for word in words], groups)
        return
    taken = 0
    for word in words:
        start, end = groups[taken][0], groups[taken + word.groups - 1][1]
        taken += word.groups
        if end > start:
            yield Word(word.text, start, end)


def _heard(frame: int) -> float:
    return max(0, frame - _AHEAD_FRAMES) * FRAME_SECONDS


def _guessed(found: Spectrum, samples: Array) -> Iterator[Phone]:
    """Time the sounds by loudness: the letters in order, spread evenly over what can be heard."""
    spoken = [s for s in found.symbols if s.isalpha() and s not in STRESS | LENGTHENING]
    rms = loudness(samples, RATE)
    heard = np.flatnonzero(rms > rms.max() * 0.05)
    share = np.array_split(heard, len(spoken))
    for symbol, hops in zip(spoken, share, strict=True):
        if len(hops):
            yield from spread(symbol, int(hops[0]) * 0.01, (int(hops[-1]) + 1) * 0.01)
