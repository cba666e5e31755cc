"""Portuguese as in Brazil, where it differs from that of Portugal. Knows no text."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from storyboard.narration.grammar import Form, Grammar, Money
from storyboard.narration.grammars import portuguese

_TEENS: Final = {"dezasseis": "dezesseis", "dezassete": "dezessete", "dezanove": "dezenove"}
_SCALES: Final = ((12, "trilhão", "trilhões"), (9, "bilhão", "bilhões"))
_TEEN: Final = re.compile("|".join(_TEENS))


def cardinal(number: int, noun: str = "") -> str:
    """Say a whole number below a quadrillion; a billion is a thousand million."""
    for power, one, many in _SCALES:
        count, rest = divmod(number, 10**power)
        if count:
            head = f"{cardinal(count)} {one if count == 1 else many}"
            return f"{head} {cardinal(rest, noun)}" if rest else head
    return _brazilian(portuguese.cardinal(number, noun))


def _brazilian(said: str) -> str:
    return _TEEN.sub(lambda found: _TEENS[found[0]], said)


def clock(hour: int, minute: int, mark: str) -> str:
    """Say a time of day."""
    return _brazilian(portuguese.clock(hour, minute, mark))


def ordinal(number: int, form: Form = Form.PLAIN) -> str:
    """Say an ordinal."""
    return _brazilian(portuguese.ordinal(number, form))


def fraction(part: int, whole: int) -> str:
    """Say a proper fraction."""
    return _brazilian(portuguese.fraction(part, whole))


_BILLION, _TRILLION = (9, "bilhão", "bilhões"), (12, "trilhão", "trilhões")
_CENTS: Final = ("centavo", "centavos")

GRAMMAR: Final[Grammar] = replace(
    portuguese.GRAMMAR,
    locale="pt_BR",
    cardinal=cardinal,
    ordinal=ordinal,
    clock=clock,
    fraction=fraction,
    money={
        **portuguese.GRAMMAR.money,
        "$": Money("dólar", "dólares", *_CENTS),
        "€": Money("euro", "euros", *_CENTS),
        "¢": Money(*_CENTS),
    },
    scales={
        **portuguese.GRAMMAR.scales,
        "bi": _BILLION,
        "bi.": _BILLION,
        "tri": _TRILLION,
        "bilhão": _BILLION,
        "bilhões": _BILLION,
        "trilhão": _TRILLION,
        "trilhões": _TRILLION,
    },
)
