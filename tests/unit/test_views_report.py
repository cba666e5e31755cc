"""What a report looks like in a terminal: carets under wide text, cut lines, colors, counts."""

from __future__ import annotations

import json

import pytest

from storyboard.source.diagnostic import Diagnostic, Note, Report, Severity, diagnose
from storyboard.source.span import Span
from storyboard.views.excerpt import excerpt
from storyboard.views.report_json import render_report_json
from storyboard.views.report_text import render_report_text


def span(column: int, end: int, line: int = 1) -> Span:
    return Span("a.yaml", line, column, line, end)


def test_nothing_found_prints_nothing() -> None:
    assert render_report_text(Report()) == ""
    assert json.loads(render_report_json(Report())) == {"diagnostics": []}


def test_counts() -> None:
    findings = [diagnose(code, "m", None) for code in ("when", "for-each", "unspeakable")]
    findings.append(Diagnostic("unspeakable", Severity.INFO, "m"))
    report = Report(tuple(findings))
    assert render_report_text(report).splitlines()[-1] == "2 errors, 1 warning, 1 note"


def test_a_limit_keeps_errors_and_says_what_is_left() -> None:
    findings = [*(diagnose("unspeakable", f"m{n}", None) for n in range(5))]
    findings.append(diagnose("when", "m", None))
    text = render_report_text(Report(tuple(findings)), limit=2)
    assert "error[when]" in text
    assert "warning[unspeakable] m0" in text
    assert "warning[unspeakable] m1" not in text
    assert (
        text.splitlines()[-1] == "1 error, 5 warnings (4 not shown: check --format json lists all)"
    )


def test_notes_and_hints() -> None:
    note = Note("first here", span(1, 2, 7))
    finding = diagnose("when", "m", span(4, 6), "do it", (note, Note("because")))
    assert render_report_text(Report((finding,), {"a.yaml": "a: bc"})) == (
        "a.yaml:1:4: error[when] m\n"
        "   1 | a: bc\n"
        "          ^^\n"
        "hint: do it\n"
        "note: a.yaml:7:1: first here\n"
        "note: because\n"
        "\n"
        "1 error\n"
    )


def test_color_only_when_asked() -> None:
    report = Report((diagnose("when", "m", span(1, 2), "h"),), {"a.yaml": "abc"})
    assert "\x1b" not in render_report_text(report)
    assert "\x1b[1;31merror[when]\x1b[0m" in render_report_text(report, color=True)


def test_a_secret_is_not_quoted() -> None:
    report = Report((diagnose("secret-in-file", "m", span(1, 3)),), {"a.yaml": "ks: hunter2"})
    assert "hunter2" not in render_report_text(report)


@pytest.mark.parametrize("name", ["secrets.env", "credentials-1.json", "id_rsa", "a.yaml.bak"])
def test_a_file_that_is_no_source_is_not_quoted(name: str) -> None:
    """An include may name any file of a checkout, and a pull request may name the include."""
    there = Span(name, 1, 1, 1, 3)
    told = render_report_text(Report((diagnose("when", "m", there),), {name: "TOKEN: hunter2"}))
    assert name in told
    assert "hunter2" not in told


def test_a_line_with_a_secret_is_quoted_for_no_finding() -> None:
    found = (diagnose("secret-in-file", "m", span(1, 3)), diagnose("when", "m", span(20, 22)))
    texts = {"a.yaml": "{ks: hunter2, when: 5, more: 1}\nb: quoted"}
    assert "hunter2" not in render_report_text(Report(found, texts))
    assert "hunter2" not in render_report_text(Report(found, texts), limit=1)
    below = render_report_text(
        Report((*found, diagnose("when", "m", Span("a.yaml", 2, 1, 2, 2))), texts)
    )
    assert "quoted" in below


def test_escape_sequences_and_direction_marks_are_not_printed() -> None:
    text = "a: \x1b[2J\u202etxet"
    shown = render_report_text(Report((diagnose("when", "m", span(1, 2)),), {"a.yaml": text}))
    assert "\x1b" not in shown
    assert "\u202e" not in shown


@pytest.mark.parametrize(
    ("line", "column", "end", "caret"),
    [
        ("abc", 2, 3, " ^"),
        ("製品 x", 4, 5, "     ^"),
        ("製品 x", 1, 3, "^^^^"),
        ("e\u0301 x", 4, 5, "  ^"),
        ("😀 x", 3, 4, "   ^"),
        ("a", 2, 2, " ^"),
        ("", 1, 1, "^"),
        ("abc", 9, 12, "   ^"),
    ],
)
def test_carets_stand_below(line: str, column: int, end: int, caret: str) -> None:
    assert excerpt(line, span(column, end), 80)[1] == caret


def test_a_span_over_several_lines_gets_one_caret() -> None:
    assert excerpt("abc\ndef", Span("a.yaml", 1, 2, 2, 2), 80) == ("abc", " ^")


@pytest.mark.parametrize("column", [1, 5, 60, 100, 195, 200])
@pytest.mark.parametrize("letter", ["x", "製"])
def test_long_lines_are_cut_around_the_caret(column: int, letter: str) -> None:
    line = letter * (column - 1) + "!" + letter * (200 - column)
    shown, caret = excerpt(line, span(column, column + 1), 60)
    cells = "".join(char if char != "製" else "製+" for char in shown)
    assert len(cells) <= 60
    assert cells[caret.index("^")] == "!"
