"""Rules that only Chinese has: pages, numbers behind "No.", seasons of two years, 24/7."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from storyboard.narration.grammar import Grammar
from storyboard.narration.numerals import say_digits
from storyboard.narration.rule import Rule, replaced, rule

_OF_YEARS: Final = "赛季|年度|学年|财年|财政年度"
"""What lasts from one year into the next."""


def chinese_rules(grammar: Grammar) -> Iterator[Rule]:
    """Yield them; the digits of years are said one by one."""
    page = r"(?<![A-Za-z])[pP]{1,2}\.?\s?(?P<first>[0-9]{1,4})(?![A-Za-z0-9.]|,[0-9])"
    yield rule(
        page,
        lambda found: f"第{grammar.cardinal(int(found['first']), '')}页",
        r"(?<![A-Za-z])(?:pp?|PP?)(?:\.\s?|\s)(?=[0-9])",
    )
    number = r"(?<![A-Za-z])[Nn]o\.\s?(?P<number>[0-9]{1,4})(?![A-Za-z0-9.-]|,[0-9])"
    yield rule(
        number,
        lambda found: f"{grammar.cardinal(int(found['number']), '')}号",
        r"(?<![A-Za-z])[Nn]o\.(?=\s?[0-9])",
    )
    yield rule(
        rf"(?<![\w.,])(?P<first>(?:19|20)[0-9]{{2}})[-–/](?P<last>(?:19|20)?[0-9]{{2}})"
        rf"(?=\s?(?:{_OF_YEARS}))",
        lambda found: "到".join(say_digits(grammar, found[each]) for each in ("first", "last")),
    )
    yield replaced(r"(?<![\w/])24/7(?![\w/])", "全天候")
