"""What it costs to begin a sentence at a German word, where there is no punctuation.

German writes nouns with capitals, in automatic captions too, and has the verb of a main clause in
the second place: a noun with what stands before it, and then a verb, is where one begins. Knows no
pause and no length.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

_VERBS: Final = frozenset(
    """
    ist sind war waren hat haben hatte hatten wird werden wurde wurden kann können konnte muss
    müssen soll sollen darf dürfen will wollen mag gibt geht steht liegt kommt sitzt sieht
    """.split()  # noqa: SIM905
)
_MODALS: Final = frozenset("können müssen sollen dürfen wollen haben werden sind".split())  # noqa: SIM905
_NO_VERBS: Final = frozenset(
    """
    nicht mit seit selbst sonst erst fast oft jetzt zuerst direkt dort bereits vielleicht rund weit
    zwischen neben gegen wegen oben unten hinten morgen gestern heute leicht gut acht einen den
    keinen meinen ihren deren denen jeden allen vielen diesen welchen drinnen draußen zweiten
    ersten meisten letzten nächsten einigen wenigen
    """.split()  # noqa: SIM905
)
_SUBJECTS: Final = frozenset("ich wir es man er niemand jeder alles".split())  # noqa: SIM905
_OPENERS: Final = frozenset("wenn danach dann dort hier leere kleine große alle".split())  # noqa: SIM905
_PAIRS: Final = frozenset("und oder aber sondern".split())  # noqa: SIM905
_VERB_LIKE: Final = re.compile(r"[a-zäöüß]{2,}(?:t|en|te|ten|ern|eln)")
_OF_NOUNS: Final = frozenset("der des dem den dieser zur zum vom von mit im in".split())  # noqa: SIM905
_PLACES: Final = frozenset(
    "am an auf aus bei beim bis für hinter im in mit nach unter vom von vor zum zur über".split()  # noqa: SIM905
)
_PHRASE: Final = 5
"""Words of a noun with what stands before it: "auf den obersten drei Stufen"."""

_SURE, _GAIN, _COST = -3.5, -2.5, 3.0


def german_costs(words: Sequence[str]) -> list[float]:
    """Return what it costs to begin a sentence at each word; less than 0 where one may begin."""
    return [_cost(words, at) if at else 0.0 for at in range(len(words))]


def _cost(words: Sequence[str], at: int) -> float:
    word, behind = words[at], words[at + 1] if at + 1 < len(words) else ""
    if word in _PAIRS:
        return _COST
    if behind == "Sie" and _is_verb(word) and word not in _MODALS and not _is_verb(words[at - 1]):
        return _SURE if words[at - 1] not in _OPENERS else _COST
    if word in _SUBJECTS:
        return _SURE if _is_verb(behind) and not _is_verb(words[at - 1]) else _COST
    if word in _OPENERS:
        return _GAIN
    if _is_noun(word) or _is_verb(word):
        return _COST
    if not _opens_clause(words, at):
        return 1.0
    # "am Ende der Schicht", "die Hitze in der Halle": these belong to the noun before.
    is_of_noun = word in _OF_NOUNS and _is_noun(words[at - 1])
    return 1.0 if is_of_noun else _GAIN if word in _PLACES else _SURE


def _opens_clause(words: Sequence[str], at: int) -> bool:
    """Whether a noun and a verb follow, as at the beginning of a main clause."""
    end = min(len(words) - 1, at + _PHRASE)
    noun = next((n for n in range(at, end) if _is_noun(words[n])), None)
    if noun is None or any(_is_verb(words[n]) and n > at for n in range(at, noun - 1)):
        return False
    return _is_verb(words[noun + 1])


def _is_noun(word: str) -> bool:
    return word[:1].isupper() and word != "Sie"


def _is_verb(word: str) -> bool:
    return word in _VERBS or (word not in _NO_VERBS and _VERB_LIKE.fullmatch(word) is not None)
