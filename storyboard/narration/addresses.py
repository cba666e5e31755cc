"""Rules for e-mail addresses, host names and paths. Knows one language at a time."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

from storyboard.narration.grammar import Grammar
from storyboard.narration.rule import Rule, rule

_TOP: Final = (
    "com|org|net|io|edu|gov|info|dev|app|ai|eu|de|fr|es|it|nl|pl|at|ch|uk|jp|kr|cn|co|tv|biz|cloud"
)
_MAIL: Final = r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}"
_HOST: Final = (
    r"(?<![\w.@/-])(?:https?://)?(?:[A-Za-z0-9-]{1,63}\.){1,8}"
    rf"(?:{_TOP})(?![\w@])(?:/[\w~%.-]*[\w~-])*/?(?:[?#][\w=&%-]+)?"
)
_PART: Final = re.compile(r"[^\W\d_]+|[0-9]+|.", re.DOTALL)


def address_rules(grammar: Grammar, again: Callable[[str], str]) -> Iterator[Rule]:
    """Yield the rules for addresses in a language; `again` reads their parts."""
    names = {
        "@": grammar.signs["@"], ".": grammar.dot, "/": grammar.slash, "+": grammar.signs["+"],
        "-": "", "_": "",
    }  # fmt: skip

    def say(found: re.Match[str]) -> str | None:
        written = found[0].removeprefix("https://").removeprefix("http://").rstrip("/")
        parts = (names.get(part, again(part)) for part in _PART.findall(written))
        return " ".join(" ".join(part for part in parts if part).split())

    yield rule(_MAIL, say, starts=r"(?<![\w.+-])[\w.+-]{1,64}@")
    yield rule(_HOST, say, starts=r"(?<![\w.@/-])(?:https?://|[A-Za-z0-9-]{1,63}\.[A-Za-z0-9])")
