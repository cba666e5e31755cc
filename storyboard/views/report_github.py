"""A report as GitHub's workflow commands, which mark lines of a pull request.

The commands and how their values are escaped: GitHub's page "Workflow commands", and the same in
the toolkit for actions.
"""

from __future__ import annotations

from typing import Final

from storyboard.codes import Severity
from storyboard.source.diagnostic import Diagnostic, Report
from storyboard.views.wording import printable_lines

_COMMANDS: Final = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.INFO: "notice",
}
_MESSAGE: Final = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_PROPERTY: Final = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"})


def render_report_github(report: Report, *, folder: str = "") -> str:
    """Return a command a finding, in their order; `folder` is the project's in the repository."""
    return "".join(f"{_command(finding, folder)}\n" for finding in report.diagnostics)


def _command(finding: Diagnostic, folder: str) -> str:
    properties = {"title": finding.code}
    span = finding.span
    if span is not None:
        properties |= {
            "file": folder + span.file,
            "line": str(span.line),
            "endLine": str(span.end_line),
        }
        if span.line == span.end_line:
            # GitHub counts columns of one line only, and both ends with it.
            properties |= {
                "col": str(span.column),
                "endColumn": str(max(span.column, span.end_column - 1)),
            }
    told = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    parts = [finding.message]
    parts += [f"hint: {finding.hint}"] if finding.hint else []
    parts += [f"note: {f'{n.span}: ' if n.span else ''}{n.message}" for n in finding.notes]
    message = printable_lines("\n".join(parts)).translate(_MESSAGE)
    return f"::{_COMMANDS[finding.severity]} {told}::{message}"


def _property(value: str) -> str:
    return printable_lines(value).translate(_PROPERTY)
