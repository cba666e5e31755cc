"""Rules that only Chinese has: pages, numbers behind "No.", seasons of two years, 24/7."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from storyboard.narration.calendar_names import DAY_NUMBER, MONTH_NUMBER
from storyboard.narration.grammar import Grammar
from storyboard.narration.numerals import say_digits
from storyboard.narration.rule import Rule, replaced, rule

_CALLED: Final = re.compile(r"(?:拨打|致电|拨|打)[0-9或和、]{1,16}$")
"""What stands before the second of two numbers to call."""

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
    yield rule(
        r"(?<=[0-9][或和、])1[0-9]{2}(?![0-9A-Za-z.%])",
        lambda f: (
            say_digits(grammar, f[0]) if _CALLED.search(f.string[: f.start()][-24:]) else None
        ),
    )
    floor = r"(?:(?<=[栋座楼号层区馆厦场幢])|(?<![\w]))(?P<floor>[1-9][0-9]?)F(?![A-Za-z0-9])"
    yield rule(floor, lambda f: f"{grammar.cardinal(int(f['floor']), '')}楼")
    yield replaced(r"(?<=[)）])[–—-](?=[0-9]{1,2}[/月])", grammar.to)
    off = r"(?<![0-9.])(?P<one>[1-9])\.(?P<two>[1-9])折"
    yield rule(off, lambda f: f"{say_digits(grammar, f['one'] + f['two'])}折")
    until = r"(?:(?<=截至)|(?<=截止)|(?<=截止到)|(?<=截止至)|(?<=起至)|(?<=即日至))"
    yield rule(
        until + rf"(?P<month>{MONTH_NUMBER})/(?P<day>{DAY_NUMBER})(?![0-9/])",
        lambda f: (
            f"{grammar.cardinal(int(f['month']), '')}月{grammar.cardinal(int(f['day']), '')}日"
        ),
    )
    yield replaced(r"(?<![\w/])24/7(?![\w/])", "全天候")
