"""Each kind of failure has one name, and the exit code that its class has always had."""

from __future__ import annotations

import ast
import re

import pytest

from storyboard import errors
from storyboard.errors import ExitCode, FailureCode, StoryboardError
from tests.support.python_names import modules_with, nodes

NO_FAILURES = {ExitCode.OK, ExitCode.CHANGES_PENDING}
KINDS = [each for each in vars(errors).values()
         if isinstance(each, type) and issubclass(each, StoryboardError)]  # fmt: skip


def test_every_exit_code_of_a_failure_has_a_name() -> None:
    assert {code.exit for code in FailureCode} == set(ExitCode) - NO_FAILURES
    for exit_code in set(ExitCode) - NO_FAILURES:
        assert FailureCode.of(exit_code).exit is exit_code


def test_names_can_be_typed_and_tell_what_to_do() -> None:
    for code in FailureCode:
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", code.value)
        assert code.meaning
        assert code.fix
        assert not code.meaning.endswith(".")


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_a_class_ends_with_what_its_table_says(kind: type[StoryboardError]) -> None:
    row = re.search(rf"{kind.__name__} +(\d+)", errors.__doc__ or "")
    assert row is not None
    assert int(row[1]) == kind.failure_code.exit


def test_a_more_exact_code_changes_no_exit_code() -> None:
    """Who catches a class may rely on how it ends."""
    by_name = {kind.__name__: kind for kind in KINDS if kind is not StoryboardError}
    found = 0
    for path, tree in modules_with("FailureCode"):
        for node in nodes(tree):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
                continue
            for keyword in node.keywords:
                said = re.fullmatch(r"FailureCode\.([A-Z_]+)", ast.unparse(keyword.value))
                if keyword.arg == "code" and said and node.func.id in by_name:
                    found += 1
                    assert FailureCode[said[1]].exit == by_name[node.func.id].failure_code.exit, (
                        f"{path}:{node.lineno}"
                    )
    assert found > 20
