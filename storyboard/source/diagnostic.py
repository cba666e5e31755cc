"""One finding about the author's files, and a report of all of them. Renders nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from storyboard.codes import Severity as Severity
from storyboard.codes import known_code
from storyboard.source.span import Span


@dataclass(frozen=True, slots=True)
class Note:
    """A second place or a cause that belongs to a finding."""

    message: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """A finding: a code of the table, one primary place, what is wrong and what to do.

    Raises ValueError for a code that is not in the table: nobody could look it up.
    """

    code: str
    severity: Severity
    message: str
    span: Span | None = None
    hint: str | None = None
    notes: tuple[Note, ...] = ()

    def __post_init__(self) -> None:
        """Refuse what no table explains."""
        known_code(self.code)


def diagnose(
    code: str,
    message: str,
    span: Span | None,
    hint: str | None = None,
    notes: tuple[Note, ...] = (),
) -> Diagnostic:
    """Build a finding, as bad as the table says."""
    return Diagnostic(code, known_code(code).severity, message, span, hint, notes)


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
