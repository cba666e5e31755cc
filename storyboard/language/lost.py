"""Definitions that a file has and that cannot be used, so that what names them is not at fault too.

A variable that the reader refused has no value; an avatar below a mistyped `avatrs` has no name.
Each is said once, at the definition, and not again wherever it is used.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from storyboard.codes import CODES, DEFINITIONS
from storyboard.language.names import nearest
from storyboard.source.diagnostic import Diagnostic, Severity
from storyboard.source.document import Document
from storyboard.source.span import Span

_ALL: Final = None
"""In the place of names: nobody knows what else the block would define."""


@dataclass(frozen=True, slots=True)
class LostDefinitions:
    """The names of a file that are lost, by block; None for all that a block may define."""

    blocks: Mapping[str, frozenset[str] | None]
    places: frozenset[Span] = frozenset()
    """What was refused: nothing else is said of what is inside."""

    def explain(self, finding: Diagnostic) -> bool:
        """Whether a finding may follow from a definition that is lost."""
        if finding.span is not None and any(_covers(at, finding.span) for at in self.places):
            return True
        block = CODES[finding.code].block
        if block is None or block not in self.blocks:
            return False
        names = self.blocks[block]
        if finding.code == "template-value":  # it names no variable
            return True
        if names is None:
            return finding.code != "template-syntax"  # an expression is no definition
        return any(f"'{name}'" in finding.message for name in names)


NOTHING_LOST: Final = LostDefinitions({})
EVERYTHING_LOST: Final = LostDefinitions(dict.fromkeys(DEFINITIONS, _ALL))
"""What a file takes along that cannot be read at all."""


def lost_definitions(document: Document, findings: Iterable[Diagnostic]) -> LostDefinitions:
    """Return what the faults of a file's text and shape take from its definitions."""
    if not isinstance(document.data, dict):
        return EVERYTHING_LOST
    blocks: dict[str, frozenset[str] | None] = {}
    places = set()
    for finding in findings:
        if finding.span is None or finding.severity is not Severity.ERROR:
            continue
        for block, name in _hit(document, finding.span):
            known = blocks.get(block, frozenset())
            blocks[block] = _ALL if name is None or known is None else known | {name}
            if name is not None:
                places.add(_place(document, (block, name)))
        if "avatar" in document.data and _is_at(document, ("avatar",), finding.span):
            places.add(_place(document, ("avatar",)))  # what all storyboards of a project share
    return LostDefinitions(blocks, frozenset(places))


def _place(document: Document, pointer: tuple[str, ...]) -> Span:
    """Return the place of a key and its value."""
    key, value = document.key_span(pointer), document.span(pointer)
    return replace(key, end_line=value.end_line, end_column=value.end_column)


def _covers(place: Span, span: Span) -> bool:
    return place.file == span.file and _is_inside(span, place, place)


def _hit(document: Document, span: Span) -> Iterator[tuple[str, str | None]]:
    """Yield the block that a fault is in, and the name whose definition it hits."""
    for key, value in document.data.items():
        if key not in DEFINITIONS:
            if document.key_span((key,)) == span and (meant := nearest(key, DEFINITIONS)):
                yield meant, None
        elif _is_inside(span, document.key_span((key,)), document.span((key,))):
            names = value if isinstance(value, dict) else {}
            hit = (n for n in names if _is_at(document, (key, n), span))
            yield key, next(hit, None)


def _is_at(document: Document, pointer: tuple[str, ...], span: Span) -> bool:
    return _is_inside(span, document.key_span(pointer), document.span(pointer))


def _is_inside(span: Span, start: Span, end: Span) -> bool:
    at = (span.line, span.column)
    return (start.line, start.column) <= at <= (end.end_line, end.end_column)
