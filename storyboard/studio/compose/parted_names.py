"""Speakers' names before a dash, in brackets or beside a time. Knows no colon and no language.

`Jane - …`, `(Jane) …`, `[Jane] …`, `Jane | …` and `Jane Smith  0:12` are names only if they come
back in a good share of the lines: "Berlin - the capital" stays, as does "(Optional) …".
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from storyboard.studio.compose.directions import CLOCK, is_sound
from storyboard.studio.compose.words import STOPWORDS

MOST_WORDS: Final = 6
LEAST_LINES: Final = 3
"""How often a name begins a line before it is one: two may be chance. A choice."""

_SHARE: Final = 0.2
"""Of the lines that begin with a name, from which on these are turns: a turn has several lines."""

_ALONE_SHARE: Final = 0.4
"""The same where there is one name: in a text about Berlin, Berlin comes back, too."""

_EACH_SHARE: Final = 0.8
"""From which share on each line has a name, and so a name need not come back."""

_NAME: Final = (
    r"(?P<name>[^\W\d_](?:[^\n:：.!?。！？()\[\]{}（）【】<>|–—-]"
    r"|[.](?=\s|[^\W\d])|-(?=\w)){0,40}?)"
)
_FORMS: Final = (
    re.compile(rf"[(\[{{<（【]\s*{_NAME}\s*[)\]}}>）】]\s*(?:[-–—]\s+|[:：]\s*)?(?=\S)"),
    re.compile(
        rf"{_NAME}[\s,|·-]*[(\[]?(?<!\w){CLOCK}[)\]]?(?:\s*[ap]\.?m\.?)?(?!\w)\s*(?:[-–—:：|]\s*)?",
        re.IGNORECASE,
    ),
    re.compile(rf"{_NAME}(?:\s+(?:[-–—]{{1,3}}|[>•·~/])\s+|[–—]\s+|\s?\|\s?)(?=\S)"),
)


@dataclass(frozen=True, slots=True)
class PartedNames:
    """The names that turns begin with; `is_each_line` where nearly all lines do."""

    names: frozenset[str] = frozenset()
    is_each_line: bool = False

    def part(self, line: str) -> tuple[str, str] | None:
        """Return who says a line and what is said, `None` where it does not tell."""
        found = _parted(line) if self.names else None
        if found is None:
            return None
        is_name = found[0] in self.names or (self.is_each_line and looks_like_name(found[0]))
        return found if is_name else None


def find_parted_names(lines: Iterable[str]) -> PartedNames:
    """Return the names that come back at the beginnings of lines, which have no marks before."""
    counts: Counter[str] = Counter()
    number = 0
    for number, line in enumerate(lines, 1):  # noqa: B007
        if (found := _parted(line)) is not None:
            counts[found[0]] += 1
    is_each = counts.total() >= _EACH_SHARE * number
    often = {name for name, count in counts.items() if count >= LEAST_LINES}
    twice = {name for name, count in counts.items() if often and count > 1}
    names = {name for name in often | twice if is_each or looks_like_name(name)}
    share = _SHARE if len(names) > 1 else _ALONE_SHARE
    if not names or sum(counts[name] for name in names) < share * number:
        return PartedNames()
    return PartedNames(frozenset(names), is_each)


def looks_like_name(text: str) -> bool:
    """Whether each word has a capital, a digit or no case at all: "Prof. Maria Lopez", "司会"."""
    words = re.findall(r"\w[\w'’.-]*", text)
    small = [word for word in words if word[0].islower()]
    return bool(words) and len(words) <= MOST_WORDS and len(small) * 4 <= len(words)


def _parted(line: str) -> tuple[str, str] | None:
    for form in _FORMS:
        if (found := form.match(line)) is not None:
            name = found["name"].strip()
            words = re.findall(r"[^\W_]+", name.casefold())
            is_short = 0 < len(words) <= MOST_WORDS
            if is_short and not STOPWORDS.issuperset(words) and not is_sound(name):
                return name, line[found.end() :]
    return None
