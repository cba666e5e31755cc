"""Whether a comma stays where a filler between two commas is taken out. Knows no filler.

"The valve, um, has to be closed" needs none, and "If it is hot, um, we stop" does: the comma stays
where a clause begins or ends, or where two phrases of a list meet.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from storyboard.narration.dangling_words import DANGLERS


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_BEGINS_CLAUSE: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        "en": _words(
            """
            and but or so because which who whose where when while although though if unless since
            then not yet i we he she it they you there it's i'm we're they're you're
            """
        ),
        "de": _words(
            """
            aber sondern denn dass ob wie als wenn weil obwohl damit bevor nachdem sodass während
            wo was wer warum falls sobald solange indem um ohne statt also doch welche welcher
            welches
            """
        ),
        "fr": _words(
            """
            et mais ou donc car or puis parce quand lorsque si qui que dont où alors il elle on
            nous vous ils elles je tu c'est
            """
        ),
        "es": _words(
            "y pero o sino porque cuando si aunque mientras que quien donde así entonces pues"
        ),
        "it": _words("e ma o perché quando se anche mentre che chi dove quindi allora poi però"),
    }
)
"""Words that a clause begins with, behind the comma."""

_LEADS_CLAUSE: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        "en": _words(
            """
            if when while because although though since unless before after as once until in on at
            by for with during from under without then now today first second finally
            """
        ),
        "de": _words("wenn weil obwohl als bevor nachdem während sobald solange da falls damit ob"),
        "fr": _words(
            "si quand lorsque comme parce puisque avant après en au aux dans pour pendant"
        ),
        "es": _words("si cuando como porque aunque mientras antes después en al por para"),
        "it": _words("se quando come perché mentre prima dopo in al per durante"),
    }
)
"""Words whose clause or phrase ends with a comma, where it begins the sentence."""

_GERMAN_ENDS: Final = _words(
    "ist sind war waren hat haben hatte wird werden wurde kann muss soll will darf sein"
)
"""Verbs that a German clause ends with."""

_RELATIVE: Final = _words("der die das den dem dessen deren")
_ARTICLES: Final = _words("the a an our my your le la les un une el los las una il lo gli i")
_WORD: Final = re.compile(r"[\w'’]+")


def stays(before: str, behind: str, language: str) -> bool:
    """Whether a comma belongs between what is before and behind a filler; yes if unknown."""
    if language not in _BEGINS_CLAUSE:
        return True
    left, right = _WORD.findall(re.split(r"[,;:.!?]", before)[-1]), _WORD.search(behind)
    if not left or right is None:
        return bool(left)
    first, last, following = left[0].casefold(), left[-1].casefold(), right[0].casefold()
    leads = first in _LEADS_CLAUSE[language]
    if last in DANGLERS and not (leads and last in _GERMAN_ENDS):
        return False
    if leads or following in _BEGINS_CLAUSE[language]:
        return True
    if language == "de":
        return following in _RELATIVE and left[-1][0].isupper()
    return first in _ARTICLES and following in _ARTICLES
