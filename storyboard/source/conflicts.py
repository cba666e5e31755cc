"""What git leaves in a file where two changes met and nobody has chosen."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from storyboard.source.diagnostic import Diagnostic, Note, diagnose
from storyboard.source.places import Places

_START: Final = "<<<<<<<"
_END: Final = ">>>>>>>"
_MARK: Final = re.compile(rf"^(?P<mark>{_START}|{_END})(?: [^\r\n]*)?$", re.MULTILINE)


def find_conflicts(places: Places) -> Iterator[Diagnostic]:
    """Yield a refusal for each conflict, at its first line; an end without a start is one too."""
    text = places.text
    if _START not in text and _END not in text:
        return
    found: Diagnostic | None = None
    for match in _MARK.finditer(text.replace("\r", "\n")):
        span = places.span(*match.span())
        if found is not None and match["mark"] == _END:
            found = replace(found, notes=(Note("it ends here", span),))
            yield found
            found = None
            continue
        if found is not None:
            yield found
        found = _refusal(places, match)
    if found is not None:
        yield found


def _refusal(places: Places, match: re.Match[str]) -> Diagnostic:
    return diagnose(
        "yaml-conflict",
        "a merge conflict of git is left in the file",
        places.span(*match.span()),
        "keep one of the two sides, and delete the lines with '<<<<<<<', '=======' and '>>>>>>>'",
    )
