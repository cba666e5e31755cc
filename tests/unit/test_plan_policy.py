"""How a project's budgets become the limits of a plan, and what each one refuses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

from storyboard.commands.budgets import within_policy
from storyboard.compiler import read_project
from storyboard.environment_variables import VARIABLES
from storyboard.errors import UsageError
from storyboard.plan.action import Action
from storyboard.plan.guards import find_refusals
from storyboard.plan.limits import Limit, Rule
from storyboard.plan.options import PlanOptions
from storyboard.plan.refusal import Refusal
from storyboard.source.files import MemoryFiles
from storyboard.state.model import State
from storyboard.video import Address
from tests.support.tiny_studio import PRINCIPAL

POLICY = """\
policy:
  maxGenerate: 3
  maxMinutes: 2.5
  maxReplace: 20%
  maxDelete: 4 and 50%
  protect: [legal-*]
"""


def options(policy: str = "", asked: PlanOptions | None = None, **variables: str) -> PlanOptions:
    project = read_project(MemoryFiles({"storyboard.yaml": policy})).project
    return within_policy(asked or PlanOptions(), project, variables)


def holding(taken: PlanOptions) -> list[str]:
    return [f"{each.rule.value} {each}" for each in taken.bounds(9).limits]


def test_every_limit_of_a_project_holds_and_says_where_it_stands() -> None:
    taken = options(POLICY)
    assert holding(taken) == [
        "max-generate 3 (storyboard.yaml:2)",
        "max-minutes 2.5 (storyboard.yaml:3)",
        "max-replace 20 % (storyboard.yaml:4)",
        "max-delete 4 and 50 % (storyboard.yaml:5)",
        "max-delete 10 and 30 % (built in)",
    ]
    assert [str(each) for each in taken.protected] == ["'legal-*' (storyboard.yaml:6)"]
    assert options() == PlanOptions()


def test_every_limit_of_an_operator_holds_too() -> None:
    names = {rule.variable: "1" for rule in Rule} | {"STORYBOARD_PROTECT": "a@de, b-*,"}
    assert {*names} <= {variable.name for variable in VARIABLES}
    taken = options("", **names)
    assert holding(taken) == [f"{rule.value} 1 ({rule.variable})" for rule in Rule]
    assert [each.pattern for each in taken.protected] == ["a@de", "b-*"]
    assert len(holding(options(POLICY, **names))) == 8


@pytest.mark.parametrize("name", [rule.variable for rule in Rule])
@pytest.mark.parametrize("value", ["five", "-1", "1e3", "20 percent"])
def test_a_variable_that_is_no_limit_is_wrong_use(name: str, value: str) -> None:
    with pytest.raises(UsageError, match=f"'{value}' in {name} is not a limit"):
        options(**{name: value})
    assert holding(options(**{name: ""})) == holding(options())


def test_what_the_caller_says_wins() -> None:
    asked = PlanOptions(max_generate=9, max_minutes=8.0, max_replace=7, max_delete=Limit(6))
    taken = options(POLICY, asked, STORYBOARD_MAX_DELETE="1")
    assert holding(taken) == [
        f"{rule.value} {most} ({rule.flag})" for rule, most in zip(Rule, "9876", strict=True)
    ]


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
    moved_from: Any = None


def test_a_budget_of_replacements_refuses_a_plan() -> None:
    changes: Any = [Replaced(Address("one", None)), Replaced(Address("two", None))]
    state = State.fresh(PRINCIPAL)

    def refusals(options: PlanOptions) -> list[Refusal]:
        return list(find_refusals(changes, state, options, options.bounds(2)))

    refused = refusals(PlanOptions(max_replace=1))
    assert [(each.rule, each.flag) for each in refused] == [("max-replace", "--max-replace 2")]
    assert not refusals(PlanOptions(max_replace=2))
    assert not refusals(PlanOptions())
