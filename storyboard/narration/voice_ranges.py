"""Rules for ranges of numbers in languages whose voices pass over the dash: 3–5 dagen.

Knows what stands between both ends; where nouns change behind it, as in Russian, there is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from types import MappingProxyType
from typing import Final

from storyboard.narration.blanks import BLANK
from storyboard.narration.rule import Rule, rule
from storyboard.spoken_tags import language_of

_TO: Final = MappingProxyType(
    {
        "nl": "tot", "sv": "till", "da": "til", "nb": "til", "ca": "a", "id": "sampai",
        "ms": "hingga", "vi": "đến", "ro": "până la",
    }
)  # fmt: skip

_NUMBER: Final = "(?:[1-9][0-9]{0,3}|0)(?:,[0-9]{1,2})?"


def voice_range_rules(language: str) -> Iterator[Rule]:
    """Yield the rule for a range before what it counts; "3-1" alone is a score, and no range."""
    to = _TO.get(language_of(language))
    if to is None:
        return
    yield rule(
        rf"(?<![\w.,:/–-])(?P<first>{_NUMBER})(?:[–-]|{BLANK}[–-]{BLANK})"
        rf"(?=(?P<last>{_NUMBER})(?![\w.,/–-][0-9]|[0-9])(?:{BLANK}[^\W0-9_]|{BLANK}?[%°€$]))",
        lambda found: f"{found['first']} {to} " if _rises(found) else None,
    )
    time = r"(?:[01]?[0-9]|2[0-4])[.:][0-5][0-9]"
    yield rule(
        rf"(?<![\w.,:/–-])(?P<first>{time})(?:[–-]|{BLANK}[–-]{BLANK})"
        rf"(?={time}(?![\w:–-]|[.,][0-9]))",
        lambda found: f"{found['first']} {to} ",
    )
    if language_of(language) == "nl":
        pages = r"(?:(?<=blz\. )|(?<=bladzijde )|(?<=pagina )|(?<=pag\. )|(?<=p\. )|(?<=artikel ))"
        yield rule(
            rf"{pages}(?P<first>[1-9][0-9]{{0,3}})[–-](?=(?P<last>[1-9][0-9]{{0,3}})(?![\w–-]))",
            lambda found: f"{found['first']} {to} " if _rises(found) else None,
        )


def _rises(found: re.Match[str]) -> bool:
    first, last = (float(found[name].replace(",", ".")) for name in ("first", "last"))
    return first < last
