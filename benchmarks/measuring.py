"""Runs two things in turn and compares them. Knows nothing of what they do."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """One figure: what was measured, the number, and the bound that the design sets."""

    name: str
    value: float
    unit: str
    bound: str = ""
    detail: str = ""

    def __str__(self) -> str:
        bound = f"  (wanted: {self.bound})" if self.bound else ""
        detail = f"  {self.detail}" if self.detail else ""
        value = f"{self.value:.{3 if 0 < self.value < 0.2 else 2}f}"
        return f"{self.name:<58} {value:>8} {self.unit:<5}{bound}{detail}"


@dataclass(frozen=True, slots=True)
class Cost:
    """What one act took in this process, in seconds."""

    wall: float
    cpu: float


def cost(act: Callable[[], object]) -> Cost:
    """Do it once, and measure."""
    wall, cpu = time.perf_counter(), time.process_time()
    act()
    return Cost(time.perf_counter() - wall, time.process_time() - cpu)


def seconds(act: Callable[[], object]) -> float:
    """Return the wall seconds of one call."""
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun


def in_turn(
    ours: Callable[[], object], peer: Callable[[], object], *, rounds: int
) -> tuple[float, float, float]:
    """Run both `rounds` times, A B A B …; return the medians and the median ratio ours/peer."""
    pairs = [(seconds(ours), seconds(peer)) for _ in range(rounds)]
    return (
        statistics.median(a for a, _ in pairs),
        statistics.median(b for _, b in pairs),
        statistics.median(a / b for a, b in pairs),
    )
