"""Hints that name what was probably meant: a file, an avatar's list, a filter of another tool."""

from __future__ import annotations

import pytest

from storyboard.compiler import compile_project
from storyboard.source.files import MemoryFiles

SAYING = "Welcome to the tour of our new search engine."


def hint_of(board: str, others: dict[str, str] | None = None) -> str:
    files = MemoryFiles({"tour.storyboard.yaml": f"name: Tour\n{board}\n", **(others or {})})
    (found,) = [f for f in compile_project(files).report.diagnostics if f.severity.value == "error"]
    return found.hint or ""


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("shared/intr.yaml", "shared/intro.yaml"),
        ("intro.yaml", "shared/intro.yaml"),
        ("shard/intro.yml", "shared/intro.yaml"),
    ],
)
def test_a_missing_include_names_the_nearest_file(written: str, meant: str) -> None:
    others = {"shared/intro.yaml": f"[{SAYING}]\n", "shared/ending.yaml": f"[{SAYING}]\n"}
    assert hint_of(f"scenes: [{{include: {written}}}]", others) == f"did you mean '{meant}'?"


def test_an_unknown_avatar_says_how_to_list_them() -> None:
    assert "`storyboard avatars`" in hint_of(f"avatar: Bob\nscenes: ['{SAYING}']")


@pytest.mark.parametrize(
    ("written", "meant"),
    [("upercase", "upper"), ("uppercase", "upper"), ("lowercse", "lower"), ("uper", "upper")],
)
def test_a_filter_of_another_tool_is_known_with_a_typo(written: str, meant: str) -> None:
    hint = hint_of(f"scenes: ['{SAYING[:-1]} {{{{ \"a\" | {written} }}}}.']")
    assert meant in hint
    assert not hint.startswith("known")
