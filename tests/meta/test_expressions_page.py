"""The page about expressions: each example comes out as it says, and nothing is left out."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from reference_tables.expressions import LIMITS, Example, examples_of
from storyboard.templates import limits
from storyboard.templates.expressions import TemplateFault, parse_template
from storyboard.templates.faults import FaultKind
from storyboard.templates.filters import FILTERS
from storyboard.templates.predicates import TESTS
from storyboard.templates.syntax import Comparison, Operator
from tests.support.expression_examples import PAGE, outcome
from tests.support.pages import blocks_of

TEXT = PAGE.read_text("utf-8")
LINES = [
    line for block in blocks_of(TEXT) if block.kind == "text" for line in block.text.splitlines()
]
EXAMPLES = [example for line in LINES for example in examples_of(line)]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda each: each.text)
def test_an_example_comes_out_as_the_page_says(example: Example) -> None:
    assert outcome(example) == example.value


def test_each_line_is_an_example() -> None:
    assert len(EXAMPLES) == len(LINES) >= 70


def test_every_operator_has_an_example() -> None:
    shown = " ".join(example.text for example in EXAMPLES)
    for sign in (*Operator, *Comparison):
        assert f" {sign.value} " in shown, sign
    for word in (" ~ ", " and ", " or ", "{{ not ", " if ", " is ", "|", "[1:]", ".name", "{{ -"):
        assert word in shown, word


def test_every_filter_test_and_limit_has_a_row() -> None:
    rows = re.findall(r"^\| `([a-z_]+)", TEXT, re.M)
    assert set(rows) >= FILTERS.keys() | TESTS.keys()
    assert LIMITS.keys() == {name for name in vars(limits) if name.isupper()}


AT_THE_LIMIT: dict[str, Callable[[int], str]] = {
    "EXPRESSION_CHARACTERS": lambda n: "{{" + "a".rjust(n) + "}}",
    "EXPRESSION_TOKENS": lambda n: "{{" + "''" * n + "}}",
    "EXPRESSION_NODES": lambda n: "{{ a" + "|trim" * (n - 1) + " }}",
    "EXPRESSION_DEPTH": lambda n: "{{ " + "(" * n + "a" + ")" * n + " }}",
    "EXPRESSIONS": lambda n: "{{ a }}" * n,
    "TEXT": lambda n: f"{{{{ big[:{n // 2}] ~ big[:{n // 2}] }}}}",
    "ITEMS": lambda n: f"{{{{ big[:{n}]|list }}}}",
    "NUMBER": lambda n: f"{{{{ {n} + 0 }}}}",
    "DECIMALS": lambda n: f"{{{{ 1|number(digits={n}) }}}}",
}
"""What is still allowed, as a template over `a` and `big`, for the limits that one may count."""


@pytest.mark.parametrize("name", AT_THE_LIMIT)
def test_a_limit_is_where_the_page_says(name: str) -> None:
    most = getattr(limits, name)
    assert fault_of(AT_THE_LIMIT[name](most)) is None
    beyond = fault_of(AT_THE_LIMIT[name](most + 2))
    assert beyond is not None
    assert beyond.kind in (FaultKind.LIMIT, FaultKind.VALUE)


def test_steps_nodes_and_depth_are_counted() -> None:
    steps = fault_of("{{ long|select('in', long) }}")
    assert steps is not None
    assert f"{limits.WORK:,} steps" in steps.message
    values = fault_of("{{ [long, long, long, long, long, long, long] }}")
    assert values is not None
    assert f"{limits.NODES:,} values" in values.message
    deep = fault_of("{{ [deep] }}")
    assert deep is not None
    assert f"{limits.DEPTH} levels" in deep.message
    assert fault_of("{{ deep }}") is None


def fault_of(text: str) -> TemplateFault | None:
    deep: list[object] = []
    for _ in range(limits.DEPTH - 1):
        deep = [deep]
    scope = {"a": "a", "big": "b" * limits.TEXT, "long": list(range(9000)), "deep": deep}
    template = parse_template(text)
    if isinstance(template, TemplateFault):
        return template
    try:
        template.render(scope, "en")  # type: ignore[arg-type]
    except TemplateFault as fault:
        return fault
    return None
