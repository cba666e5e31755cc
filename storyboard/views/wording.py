"""Small wordings that several views share: places, durations, text that is safe to print."""

from __future__ import annotations

from storyboard.source.span import Span
from storyboard.views.characters import safe_char


def place(span: Span | None) -> str:
    """Return `file:line`, or nothing."""
    return "" if span is None else f"{span.file}:{span.line}"


def duration(seconds: float | None) -> str:
    """Return `4.2 s`, `58 s`, `1m52s` or `2h05m`; `–` for none."""
    if seconds is None:
        return "–"
    if round(seconds, 1) < 10:
        return f"{seconds:.1f} s"
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60}m{whole % 60:02}s"
    return f"{whole // 3600}h{whole % 3600 // 60:02}m"


def printable(text: str) -> str:
    """Return a text in one line, without what could move the cursor or turn the line around."""
    if text.isprintable():  # nearly every text, many times as quickly
        return text
    return "".join(map(safe_char, text))


def printable_lines(text: str) -> str:
    """Return a text in its own lines, each of them printable."""
    return "\n".join(map(printable, text.split("\n")))


def cut(text: str, width: int) -> str:
    """Return at most `width` characters of a text, with an ellipsis where some are missing."""
    return text if len(text) <= width else text[: width - 1].rstrip() + "…"
