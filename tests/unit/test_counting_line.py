"""A line counts what is done, on a terminal only, and only where it takes a while."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from storyboard.cli import counting_line, run
from storyboard.cli.counting_line import counting


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("each", "count", "lines"), [(0.001, 100, 0), (0.3, 20, 17), (0.02, 100, 10)]
)
def test_a_long_run_is_counted(each: float, count: int, lines: int) -> None:
    out, now = Terminal(), 0.0
    with counting("storyboards", out, lambda: now) as told:
        assert told is not None
        for done in range(count):
            now += each
            told(done, 5000)
    text = out.getvalue()
    assert abs(text.count(" of 5,000 storyboards") - lines) <= 1
    assert not text or text.endswith("\r\x1b[K")


@pytest.fixture(autouse=True)
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)


@pytest.mark.parametrize(("name", "value"), [("TERM", "dumb"), ("NO_COLOR", "1")])
def test_a_terminal_that_wants_no_bars_gets_no_line(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    with counting("storyboards", Terminal()) as told:
        assert told is None


def test_what_is_no_terminal_gets_no_line() -> None:
    with counting("storyboards", io.StringIO()) as told:
        assert told is None


@pytest.mark.parametrize("command", ["check", "check --no-cache", "plan", "status"])
def test_commands_move_the_cursor_and_print_no_escapes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    """The line was led through what guards stderr: it was printed as letters."""
    monkeypatch.setattr(counting_line, "_SILENT", 0.0)
    monkeypatch.setattr(counting_line, "_PAUSE", 0.0)
    for name in ("one", "two"):
        board = f"name: {name}\navatar: jane\nscenes: [Welcome to the tour of our house.]\n"
        (tmp_path / f"{name}.storyboard.yaml").write_text(board)
    out = Terminal()
    monkeypatch.setattr(sys, "stderr", out)
    run(["-C", str(tmp_path), *command.split()])
    lines = [line for line in out.getvalue().split("\r\x1b[K") if " of 2 storyboards" in line]
    assert [line[24:] for line in lines] == [f" {done} of 2 storyboards" for done in (1, 2)]
    assert "\\u" not in out.getvalue()
