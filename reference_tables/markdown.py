"""Writes Markdown tables. Knows what a cell may not hold, and no content."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence


def table(titles: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table; bars and line breaks in cells are made harmless."""
    lines = [titles, ["---"] * len(titles), *rows]
    return "".join(f"| {' | '.join(_cell(cell) for cell in line)} |\n" for line in lines)


def code(text: object) -> str:
    """Return a code span."""
    return f"`{text}`"


def sentence(text: str) -> str:
    """Return a text that ends with a full stop, without its first letter changed."""
    return text if not text or text.endswith((".", ":", "?")) else f"{text}."


def anchor(heading: str) -> str:
    """Return the anchor that GitHub and GitLab give a heading."""
    kept = re.sub(r"[^\w\- ]", "", heading.lower())
    return kept.strip().replace(" ", "-")


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
