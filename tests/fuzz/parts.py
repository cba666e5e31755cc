"""Several files in one input, and the places that findings point to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

from storyboard.source.diagnostic import Diagnostic
from storyboard.source.span import Span
from tests.fuzz.surface import Broken

_MARK: Final = re.compile(rb"^=== (\S+)\n", re.MULTILINE)
"""The line above each file of an input: `=== storyboards/tour.yaml`."""


def split_files(text: bytes) -> dict[str, bytes]:
    """Return the files of an input by their paths; what is before the first mark is left out."""
    _, *rest = _MARK.split(text)
    pairs = zip(rest[::2], rest[1::2], strict=True)
    return {path.decode("utf-8", "replace"): content for path, content in pairs}


def check_findings(findings: Iterable[Diagnostic], texts: Mapping[str, str]) -> None:
    """Raise `Broken` for a finding that says nothing, or points to where there is nothing.

    Its code is known, or it could not be built.
    """
    for finding in findings:
        if not finding.message:
            raise Broken(f"{finding.code}: no message")
        for span in (finding.span, *(note.span for note in finding.notes)):
            if span is not None and span.file in texts and not inside(span, texts[span.file]):
                raise Broken(f"{finding.code}: a place outside its file: {span}")


def inside(span: Span, text: str) -> bool:
    """Whether a place is in a text, or just behind the end of one of its lines."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    within = 1 <= span.line <= span.end_line <= len(lines)
    ordered = (span.line, span.column) <= (span.end_line, span.end_column)
    return within and ordered and span.end_column <= len(lines[span.end_line - 1]) + 2
