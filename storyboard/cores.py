"""How many cores there are for this program. Knows no work."""

from __future__ import annotations

import math
import os

from storyboard.cgroups import core_limit


def cores() -> int:
    """Return how many cores this program may use, by its affinity and the limits of its groups."""
    if hasattr(os, "sched_getaffinity"):
        there = len(os.sched_getaffinity(0))
    else:
        there = os.cpu_count() or 1
    limit = core_limit()
    return there if limit is None else min(there, max(1, math.ceil(limit)))
