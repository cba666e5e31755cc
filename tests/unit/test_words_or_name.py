"""A value of three words that passes as a name is asked about once, until it is marked."""

from __future__ import annotations

import pytest

from storyboard.catalogs.prose import is_prose, may_be_prose
from storyboard.compiler import compile_project
from storyboard.source.files import MemoryFiles

TITLE = "Fast And Simple Search"


def asked(text: str, *, more: str = "", locales: str = "[en, de, fr]") -> list[str]:
    scene = f"{{id: a, narration: 'Welcome to the tour, {text}.'}}"
    board = f"name: T\nlocales: {locales}\nscenes:\n  - {scene}\n{more}"
    report = compile_project(MemoryFiles({"t.storyboard.yaml": board})).report
    return [f.message for f in report.diagnostics if f.code == "words-or-name"]


VARS = f"vars: {{tagline: {TITLE}}}\n"


def test_it_is_asked_once_for_all_locales_and_scenes() -> None:
    second = "  - {id: b, narration: 'And this was the tour of it, {{ tagline }}.'}\n"
    for more in (VARS, second + VARS):
        assert asked("{{ tagline }}", more=more) == [
            f"'{TITLE}' is taken for a name, and not translated"
        ]


def test_the_hint_has_both_marks_and_each_is_an_answer() -> None:
    board = (
        "name: T\nlocales: [en, de]\n"
        f"scenes: [{{id: a, narration: 'Welcome to the tour, {{{{ tagline }}}}.'}}]\n{VARS}"
    )
    report = compile_project(MemoryFiles({"t.storyboard.yaml": board})).report
    (found,) = [f for f in report.diagnostics if f.code == "words-or-name"]
    for mark in ("verbatim", "translate"):
        assert f"{{{{ tagline | {mark} }}}}" in (found.hint or "")
        assert asked(f"{{{{ tagline | {mark} }}}}", more=VARS) == []


@pytest.mark.parametrize(
    ("text", "more"),
    [
        ("{{ tagline }}", "vars: {tagline: Acme}\n"),
        ("{{ tagline }}", "vars: {tagline: Jane Doe}\n"),
        ("{{ tagline }}", "vars: {tagline: fast and simple search}\n"),
        ("{{ tagline }}", "vars: {tagline: Version 1.2 of Q3}\n"),
        ("{{ 'Fast And Simple Search' }}", ""),
        ("{{ {'de': 'Suche Schnell Und Gut'}[locale] | default('Fast And Simple Search') }}", ""),
        (
            "{{ tagline }}",
            VARS + "localize: {de: {vars: {tagline: Eine Schnelle Suche}}, "
            "fr: {vars: {tagline: Une Recherche Rapide}}}\n",
        ),
    ],
)
def test_it_is_not_asked_of_names_words_and_what_the_author_translated(
    text: str, more: str
) -> None:
    assert asked(text.replace("'", "''"), more=more) == []


def test_nothing_is_asked_in_one_language() -> None:
    assert asked("{{ tagline }}", more=VARS, locales="[en]") == []


@pytest.mark.parametrize(
    ("text", "doubtful"),
    [
        ("New York Times", True),
        ("FAST AND SIMPLE SEARCH", True),
        ("Jane Q. Public", True),
        ("Jane Doe", False),
        ("Acme", False),
        ("Q1 2024 Review", False),
        ("the new search", False),
        ("", False),
    ],
)
def test_three_words_are_many_for_a_name(text: str, doubtful: bool) -> None:
    assert may_be_prose(text) is doubtful
    assert not (doubtful and is_prose(text))
