"""Sentences that were spoken before, for the voices that speak each alone. Knows no scene.

A narration in which one word has changed is spoken anew in one sentence; and what a service was
paid for stays, even if it fails at the next sentence.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from storyboard.studio.film.cache import Cache, digest
from storyboard.studio.film.kept_speech import SUFFIX, KeptSpeech, load_speech, save_speech
from storyboard.studio.voice.levels import is_sound
from storyboard.studio.voice.speech import Speech

_KIND: Final = "sentences"
_VERSION: Final = "2"


@dataclass(frozen=True, slots=True)
class KeptSentences:
    """Keeps sentences in a cache, by what was said."""

    cache: Cache

    def spoken(self, said: Sequence[Any], speak: Callable[[], Speech | None]) -> Speech | None:
        """Return the sound of a sentence, from the cache where it is kept; nothing of silence."""
        key = digest(_VERSION, *said)
        kept = self._found(key)
        if kept is not None:
            return kept
        speech = speak()
        if speech is not None:
            self._keep(key, speech)
        return speech

    def _found(self, key: str) -> Speech | None:
        try:
            path = self.cache.find(_KIND, key, SUFFIX)
        except OSError:
            return None
        kept = None if path is None else load_speech(path, np.float32)
        if kept is None or kept.rate <= 0 or not is_sound(kept.samples):
            return None
        return Speech(*kept)

    def _keep(self, key: str, speech: Speech) -> None:
        # A full disk is told where the whole scene is kept, and is no failure of a voice.
        with suppress(OSError), self.cache.writing(_KIND, key, SUFFIX) as part:
            save_speech(part, KeptSpeech(speech.samples, speech.rate, speech.phones, speech.words))
