"""The members of a `multirequest`, and what they take from the answers before them. Asks nothing.

A member's parameters stand under its number: `1:service`, `1:action`, `1:entryId`. A text may have
references to earlier answers, such as `{1:result:id}` or `{1:result:objects:0:id}`.
"""

from __future__ import annotations

import re
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from storyboard.studio.api.bodies import MAX_JSON_BYTES
from storyboard.studio.api.parameters import Parameters
from storyboard.studio.behavior.refusal import Refusal, StudioCode
from storyboard.whole_numbers import whole_number

MOST: Final = 50
"""Members of one request; Kaltura's players send five."""

MAX_ANSWERS: Final = 16 << 20
"""What the answers may weigh before the last one: two hundred times what players ask for."""

MAX_SECONDS: Final = 20.0
"""How long the members before the last one may take: it has a thread for all that time."""

_VALUE_WEIGHS: Final = 50
"""A value in memory, besides its characters."""

_COMMON: Final = ("ks", "partnerId", "clientTag")
"""What a member takes from the whole where it says nothing else."""

_REFERENCE: Final = re.compile(r"\{([0-9]{1,3}):result((?::[^:{}]{1,100}){0,10})\}")


@dataclass(frozen=True, slots=True)
class Member:
    """A call of one service, before its references are looked up."""

    name: str
    values: Mapping[str, Any]


class Answers:
    """Owns what the members were answered, and how much and how long that may be."""

    def __init__(self) -> None:
        self.found: list[Any] = []
        self._left = MAX_ANSWERS
        self._until = time.monotonic() + MAX_SECONDS

    def add(self, answer: Any) -> None:
        """Keep the answer of the next member."""
        self.found.append(answer)
        self._left -= _weight(answer)

    def check_room(self) -> None:
        """Refuse a member if those before it took too much; raises `Refusal`."""
        if self.found and (self._left < 0 or time.monotonic() > self._until):
            raise Refusal(
                StudioCode.VALIDATION_ERROR,
                "the calls before this one took too much: send it in another request",
            )


def count_of(given: Parameters) -> int:
    """Return how many calls there are to make; where they are too many, none is made."""
    return min(len(_numbers(given)), MOST)


def members_of(given: Parameters) -> list[Member]:
    """Return the calls in their order; raises `Refusal` where one of the numbers has none."""
    numbers = _numbers(given)
    if len(numbers) > MOST:
        raise Refusal(StudioCode.VALIDATION_ERROR, f"multirequest: at most {MOST} requests")
    common: dict[str, Any] = {name: given.values[name] for name in _COMMON if name in given.values}
    members = []
    for place in range(1, max(len(numbers), 1) + 1):
        service, action = given.text(str(place), "service"), given.text(str(place), "action")
        members.append(Member(f"{service}/{action}", {**common, **given.values[str(place)]}))
    return members


def _numbers(given: Parameters) -> set[int]:
    return {number for key in given.values if (number := whole_number(key)) is not None}


def resolved(member: Member, answers: Sequence[Any]) -> dict[str, Any]:
    """Return a member's parameters with the answers that they refer to; raises `Refusal`.

    What an answer does not have is a missing parameter, as at Kaltura.
    """
    filling = _Filling(answers)
    return {name: filling.value(value) for name, value in member.values.items()}


class _Filling:
    """Owns how much a member may still take from the answers before it."""

    def __init__(self, answers: Sequence[Any]) -> None:
        self._answers = answers
        self._left = MAX_JSON_BYTES

    def value(self, value: Any) -> Any:
        """Return a parameter with its references filled in."""
        if isinstance(value, dict):
            return {name: self.value(inner) for name, inner in value.items()}
        if isinstance(value, list):
            return [self.value(inner) for inner in value]
        return _REFERENCE.sub(self._text, value) if isinstance(value, str) else value

    def _text(self, found: re.Match[str]) -> str:
        number, path = int(found[1]), found[2].split(":")[1:]
        known = 1 <= number <= len(self._answers)
        value = self._answers[number - 1] if known else None
        for name in path:
            value = _inside(value, name)
        if value is None or isinstance(value, dict | list):
            raise Refusal(
                StudioCode.MISSING_MANDATORY_PARAMETER,
                f"Missing parameter '{found[0]}'",
                {"NAME": found[0]},
            )
        text = str(int(value)) if isinstance(value, bool) else str(value)
        self._left -= len(text)
        if self._left < 0:
            raise Refusal(StudioCode.VALIDATION_ERROR, "too much is taken from earlier answers")
        return text


def _inside(value: Any, name: str) -> Any:
    if isinstance(value, dict):
        return value.get(name)
    place = whole_number(name)
    is_there = isinstance(value, list) and place is not None and place < len(value)
    return value[place] if is_there else None


def _weight(answer: Any) -> int:
    """Return about how many bytes an answer takes, without recursion: it may be deep."""
    weight, left = 0, [answer]
    while left:
        value = left.pop()
        weight += _VALUE_WEIGHS
        if isinstance(value, dict):
            left.extend(value.values())
        elif isinstance(value, list):
            left.extend(value)
        elif isinstance(value, str):
            weight += len(value)
    return weight
