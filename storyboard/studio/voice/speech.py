"""What a voice gives: samples, and when each sound of the speech happens. Knows no engine."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, Protocol, runtime_checkable

import numpy as np
import numpy.typing as npt


@dataclass(frozen=True, slots=True)
class Phone:
    """One sound in IPA, from `start` to `end` seconds of the speech; `""` is a pause."""

    symbol: str
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Word:
    """One spoken word: its text and its stretch of the speech, in seconds."""

    text: str
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Speech:
    """A spoken narration: mono float32 samples within ±1, and its timing.

    `words` may be empty where the engine gives no word times. `begins` are the seconds at which
    sentences are heard that sound the same whatever stands around them.
    """

    samples: npt.NDArray[np.float32]
    rate: int
    phones: tuple[Phone, ...]
    words: tuple[Word, ...] = ()
    begins: tuple[float, ...] = ()

    @property
    def seconds(self) -> float:
        """Length of the speech."""
        return len(self.samples) / self.rate


class Voice(Protocol):
    """Speaks one language as one person. Deterministic: same text, same samples."""

    @property
    def key(self) -> str:
        """Identify engine, version, language and person, for caches."""
        ...

    def speak(self, text: str) -> Speech:
        """Speak a narration; raises `VoiceError` where it cannot."""
        ...


class VoiceError(Exception):
    """The narration cannot be spoken: no voice for the language, nothing speakable, engine died."""

    def __init__(self, message: str, **details: Any) -> None:
        super().__init__(message)
        self.details = details


@runtime_checkable
class PatientVoice(Protocol):
    """A voice that may have to wait long: for a network, or a model of whatever size."""

    def until(self, stopped: Callable[[], bool]) -> StreamingVoice:
        """Return the same voice, which gives up with a `VoiceError` soon after `stopped()`."""
        ...


class SentenceStore(Protocol):
    """What keeps sentences that were spoken; it may have lost any of them."""

    def spoken(self, said: Sequence[Any], speak: Callable[[], Speech | None]) -> Speech | None:
        """Return what was spoken of `said` before, or else `speak()`, which is kept.

        `said` are plain values (JSON) that decide how it sounds. None is silence.
        """
        ...


@runtime_checkable
class SentenceVoice(Protocol):
    """A voice that speaks each sentence alone, whatever stands around it."""

    def keeping(self, sentences: SentenceStore) -> StreamingVoice:
        """Return the same voice, which speaks no sentence that is kept."""
        ...


class _NothingKept:
    def spoken(self, said: Sequence[Any], speak: Callable[[], Speech | None]) -> Speech | None:
        del said
        return speak()


NOTHING_KEPT: Final[SentenceStore] = _NothingKept()
"""Has every sentence spoken each time."""


class StreamingVoice(Voice, Protocol):
    """A voice that hands out its speech piece by piece, as each is ready."""

    def stream(self, text: str) -> Iterator[Speech]:
        """Speak a narration in pieces; joined end to end they are exactly what `speak` gives."""
        ...
