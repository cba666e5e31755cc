"""Speech that may be under the seconds that a generation needs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from math import ceil
from typing import Final

from storyboard.checks.spoken_texts import CERTAIN_SECONDS, short_texts
from storyboard.checks.subject import Finding, Rule, Subject
from storyboard.counting import counted
from storyboard.scripts import UNSPACED, in_class
from storyboard.speech_rates import estimate_seconds
from storyboard.wire import MIN_SPEECH_SECONDS

SAFE_WORDS: Final = 4
"""In scripts that part words by spaces."""

_UNSPACED = re.compile(f"[{in_class(UNSPACED)}]")


def _check(subject: Subject) -> Iterator[Finding]:
    for text, scene, locale in short_texts(subject):
        seconds = estimate_seconds(scene.spoken, locale)
        # `narration-too-short` says so, as an error.
        if seconds < CERTAIN_SECONDS:
            continue
        # There is no counting words where none are parted: the seconds alone decide.
        words = SAFE_WORDS if _UNSPACED.search(text) else len(text.split())
        if seconds < MIN_SPEECH_SECONDS or words < SAFE_WORDS:
            is_quick = seconds < MIN_SPEECH_SECONDS
            amount = f"about {seconds:.1f} s" if is_quick else counted(words, "word")
            yield Finding(
                f"'{text}' is {amount} of speech, and a scene needs {MIN_SPEECH_SECONDS:g} s",
                scene.origin.of("narration"),
                f"say {', '.join(_missing(text, seconds, words))}",
            )


def _missing(text: str, seconds: float, words: int) -> Iterator[str]:
    """Yield what a short text lacks: of characters, at its own pace, and of words."""
    if seconds < MIN_SPEECH_SECONDS:
        lacking = ceil((MIN_SPEECH_SECONDS / seconds - 1) * len(text))
        yield f"about {counted(lacking, 'character')} more"
    if words < SAFE_WORDS:
        yield f"at least {SAFE_WORDS} words"


RULE = Rule("narration-short", _check)
