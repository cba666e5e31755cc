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

_PLURALS: Final = {"de": "'s", "es": "'s"}
"""How the plural is written so that a voice says it with the last letter; others do not say it."""


def lettered_rule(language: str) -> Rule | None:
    """Return the rule that parts the letters of a language's initials; None where it has none."""
    words = spelled_by_all(language)
    if not words:
        return None
    names, plural = _LETTERS.get(language, {}), _PLURALS.get(language, "")

    def say(found: re.Match[str]) -> str | None:
        if found.string.isupper() and not found.string.isalpha():
            return None
        said = " ".join(names.get(letter, letter) for letter in found["word"])
        return said + plural if found["many"] else said

    pattern = rf"(?<![\w.])(?P<word>{any_of(words)})(?P<many>s?)(?![\w])"
    return rule(pattern, say, rf"(?<![\w.])(?:{any_of(words)})(?=s?(?![\w]))")
