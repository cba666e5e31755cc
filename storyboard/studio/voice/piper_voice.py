"""A voice of one's own: a network of the Piper kind, fed with espeak-ng's sounds. No presenter."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Final

from storyboard.narration.cleaning import clean_narration
from storyboard.narration.read_out import read_out
from storyboard.studio.voice.clauses import Clause, clauses_of
from storyboard.studio.voice.espeak_voice import engine_version
from storyboard.studio.voice.giving_up import Stopped, never
from storyboard.studio.voice.letter_times import Letter
from storyboard.studio.voice.levels import in_turn, join, sounding
from storyboard.studio.voice.model_program import ModelPrograms, Order, Said, model_programs
from storyboard.studio.voice.piper_settings import Fed, Letters, PiperSettings
from storyboard.studio.voice.speech import Speech, VoiceError
from storyboard.studio.voice.timed_letters import timed

FEEDING: Final = "1"
"""Changes when the same model and text come to sound differently; part of the cache key."""

AHEAD_SECONDS: Final = 0.02
"""A sound comes before its letter's duration begins: with this shift vowels of a real voice
(en_US-joe-medium) are 14 dB louder than stops, without it 8 dB."""


@dataclass(frozen=True, slots=True)
class PiperVoice:
    """Speaks a language by a model; `digest` is that of the model, `settings_digest` of its JSON.

    `language` is the tag of the film, whose rules the text is read out by.
    """

    name: str
    model: Path
    digest: str
    settings: PiperSettings
    settings_digest: str
    language: str
    speaker: int | None = None
    programs: ModelPrograms | None = None
    stopped: Stopped = never

    @property
    def key(self) -> str:
        """Identify engine, version, language and person, for caches."""
        files = f"{self.digest}/{self.settings_digest}"
        return f"piper/{FEEDING}/{engine_version()}/{self.language}/{files}/{self.speaker}"

    def speak(self, text: str) -> Speech:
        """Speak a narration; raises `VoiceError` where it cannot, or the model fails."""
        sentences = read_out(clean_narration(text), self.language).sentences
        espeak = self.settings.espeak if self.settings.letters is Letters.SOUNDS else ""
        clauses = [each for each in clauses_of(sentences, self.language, espeak) if each]
        fed = [self.settings.feed(" ".join(c.letters for c in each)) for each in clauses]
        if not any(each.letter.isalpha() for sentence in fed for each in sentence):
            raise VoiceError(
                f"nothing in '{text[:60]}' can be spoken by the voice '{self.name}'",
                language=self.language,
            )
        said = self._said(tuple(tuple(i for each in sent for i in each.ids) for sent in fed))
        parts = list(map(self._sentence, clauses, fed, said))
        return join(tuple(in_turn(parts)))

    def until(self, stopped: Stopped) -> PiperVoice:
        """Return the same voice, which gives up soon after `stopped()`."""
        return replace(self, stopped=stopped)

    def stream(self, text: str) -> Iterator[Speech]:
        """Give the whole speech: a network's random numbers go on from sentence to sentence."""
        yield self.speak(text)

    def _said(self, sentences: tuple[tuple[int, ...], ...]) -> tuple[Said, ...]:
        order = Order(
            self.model,
            self.digest,
            self.settings.rate,
            sentences,
            self.settings.scales,
            self.speaker,
        )
        try:
            said = (self.programs or model_programs()).say(order, self.stopped)
        except VoiceError as failure:
            raise VoiceError(f"the voice '{self.model.name}': {failure}") from failure
        if len(said) != len(sentences):
            raise VoiceError(f"the voice '{self.name}': it speaks another number of sentences")
        return said

    def _sentence(self, clauses: Sequence[Clause], fed: Sequence[Fed], said: Said) -> Speech:
        rate = self.settings.rate
        if sounding(said.samples, rate) == (0, 0):
            words = " ".join(word for clause in clauses for word in clause.words)
            raise VoiceError(f"the voice '{self.name}' is silent at '{words[:60]}'")
        return timed(said.samples, rate, clauses, _told(fed, said, rate))


def _told(fed: Sequence[Fed], said: Said, rate: int) -> tuple[Letter, ...] | None:
    """Return the times of the letters by the model's durations, where they fill the speech."""
    durations = said.durations
    if durations is None or min(durations) < 0 or not sum(durations):
        return None
    unit = len(said.samples) / sum(durations)
    if unit != int(unit):
        return None
    begins = (0.0, *accumulate(durations))
    times = [max(0.0, each * unit / rate - AHEAD_SECONDS) for each in begins]
    ends = accumulate((len(each.ids) for each in fed), initial=0)
    spans = pairwise(ends)
    return tuple((each.letter, times[a], times[b]) for each, (a, b) in zip(fed, spans, strict=True))
