"""Bad days on demand: which requests of the API fail, and how. Knows no HTTP library."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from enum import Enum
from typing import Any


class FaultKind(Enum):
    """What happens to a request that a fault matches."""

    DROP_BEFORE = "drop-before"
    DROP_AFTER = "drop-after"
    RESET = "reset"
    TRUNCATE = "truncate"
    GARBAGE = "garbage"
    EMPTY = "empty"
    STATUS = "status"
    CODE = "code"
    DELAY = "delay"


@dataclass(frozen=True, slots=True)
class Fault:
    """One rule. `call` counts matching requests from 1 (`None`: every one), for `times` of them.

    `action` is a path below the API, such as `video/add`, or `*`; `delay` in seconds comes first.
    """

    kind: FaultKind
    action: str = "*"
    video_id: str | None = None
    call: int | None = None
    times: int | None = None
    probability: float = 1.0
    seed: int = 0
    delay: float = 0.0
    status: int = 503
    code: str = "INTERNAL_SERVER_ERROR"
    message: str = "injected fault"
    headers: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """A fault, how many requests it `matched` and `fired` at, and how often chance was asked."""

    fault: Fault
    matched: int = 0
    fired: int = 0
    drawn: int = 0

    def seen(self, action: str, video_id: Any) -> tuple[Rule, bool]:
        """Return the rule once it has seen a request, and whether it would spoil it."""
        fault = self.fault
        if fault.action not in ("*", action) or fault.video_id not in (None, video_id):
            return self, False
        after = replace(self, matched=self.matched + 1)
        if fault.call is not None and after.matched < fault.call:
            return after, False
        times = fault.times or (1 if fault.call is not None else None)
        if times is not None and after.fired >= times:
            return after, False
        after = replace(after, drawn=after.drawn + 1)
        is_sure = fault.probability >= 1
        return after, is_sure or _chance(fault.seed, after.drawn) < fault.probability

    def told(self) -> dict[str, Any]:
        """Return the rule by the names that the control plane takes, as far as it was set."""
        told: dict[str, Any] = {"kind": self.fault.kind.value, "action": self.fault.action}
        for field in fields(Fault):
            value = getattr(self.fault, field.name)
            if field.name not in told and value and value != field.default:
                told["videoId" if field.name == "video_id" else field.name] = value
        return told | {"matched": self.matched, "fired": self.fired}


def met_by(rules: Sequence[Rule], action: str, body: Any) -> tuple[list[Rule], Fault | None]:
    """Return the rules once they have seen a request, and the fault that it meets: the first's."""
    video_id = body.get("id") if isinstance(body, dict) else None
    # All of them, and not up to the first: a later rule counts its requests too.
    seen = [rule.seen(action, video_id) for rule in rules]
    after = [rule for rule, _ in seen]
    first = next((index for index, (_, is_due) in enumerate(seen) if is_due), None)
    if first is None:
        return after, None
    after[first] = replace(after[first], fired=after[first].fired + 1)
    return after, after[first].fault


def _chance(seed: int, drawn: int) -> float:
    """Return the nth number of a seed: the same faults come at the same requests.

    Without those before it: a test of an hour asks for the millionth.
    """
    return random.Random(f"{seed} {drawn}").random()
