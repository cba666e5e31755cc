"""How a project's budgets become the limits of a plan, and what each one refuses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from storyboard.commands.budgets import within_policy
from storyboard.plan.change import Action
from storyboard.plan.guards import find_refusals
from storyboard.plan.options import Limit, PlanOptions
from storyboard.state.model import State
from storyboard.video import Address
from tests.support.tiny_studio import PRINCIPAL

POLICY = {"maxGenerate": 3, "maxMinutes": 2.5, "maxReplace": 1, "maxDelete": 4}


def test_every_budget_becomes_a_limit() -> None:
    limits = within_policy(PlanOptions(), POLICY)
    assert (limits.max_generate, limits.max_minutes, limits.max_replace) == (3, 2.5, 1)
    assert limits.max_delete == Limit(4, 100.0)
    assert within_policy(PlanOptions(), {}) == PlanOptions()


def test_what_the_caller_says_wins() -> None:
    asked = PlanOptions(max_generate=9, max_minutes=8.0, max_replace=7, max_delete=Limit(6, 50.0))
    assert within_policy(asked, POLICY) == asked


@dataclass(frozen=True)
class Replaced:
    """As much of a change as the guard of replacements looks at."""

    address: Address
    action: Action = Action.REPLACE
    film: Any = None
    applied: Any = None
    desired: Any = None
    may_replace: bool = True
    begun: bool = False
    keep_command: str = ""


def test_a_budget_of_replacements_refuses_a_plan() -> None:
    changes: Any = [Replaced(Address("one", None)), Replaced(Address("two", None))]
    state = State.fresh(PRINCIPAL)
    refused = find_refusals(changes, state, PlanOptions(max_replace=1))
    assert [(each.rule, each.flag) for each in refused] == [("max-replace", "--max-replace 2")]
    assert not list(find_refusals(changes, state, PlanOptions(max_replace=2)))
    assert not list(find_refusals(changes, state, PlanOptions()))
