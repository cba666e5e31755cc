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
        *("firm", "company", "corporation", "manufacturer", "supplier", "brand", "maker"),
        *("firma", "konzern", "hersteller", "unternehmen", "marke", "lieferant"),
        *("société", "entreprise", "groupe", "marque", "fabricant", "chez"),
        *("empresa", "compañía", "fabricante", "grupo", "marca", "multinacional"),
        *("azienda", "società", "gruppo", "produttore", "multinazionale"),
        "companhia",
    )
)
"""Words before the firm: "la empresa 3M", "chez 3M"."""

_ARTICLES: Final = MappingProxyType(
    {
        "es": frozenset(("la",)),
        "fr": frozenset(("la",)),
        "it": frozenset(("la", "alla", "dalla", "della", "nella", "sulla")),
        "pt": frozenset(("da", "na", "pela")),
    }
)
"""Articles that the firm has and millions have not: "lavora alla 3M", and not "da 3M a 5M"."""

_AT: Final = frozenset(("at", "for", "bei", "für", "en", "em", "in", "per", "para", "pour"))
_AT_WORK: Final = re.compile(
    r"(?<![^\W_])(?:work|employ|hired|jobs?|career|engineer|research|scientist|colleague|staff|team"
    r"|intern|arbeite|angestellt|beschäftigt|mitarbeite|ingenieur|karriere|praktikum|bewirb"
    r"|trabaj|trabalh|travaill|lavor|emplead|empregad|impiegat|ingegner|ingenier|engenheir)"
    r"[^\W_]*\s[^\W_]+\s$",
    re.IGNORECASE,
)
"""Whom or what a firm has: "works at 3M"; what is capped at 3M is a count."""

_LONGEST_WORK: Final = 40
"""Characters before the firm that hold such a word and the next one."""

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
_COUNTED_BEHIND: Final = MappingProxyType(
    {
        "de": re.compile(r"(?:ge|ver|er|be|ent|zer)[a-zäöüß]{2,}(?:t|en)|neue|aktive|weitere"),
        "en": re.compile(
            "new|active|more|additional|monthly|daily|unique|paying|registered|left|sold|last|next"
            "|this|within|worldwide|since|so|but|while|yet|already|today|now|people"
        ),
    }
)
"""What stands behind a count and no firm: "Wir haben 3M verkauft", "3M new users"."""

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
    if before in _ARTICLES.get(grammar.tag, ()):
        return True
    if before in _AT:
        head = text[max(0, found.start() - _LONGEST_WORK) : found.start()]
        is_work = _AT_WORK.search(head) is not None
        if is_work or before in ("at", "bei"):
            return is_work
    counted = _COUNTED_BEHIND.get(grammar.tag)
    if counted and counted.fullmatch(behind):
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
