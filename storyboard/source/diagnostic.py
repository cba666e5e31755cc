"""One finding about the author's files, and a report of all of them. Renders nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum

from storyboard.source.span import Span


class Severity(Enum):
    """How bad a finding is; only `ERROR` keeps a video from being applied."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Note:
    """A second place or a cause that belongs to a finding."""

    message: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """A finding: a stable kebab-case code, one primary place, what is wrong and what to do."""

    code: str
    severity: Severity
    message: str
    span: Span | None = None
    hint: str | None = None
    notes: tuple[Note, ...] = ()


def error(code: str, message: str, span: Span | None, hint: str | None = None) -> Diagnostic:
    """Build an error, the common case."""
    return Diagnostic(code, Severity.ERROR, message, span, hint)


def warning(code: str, message: str, span: Span | None, hint: str | None = None) -> Diagnostic:
    """Build a warning."""
    return Diagnostic(code, Severity.WARNING, message, span, hint)


@dataclass(frozen=True, slots=True)
class Report:
    """All findings in source order, with the texts they point into (file name → text)."""

    diagnostics: tuple[Diagnostic, ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, findings: Iterable[Diagnostic], texts: Mapping[str, str]) -> Report:
        """Sort by place and drop exact repeats (one scene is expanded once a locale)."""
        return cls(tuple(sorted(dict.fromkeys(findings), key=_place)), texts)

    @property
    def has_errors(self) -> bool:
        """Whether any finding is an error."""
        return any(d.severity is Severity.ERROR for d in self.diagnostics)


def _place(finding: Diagnostic) -> tuple[str, int, int, str, str]:
    span = finding.span
    if span is None:
        return ("", 0, 0, finding.code, finding.message)
    return (span.file, span.line, span.column, finding.code, finding.message)
