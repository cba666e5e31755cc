"""Bad days on demand: which requests of the API fail, and how. Knows no HTTP library."""

from __future__ import annotations

import random
import threading
from collections.abc import Mapping
from dataclasses import dataclass, fields
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
        # No lock is taken where no fault is set, which is nearly always.
        if not self._rules:
            return None
        video_id = body.get("id") if isinstance(body, dict) else None
        with self._lock:
            # All of them, and not up to the first: `is_due` counts, and a later rule counts its
            # requests too.
            due = [rule for rule in self._rules if rule.is_due(action, video_id)]
            if not due:
                return None
            due[0].fired += 1
            return due[0].fault

    def listing(self) -> list[dict[str, Any]]:
        """Return the rules, as far as they were set, with how often each matched and fired."""
        with self._lock:
            return [
                _told(rule.fault) | {"matched": rule.matched, "fired": rule.fired}
                for rule in self._rules
            ]


def _told(fault: Fault) -> dict[str, Any]:
    """Return the fields of a rule by the names that the control plane takes."""
    told: dict[str, Any] = {"kind": fault.kind.value, "action": fault.action}
    for field in fields(Fault):
        value = getattr(fault, field.name)
        if field.name not in told and value and value != field.default:
            told["videoId" if field.name == "video_id" else field.name] = value
    return told


class _Rule:
    def __init__(self, fault: Fault) -> None:
        self.fault = fault
        self.matched = self.fired = 0
        # Of its own, so that the same faults come at the same requests, whatever else is set.
        self._random = random.Random(fault.seed)

    def is_due(self, action: str, video_id: Any) -> bool:
        """Count a request that this rule matches; return whether it would spoil it."""
        fault = self.fault
        if fault.action not in ("*", action) or fault.video_id not in (None, video_id):
            return False
        self.matched += 1
        if fault.call is not None and self.matched < fault.call:
            return False
        times = fault.times or (1 if fault.call is not None else None)
        if times is not None and self.fired >= times:
            return False
        return self._random.random() < fault.probability
