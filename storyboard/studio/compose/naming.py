"""A name for what was chosen (`generateName`, guide §7): a heading, or the most telling noun
phrase.

Knows no grammar; `noun_phrases` says what may be a phrase.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Final

from storyboard.studio.compose.noun_phrases import Phrase, has_noun_capitals, phrases_of
from storyboard.studio.compose.words import brief_terms, stems

MAX_CHARACTERS: Final = 80
"""Of a name, which lists show in a line. A choice."""

_ASKED_WEIGHT: Final = 4.0
"""How much more a phrase counts that has a word of the brief. A choice, as are those below."""

_EARLY_SHARE, _EARLY_WEIGHT = 0.25, 1.25
"""Who speaks of something names it at the beginning."""

_MOSTLY: Final = 1 / 3
"""How often a word stands in a phrase for that to be meant, as a share."""

_PARTS: Final = 8
"""Into so many parts a talk is cut, to see whether all of it is of a phrase."""

_LONG_WORD: Final = 8
"""Letters of a word that means one thing: shorter ones mean many."""

_ANNOUNCES: Final = re.compile(
    r"\b(?:(?:talk|speak|learn|lesson|class|course|lecture|is(?: all)?) (?:about|on)"
    r"|(?:geht es(?: \w+)?|dreht sich(?: \w+)?) um|(?:reden|sprechen) (?:\w+ )?über|thema ist"
    r"|parl\w+ (?:de|di|del|della)|habla\w+ (?:de|del|sobre)|trata de)\s+(?P<what>[^.,;:!?]+)",
    re.IGNORECASE,
)
"""What a speaker announces a topic with."""

_ANNOUNCED_WEIGHT: Final = 1.5

_VERB_WEIGHT: Final = 0.1
"""What never stands behind an article or a preposition is no noun, if it has a verb's ending."""

_NUMBERING: Final = re.compile(
    r"\s*+(?:(?:chapter|section|part|kapitel|abschnitt|teil|chapitre|capítulo)\s++)?"
    r"(?:\d{1,3}(?:\.\d{1,3}){0,4}[.):]?\s++|[IVX]{1,5}[.)]\s++)?[:–—-]?\s*+",
    re.IGNORECASE,
)
_GENERIC: Final = frozenset(
    """
    introduction intro contents agenda overview notes summary abstract preface readme document
    untitled appendix conclusion references faq einleitung inhalt inhaltsverzeichnis übersicht
    notizen zusammenfassung vorwort anhang introducción índice resumen sommaire résumé table
    """.split()  # noqa: SIM905
)


def name_of(chosen: Sequence[str], whole: Sequence[str] = (), brief: str = "") -> str | None:
    """Return the phrase that names the chosen texts best, `None` where no word can.

    It counts by how often it comes back in the whole, which is the chosen texts where no other is
    given, by how much of that it runs through, and more if the brief has a word of it.
    """
    texts = whole or chosen
    capitals = has_noun_capitals(texts)
    places: dict[str, list[int]] = {}
    shown: dict[str, Counter[str]] = {}
    nouns: set[str] = set()
    for number, text in enumerate(texts):
        for phrase in phrases_of(text, noun_capitals=capitals):
            if key := _key(phrase):
                places.setdefault(key, []).append(number)
                shown.setdefault(key, Counter())[phrase.text] += 1 + (not phrase.is_first)
                nouns |= set() if phrase.may_be_verb else {key}
    terms = Counter(term for text in texts for term in set(stems(text)))
    said = {_key(p) for text in chosen for p in phrases_of(text, noun_capitals=capitals)}
    asked = brief_terms(brief)
    told = set(_announced(texts, noun_capitals=capitals))
    weights = {
        key: _weight(key, at, len(texts), terms, asked)
        * (1.0 if key in nouns else _VERB_WEIGHT)
        * (_ANNOUNCED_WEIGHT if key in told else 1.0)
        for key, at in places.items()
        if key in said and (" " not in key or len(at) > 1)
    }
    best = max(weights, key=lambda key: (weights[key], key), default=None)
    if best is None:
        return None
    best = _longer(best, {key: len(places[key]) for key in weights})
    return titled(shown[best].most_common(1)[0][0])


def _announced(texts: Sequence[str], *, noun_capitals: bool) -> Iterator[str]:
    """Yield the first phrase behind each announcement at the beginning of the texts."""
    for text in texts[: max(1, round(_EARLY_SHARE * len(texts)))]:
        for match in _ANNOUNCES.finditer(text):
            phrases = phrases_of(f"the {match['what']}", noun_capitals=noun_capitals)
            yield from islice(filter(None, map(_key, phrases)), 1)


def heading_for(headings: Sequence[str], brief: str = "") -> str | None:
    """Return the heading that names a document: that with most of the brief, else the first one."""
    found = [told for each in headings if (told := _without_number(each))]
    asked = brief_terms(brief)
    if asked and found:
        best = max(found, key=lambda each: len(asked.intersection(stems(each))))
        if asked.intersection(stems(best)):
            return titled(best)
    first = found[0] if found else ""
    return titled(first) if first and first.casefold() not in _GENERIC else None


def titled(text: str) -> str:
    """Return a text as a name: with a capital, unless its first word has one inside."""
    text = text[:MAX_CHARACTERS].strip(" ,;:-–—")
    first = text.split(" ")[0]
    return text if any(letter.isupper() for letter in first) else text[:1].upper() + text[1:]


def _without_number(heading: str) -> str:
    told = " ".join(heading.split()).rstrip(" :")
    rest = told[match.end() :] if (match := _NUMBERING.match(told)) else told
    return rest if any(letter.isalpha() for letter in rest) else ""


def _key(phrase: Phrase) -> str:
    """Return what a phrase has in common with its other forms."""
    words = [" ".join(stems(word)) for word in phrase.words]
    return " ".join(words) if all(words) else ""


def _longer(best: str, counts: Mapping[str, int]) -> str:
    """Return the longest phrase that the best one mostly stands in: "engine" in "search engine"."""
    around = [
        key
        for key, count in counts.items()
        if _stands_in(best, key) and count > 1 and count >= _MOSTLY * counts[best]
    ]
    return max(around, key=lambda key: (key.count(" "), len(key), key), default=best)


def _stands_in(part: str, whole: str) -> bool:
    return f" {part} " in f" {whole} " or (not part.isascii() and part in whole)


def _weight(
    key: str, places: Sequence[int], size: int, terms: Counter[str], asked: frozenset[str]
) -> float:
    """Return what a phrase counts for as a name."""
    parts = key.split(" ")
    back = len(places) if len(parts) > 1 else max(len(places), terms[key])
    spread = len({place * _PARTS // size for place in places})
    letters = sum(map(len, parts)) / len(parts)
    specific = 1.0 if not key.isascii() and len(key) < 7 else min(1.3, letters / _LONG_WORD + 0.3)
    early = _EARLY_WEIGHT if places[0] <= _EARLY_SHARE * size else 1.0
    weight = math.pow(back, 0.7) * (1 + spread) * specific * early * (1 + 0.35 * (len(parts) - 1))
    return weight * (_ASKED_WEIGHT if asked.intersection(parts) else 1.0)
