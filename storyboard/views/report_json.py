"""A report as JSON: the schema `diagnostics` says what is in it."""

from __future__ import annotations

from typing import Any

from storyboard.source.diagnostic import Diagnostic, Note, Report
from storyboard.source.span import Span
from storyboard.views.json_text import json_text


def render_report_json(report: Report, *, elsewhere: int | None = None) -> str:
    """Return all findings as one JSON object, in their order.

    `elsewhere` counts the errors that no target needs.
    """
    counted = {} if elsewhere is None else {"elsewhere": elsewhere}
    return json_text(report_to_dict(report) | counted)


def report_to_dict(report: Report) -> dict[str, Any]:
    """Return all findings as values that JSON has, in their order."""
    return {"diagnostics": [_finding(finding) for finding in report.diagnostics]}


def _finding(finding: Diagnostic) -> dict[str, Any]:
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        **_place(finding.span),
        "message": finding.message,
        "hint": finding.hint,
        "notes": [_note(note) for note in finding.notes],
    }


def _note(note: Note) -> dict[str, Any]:
    return {"message": note.message, **_place(note.span)}


def _place(span: Span | None) -> dict[str, Any]:
    return {
        "file": span.file if span else None,
        "line": span.line if span else None,
        "column": span.column if span else None,
        "endLine": span.end_line if span else None,
        "endColumn": span.end_column if span else None,
    }
