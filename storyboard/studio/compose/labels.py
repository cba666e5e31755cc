"""Which beginnings of lines are names of speakers: those that come back. Knows no language.

`Speaker 1:`, `- John:`, `>> ANNA:`, `[Host]:`, `司会：` and a name on a line of its own are the
same to a listener: nobody says them. A name is known by coming back: "One thing is clear: …"
stays. What has another sign behind it, or none, is found by `parted_names`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from storyboard.studio.compose.parted_names import (
    LEAST_LINES,
    MOST_WORDS,
    PartedNames,
    find_parted_names,
    looks_like_name,
)

MAX_CHARACTERS: Final = 50
"""Of a name with its role; what is longer before a colon is a sentence."""

_WIDE_NAME: Final = 6
"""Signs of a name in Chinese or Japanese, with its title."""

_HEADED_SHARE: Final = 0.3
"""Of the cues of several lines, whose first line comes back: then it is a line of names."""

_LED_SHARE: Final = 0.8
"""Of all cues that begin with the same few capitalized words, without a colon."""

_MARK: Final = re.compile(r"\s*+(?:(?:>>++|&gt;&gt;|[-–—•])\s*+)*+")
_LABEL: Final = re.compile(
    rf"(?P<name>[^\W_](?:[^:：\n.!?。！？]|[.](?=\s|[^\W\d])){{0,{MAX_CHARACTERS - 1}}}?)"
    r"(?:\s*[(\[][\d:.,\s]{1,16}[)\]])?\s?(?:：|:(?!//)(?=\s|[^\x00-\x7f]|$))\s*"
)
_BOXED: Final = re.compile(r"[\[(]\s*(?P<name>[^\W\d_][^\[\]():]{0,40}?)\s*[\])]\s?[:：]\s*")
_LED: Final = re.compile(r"(?:[A-ZÀ-Þ][\w.'’-]* ){1,3}(?:[A-ZÀ-Þ][\w.'’-]*|\d{1,3})(?= )")
_NUMBERED: Final = re.compile(r"[^\W\d_]+(?: [^\W\d_]+)? \(?\d{1,3}\)?$")
_NOTED: Final = frozenset(
    """
    note notes example warning tip hinweis achtung beispiel exemple nota ejemplo
    """.split()  # noqa: SIM905
)
"""What stands before a colon again and again in written texts, and is no speaker."""


@dataclass(frozen=True, slots=True)
class Labels:
    """The names that the lines of a transcript begin with; `is_each_line` where nearly all do."""

    names: frozenset[str] = frozenset()
    heads: frozenset[str] = frozenset()
    led: frozenset[str] = frozenset()
    parted: PartedNames = field(default_factory=PartedNames)
    is_each_line: bool = False

    @property
    def is_found(self) -> bool:
        """Whether there are names."""
        return bool(self.names or self.heads or self.led or self.parted.names)

    def part(self, line: str) -> tuple[str, str]:
        """Return who says a line, empty where it does not tell, and what is said."""
        marked = _MARK.match(line)
        rest = line[marked.end() :] if marked else line
        if (parted := self.parted.part(rest)) is not None:
            return parted
        found = label_of(line)
        if found is not None and self._is_name(line, *found):
            return found[0], found[2]
        if rest.strip() in self.heads:
            return rest.strip(), ""
        led = _LED.match(rest) if self.led else None
        if led and led.group() in self.led:
            return led.group(), rest[led.end() :].lstrip()
        return "", rest if marked and marked.group().strip() else line

    def _is_name(self, line: str, name: str, is_marked: bool, rest: str) -> bool:
        if name in self.names:
            return True
        if name.casefold() in _NOTED:
            return False
        if name.isupper() or is_marked:
            return bool(rest) and looks_like_name(name)
        # Said once, among others that come back: known by what they all look like.
        is_shaped = bool(_NUMBERED.match(name)) or (looks_like_name(name) and " " in name)
        is_shaped = is_shaped or (not name.isascii() and len(name) <= _WIDE_NAME and "：" in line)
        return bool(self.names) and (is_shaped or self.is_each_line)


def label_of(line: str) -> tuple[str, bool, str] | None:
    """Return what may be a speaker's name, whether a mark is before it, and what follows it."""
    head = line[: 2 * MAX_CHARACTERS]
    if ":" not in head and "：" not in head:
        return None
    marked = _MARK.match(head)
    at = marked.end() if marked else 0
    found = _BOXED.match(head, at) or _LABEL.match(head, at)
    if found is None or len(found["name"].split()) > MOST_WORDS:
        return None
    is_marked = ">" in head[:at] or found.re is _BOXED
    return found["name"].strip(), is_marked, line[found.end() :]


def find_labels(
    lines: Sequence[str],
    blocks: Sequence[Sequence[str]] = (),
    cues: Sequence[Sequence[str]] = (),
) -> Labels:
    """Return the names among the beginnings of lines.

    The first line of a block may be a name that stands alone; the first words of a cue may be one
    without a sign behind it.
    """
    counts: Counter[str] = Counter()
    for line in lines:
        found = label_of(line)
        if found is not None and found[0].casefold() not in _NOTED:
            counts[found[0]] += 1
    names = {
        name
        for name, count in counts.items()
        if count >= LEAST_LINES or (count > 1 and looks_like_name(name))
    }
    named = sum(counts[name] for name in names)
    parted = find_parted_names(map(_unmarked, lines))
    is_each = named >= _LED_SHARE * len(lines)
    return Labels(frozenset(names), _heads(blocks), _leads(cues), parted, is_each)


def _heads(blocks: Sequence[Sequence[str]]) -> frozenset[str]:
    """Return the first lines of blocks that come back above other words each time."""
    several = [lines for lines in blocks if len(lines) > 1]
    counts = Counter(_unmarked(lines[0]) for lines in several)
    rests: dict[str, set[str]] = {}
    for lines in several:
        rests.setdefault(_unmarked(lines[0]), set()).add(lines[1])
    heads = {
        head
        for head, count in counts.items()
        if count >= LEAST_LINES and len(rests[head]) > count / 2 and looks_like_name(head)
    }
    headed = sum(counts[head] for head in heads)
    return frozenset(heads) if headed >= _HEADED_SHARE * max(1, len(blocks)) else frozenset()


def _unmarked(line: str) -> str:
    marked = _MARK.match(line)
    return line[marked.end() :].strip() if marked else line.strip()


def _leads(cues: Sequence[Sequence[str]]) -> frozenset[str]:
    """Return the capitalized words that nearly all cues begin with, where no colon follows."""
    found = [_LED.match(lines[0]) for lines in cues if lines]
    counts = Counter(match.group() for match in found if match)
    leads = {lead for lead, count in counts.items() if count >= LEAST_LINES}
    led = sum(counts[lead] for lead in leads)
    return frozenset(leads) if led >= _LED_SHARE * max(1, len(cues)) else frozenset()
