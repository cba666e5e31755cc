"""A line counts what is done, on a terminal only, and only where it takes a while."""

from __future__ import annotations

import io

import pytest

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


def test_what_is_no_terminal_gets_no_line() -> None:
    with counting("storyboards", io.StringIO()) as told:
        assert told is None
