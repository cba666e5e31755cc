"""A name for what was chosen (`generateName`, guide §7): its own most telling phrases.

Knows no grammar, but that German writes its nouns with capitals, and Japanese its endings in kana.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from storyboard.scripts import HAN, KANA, in_class
from storyboard.studio.compose.words import STOPWORDS, stems

MAX_CHARACTERS: Final = 80
"""Of a name, which lists show in a line. A choice."""
_LONGEST_PHRASE: Final = 3
"""Words: longer ones are clauses, which a name is not."""
_ASKED_WEIGHT: Final = 4.0
"""How much more a phrase counts that has a word of the brief. A choice."""
_MOST_TERMS: Final = 8
"""Pairs of signs: what is longer, in a script that parts no words, is a clause."""

_RUN: Final = re.compile(r"[^\W\d_][\w'’+#&-]*(?: [^\W\d_][\w'’+#&-]*)*")
_NO_NAME: Final = re.compile(r"(?<!\S)\S*(?:[/\\@_=<>]|--|\w\.\w)\S*")
_GLUE: Final = re.compile(
    r"[\u3041-\u309f]+|[的了是在和与及也都就而但把被让从到对为上中下这那我你他她它们]+"
)
_DENSE: Final = re.compile(f"[{in_class(KANA + HAN)}]")
"""Scripts of which two signs are a word; Thai and Khmer need more letters, as alphabets do."""

_CAPITALS: Final = re.compile(r"(?<=[^\W\d_] )[^\W\d_]\S{2,}")
_MANY_CAPITALS: Final = 0.2
"""Share of words with a capital inside of sentences, from which on it tells names: less is chance.
"""

_NUMBERS: Final = frozenset(
    """
    zero two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
    sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety
    hundred thousand million billion percent half first second third fourth last next per
    zwei drei vier fünf sechs sieben acht neun zehn elf zwölf zwanzig hundert tausend prozent
    deux trois quatre cinq sept huit neuf dix vingt cent mille pour-cent
    dos tres cuatro cinco siete ocho nueve diez veinte cien mil ciento
    """.split()  # noqa: SIM905
)
"""Words that make a name no better: how many, which one."""


def name_of(chosen: Sequence[str], whole: Sequence[str] = (), brief: str = "") -> str | None:
    """Return one or two phrases of the chosen texts, `None` where no word can name them.

    A phrase is a run of words without function words; it counts by how often its words come back
    in the whole, which is the chosen texts where no other is given, and more if the brief has them.
    """
    counts = Counter(term for text in whole or chosen for term in stems(text))
    only_capitals = _capital_share(whole or chosen) > _MANY_CAPITALS
    phrases = Counter(phrase for text in chosen for phrase in _phrases(text, only_capitals))
    asked = frozenset(stems(brief))
    weights = {phrase: _weight(phrase, counts, asked) for phrase in phrases}
    ranked = sorted(phrases, key=lambda phrase: (-weights[phrase], -phrases[phrase], -len(phrase)))
    best: list[str] = []
    for phrase in ranked:
        if weights[phrase] > 0 and not any(_is_alike(phrase, other) for other in best):
            best.append(phrase)
        if len(best) == 2:
            break
    title = best[0] if best else ""
    if len(best) > 1 and len(title) + len(best[1]) + 2 <= MAX_CHARACTERS:
        title = f"{title}, {best[1]}"
    title = title[:MAX_CHARACTERS].strip(" ,-")
    return title[:1].upper() + title[1:] if title else None


def _phrases(text: str, only_capitals: bool) -> Iterator[str]:
    for run in _RUN.finditer(_GLUE.sub(". ", _NO_NAME.sub(".", text))):
        phrase: list[str] = []
        for word in [*run.group().split(" "), ""]:
            if _can_name(word) and (word[0].isupper() or not only_capitals):
                phrase.append(word)
                continue
            if phrase and len(" ".join(phrase)) > 2 - bool(_DENSE.search(phrase[0])):
                yield " ".join(phrase[-_LONGEST_PHRASE:])
            phrase = []


def _can_name(word: str) -> bool:
    plain = word.casefold().replace("’", "'").partition("'")[0]
    is_number = any(part in _NUMBERS for part in plain.split("-"))
    return bool(plain) and plain not in STOPWORDS and not is_number


def _weight(phrase: str, counts: Counter[str], asked: frozenset[str]) -> float:
    """Return what a phrase counts: words that come back, and two or three of them at best."""
    terms = list(stems(phrase))
    if not terms or len(terms) > _MOST_TERMS:
        return 0.0
    length = min(len(terms), _LONGEST_PHRASE)
    back = sum(counts[term] - 0.9 for term in terms) / len(terms) * (1 + 0.5 * (length - 1))
    return back * (1.0 if asked.isdisjoint(terms) else _ASKED_WEIGHT)


def _capital_share(texts: Sequence[str]) -> float:
    """Return how many of the longer words inside of sentences have a capital."""
    found = [word for text in texts for word in _CAPITALS.findall(text)]
    return sum(word[0].isupper() for word in found) / len(found) if found else 0.0


def _is_alike(one: str, other: str) -> bool:
    return bool(set(stems(one)) & set(stems(other)))
