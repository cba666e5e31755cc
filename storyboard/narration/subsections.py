"""Rules for the parts of a law in parentheses: § 5(2), 501(c)(3). Knows one language at a time."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from types import MappingProxyType
from typing import Final

from storyboard.narration.grammar import Grammar
from storyboard.narration.numerals import comma
from storyboard.narration.roman_numerals import value_of_roman
from storyboard.narration.rule import Rule, rule, words_before

_PART: Final = r"\((?:[0-9]{1,2}|[a-z]|[ivx]{2,4})\)"
_PARTS: Final = re.compile(r"\(([^()]+)\)")
_ARTICLES: Final = frozenset(
    (
        *("section", "sections", "sec", "article", "articles", "art", "arts", "rule", "rules"),
        *("regulation", "clause", "paragraph", "para", "item", "annex", "title", "reg", "cl"),
        *("artikel", "paragraf", "abschnitt", "anhang", "ziffer", "nummer", "nr"),
        *("règle", "annexe", "clause", "paragraphe", "alinéa"),
        *("artículo", "artículos", "regla", "cláusula", "anexo", "apartado", "sección"),
        *("articolo", "articoli", "regola", "clausola", "allegato", "comma", "paragrafo"),
        *("artigo", "artigos", "regra", "parágrafo", "seção", "secção"),
    )
)
"""Words before the number of a part of a law."""

_ARTICLE: Final = MappingProxyType({"ja": "第{}条", "zh": "第{}条", "ko": "제{} 조"})
"""What a section sign is where it has no name."""

_TWO: Final = re.compile(r"\([a-z]\)\([0-9]{1,2}\)|\([0-9]{1,2}\)\([a-z]\)")
_ROMAN: Final = re.compile("[ivx]{2,4}")


def subsection_rules(grammar: Grammar, again: Callable[[str], str]) -> Iterator[Rule]:
    """Yield the rules for parts of laws in a language; `again` reads a number."""
    parts = rf"(?<=[0-9条條조])(?:{_PART}){{1,5}}(?![\w])"
    yield rule(parts, lambda found: _say_parts(grammar, found, again), starts=parts)
    article = _ARTICLE.get(grammar.tag, "")
    if article:
        number = r"§\s?(?P<number>[0-9]{1,5})(?![\w.,])"
        yield rule(number, lambda found: article.format(again(found["number"])))


def _say_parts(grammar: Grammar, found: re.Match[str], again: Callable[[str], str]) -> str | None:
    """Say each part behind a pause; in German the first one is an Absatz."""
    head = found.string[: found.start()]
    is_wide = head[-1:] in "条條조"
    is_article = not _ARTICLES.isdisjoint(words_before(found)[-2:]) or "§" in head[-8:]
    if not (is_article or is_wide or _TWO.match(found[0])):
        return None
    parts = _PARTS.findall(found[0])
    said = [
        again(str(value_of_roman(each.upper())))
        if _ROMAN.fullmatch(each)
        else again(each)
        if each.isdigit()
        else each.upper()
        for each in parts
    ]
    if grammar.tag == "de" and parts[0].isdigit():
        return " ".join(["", "Absatz", *said])
    return comma(grammar) + comma(grammar).join(said)
