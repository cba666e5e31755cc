"""Rules that only Dutch has, whose voice reads numbers itself: t/m, 10x, € 5,-."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from storyboard.narration.blanks import SPACE
from storyboard.narration.code_signs import QUESTION, QUESTION_OF_ADDRESS
from storyboard.narration.rule import NOT_IN_WORD, Rule, any_of, replaced, rule

_CALLED: Final = re.compile(
    r"(?<!\w)(?:bel(?:t|len)?|alarmnummer|noodnummer|nummer)(?!\w)[^.;!?]{0,24}$", re.IGNORECASE
)
"""What stands before a number to call, whose digits are said."""

_SHORT: Final = {"t/m": "tot en met", "mln": "miljoen", "mld": "miljard"}
"""What is written short without a dot; the voice spells it."""


def dutch_rules() -> Iterator[Rule]:
    """Yield them; they come before those of amounts."""
    round_amount = (
        rf"(?P<sign>€|EUR){SPACE}(?P<number>[0-9]{{1,3}}(?:\.[0-9]{{3}})*),(?:-{{1,2}}|–|—)(?!\w)"
    )
    yield rule(
        round_amount,
        lambda found: f"{found['number']} euro",
        r"(?:€|EUR)(?=[^\n]{0,12},[-–—])",
    )
    millions = rf"€{SPACE}(?P<number>[0-9]+(?:,[0-9]+)?){SPACE}(?P<scale>ml[nd])(?!\w)"
    yield rule(millions, _say_millions, "€")
    short = rf"{NOT_IN_WORD}(?:{any_of(_SHORT)})(?![\w/])"
    yield rule(short, lambda found: _SHORT[found[0]], short)
    times = rf"(?<![\w.,])(?P<number>[0-9]{{1,4}}(?:,[0-9]+)?){SPACE}[x×](?=\s[^\W\d_]|[,.;!?]|$)"
    yield rule(times, lambda found: f"{found['number']} keer")
    # The voice knows "3e", and says the letters of "1ste" and "2de".
    yield rule(
        r"(?<![\w.,])(?P<number>[0-9]{1,4})(?:ste|de)(?![\w])",
        lambda found: f"{found['number']}e",
    )
    yield rule(
        r"(?<![\w.,])112(?![\w]|[.,][0-9])(?=[.,;:!?)]|$|\s(?:of|en|als|bij|voor|direct)(?!\w))",
        lambda found: "1 1 2" if _CALLED.search(found.string[: found.start()][-40:]) else None,
    )
    yield replaced(r"(?<=[\w)] )\|\|(?= [\w(!])", "of")
    yield replaced(r"(?<=[\w)] )&&(?= [\w(!])", "en")
    yield replaced(QUESTION_OF_ADDRESS, f" {QUESTION['nl']} ")
    yield replaced(r"§§?\s?(?=[0-9])", "paragraaf ")


def _say_millions(found: re.Match[str]) -> str:
    return f"{found['number']} {_SHORT[found['scale']]} euro"
