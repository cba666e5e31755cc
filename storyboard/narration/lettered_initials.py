"""Initials that a voice would say as words, and people letter by letter: EU, and PME in French.

Knows which they are by language. English needs none: its voice spells them itself.
"""

from __future__ import annotations

import re
from typing import Final

from storyboard.narration.initials import spelled_by_all
from storyboard.narration.rule import Rule, any_of, rule

_LETTERS: Final = {"pt": {"A": "Á", "E": "É", "O": "Ó"}}
"""How letters are written so that a voice says their names: alone, they are words to it."""


def lettered_rule(language: str) -> Rule | None:
    """Return the rule that parts the letters of a language's initials; None where it has none."""
    words = spelled_by_all(language)
    if not words:
        return None
    names = _LETTERS.get(language, {})

    def say(found: re.Match[str]) -> str | None:
        if found.string.isupper() and not found.string.isalpha():
            return None
        return " ".join(names.get(letter, letter) for letter in found["word"])

    pattern = rf"(?<![\w.])(?P<word>{any_of(words)})s?(?![\w])"
    return rule(pattern, say, rf"(?<![\w.])(?:{any_of(words)})(?=s?(?![\w]))")
