"""Where a voice's failures end: whatever an engine throws is told as a `VoiceError`.

An engine is other people's code, fed with any text: it has failed of digits in circles and of
numbers that were too long. A scene is named for it, and no call of the studio breaks off.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from storyboard.narration.phonemes import has_phonemes
from storyboard.studio.voice.speech import (
    PatientVoice,
    SentenceStore,
    SentenceVoice,
    Speech,
    StreamingVoice,
    VoiceError,
)


@dataclass(frozen=True, slots=True)
class BoundedVoice:
    """A voice that fails in one way only, as by phonemes if it is none that says them."""

    voice: StreamingVoice
    says_phonemes: bool = False

    @property
    def key(self) -> str:
        """Identify engine, version, language and person, for caches."""
        return self.voice.key

    def until(self, stopped: Callable[[], bool]) -> BoundedVoice:
        """Return the same voice; one that may wait long gives up soon after `stopped()`."""
        if not isinstance(self.voice, PatientVoice):
            return self
        return replace(self, voice=self.voice.until(stopped))

    def keeping(self, sentences: SentenceStore) -> BoundedVoice:
        """Return the same voice; one that speaks each sentence alone speaks none that is kept."""
        if not isinstance(self.voice, SentenceVoice):
            return self
        return replace(self, voice=self.voice.keeping(sentences))

    def speak(self, text: str) -> Speech:
        """Speak a narration; raises `VoiceError` alone."""
        with _told(text):
            self._check(text)
            return self.voice.speak(text)

    def stream(self, text: str) -> Iterator[Speech]:
        """Speak it in pieces; raises `VoiceError` alone."""
        with _told(text):
            self._check(text)
            yield from self.voice.stream(text)

    def _check(self, text: str) -> None:
        if not self.says_phonemes and has_phonemes(text):
            raise VoiceError("this voice takes no phonemes: respell the word in letters")


@contextmanager
def _told(text: str) -> Iterator[None]:
    try:
        yield
    except VoiceError:
        raise
    except Exception as failure:
        kind = type(failure).__name__
        raise VoiceError(f"the voice failed at '{text[:60]}': {kind}: {failure}") from failure
