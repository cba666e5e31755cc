"""A report as text: place, code, message, the line with a caret, and what to do."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from typing import Final

from storyboard.counting import counted
from storyboard.source.diagnostic import Diagnostic, Note, Report, Severity
from storyboard.source.span import Span
from storyboard.views.excerpt import excerpt
from storyboard.views.wording import printable, printable_lines

Paint = Callable[[str, str], str]
"""A text and its color to what is printed."""

DEFAULT_LIMIT: Final = 20
"""Findings that are shown; the rest is counted."""

_UNQUOTABLE: Final = frozenset(
    ["address-refused", "environment-built-in", "secret-in-file", "variable-refused"]
)
"""Codes whose source line is kept out of logs, also where another finding is about that line."""

_BOLD: Final = "1"
_GREEN: Final = "32"
_SHOWN: Final = (".yaml", ".yml", ".po", ".pot")
"""How the names of files end that authors and translators write."""

_COLORS: Final = {Severity.ERROR: "1;31", Severity.WARNING: "1;33", Severity.INFO: "1;36"}
_PLURALS: Final = {
    Severity.ERROR: ("error", "errors"),
    Severity.WARNING: ("warning", "warnings"),
    Severity.INFO: ("note", "notes"),
}


def render_report_text(
    report: Report, *, color: bool = False, limit: int | None = DEFAULT_LIMIT, width: int = 100
) -> str:
    """Return all findings in their order, and a last line that counts them; empty for none.

    `limit` findings are shown (None: all), errors before the others where not all fit; lines of
    source are cut to `width` terminal cells.
    """
    if not report.diagnostics:
        return ""
    paint = _painted if color else _plain
    shown = _most_important(report.diagnostics, limit)
    private = frozenset(_line(f.span) for f in report.diagnostics if f.code in _UNQUOTABLE)
    blocks = ["\n".join(_block(finding, report, private, paint, width)) for finding in shown]
    left = len(report.diagnostics) - len(shown)
    more = f" ({left} not shown: check --format json lists all)" if left else ""
    blocks.append(count_line(report) + more)
    return "\n\n".join(blocks).encode(errors="replace").decode() + "\n"


def count_line(report: Report) -> str:
    """Return how many findings of each severity there are: `2 errors, 1 warning`."""
    counts = []
    for severity, (one, many) in _PLURALS.items():
        count = sum(finding.severity is severity for finding in report.diagnostics)
        if count:
            counts.append(counted(count, one, many))
    return ", ".join(counts)


def elsewhere_line(errors: int) -> str:
    """Return how many errors there are that no address needs that was asked for; empty for none."""
    if not errors:
        return ""
    return f"{counted(errors, 'error')} in other files or locales; storyboard check shows all"


def _most_important(findings: tuple[Diagnostic, ...], limit: int | None) -> list[Diagnostic]:
    if limit is None or len(findings) <= limit:
        return list(findings)
    errors_first = sorted(findings, key=lambda finding: finding.severity is not Severity.ERROR)
    chosen = set(map(id, errors_first[:limit]))
    return [finding for finding in findings if id(finding) in chosen]


def _line(span: Span | None) -> tuple[str, int] | None:
    return None if span is None else (span.file, span.line)


def _block(
    finding: Diagnostic,
    report: Report,
    private: Collection[tuple[str, int] | None],
    paint: Paint,
    width: int,
) -> Iterator[str]:
    """Yield a finding's lines; a `private` line of source is not among them.

    Nor is one of a file of another kind, which an include may name: it may hold credentials.
    """
    tone = _COLORS[finding.severity]
    place = f"{paint(printable(str(finding.span)), _BOLD)}: " if finding.span else ""
    label = paint(f"{finding.severity.value}[{finding.code}]", tone)
    yield f"{place}{label} {printable_lines(finding.message)}"
    if (
        finding.span is not None
        and finding.span.file in report.texts
        and finding.span.file.endswith(_SHOWN)
        and _line(finding.span) not in private
    ):
        yield from _source(finding.span, report.texts[finding.span.file], paint, tone, width)
    if finding.hint:
        yield f"{paint('hint', _GREEN)}: {printable_lines(finding.hint)}"
    for note in finding.notes:
        yield f"{paint('note', _BOLD)}: {printable_lines(_note(note))}"


def _source(span: Span, text: str, paint: Paint, tone: str, width: int) -> Iterator[str]:
    line, caret = excerpt(text, span, width)
    margin = f"{span.line:>4} | "
    yield margin + line
    indent = len(caret) - len(caret.lstrip())
    yield " " * len(margin) + " " * indent + paint(caret.lstrip(), tone)


def _note(note: Note) -> str:
    return note.message if note.span is None else f"{note.span}: {note.message}"


def _plain(text: str, _: str) -> str:
    return text


def _painted(text: str, tone: str) -> str:
    return f"\x1b[{tone}m{text}\x1b[0m"
