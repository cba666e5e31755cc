"""A report as SARIF 2.1.0, which forges and editors show as results of code scanning."""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import quote

from storyboard import __version__
from storyboard.codes import CODES, Severity
from storyboard.source.diagnostic import Diagnostic, Report
from storyboard.source.span import Span
from storyboard.views.json_text import json_text

_SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS: Final = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.INFO: "note",
}


def render_report_sarif(report: Report, *, folder: str = "") -> str:
    """Return the findings as one run; `folder` is the project's in the repository."""
    used = sorted({finding.code for finding in report.diagnostics})
    driver = {
        "name": "storyboard",
        "version": __version__,
        "rules": [_rule(name) for name in used],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(finding, used, folder) for finding in report.diagnostics],
    }
    return json_text({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]})


def _rule(name: str) -> dict[str, Any]:
    code = CODES[name]
    return {
        "id": name,
        "shortDescription": {"text": code.summary},
        "fullDescription": {"text": code.explanation},
        "help": {"text": code.explanation},
        "defaultConfiguration": {"level": _LEVELS[code.severity]},
    }


def _result(finding: Diagnostic, used: list[str], folder: str) -> dict[str, Any]:
    text = finding.message + (f"\nhint: {finding.hint}" if finding.hint else "")
    result: dict[str, Any] = {
        "ruleId": finding.code,
        "ruleIndex": used.index(finding.code),
        "level": _LEVELS[finding.severity],
        "message": {"text": text},
    }
    if finding.span is not None:
        result["locations"] = [_location(finding.span, folder)]
    related = [
        {"message": {"text": note.message}, **_location(note.span, folder)}
        for note in finding.notes
        if note.span is not None
    ]
    return {**result, "relatedLocations": related} if related else result


def _location(span: Span, folder: str) -> dict[str, Any]:
    return {
        "physicalLocation": {
            "artifactLocation": {
                "uri": quote((folder + span.file).encode(errors="surrogateescape"))
            },
            "region": {
                "startLine": span.line,
                "startColumn": span.column,
                "endLine": span.end_line,
                "endColumn": span.end_column,
            },
        }
    }
