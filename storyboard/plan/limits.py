"""How much one apply may do: the limits, who set each, and what counts. Reads no file, no variable.

A limit is of one plan, and of the apply that carries it out. Whoever runs the command loosens one;
a project's file, which a pull request may change, only adds limits to those that hold without it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import Enum
from typing import Final

from storyboard.video import Address, Video
from storyboard.whole_numbers import whole_number

_PERCENT: Final = re.compile(r"(?:(?P<count>[0-9]{1,9}) and )?(?P<percent>100|[0-9]{1,2}) ?%")
_PATTERN: Final = re.compile(r"[A-Za-z0-9._*?@!\[\]-]{1,200}")
"""As the schema of the project's file has it: a space or a comma would make it match nothing."""

_DECIMAL: Final = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,9})?")


class Rule(Enum):
    """What is limited; the value is what a refusal is called, and the option without its dashes.

    `key` is the key of `policy` in the project's file, `variable` what an operator sets.
    """

    key: str
    variable: str

    def __new__(cls, value: str, key: str, variable: str) -> Rule:
        """Make a rule of its names."""
        rule = object.__new__(cls)
        rule._value_, rule.key, rule.variable = value, key, variable
        return rule

    GENERATE = "max-generate", "maxGenerate", "STORYBOARD_MAX_GENERATE"
    MINUTES = "max-minutes", "maxMinutes", "STORYBOARD_MAX_MINUTES"
    REPLACE = "max-replace", "maxReplace", "STORYBOARD_MAX_REPLACE"
    DELETE = "max-delete", "maxDelete", "STORYBOARD_MAX_DELETE"

    @property
    def flag(self) -> str:
        """The option that sets the limit for one command."""
        return f"--{self.value}"


RELATIVE: Final = frozenset({Rule.REPLACE, Rule.DELETE})
"""What may be limited to a part of the videos that the environment has."""


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `count`, and at most `percent` of the videos that the environment has.

    A percentage is rounded down, but to no less than one: else a project of three videos could
    never delete any at 30 %. 0 % is none.
    """

    count: float | None = None
    percent: float | None = None

    def allows(self, number: float, of: int) -> bool:
        """Say whether so many of so many are within the limit."""
        # In this order, what is no number is never within: it would lift the guard in silence.
        if self.count is not None and not number <= self.count:
            return False
        if self.percent is None:
            return True
        return number * 100 <= of * self.percent or (number <= 1 and self.percent > 0)

    def is_within(self, other: Limit) -> bool:
        """Whether it allows nothing that the other does not, however many videos there are."""
        pairs = ((self.count, other.count), (self.percent, other.percent))
        return all(theirs is None or (own is not None and own <= theirs) for own, theirs in pairs)

    def __str__(self) -> str:
        parts = [] if self.count is None else [f"{self.count:.12g}"]
        if self.percent is not None:
            parts.append(f"{self.percent:g} %")
        return " and ".join(parts) or "none"


def parse_limit(text: str, rule: Rule) -> Limit | None:
    """Read a limit as people write it: `5`, `20%`, `5 and 20%`, `2.5` minutes; None for others.

    Percentages are whole numbers up to 100, and for `RELATIVE` rules alone.
    """
    told = text.strip()
    if rule is Rule.MINUTES:
        return Limit(float(told)) if _DECIMAL.fullmatch(told) else None
    count = whole_number(told, 9)
    if count is not None:
        return Limit(count)
    found = _PERCENT.fullmatch(told) if rule in RELATIVE else None
    if found is None:
        return None
    most = found["count"]
    return Limit(None if most is None else int(most), int(found["percent"]))


def is_pattern(text: str) -> bool:
    """Whether a text could name addresses."""
    return _PATTERN.fullmatch(text) is not None


class Setter(Enum):
    """Who set a limit. What the project's file says is written by whoever sends a pull request."""

    CALLER = "caller"
    OPERATOR = "operator"
    PROJECT = "project"
    NOBODY = "nobody"


OPERATORS: Final = frozenset({Setter.CALLER, Setter.OPERATOR})
"""Who runs the command: what they set counts also what a state only claims."""


@dataclass(frozen=True, slots=True)
class SetLimit:
    """A limit on something, by whom, and where that stands: a flag, a variable, `file:line`."""

    rule: Rule
    limit: Limit
    by: Setter
    source: str

    def __str__(self) -> str:
        return f"{self.limit} ({self.source})"


BUILT_IN: Final = SetLimit(Rule.DELETE, Limit(10, 30), Setter.NOBODY, "built in")
"""What holds for deletions until the operator says otherwise: none that a person would not look at
for a minute, and of a small project not most. A choice."""


@dataclass(frozen=True, slots=True)
class Protection:
    """A pattern of addresses that are neither deleted nor replaced, by whom, where it stands."""

    pattern: str
    by: Setter
    source: str

    def __str__(self) -> str:
        return f"'{self.pattern}' ({self.source})"


@dataclass(frozen=True, slots=True)
class Bounds:
    """All that a plan is held to, the same for its apply; `videos` is how many there are.

    The strictest limit holds: what is counted has to be within each of them.
    """

    limits: tuple[SetLimit, ...] = ()
    videos: int = 0
    protected: tuple[Protection, ...] = ()
    allow_protected: bool = False

    def broken(self, rule: Rule, number: float) -> tuple[SetLimit, ...]:
        """Return the limits of a rule that so many are not within."""
        return tuple(
            each
            for each in self.limits
            if each.rule is rule and not each.limit.allows(number, self.videos)
        )

    @property
    def operators(self) -> Bounds:
        """The same, with the patterns of no file: what a pull request cannot change."""
        own = tuple(each for each in self.protected if each.by is not Setter.PROJECT)
        return replace(self, protected=own)

    def protection(self, address: Address, *marks: bool) -> str | None:
        """Say how an address is protected, if it is; `marks` are what `protect` says of it."""
        if self.allow_protected:
            return None
        if any(marks):
            return "protected"
        found = (each for each in self.protected if address.matches((each.pattern,)))
        return next((f"protected by {each}" for each in found), None)

    def protecting(self, video: Video) -> Video:
        """Return a video that says of itself what protects it, for who looks at nothing else."""
        is_told = video.protect or self.protection(video.address) is None
        return video if is_told else replace(video, protect=True)
