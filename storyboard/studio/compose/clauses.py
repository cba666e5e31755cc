"""Where the clauses of English words are that have no punctuation: by what kind of word each is.

Knows verbs that clauses have and words that tie clauses together; knows no pause and no length. The
kinds are told by the tagger of the English voice.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from pathlib import Path
from typing import Any, Final

from storyboard.studio.voice.speech_runtime import import_speech

_FINITE: Final = frozenset(("VBZ", "VBD", "VBP", "MD"))
_TIES: Final = frozenset(
    """
    that which who whom whose when where while what why how if because since although though unless
    until before after as than whether so
    """.split()  # noqa: SIM905
)
_OFTEN_BEFORE_NOUNS: Final = frozenset(("as", "than", "before", "after", "since"))
_PAIRS: Final = frozenset(("and", "but", "or", "nor"))
_OBJECTS: Final = frozenset(
    ("me", "him", "them", "us", "it", "you", "her", "this", "that", "these")
)
_WITHIN: Final = 5
"""Words behind "and" within which a verb tells that it ties clauses, and not two nouns."""

_ENDS: Final = {
    **dict.fromkeys(("DT", "PRP$", "TO", "CC", "MD", "WDT", "WP", "WRB", "EX", "POS"), 5.0),
    **dict.fromkeys(("VBZ", "VBP", "VBD", "VB", "IN"), 2.0),
    "JJ": 1.0,
}
"""What it costs to end a clause with a kind of word that few, or none, end with."""

_BEGINS: Final = {
    **dict.fromkeys(("VBN", "VBG", "RP", "POS", "TO", "VBZ", "VBD", "VBP", "MD"), 5.0),
    **dict.fromkeys(("NN", "NNS", "CD", "RB"), 2.5),
    **dict.fromkeys(("WDT", "WP"), 4.0),
    **dict.fromkeys(("DT", "PRP$"), -0.8),
    "IN": 1.0,
}
"""What it costs to begin one with a kind of word."""


@dataclass(frozen=True, slots=True)
class Clauses:
    """How many clauses there are up to each word, and what it costs to begin one there."""

    until: tuple[int, ...]
    costs: tuple[float, ...]


def clauses_of(words: Sequence[str]) -> Clauses:
    """Return the clauses of English words."""
    kinds = _tagger()(list(words))
    low = [word.casefold() for word in words]
    verbs = [_is_verb(low, kinds, at) for at in range(len(words))]
    counts = (verbs[at] - _ties(low, kinds, verbs, at) for at in range(len(words)))
    costs = (_cost(low, kinds, verbs, at) for at in range(len(words)))
    return Clauses((0, *accumulate(counts)), tuple(costs))


def _is_verb(words: Sequence[str], kinds: Sequence[str], at: int) -> bool:
    """Whether a word is the verb of a clause: a finite one, or one that tells to do something."""
    if kinds[at] in _FINITE:
        # "do you know", "would have": the second is no clause of its own.
        return not any(kinds[near] == "MD" for near in range(max(0, at - 2), at))
    if kinds[at] != "VB":
        return False
    before = kinds[max(0, at - 3) : at]
    return not any(kind in ("TO", "MD") or kind in _FINITE for kind in before)


def _ties(words: Sequence[str], kinds: Sequence[str], verbs: Sequence[bool], at: int) -> bool:
    """Whether a word ties the clause that follows to another one."""
    word = words[at]
    if word not in _PAIRS and word not in _TIES:
        # "I think you know": a pronoun at once behind a verb is the subject of what is thought.
        is_told = at > 0 and kinds[at - 1] in ("VBP", "VBD") and word not in _OBJECTS
        return kinds[at] == "PRP" and is_told
    near = range(at + 1, min(len(words), at + 2 * _WITHIN))
    verb = next((n for n in near if verbs[n]), len(words))
    other = next((n for n in near if words[n] in _TIES or words[n] in _PAIRS), len(words))
    return verb < other and (verb - at <= _WITHIN or word in _TIES - _OFTEN_BEFORE_NOUNS)


def _cost(words: Sequence[str], kinds: Sequence[str], verbs: Sequence[bool], at: int) -> float:
    """Return what it costs to begin a sentence at a word; less than 0 where one probably does."""
    if at == 0:
        return 0.0
    word = words[at]
    cost = 0.0 if words[at - 1] in _OBJECTS else _ENDS.get(kinds[at - 1], 0.0)
    if word in _PAIRS:
        return cost + (0.5 if _ties(words, kinds, verbs, at) else 5.0)
    cost += 1.0 if word in _TIES else 0.0
    if kinds[at] in ("PRP", "EX"):
        is_subject = any(kind in _FINITE for kind in kinds[at + 1 : at + 3])
        return cost - 2.0 if is_subject and word not in ("them", "me") else cost + 3.0
    return cost + _BEGINS.get(kinds[at], 0.0)


@cache
def _tagger() -> Any:
    assets = Path(import_speech("hibari.tts").ASSETS)
    with gzip.open(assets / "tagger.json.gz", "rt", encoding="utf-8") as told:
        return import_speech("hibari.g2p.tagger").Tagger(json.load(told))
