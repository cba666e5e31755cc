"""A voice behind an HTTP endpoint, asked for each sentence. Trusts nothing that it answers.

It is sent what is read out, in words: captions and estimates are of these, and the times of the
words too. Sentence by sentence, so that it is known to the sample where each of them ends.
"""

from __future__ import annotations

import http.client
import json
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from functools import partial
from hashlib import sha256
from typing import Final

from storyboard.deadline import Deadline
from storyboard.hidden import without
from storyboard.narration.cleaning import clean_narration
from storyboard.narration.read_out import read_out
from storyboard.speech_rates import estimate_seconds
from storyboard.strict_json import NotJson, parse_json
from storyboard.studio.voice.clauses import Clause, clauses_of
from storyboard.studio.voice.endpoint import Endpoint
from storyboard.studio.voice.giving_up import Stopped, ended_by, never, wait_for
from storyboard.studio.voice.languages import find_language
from storyboard.studio.voice.levels import in_turn, join, level, sounding
from storyboard.studio.voice.sound_reply import NoSound, Sound, sound_of
from storyboard.studio.voice.speech import (
    NOTHING_KEPT,
    SentenceStore,
    Speech,
    VoiceError,
)
from storyboard.studio.voice.timed_letters import timed
from storyboard.timed_request import Reply, ask, target_of
from storyboard.whole_numbers import whole_number

ASKING: Final = "1"
"""Changes when the same row and text come to sound differently; part of the cache key."""

TIMEOUT_SECONDS: Final = 120.0
"""For a sentence, with all tries."""

MAX_REPLY_BYTES: Final = 64 << 20
"""Two minutes of the best sound there is take 46 MB."""

_TRIES: Final = 4
_WAITS: Final = (1.0, 3.0, 8.0)
"""Seconds before a try again, unless the endpoint says another number."""

_LONGEST_WAIT: Final = 30.0
_AGAIN: Final = frozenset((429, 500, 502, 503, 504, 529))
_AT_ONCE: Final = 2

_LONGEST: Final = (5.0, 4.0)
_SHORTEST: Final = 0.15
"""Of what a sentence is estimated to take: so many seconds and so many times that at most, and this
share at least, beyond which an endpoint speaks something else. A choice."""

_SAID: Final = 200


