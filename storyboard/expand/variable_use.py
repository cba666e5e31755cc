"""Which variables the templates of a storyboard read, whether or not a video is made of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from storyboard.expand.assembly import Assembled
from storyboard.source.document import Document
from storyboard.templates.expressions import TemplateFault, is_template, parse_template

_WORD: Final = re.compile(r"[^\W\d]\w*")


def read_by(board: Assembled) -> set[str]:
    """Return the variables that templates of a storyboard and of what it includes read."""
    storyboard = board.storyboard
    documents: dict[str, Document] = {storyboard.path: storyboard.place.document}
    for item in storyboard.scenes:
        documents.setdefault(item.place.document.path, item.place.document)
    return {name for document in documents.values() for name in names_in(document.data)}


def names_in(value: Any) -> Iterator[str]:
    """Yield the variables that templates anywhere in a value read.

    What cannot be read as an expression may be meant to read any word in it.
    """
    waiting = [value]
    while waiting:
        current = waiting.pop()
        if isinstance(current, str):
            if is_template(current):
                template = parse_template(current)
                if isinstance(template, TemplateFault):
                    yield from _WORD.findall(current)
                else:
                    yield from template.names
        elif isinstance(current, dict):
            waiting.extend(current.values())
        elif isinstance(current, list):
            waiting.extend(current)
