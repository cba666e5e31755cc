"""Rules that only French has, such as for "n° 5", "art. L. 123-4" and "24h/24"."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from storyboard.narration.rule import NOT_IN_WORD, Rule, any_of, last_dot, replaced, rule

_SHORT: Final = {
    "RDV": "rendez-vous",
    "RV": "rendez-vous",
    "SVP": "s'il vous plaît",
    "svp": "s'il vous plaît",
}
"""What is written short without a dot, and said whole."""


def french_rules(again: Callable[[str], str]) -> Iterator[Rule]:
    """Yield the rules for numbers, laws and joined words; `again` reads a part of a text."""
    start = rf"{NOT_IN_WORD}[Nn][°º](?=\sd[e'’u])"
    yield rule(start, lambda found: f"{found[0][0]}uméro", start)
    yield rule(
        rf"{NOT_IN_WORD}[Nn][°ºo]\.?\s?(?=[0-9])",
        lambda _: "numéro ",
        rf"{NOT_IN_WORD}[Nn][°º]",
    )
    short = rf"{NOT_IN_WORD}(?:{any_of(_SHORT)})(?!\w)"
    yield rule(short, lambda found: _SHORT[found[0]], short)
    century = r"(?<=[IVX]e )s\.|(?<=[IVX]ème )s\."
    yield rule(century, lambda found: f"siècle{last_dot(found)}", century)
    yield replaced(rf"{NOT_IN_WORD}T°(?=\s[^\W0-9_])", "température")
    article = rf"{NOT_IN_WORD}[Aa]rt\.(?=\s[LRD]\.?\s?[0-9])"
    yield rule(article, lambda f: f"{f[0][0]}rticle", article)
    law = r"(?<![\w])[LRD]\.?\s?(?P<first>[0-9]{1,4})-(?P<last>[0-9]{1,3})(?![\w-])"
    yield rule(
        law,
        lambda found: f"{found[0][0]} {again(found['first'])} tiret {again(found['last'])}",
        r"(?<![\w])[LRD]\.?\s?(?=[0-9]{1,4}-[0-9])",
    )
    number = rf"{NOT_IN_WORD}[Nn]o\s(?=[0-9])"
    yield replaced(number, "numéro ")
    yield rule(rf"{NOT_IN_WORD}Mme\b(?!\.)", lambda _: "Madame", rf"{NOT_IN_WORD}Mme\b")
    always = r"(?<![\w.,])(?P<count>24|7)\s?(?P<unit>[hj])/(?P<of>24|7)(?![\w])"
    units = {"h": "heures", "j": "jours"}
    yield rule(always, lambda f: f"{again(f['count'])} {units[f['unit']]} sur {again(f['of'])}")
    yield rule(
        r"(?<![\w.,/])(?P<meters>[0-9]{1,2})m(?P<rest>[0-9]{2})(?![\w])",
        lambda f: f"{again(f['meters'] + ' m')} {again(str(int(f['rest'])))}",
    )
    # Measured: the voice says "allez i grec" at the end of a clause, and "répond il".
    there = r"(?<=[sz])-y(?![\w-])"
    yield replaced(there, "-i")
    joined = r"(?<=[a-zé]d)-(?=(?:ils?|elles?|on)(?![\w-]))"
    yield replaced(joined, "-t-")
