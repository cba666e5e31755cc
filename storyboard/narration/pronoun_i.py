"""Tells the English word "I" from a Roman numeral, by what stands beside it. Only English."""

from __future__ import annotations

import re
from typing import Final

from storyboard.narration.english_counts import is_plural
from storyboard.narration.rule import NO_NOUN, word_behind, words_before

_IN_PART: Final = re.compile(r"(?<!\w)in part $", re.IGNORECASE)

_DETERMINERS: Final = frozenset(
    (
        *("the", "a", "an", "this", "that", "our", "its", "their", "your", "my", "his", "her", "s"),
        *("first", "original", "old", "new", "every", "each"),
    )
)
"""Words before a model: "the Mark I", "Harvard's Mark I"."""

_THIS: Final = frozenset(
    ("this", "that", "my", "our", "next", "last", "previous", "first", "final", "following")
)
"""Words before a chapter that has no number: "in this chapter I explain"."""

_OF_ME: Final = frozenset(
    (
        *("am", "was", "have", "had", "will", "would", "can", "could", "should", "do", "did"),
        *("may", "might", "must", "think", "know", "like", "love", "want", "need", "see", "saw"),
        *("said", "say", "mentioned", "wrote", "explain", "explained", "show", "showed", "use"),
        *("used", "describe", "described", "read", "liked", "mean", "meant", "found", "find"),
        *("made", "make", "enjoy", "enjoyed", "prefer", "hate", "wanted", "needed", "just"),
    )
)
"""What follows "I" and no numeral: "the part I like", and not "the type I error"."""

_NOT_OF_ME: Final = (NO_NOUN - {"was"}) | frozenset(
    ("has", "were", "are", "does", "of", "but", "which", "that", "because", "we", "you", "it")
)
"""What follows a numeral, and never "I"."""


def is_pronoun(found: re.Match[str], label: str) -> bool:
    """Whether the "I" behind a model or a part is the speaker: "I told Mark I was late"."""
    behind = word_behind(found)
    text, start = found.string, found.start()
    if not behind.islower() or behind in _NOT_OF_ME:
        return False
    if _IN_PART.search(text[:start]):
        return True
    words = words_before(found)
    before = words[-2] if len(words) > 1 else ""
    if label == "Mark":
        return before not in _DETERMINERS and not is_plural(behind)
    if not label.islower():
        return False
    return before in _THIS or (before == "the" and behind in _OF_ME)
