"""Speech that may be under the second and a half that a generation needs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from storyboard.checks.rules.narration_too_short import CERTAIN_SECONDS
from storyboard.checks.spoken_texts import short_texts
from storyboard.checks.subject import Finding, Rule, Subject
from storyboard.scripts import UNSPACED, in_class
from storyboard.speech_rates import estimate_seconds

SAFE_SECONDS: Final = 1.5
SAFE_WORDS: Final = 4
"""In scripts that part words by spaces."""

_UNSPACED = re.compile(f"[{in_class(UNSPACED)}]")


def _check(subject: Subject) -> Iterator[Finding]:
    for text, scene, locale in short_texts(subject):
        seconds = estimate_seconds(text, locale)
        if seconds < CERTAIN_SECONDS:
            continue
        words = SAFE_WORDS if _UNSPACED.search(text) else len(text.split())
        if seconds < SAFE_SECONDS or words < SAFE_WORDS:
            amount = f"about {seconds:.1f} s" if seconds < SAFE_SECONDS else f"{words} words"
            yield Finding(
                f"'{text}' is {amount} of speech, and a scene needs 1.5 s",
                scene.origin.of("narration"),
                "say at least four words",
            )


RULE = Rule("narration-short", _check)
