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
    fest laut kalt alt hart exakt bereit bekannt insgesamt überhaupt sofort statt breit echt ernst
    feucht glatt komplett konstant perfekt schlecht spät wert beiden anderen
    """.split()  # noqa: SIM905
)
_SUBJECTS: Final = frozenset("ich wir es man er sie niemand jeder alles".split())  # noqa: SIM905
_OPENERS: Final = frozenset("wenn danach dann dort hier leere kleine große alle".split())  # noqa: SIM905
_PAIRS: Final = frozenset("und oder aber sondern".split())  # noqa: SIM905
_VERB_LIKE: Final = re.compile(r"[a-zäöüß]{2,}(?:t|en|te|ten|ern|eln)")
_OF_NOUNS: Final = frozenset(
    "der des dem den dieser zur zum vom von mit im in einer eines seiner ihrer unserer".split()  # noqa: SIM905
)
_DETERMINERS: Final = frozenset(
    """
    der die das den dem des ein eine einen einem einer eines kein keine keinen mein meine meinen
    unser unsere unseren ihr ihre ihren sein seine seinen dieser diese dieses diesen jeder jede
    jedes jeden alle beide viele einige manche
    """.split()  # noqa: SIM905
)
_CONDITIONS: Final = frozenset("wenn falls sobald nachdem solange sollte".split())  # noqa: SIM905
"""Words that open a clause before the main one: "wenn es brennt drücken Sie den Melder"."""

_SUBORDINATE: Final = frozenset("ob dass weil damit bevor sodass deren dessen denen".split())  # noqa: SIM905
"""Words that go on with a sentence; what stands behind them, and behind the next, does too."""

_OPENS_PART: Final = _SUBORDINATE | frozenset("bis was wer wo wie als".split())  # noqa: SIM905
_PARTICIPLE: Final = re.compile(r"(?:[a-zäöü]{2,5})?ge[a-zäöüß]{3,}(?:t|en)")
_FINITE_IN_GE: Final = frozenset(
    """
    gehen geht gehört gehören geben gelten genügt genügen gelingt gefällt gewinnt gewinnen geschieht
    gerät gelangt gelangen gestaltet gewährt gehorcht genießt genießen
    """.split()  # noqa: SIM905
)
_PLACES: Final = frozenset(
    "am an auf aus bei beim bis für hinter im in mit nach unter vom von vor zum zur über".split()  # noqa: SIM905
)
_MODAL: Final = frozenset(
    """
    soll sollen muss müssen kann können darf dürfen will wollen sollte sollten musste mussten konnte
    konnten
    """.split()  # noqa: SIM905
)
"""Verbs behind which their sentence goes on until an infinitive."""

_AUXILIARY: Final = frozenset("ist sind war waren hat haben wird werden wurde wurden".split())  # noqa: SIM905
_CLOSERS: Final = _SUBORDINATE | _MODAL
"""What an auxiliary stands at the end of a clause behind: "muss zwölf Zeichen haben"."""

_ADVERBS: Final = frozenset(
    """
    deshalb daher außerdem trotzdem zuerst zuletzt inzwischen bisher manchmal oft heute morgen
    besonders anschließend
    """.split()  # noqa: SIM905
)
"""Words that a sentence begins with where its verb follows."""

_ASKING: Final = frozenset("wie was wer warum wo wann wohin woher".split())  # noqa: SIM905
_THEN: Final = frozenset("dann danach dort hier".split())  # noqa: SIM905
_PRONOUNS: Final = frozenset("ich wir sie er es man du".split())  # noqa: SIM905
_NO_END: Final = _PLACES | frozenset("neben gegen ohne durch um zwischen seit während".split())  # noqa: SIM905
"""Words that something goes on behind."""

_CLOSED: Final = -6.0
"""What an auxiliary at the end of a clause gives back: elsewhere no sentence ends with one."""

_NEAR: Final = 10
"""Words before an invitation that hold the beginning of its condition."""

_PHRASE: Final = 5
"""Words of a noun with what stands before it: "auf den obersten drei Stufen"."""

_SURE, _GAIN, _COST = -3.5, -2.5, 3.0


def german_costs(words: Sequence[str]) -> list[float]:
    """Return what it costs to begin a sentence at each word; less than 0 where one may begin."""
    return [_cost(words, at) if at else 0.0 for at in range(len(words))]


def _cost(words: Sequence[str], at: int) -> float:
    cost = _cost_of_start(words, at)
    is_closed = words[at - 1] in _AUXILIARY and not _CLOSERS.isdisjoint(_before(words, at - 1))
    return cost + _CLOSED if is_closed and cost <= _GAIN else cost


def _cost_of_start(words: Sequence[str], at: int) -> float:
    word, behind = words[at], words[at + 1] if at + 1 < len(words) else ""
    if word in _PAIRS or words[at - 1] in _NO_END or words[at - 1] in _MODAL:
        return _COST
    if word in _ADVERBS and _is_finite(behind) and not _is_verb(words[at - 1]):
        return _SURE
    if word in _ASKING and _is_finite(behind):
        return _COST if _is_verb(words[at - 1]) else _SURE
    if (word, behind) == ("vielen", "Dank"):
        return _SURE
    if word in _SUBORDINATE or words[at - 1] in _OPENS_PART:
        return _COST
    if behind == "Sie" and _is_verb(word) and word not in _MODALS:
        return _COST if _is_behind_condition(words, at) else _SURE
    if word in _SUBJECTS:
        is_free = not _is_verb(words[at - 1]) or _is_closed_by_infinitive(words, at)
        is_told = _is_verb(behind) or (word == "ich" and behind.endswith("e"))
        return _SURE if is_told and is_free else _COST
    if word in _OPENERS:
        goes_on = word == "dann" and not _CONDITIONS.isdisjoint(_before(words, at))
        return _COST if word in _THEN and (goes_on or not _is_verb(behind)) else _GAIN
    if _is_noun(word) or _is_verb(word):
        return _COST
    if word in _PLACES and _is_inverted(words, at):
        return _SURE
    is_inside = at > 1 and words[at - 2] in _DETERMINERS and not _is_noun(words[at - 1])
    if is_inside or not _opens_clause(words, at):
        return 1.0
    # "am Ende der Schicht", "die Hitze in der Halle": these belong to the noun before.
    is_of_noun = word in _OF_NOUNS and _is_noun(words[at - 1])
    return 1.0 if is_of_noun else _GAIN if word in _PLACES else _SURE


def _is_behind_condition(words: Sequence[str], at: int) -> bool:
    """Whether "drücken Sie" goes on with its sentence: behind a clause that ends with its verb."""
    before = words[at - 1]
    if before in _OPENERS:
        return True
    return _is_verb(before) and not _CONDITIONS.isdisjoint(_before(words, at))


def _opens_clause(words: Sequence[str], at: int) -> bool:
    """Whether a noun and a verb follow, as at the beginning of a main clause.

    Before the noun may stand a preposition, what tells which one, and adjectives, which end like
    verbs; behind it, what belongs to it: "der Abstand zur Wand soll", "das Ende der Schicht ist".
    """
    noun = _noun_of(words, at)
    if noun is None:
        return False
    if words[at] in _DETERMINERS and (last := _noun_behind(words, noun)) is not None:
        noun = last
    if noun + 1 >= len(words) or not _is_finite(words[noun + 1]):
        return False
    is_invited = noun + 2 < len(words) and words[noun + 2] == "Sie"  # "… Vorfahrt || gehen Sie"
    return not is_invited or words[noun + 1] in _MODALS or words[at] in _DETERMINERS


def _is_closed_by_infinitive(words: Sequence[str], at: int) -> bool:
    """Whether a modal verb has its infinitive: "… nicht öffnen || ich lege das Ohr an"."""
    verb = words[at - 1]
    return verb.endswith("n") and not _MODAL.isdisjoint(_before(words, at - 1))


def _is_inverted(words: Sequence[str], at: int) -> bool:
    """Whether the subject follows the verb: "im Juli schleudern wir den Honig".

    A noun as the subject tells it only where the noun before belongs to a preposition: in "der
    Fahrer im Lager sieht die Leiter" the driver does.
    """
    noun = _noun_of(words, at)
    if noun is None:
        return False
    noun += noun + 1 < len(words) and _is_noun(words[noun + 1])  # ein Glas Honig
    if noun + 1 < len(words) and words[noun + 1] in _DETERMINERS:  # in der Mitte dieser Kugel
        noun = _noun_behind(words, noun) or noun
    if noun + 2 >= len(words) or not _is_finite(words[noun + 1]):
        return False
    subject = words[noun + 2]
    return subject in _PRONOUNS or (subject in _DETERMINERS and _is_behind_place(words, at))


def _is_behind_place(words: Sequence[str], at: int) -> bool:
    """Whether the noun before a word has a preposition: "in unserem Haus || im Winter …"."""
    return _is_noun(words[at - 1]) and not _NO_END.isdisjoint(words[max(0, at - 4) : at - 1])


def _before(words: Sequence[str], at: int) -> Sequence[str]:
    return words[max(0, at - _NEAR) : at]


def _noun_of(words: Sequence[str], at: int) -> int | None:
    """Return where the noun of a phrase stands that begins at a word; None where it is none."""
    end = min(len(words) - 1, at + _PHRASE)
    noun = next((n for n in range(at, end) if _is_noun(words[n])), None)
    if noun is None:
        return None
    told = next((n for n in range(at, noun) if words[n] in _DETERMINERS), None)
    if told is not None and told > at + (words[at] in _PLACES):
        return None  # the phrase begins later: "gar nichts || meine zwölf Völker stehen"
    if told is None and any(_is_verb(words[n]) for n in range(at + 1, noun - 1)):
        return None
    return noun


def _noun_behind(words: Sequence[str], noun: int) -> int | None:
    """Return where the noun stands that tells more of the one before: "eine Leiter mit Riss"."""
    at = noun + 1
    if at >= len(words) or words[at] not in _PLACES | _OF_NOUNS:
        return None
    return next((n for n in range(at + 1, min(len(words), at + 4)) if _is_noun(words[n])), None)


def _is_finite(word: str) -> bool:
    """Whether a word is a verb, and no participle."""
    return _is_verb(word) and (word in _FINITE_IN_GE or _PARTICIPLE.fullmatch(word) is None)


def _is_noun(word: str) -> bool:
    return word[:1].isupper() and word != "Sie"


def _is_verb(word: str) -> bool:
    return word in _VERBS or (word not in _NO_VERBS and _VERB_LIKE.fullmatch(word) is not None)
