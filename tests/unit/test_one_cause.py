"""A text at fault is one finding: what follows from its fault is not said beside it."""

from __future__ import annotations

import pytest

from storyboard.compiler import compile_project
from storyboard.source.files import MemoryFiles

SAYING = "Welcome to the tour of our new search engine."
ENTRY = '\nmsgctxt "{}.narration"\nmsgid "{}"\nmsgstr "{}"\n'
HEADER = 'msgid ""\nmsgstr ""\n"Language: {}\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'


def found(narration: str, *, extra: str = "", project: str = "", stale: bool = True) -> list[str]:
    """Return the codes where a scene says this, and was translated when it said something else."""
    files = {
        "tour.storyboard.yaml": "name: Tour\nlocales: [en, de, fr]\n"
        f"scenes:\n  - id: a\n    narration: {narration}\n{extra}"
    }
    if project:
        files["storyboard.yaml"] = project
    if stale:
        for locale in ("de", "fr"):
            files[f"locales/{locale}/tour.po"] = HEADER.format(locale) + ENTRY.format(
                "a", "What it said.", "Was hier vor langer Zeit einmal gesagt wurde."
            )
    report = compile_project(MemoryFiles(files)).report
    return [finding.code for finding in report.diagnostics]


@pytest.mark.parametrize("stale", [True, False])
@pytest.mark.parametrize(
    ("narration", "code"),
    [
        (f"{SAYING[:-1]} # 1 choice", "comment-after-text"),
        ("Ho # 1 choice", "comment-after-text"),
        ("Ho.", "narration-too-short"),
    ],
)
def test_a_text_at_fault_is_told_alone(narration: str, code: str, stale: bool) -> None:
    assert found(narration, stale=stale) == [code]


def test_a_text_without_fault_is_stale_once_a_locale() -> None:
    assert found(SAYING) == ["translation-stale", "translation-stale"]


def test_a_text_beside_one_at_fault_is_told_too() -> None:
    other = f"  - id: b\n    narration: {SAYING}\n"
    codes = found("Ho.", extra=other)
    assert sorted(codes) == ["narration-too-short", "translation-missing", "translation-missing"]


@pytest.mark.parametrize(
    ("narration", "code"),
    [("Ho.", "narration-too-short"), (f"{SAYING[:-1]} # 1 choice", "comment-after-text")],
)
def test_a_fault_that_the_project_silences_explains_nothing(narration: str, code: str) -> None:
    codes = found(narration, project=f"checks: {{{code}: off}}\n")
    assert codes == ["translation-stale", "translation-stale"]
