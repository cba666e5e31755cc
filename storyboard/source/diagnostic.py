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


def one_a_place(*groups: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Return the findings of all groups, without those whose place an earlier group spoke of.

    Who knows more speaks first: 'pt_BR' is spelled 'pt-BR', and not a text that breaks a pattern.
    """
    kept: list[Diagnostic] = []
    spoken_of: frozenset[Span | None] = frozenset()
    for group in groups:
        new = [finding for finding in group if finding.span not in spoken_of]
        kept += new
        spoken_of |= {finding.span for finding in new if finding.span is not None}
    return tuple(kept)


def has_errors(findings: Iterable[Diagnostic]) -> bool:
    """Whether any of the findings is an error."""
    return any(finding.severity is Severity.ERROR for finding in findings)


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
        return has_errors(self.diagnostics)


def _place(finding: Diagnostic) -> tuple[str, int, int, str, str]:
    span = finding.span
    if span is None:
        return ("", 0, 0, finding.code, finding.message)
    return (span.file, span.line, span.column, finding.code, finding.message)
