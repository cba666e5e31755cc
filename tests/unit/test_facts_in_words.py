"""A limit that the product tells is the limit that it keeps: no text has the number written out."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from storyboard.wire import (
    MAX_NAME,
    MAX_NARRATION,
    MAX_SCENES,
    MAX_SOURCES,
    MIN_SPEECH_SECONDS,
    RATE_WORDS,
    TEMPLATE_IDS,
)
from tests.support.python_names import PACKAGE, nodes, parsed, sources

FACTS = (
    rf"\b{MIN_SPEECH_SECONDS:g} s(econds)?\b",
    rf"\b{RATE_WORDS}\b",
    rf"\b{len(TEMPLATE_IDS)} (presenters|templates)\b",
    rf"\b(at most|up to) ({MAX_SOURCES}|{MAX_SCENES})\b",
    rf"\b({MAX_NARRATION}|{MAX_NARRATION:,}|{MAX_NAME}) characters\b",
)

NUMBERS = (
    f"{MIN_SPEECH_SECONDS:g}",
    RATE_WORDS,
    *map(str, (len(TEMPLATE_IDS), MAX_SOURCES, MAX_SCENES, MAX_NARRATION, MAX_NAME)),
    f"{MAX_NARRATION:,}",
)
"""What stands in a module, however its text is broken, that has one of them."""


def texts(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Yield the strings of a module that are no docstrings, and the constant parts of f-strings."""
    prose = {
        id(node.value)
        for node in nodes(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in nodes(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in prose:
            yield node.lineno, node.value


def test_no_text_has_a_limit_written_out() -> None:
    fact = re.compile("|".join(FACTS))
    numbers = re.compile("|".join(rf"\b{re.escape(number)}\b" for number in NUMBERS))
    found = [
        f"{path.relative_to(PACKAGE)}:{line}: {text}"
        for path, source in sources().items()
        if numbers.search(source)  # to parse all modules takes seconds
        for line, text in texts(parsed(path))
        if fact.search(text)
    ]
    assert found == []
