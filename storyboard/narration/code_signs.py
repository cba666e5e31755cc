"""Rules for signs of programs: a || b, a == b, !done, page?id=5. Knows one language at a time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from storyboard.narration.grammar import Grammar
from storyboard.narration.rule import Rule, replaced, rule

_OR: Final = {
    "de": "oder", "fr": "ou", "es": "o", "it": "o", "pt": "ou", "ja": "または", "zh": "或",
    "ko": "또는",
}  # fmt: skip
_NOT: Final = {
    "de": "nicht", "fr": "non", "es": "no", "it": "non", "pt": "não", "ja": "ノット", "zh": "非",
    "ko": "낫",
}  # fmt: skip
_EQUAL: Final = {
    "en": "equals equals", "de": "gleich gleich", "fr": "égal égal", "es": "igual igual",
    "it": "uguale uguale", "pt": "igual igual",
}  # fmt: skip
_DASH: Final = {"ja": "ハイフン", "zh": "横杠", "ko": "하이픈"}
"""What the sign of an option is called, where a dash in names is called otherwise."""

QUESTION: Final = {
    "en": "question mark", "de": "Fragezeichen", "fr": "point d'interrogation",
    "es": "interrogación", "it": "punto interrogativo", "pt": "interrogação", "ja": "はてな",
    "zh": "问号", "yue": "问号", "ko": "물음표", "nl": "vraagteken",
}  # fmt: skip
"""What the sign before the parameters of an address is called."""

QUESTION_OF_ADDRESS: Final = r"(?<=[\w/])\?(?=[A-Za-z_][\w.-]{0,40}=)"


def code_sign_rules(grammar: Grammar) -> Iterator[Rule]:
    """Yield the rules of a language."""
    tag = grammar.tag
    yield replaced("!=", grammar.signs["≠"])
    yield replaced("&&", _apart(grammar, grammar.signs["&"]))
    either = r"(?:(?<=[\w)])|(?<=[\w)] ))\|\|(?=\s?[\w(!])"
    yield replaced(either, _apart(grammar, _OR.get(tag, "or")))
    yield rule("={2,3}", lambda _: _apart(grammar, _EQUAL.get(tag, grammar.signs["="])))
    negated = r"(?<![\w)])!(?=[a-z_][\w.]{0,40}(?:\(|\)|\s?(?:&&|\|\||[=!]=)))"
    yield replaced(negated, _apart(grammar, _NOT.get(tag, "not")))
    dash = _DASH.get(tag, grammar.dash)
    before = r"(?<![^\s(\[\"'“„«‘`])" if grammar.spaced else "(?<![A-Za-z0-9_-])"
    yield replaced(rf"{before}--(?=[a-z][a-z-]{{1,30}}(?![\w]))", f"{dash} {dash} ")
    yield replaced(r"(?<=[a-z0-9.\"'] )-(?=[a-zA-Z](?:\s[\w./~\"'-]|[.,;:)]|$))", f"{dash} ")
    if tag in QUESTION:
        yield replaced(QUESTION_OF_ADDRESS, _apart(grammar, QUESTION[tag]))


def _apart(grammar: Grammar, word: str) -> str:
    return f" {word} " if grammar.spaced else word
