"""Bad days on demand: which requests of the API fail, and how. Knows no HTTP library."""

from __future__ import annotations

import random
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any


class FaultKind(Enum):
    """What happens to a request that a fault matches."""

    DROP_BEFORE = "drop-before"
    DROP_AFTER = "drop-after"
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


class Faults:
    """Owns the rules of one server process and counts what they matched."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._rules: list[_Rule] = []

    def add(self, fault: Fault) -> None:
        """Add a rule behind the others; the first that fires wins."""
        with self._lock:
            self._rules.append(_Rule(fault))

    def clear(self) -> None:
        """Forget all rules."""
        with self._lock:
            self._rules.clear()

    def match(self, action: str, body: Any) -> Fault | None:
        """Return the fault that this request meets, and count it."""
        if not self._rules:
            return None
        video_id = body.get("id") if isinstance(body, dict) else None
        with self._lock:
            fired = [rule.fault for rule in self._rules if rule.fires(action, video_id)]
        return fired[0] if fired else None

    def listing(self) -> list[dict[str, Any]]:
        """Return the rules with how often each matched and fired."""
        with self._lock:
            return [
                {
                    "kind": rule.fault.kind.value,
                    "action": rule.fault.action,
                    "matched": rule.matched,
                    "fired": rule.fired,
                }
                for rule in self._rules
            ]


class _Rule:
    def __init__(self, fault: Fault) -> None:
        self.fault = fault
        self.matched = self.fired = 0
        self._random = random.Random(fault.seed)

    def fires(self, action: str, video_id: Any) -> bool:
        fault = self.fault
        if fault.action not in ("*", action) or fault.video_id not in (None, video_id):
            return False
        self.matched += 1
        if fault.call is not None and self.matched < fault.call:
            return False
        times = fault.times or (1 if fault.call is not None else None)
        if times is not None and self.fired >= times:
            return False
        if self._random.random() >= fault.probability:
            return False
        self.fired += 1
        return True
