"""Markdown that keeps foreign text inside of its place, however it is written. Knows no plan.

What an author or a server wrote stands in code only: there, nothing is a link, a picture, a mention
of a person or a reference. A fence is longer than any that the text has.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence

from storyboard.views.wording import printable

_TICKS = re.compile("`+")


def code(text: str) -> str:
    """Return a text as code within a line."""
    text = printable(text)
    ticks = "`" * (_longest_run(text) + 1)
    pad = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{ticks}{pad}{text}{pad}{ticks}"


def html_code(text: str) -> str:
    """Return a text as code inside of HTML, where Markdown is not read."""
    return f"<code>{html.escape(printable(text))}</code>"


def fenced(lines: Sequence[str], language: str = "") -> str:
    """Return lines as a block of code."""
    shown = [printable(line) for line in lines]
    ticks = "`" * max(3, _longest_run("\n".join(shown)) + 1)
    return "\n".join((f"{ticks}{language}", *shown, ticks))


def details(summary: str, body: str) -> str:
    """Return a body that opens by a click on its summary, which is HTML."""
    return f"<details><summary>{summary}</summary>\n\n{body}\n\n</details>"


def _longest_run(text: str) -> int:
    return max(map(len, _TICKS.findall(text)), default=0)