@dataclass(frozen=True, slots=True)
class EndpointVoice:
    """Speaks a language, the tag of a film, as a row tells; its key is the `secret`, or empty."""

    endpoint: Endpoint
    language: str
    secret: str = field(default="", repr=False)
    timeout: float = TIMEOUT_SECONDS
    wait: Callable[[float, Stopped], None] = wait_for
    stopped: Stopped = never
    sentences: SentenceStore = NOTHING_KEPT

    @property
    def key(self) -> str:
        """Identify endpoint, person and language, for caches."""
        row = replace(self.endpoint, presenters=())
        mark = sha256(row.mark().encode()).hexdigest()
        return f"endpoint/{ASKING}/{self.language}/{mark}"

    def speak(self, text: str) -> Speech:
        """Speak a narration, two sentences at a time; raises `VoiceError`."""
        sentences = self._sentences(text)
        pool = ThreadPoolExecutor(_AT_ONCE)
        try:
            parts = tuple(in_turn(pool.map(self._say_once, sentences)))
        finally:  # once a sentence has failed, no other one is asked for
            pool.shutdown(cancel_futures=True)
        rates = sorted({part.rate for part in parts})
        if len(rates) > 1:
            raise self._failed(f"speaks at {rates[0]} and {rates[1]} samples a second")
        return join(parts)

    def until(self, stopped: Stopped) -> EndpointVoice:
        """Return the same voice, which gives up soon after `stopped()`."""
        return replace(self, stopped=stopped)

    def keeping(self, sentences: SentenceStore) -> EndpointVoice:
        """Return the same voice, which asks for no sentence that is kept."""
        return replace(self, sentences=sentences)

    def stream(self, text: str) -> Iterator[Speech]:
        """Give the whole speech: what flows already cannot fail any more, and an endpoint may."""
        yield self.speak(text)

    def _sentences(self, text: str) -> list[tuple[str, tuple[Clause, ...]]]:
        sentences = read_out(clean_narration(text), self.language).sentences
        known = find_language(self.language)
        espeak = "" if known is None else known.espeak or _ENGLISH[known.tag]
        clauses = clauses_of(sentences, self.language, espeak)
        saying = [each for each in zip(sentences, clauses, strict=True) if each[1]]
        if not saying:
            raise VoiceError(
                f"nothing in '{text[:60]}' can be spoken by the voice '{self.endpoint.name}'",
                language=self.language,
            )
        return saying

    def _say_once(self, told: tuple[str, tuple[Clause, ...]]) -> Speech | None:
        """Return a sentence's speech; of one that is kept, the sound alone: its times are new."""
        sentence, clauses = told
        kept = self.sentences.spoken((self.key, sentence), partial(self._say, sentence))
        return kept and timed(kept.samples, kept.rate, clauses)

    def _say(self, sentence: str) -> Speech:
        if self.stopped():
            raise self._failed("is not waited for any more")
        try:
            sound = self._asked(sentence)
        except NoSound as cause:
            raise self._failed(f"answers no sound: {cause}") from cause
        estimate = estimate_seconds(sentence, self.language)
        seconds, most = len(sound.samples) / sound.rate, _LONGEST[0] + _LONGEST[1] * estimate
        if sounding(sound.samples, sound.rate) == (0, 0):
            raise self._failed(f"is silent at '{sentence[:60]}'")
        if not _SHORTEST * estimate <= seconds <= most:
            raise self._failed(f"speaks {seconds:.1f} seconds for '{sentence[:60]}'")
        return Speech(level(sound.samples, sound.rate), sound.rate, ())

    def _asked(self, sentence: str) -> Sound:
        with Deadline(self.timeout) as deadline, ended_by(self.stopped, deadline.end):
            for number in range(_TRIES):
                reply = self._post(sentence, deadline)
                if reply.status not in _AGAIN or number == _TRIES - 1:
                    break
                wait = min(_LONGEST_WAIT, _told_wait(reply) or _WAITS[number])
                if wait > deadline.seconds_left:
                    break
                self.wait(wait, self.stopped)
        if reply.status != 200:
            raise self._failed(f"answers {reply.status}{self._reason(reply)}")
        if len(reply.content) > MAX_REPLY_BYTES:
            raise self._failed(f"answers more than {MAX_REPLY_BYTES:,} bytes")
        return sound_of(reply.content, self.endpoint.format, self.endpoint.rate)

    def _post(self, sentence: str, deadline: Deadline) -> Reply:
        row = self.endpoint
        body = {"input": sentence, "voice": row.voice, "response_format": row.format}
        optional = {"model": row.model, "instructions": row.instructions, "speed": row.speed}
        body_text = json.dumps(body | {n: each for n, each in optional.items() if each})
        headers = {"Content-Type": "application/json", "Accept": "*/*"}
        if self.secret:
            headers["Authorization"] = f"Bearer {self.secret}"
        try:
            return ask(
                row.origin,
                "POST",
                target_of(row.url),
                headers=headers,
                most=MAX_REPLY_BYTES,
                deadline=deadline,
                body=body_text.encode(),
            )
        except TimeoutError as cause:
            raise self._failed(f"does not answer within {self.timeout:g} s") from cause
        except (OSError, http.client.HTTPException) as cause:
            raise self._failed(f"cannot be reached: {cause}") from cause

    def _reason(self, reply: Reply) -> str:
        """Return what an endpoint says of its refusal, without the key, which some repeat."""
        if 300 <= reply.status < 400:
            return ", and redirects are not followed"
        try:
            told = parse_json(reply.content[:10_000])
        except NotJson:
            return ""
        error = told.get("error", told) if isinstance(told, dict) else told
        said = error.get("message") if isinstance(error, dict) else error
        if not isinstance(said, str) or not said.strip():
            return ""
        plain = " ".join(said.split())
        if self.secret:
            plain = without(plain, self.secret)
        return f": {plain[:_SAID]}"

    def _failed(self, what: str) -> VoiceError:
        return VoiceError(f"the voice '{self.endpoint.name}' {what}", language=self.language)


_ENGLISH: Final = {"en": "en-us", "en-GB": "en-gb"}
"""The names of espeak-ng for the languages that another engine speaks."""


def _told_wait(reply: Reply) -> float | None:
    """Return how long an endpoint asks to wait, in seconds."""
    number = whole_number(reply.headers.get("Retry-After", ""))
    return None if number is None else float(number)
