"""Whether a dot behind a number makes it an ordinal, as in "am 31. Mai", or ends a sentence.

German writes its nouns with capitals, so a capital tells nothing there. The words that begin a
sentence can be counted, the nouns behind an ordinal cannot.
"""

from __future__ import annotations

import re
from typing import Final

from storyboard.narration.labels import GERMAN_LABELS
from storyboard.narration.opening_words import begins_sentence
from storyboard.spoken_tags import language_of

_WITH_ORDINAL_DOTS: Final = frozenset(
    (
        *("de", "cs", "sk", "pl", "da", "nb", "nn", "no", "fi", "hu", "hr", "bs", "sl", "sr"),
        *("et", "lv", "lt", "tr", "is", "ka"),
    )
)
"""Languages that write "31st" as "31."."""

_CAPITALS_TELL_NOTHING: Final = frozenset(("de", "tr", "ka"))
"""Of these, those that write a capital behind an ordinal amid a sentence, or have no capitals."""

_OF_DATE: Final = re.compile(r"(?:[0-9]{4}|[0-9]{2}|[01]?[0-9])\.$")
_DAY_IN_DIGITS: Final = re.compile(r"[0-3]?[0-9]\.")
"""Of a Korean date: each number has a dot behind it, 26. 3. 31."""


def goes_on_behind_number(before: str, following: str, language: str | None) -> bool:
    """Whether a sentence goes on behind a number and its dot; `before` is the word before them.

    Without a language it does: two sentences that stay one cost less than one that is cut in two.
    """
    if language is None:
        return True
    is_item = not before
    if is_item and following[:1].isalpha():
        return True
    base = language_of(language)
    if base == "ko":
        return _OF_DATE.match(before) is not None and (
            _DAY_IN_DIGITS.match(following) is not None or before.count(".") == 1
        )
    if base not in _WITH_ORDINAL_DOTS:
        return False
    if is_item or not following[:1].isupper():
        return True
    if base != "de":
        return base in _CAPITALS_TELL_NOTHING
    return not (begins_sentence(following, base) or before.strip("(.,:").lower() in GERMAN_LABELS)
