"""Tells the firm 3M from three million, by what stands beside it. Knows one language at a time."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import Final

from storyboard.narration.english_counts import is_plural
from storyboard.narration.grammar import Grammar
from storyboard.narration.rule import NO_NOUN, word_before, word_behind

NAMES: Final = MappingProxyType({"ja": "スリーエム", "ko": "쓰리엠"})
"""What the firm is called where its letters have other names."""

_FIRMS: Final = frozenset(
    (
        *("firm", "company", "corporation", "manufacturer", "supplier", "brand", "maker", "at"),
        *("firma", "konzern", "hersteller", "unternehmen", "marke", "bei", "lieferant"),
        *("société", "entreprise", "groupe", "marque", "fabricant", "chez", "la"),
        *("empresa", "compañía", "fabricante", "grupo", "marca", "multinacional"),
        *("azienda", "società", "gruppo", "produttore", "multinazionale", "della", "dalla"),
        *("companhia", "da", "pela", "na"),
    )
)
"""Words before the firm: "bei 3M", "la 3M"."""

_COUNTING: Final = frozenset(
    (
        *("about", "over", "nearly", "almost", "than", "some", "under", "around", "sold"),
        *("reached", "another", "roughly", "approximately", "über", "rund", "etwa", "fast"),
        *("als", "knapp", "auf", "um", "mehr", "circa", "plus", "environ", "presque", "près"),
        *("quelque", "que", "más", "casi", "unos", "unas", "oltre", "quasi", "mais", "cerca"),
        *("quase", "più", "di"),
    )
)
"""Words before a count."""

_SMALL: Final = NO_NOUN | frozenset(
    (
        *("mark", "level", "per", "und", "oder", "im", "pro", "mit", "bis", "en", "y", "e", "et"),
        *("ou", "o", "u", "à", "au", "por", "par", "nel", "su", "sur", "para", "con", "ed", "em"),
    )
)
"""Words behind a count that are no noun, and the marks that counts reach."""

_OF: Final = re.compile(r"\s(?:d['’]|de\s|di\s|of\s)", re.IGNORECASE)
_HYPHENED: Final = re.compile(r"-(?=[^\W0-9_])")
_WIDE: Final = MappingProxyType(
    {
        "ja": "社|の|は|が|製|を|と|ジャパン|テープ|マスク|フィルム|本社",
        "ko": r"\s?(?:사|의|은|는|이|가|을|를|와|과|코리아|제품|테이프|마스크|본사)",
        "zh": "公司|集团|的|口罩|胶|中国|产品|生产|推出|是|在|总部|和",
    }
)
_VERBS: Final = frozenset(
    (
        *("sells", "produces", "employs", "manufactures", "supplies", "recommends", "reports"),
        *("says", "announces", "develops", "invents", "publishes", "plans", "wants", "needs"),
        *("produceert", "produit", "fabrique", "développe", "vend", "recommande", "embauche"),
    )
)
"""What a firm does, and no noun for all that it ends in "s"."""


def is_firm(grammar: Grammar, found: re.Match[str]) -> bool:
    """Whether a "3M" that no money is beside is the firm."""
    text, end = found.string, found.end()
    if found[0] != "3M":
        return False
    if grammar.tag in _WIDE:
        return re.match(_WIDE[grammar.tag], text[end:]) is not None
    before, behind = word_before(found).lower(), word_behind(found)
    if _HYPHENED.match(text, end):
        return True
    if before in _COUNTING or _OF.match(text, end) or _is_counted(grammar, behind):
        return False
    is_subject = not text[: found.start()].strip("\"'“„«( ") or (before, grammar.tag) == ("a", "pt")
    if before in _FIRMS or is_subject:
        return before in _FIRMS or bool(behind)
    return bool(behind) and behind.lower() not in _SMALL


def _is_counted(grammar: Grammar, noun: str) -> bool:
    """Whether a word behind is a noun of which there may be millions."""
    if noun in _VERBS:
        return False
    if grammar.tag == "de":
        return noun[:1].isupper()
    if grammar.tag == "en":
        return is_plural(noun)
    return noun.endswith(("s", "x", "i"))
