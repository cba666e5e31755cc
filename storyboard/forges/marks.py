"""The lines of a comment that no reader sees: which comment it is, which plan it shows, its sum.

They are HTML comments. The first line is how the comment is found again, the second one has the
digest of the plan that it shows: both stand before all that an author wrote. The last line is
written where the text is posted, and tells whether it was edited since. It is no signature: who may
edit the comments of others can compute it too.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

from storyboard.errors import UsageError

PLAN, RESULT = "plan", "apply"
"""What a comment shows: a plan, or what came of it."""

_MARKED: Final = ("<!-- storyboard ", " -->")
_DIGEST: Final = re.compile(r"<!-- storyboard digest: (sha256:[0-9a-f]{64}) -->")
_PARTS: Final = re.compile(r"<!-- storyboard parts: ([0-9a-f -]*) -->")
_SUM: Final = re.compile(r"<!-- storyboard sum: ([0-9a-f]{64}) -->")
_MOST_PARTS: Final = 300
"""They take 12 characters each of a comment, of which GitHub takes 65,536."""


@dataclass(frozen=True, slots=True)
class Shown:
    """Which plan a comment shows; `parts` are of its videos: none if there are too many.

    `is_whole` says that the text is the one that was posted.
    """

    digest: str
    parts: Mapping[str, str]
    is_whole: bool


def marker(kind: str, environment: str) -> str:
    """Return the first line of an environment's comment; readers do not see it."""
    return _hidden(f"{kind}: {quote(environment, safe='')}")


def marker_of(body: str) -> str:
    """Return the marker that a text begins with; raises `UsageError` for one without."""
    first = body.partition("\n")[0].strip()
    if not (first.startswith(_MARKED[0]) and first.endswith(_MARKED[1])):
        raise UsageError(
            "the text does not begin with a marker: a comment could not be found again",
            hint="make it with `storyboard plan --format markdown`",
        )
    return first


def digest_line(digest: str) -> str:
    """Return the second line of a comment that shows a plan which may be applied."""
    return _hidden(f"digest: {digest}")


def parts_line(parts: Sequence[tuple[str, str]]) -> str:
    """Return the line that tells the videos of a plan apart; empty if there are too many.

    Each has the short digests of its address and of what is done with it.
    """
    told = " ".join("-".join(part) for part in parts)
    return _hidden(f"parts: {told}") if 0 < len(parts) <= _MOST_PARTS else ""


def sealed(body: str) -> str:
    """Return a text with its sum as the last line."""
    bare, _ = _opened(body)
    return f"{bare}\n\n{_hidden(f'sum: {_sum(bare)}')}\n"


def read_shown(body: str) -> Shown | None:
    """Return the plan that a comment shows; None for one that nothing may be applied of."""
    lines = body.split("\n", 2)
    digest = _DIGEST.fullmatch(lines[1].strip()) if len(lines) > 1 else None
    if digest is None:
        return None
    bare, told = _opened(body)
    lines = _PARTS.findall(bare)
    pairs = (part.partition("-") for part in (lines[-1].split() if lines else ()))
    return Shown(digest[1], {one: other for one, _, other in pairs}, told == _sum(bare))


def _opened(body: str) -> tuple[str, str]:
    """Return a text without its last line, if that is a sum, and the sum."""
    body = body.rstrip()
    rest, _, last = body.rpartition("\n")
    told = _SUM.fullmatch(last)
    return (rest.rstrip(), told[1]) if told else (body, "")


def _sum(text: str) -> str:
    """Return the sum of a text's words: a forge may change its spaces and ends of lines."""
    return hashlib.sha256(" ".join(text.split()).encode(errors="replace")).hexdigest()


def _hidden(text: str) -> str:
    return text.join(_MARKED)
