"""The sections about diagnostic codes, from the table in `storyboard/codes`."""

from __future__ import annotations

from collections.abc import Iterator

from storyboard.codes import GROUPS, Code
from storyboard.views.codes import severity_words


def all_codes() -> str:
    """Describe every code, under the headings of its group."""
    return "\n".join(line for group in GROUPS for line in _group(group))


def _group(heading: str) -> Iterator[str]:
    yield f"## {heading}"
    yield ""
    for code in GROUPS[heading]:
        yield from _code(code)


def _code(code: Code) -> Iterator[str]:
    yield f"### {code.name}"
    yield ""
    yield f"{severity_words(code).capitalize()}: {code.summary}."
    yield ""
    yield code.explanation
    yield ""
    for label, example in code.examples:
        yield label
        yield ""
        yield "```text"
        yield from example.rstrip("\n").splitlines()
        yield "```"
        yield ""
