"""Rules for English decades and for what digits with an "s" count: the 60s, in her 30s, 1s and 0s.

Behind other words such digits are seconds: wait 30s.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from storyboard.narration.grammars.english import DECADES, cardinal
from storyboard.narration.rule import Rule, rule

_MANY: Final = {2: "tens", 3: "hundreds", 4: "thousands"}
_CENTURY: Final = r"(?P<century>1[1-9]|20)(?P<ten>[0-9])0['’]?s"
_LED: Final = re.compile(
    r"\b(?:the|early|late|mid)[ -]$|(?<![0-9])['’‘]$"
    r"|\b(?:his|her|their|my)\s$|\b(?:in|into|since|through|throughout)\s(?:your|our)\s$",
    re.IGNORECASE,
)
"""What stands before a decade, of a century or of a life."""

_OF_DECADE: Final = re.compile(
    r"\s(?:music|style|fashion|films?|movies?|rock|pop|hits?|kids?|era|sound)(?!\w)"
)
"""What is of a decade: no film takes "80s films" for eighty seconds."""

_LASTING: Final = re.compile(
    r"\s(?:ads?|breaks?|clips?|countdowns?|cycles?|delays?|intervals?|intro|limit|mark|pauses?"
    r"|periods?|spots?|timeouts?|timers?|videos?|waits?|windows?)(?!\w)"
)
"""What lasts so many seconds: the 30s timeout."""

_LIST_MARK: Final = r"(?:,\s|,?\s(?:and|or|to|through|&)\s|\s?[-–]\s?)['’‘]?"
_LISTED: Final = re.compile(
    rf"(?<![\w.,])(?P<first>(?P<century>1[1-9]|20)?[0-9]0['’]?s){_LIST_MARK}$"
)
_NEXT: Final = re.compile(r"\sand\s['’‘]?(?P<ten>[3-9])0['’]?s(?!\w)")
_LATE: Final = 5
"""Tens from which on "60s and 70s" are years, whatever is before: shorter times are seconds."""

_LOOKED_AT: Final = 32
"""Characters before a decade that hold the one before it, or the word that leads it."""


def decade_rules() -> Iterator[Rule]:
    """Yield the rules for English decades, and for ones, hundreds and thousands of something."""
    yield rule(
        rf"(?<![\w.]){_CENTURY}\s?[-–]\s?['’]?(?P<last>[2-9])0s(?![\w])",
        lambda found: f"{_say_decade(found)} to {DECADES[int(found['last'])]}",
    )
    yield rule(
        rf"(?<![\w.]){_CENTURY}[-–](?=(?:1[1-9]|20)[0-9]0s)",
        lambda found: f"{_say_decade(found)} to ",
    )
    yield rule(rf"(?<![\w.]){_CENTURY}(?![\w])", _say_decade)
    yield rule(
        r"(?<![0-9]['’‘])(?<![\w.,])(?P<ten>[2-9])0['’]?s(?![\w])",
        lambda f: DECADES[int(f["ten"])] if _is_decade(f.string, f.start(), f.end()) else None,
    )
    yield rule(
        r"(?:(?<=[Tt]he )|(?<=late )|(?<=early ))(?P<hundred>[1-9])(?P<ten>[0-9])0s(?![\w])",
        _say_early_decade,
    )
    yield rule(
        r"(?<![\w.,])(?:(?P<many>1,?000|100?)s(?=\s(?:of|more)(?![\w]))"
        r"|(?<=the )(?P<all>1,?000|100)s(?![\w]))",
        lambda found: _MANY[len((found["many"] or found["all"]).replace(",", ""))],
    )
    yield rule(
        r"(?<![\w.,])(?P<one>[1-9][0-9]?)[x×](?P<other>[1-9][0-9]?)['’]?s(?![\w])",
        lambda f: f"{cardinal(int(f['one']))} by {cardinal(int(f['other']))}s",
    )
    yield rule(
        r"(?<![\w.,])(?P<one>[1-9])-on-(?P<other>[1-9])s(?![\w])",
        lambda f: f"{cardinal(int(f['one']))}-on-{cardinal(int(f['other']))}s",
    )
    yield rule(
        r"(?<![\w.,])(?P<first>[01])['’]?s(?P<between>\s(?:and|or)\s)(?P<last>[01])['’]?s(?![\w])",
        lambda f: f"{cardinal(int(f['first']))}s{f['between']}{cardinal(int(f['last']))}s",
    )


def _say_decade(found: re.Match[str]) -> str:
    """Say English decades: the nineteen nineties."""
    if found["century"] == "20" and found["ten"] == "0":
        return "two thousands"
    return f"{cardinal(int(found['century']))} {DECADES[int(found['ten'])]}"


def _say_early_decade(found: re.Match[str]) -> str | None:
    """Say the decades before the year 1000, and hundreds of a number: the 830s, the 300s."""
    hundred, ten = int(found["hundred"]), int(found["ten"])
    if (hundred, ten) == (1, 0) or ten == 1 or _LASTING.match(found.string, found.end()):
        return None
    return f"{cardinal(hundred)} {f'hundred {DECADES[ten]}' if ten else 'hundreds'}"


def _is_decade(text: str, start: int, end: int) -> bool:
    """Whether "60s" are years: a word leads them, another decade does, or the next one follows."""
    if _LASTING.match(text, end):
        return False
    head = text[max(0, start - _LOOKED_AT) : start]
    if _LED.search(head) or _OF_DECADE.match(text, end):
        return True
    if listed := _LISTED.search(head):
        first = start - len(listed[0])
        is_led = listed["century"] or _is_decade(text, first, first + len(listed["first"]))
        return bool(is_led)
    following = _NEXT.match(text, end)
    ten = int(text[start])
    return following is not None and ten >= _LATE and int(following["ten"]) == ten + 1
