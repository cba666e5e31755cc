"""A name for what was chosen (`generateName`, guide §7): its own most telling phrases.

Knows no grammar.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from storyboard.studio.compose.words import STOPWORDS, stems

MAX_CHARACTERS: Final = 80
_LONGEST_PHRASE: Final = 4
_RUN: Final = re.compile(r"[^\W_][\w'’+#&/-]*(?: [^\W_][\w'’+#&/-]*)*")


def name_of(texts: Sequence[str]) -> str | None:
    """Return one or two phrases of the texts, `None` where they have no word to name them by.

    A phrase is a run of words without function words; it counts by how often its words come back.
    """
    phrases = list(dict.fromkeys(phrase for text in texts for phrase in _phrases(text)))
    counts = Counter(term for text in texts for term in stems(text))
    ranked = sorted(phrases, key=lambda phrase: (-_weight(phrase, counts), len(phrase)))
    chosen: list[str] = []
    for phrase in ranked:
        if len(chosen) < 2 and not any(_is_alike(phrase, other) for other in chosen):
            chosen.append(phrase)
    title = chosen[0] if chosen else ""
    if len(chosen) > 1 and len(title) + len(chosen[1]) + 2 <= MAX_CHARACTERS:
        title = f"{title}, {chosen[1]}"
    title = title[:MAX_CHARACTERS].strip(" ,-")
    return title[:1].upper() + title[1:] if title else None


def _phrases(text: str) -> Iterator[str]:
    for run in _RUN.finditer(text):
        phrase: list[str] = []
        for word in [*run.group().split(" "), ""]:
            if word and word.casefold() not in STOPWORDS and not word.isdigit():
                phrase.append(word)
                continue
            if phrase and len(" ".join(phrase)) > 2:
                yield " ".join(phrase[:_LONGEST_PHRASE])
            phrase = []


def _weight(phrase: str, counts: Counter[str]) -> float:
    """Return what a phrase counts: words that come back, and two or three of them at best."""
    terms = list(stems(phrase))
    if not terms:
        return 0.0
    length = min(len(terms), 3)
    return sum(counts[term] for term in terms) / len(terms) * (1 + 0.5 * (length - 1))


def _is_alike(one: str, other: str) -> bool:
    return bool(set(stems(one)) & set(stems(other)))
