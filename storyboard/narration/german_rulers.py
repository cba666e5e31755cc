"""How German counts its kings and queens: Ludwig der Vierzehnte, von Elisabeth der Zweiten.

Knows the words before the number, and no sentence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum
from typing import Final

from storyboard.narration.grammar import Form
from storyboard.narration.grammars.german import ordinal

_KINGS: Final = frozenset(
    (
        *(
            "Albert",
            "Albrecht",
            "Alexander",
            "Alfons",
            "Benedikt",
            "Bonifaz",
            "Christian",
        ),
        *("Clemens", "Eduard", "Erich", "Ferdinand", "Franz", "Friedrich", "Georg", "Gregor"),
        *("Gustav", "Haakon", "Harald", "Heinrich", "Innozenz", "Iwan", "Jakob", "Johann"),
        *("Johannes", "Josef", "Joseph", "Julius", "Karl", "Konrad", "Leo", "Leopold", "Ludwig"),
        *("Manuel", "Maximilian", "Napoleon", "Nikolaus", "Otto", "Papst", "Paul", "Peter"),
        *("Philipp", "Pius", "Ramses", "Richard", "Rudolf", "Sigismund", "Sixtus", "Urban"),
        *("Viktor", "Wenzel", "Wilhelm", "Charles", "George", "James", "Louis", "William"),
        *("Felipe", "Carlos", "Fernando", "Pedro", "Vittorio", "Emanuele", "Umberto", "Juan"),
    )
)
_QUEENS: Final = frozenset(
    (
        *("Anna", "Beatrix", "Christina", "Elisabeth", "Elizabeth", "Isabella", "Isabel"),
        *("Johanna", "Juliana", "Katharina", "Margarete", "Margarethe", "Margrethe", "Maria"),
        *("Viktoria", "Victoria", "Wilhelmina"),
    )
)
_MALE: Final = frozenset(
    ("König", "Kaiser", "Zar", "Papst", "Fürst", "Herzog", "Prinz", "Graf", "Sultan", "Pharao")
)
_FEMALE: Final = frozenset(
    ("Königin", "Kaiserin", "Zarin", "Fürstin", "Herzogin", "Prinzessin", "Gräfin")
)
_GENITIVE_TITLE: Final = re.compile(r"(?:König|Kaiser|Zar|Papst|Fürst|Herzog|Prinz|Graf)(?:e?s|en)")
_NAME: Final = re.compile(r"[A-ZÄÖÜ][a-zäöüß]+")
_WORD: Final = re.compile(r"[^\W\d_]+")
_NEXT_TO: Final = re.compile(r"[^\W\d_]\s+$")
_ROMAN: Final = re.compile("[IVX]{1,6}")
_BETWEEN: Final = frozenset(("und", "oder", "sowie", "bis"))
"""Words between two rulers, of whom the second one is in the case of the first."""

_LOOKED_AT: Final = 120
"""Characters before a number that hold the rulers of a list, and what stands before them."""


class _Case(Enum):
    NOMINATIVE = "der Erste, die Erste"
    GENITIVE = "des Ersten, der Ersten"
    DATIVE = "dem Ersten, der Ersten"
    ACCUSATIVE = "den Ersten, die Erste"


_WITH_CASE: Final = {
    **dict.fromkeys(("während", "wegen", "trotz", "statt", "des"), _Case.GENITIVE),
    **dict.fromkeys(
        (
            *("mit", "von", "vom", "unter", "bei", "beim", "nach", "zu", "zum", "zur", "seit"),
            *("aus", "vor", "gegenüber", "neben", "zwischen", "außer", "dank", "hinter", "dem"),
        ),
        _Case.DATIVE,
    ),
    **dict.fromkeys(
        ("für", "gegen", "durch", "ohne", "um", "auf", "an", "über", "den"), _Case.ACCUSATIVE
    ),
}  # fmt: skip
_ARTICLES: Final = {_Case.NOMINATIVE: "der", _Case.GENITIVE: "des", _Case.DATIVE: "dem"}


def say_german_ruler(before: str, number: int) -> str | None:
    """Say the number of a king or a queen behind a text; None where it ends in no such name."""
    words = _WORD.findall(before[-_LOOKED_AT:])
    if not words or not _NEXT_TO.search(before):
        return None
    title, name = _title_at(words), words[-1]
    bare = name if name in _KINGS | _QUEENS else name.removesuffix("s")
    if title is None and bare not in _KINGS | _QUEENS:
        return None
    is_female = bare in _QUEENS if title is None else words[title] in _FEMALE
    is_genitive = name != bare if title is None else _GENITIVE_TITLE.fullmatch(words[title])
    is_genitive = is_genitive or (name != bare and bare in _KINGS | _QUEENS)
    case = _Case.GENITIVE if is_genitive else _case(_before_rulers(words), is_female)
    is_plain = case is _Case.NOMINATIVE or (is_female and case is _Case.ACCUSATIVE)
    said = ordinal(number, Form.PLAIN if is_plain else Form.OBLIQUE).capitalize()
    if is_female:
        return f"{'die' if is_plain else 'der'} {said}"
    return f"{_ARTICLES.get(case, 'den')} {said}"


def _title_at(words: Sequence[str]) -> int | None:
    """Return where the title before one or two names stands: König Karl, Papst Johannes Paul."""
    for at in range(len(words) - 2, max(-1, len(words) - 4), -1):
        is_title = words[at] in _MALE | _FEMALE or _GENITIVE_TITLE.fullmatch(words[at])
        if is_title and all(_NAME.fullmatch(each) for each in words[at + 1 :]):
            return at
    return None


def _before_rulers(words: Sequence[str]) -> Sequence[str]:
    """Return the words before a ruler and those of the same list: mit Ludwig XIV. und Karl."""
    title = _title_at(words)
    before = words[: -1 if title is None else title]
    while title is None and before and before[-1] in _KINGS | _QUEENS:
        before = before[:-1]  # Johannes Paul
    others = before[:-1] if before and before[-1] in _BETWEEN else before
    if len(others) > 1 and _ROMAN.fullmatch(others[-1]) and _NAME.fullmatch(others[-2]):
        return _before_rulers(others[:-1])
    return before


def _case(words: Sequence[str], is_female: bool) -> _Case:
    """Return the case that the word before a name or its title puts them in."""
    last = words[-1].lower() if words else ""
    if is_female and last == "der":
        return _Case.DATIVE
    return _WITH_CASE.get(last, _Case.NOMINATIVE)
