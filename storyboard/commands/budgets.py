"""The project's own budgets, where the command line sets none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from storyboard.plan.options import Limit, PlanOptions


def within_policy(options: PlanOptions, policy: Mapping[str, Any]) -> PlanOptions:
    """Take the project's budgets for the limits that the caller left open."""
    budgets = {
        "max_generate": policy.get("maxGenerate"),
        "max_minutes": policy.get("maxMinutes"),
        "max_replace": policy.get("maxReplace"),
    }
    left_open = {
        name: budget
        for name, budget in budgets.items()
        if budget is not None and getattr(options, name) is None
    }
    most = policy.get("maxDelete")
    if most is not None and options.max_delete == PlanOptions().max_delete:
        left_open["max_delete"] = Limit(most, 100.0)
    return replace(options, **left_open)
