"""A respelling for one language's voice is told of where another one says it: once a locale."""

from __future__ import annotations

import pytest

from storyboard.compiler import compile_project
from storyboard.source.files import MemoryFiles

BOARD = "name: {id}\nlocales: [{locales}]\n{more}scenes: [{{id: a, narration: '{text}'}}]\n"
TEXT = "Our SQL and our CRM are new for all of you."


def told(*, project: str, more: str = "", locales: str = "en, de, en-GB") -> list[str]:
    files = {"storyboard.yaml": project}
    for name in ("one", "two"):
        board = BOARD.format(id=name, locales=locales, more=more, text=TEXT)
        files[f"storyboards/{name}.yaml"] = board
    report = compile_project(MemoryFiles(files)).report
    return [d.message for d in report.diagnostics if d.code == "say-language"]


SAY = "say: {SQL: sequel, CRM: see are em}\n"


def test_it_is_told_once_a_locale_of_another_language() -> None:
    said = "the voice of '{}' says words as `say` has them for the source: 'CRM', 'SQL'"
    assert told(project=SAY) == [said.format("de")]
    assert told(project=SAY, locales="en, fr, de-AT") == [said.format("de-AT"), said.format("fr")]


@pytest.mark.parametrize(
    ("project", "more"),
    [
        (SAY, "localize: {de: {say: {SQL: Es Ku El, CRM: see are em}}}\n"),
        ("say: {SQL: /ˈsiːkwəl/}\n", ""),
        ("say: {SQL: シークェル}\n", ""),
        ("say: {XML: ex em el}\n", ""),
        (f"{SAY}checks: {{say-language: off}}\n", ""),
    ],
)
def test_a_locales_own_row_phonemes_and_words_that_are_not_said_are_not_told(
    project: str, more: str
) -> None:
    assert told(project=project, more=more) == []
