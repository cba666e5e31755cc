"""The rule for how long something takes where letters part the numbers: 1h30min, 2h05, 3h20m10s.

Knows no language: it is read as its parts are when blanks stand between them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from storyboard.narration.blanks import SPACE
from storyboard.narration.rule import Rule, rule

_MINUTES: Final = rf"(?P<minutes>[0-5]?[0-9])(?:{SPACE}(?:min|mn|m))"
_SECONDS: Final = rf"(?:{SPACE}(?P<seconds>[0-5]?[0-9]){SPACE}s(?:ec|eg|ek)?)?"
_BARE: Final = r"(?P<bare>[0-5][0-9])"


def written_duration(again: Callable[[str], str]) -> Rule:
    """Return the rule; French and Portuguese have read 14h30 as a time of day before."""

    def say(found: re.Match[str]) -> str:
        counts = (
            (int(found["hours"]), "h"),
            (int(found["minutes"] or found["bare"]), "min"),
            (int(found["seconds"] or 0), "s"),
        )
        return again(" ".join(f"{count} {unit}" for count, unit in counts if count))

    return rule(
        rf"(?<![\w.,:/])(?P<hours>[1-9][0-9]{{0,2}}|0)h(?:{SPACE}{_MINUTES}{_SECONDS}|{_BARE})(?![\w/²³])",
        say,
    )
