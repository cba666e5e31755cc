"""Reads the lines of a PO file into raw messages with positions. Knows syntax, not meaning."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum
from typing import Final

from storyboard.source.diagnostic import Diagnostic, diagnose
from storyboard.source.span import Span

CODE: Final = "catalog-syntax"
MAX_ERRORS: Final = 100
"""Findings after which a file is read no further."""
_KEYWORD = re.compile(r"(msgctxt|msgid_plural|msgid|msgstr(?:\[\d+\])?)(?:[ \t]+(.*))?$")
_STRING = re.compile(r'"((?:[^"\\]|\\.)*)"')
_REFERENCE = re.compile("\u2068([^\u2068\u2069]*)\u2069|\\S+")
"""gettext puts a file's name that has a blank between these two."""
_ESCAPE = re.compile(r"\\(.)")
_UNKNOWN_ESCAPE = re.compile(r'(?:[^\\]|\\[ntr"\\])*\\[^ntr"\\]')
_PLAIN = {"n": "\n", "t": "\t", "r": "\r", '"': '"', "\\": "\\"}


class Kind(Enum):
    """What a string of a message is."""

    # Members are one object each, so their identity will do. Enum's own hash is a function in
    # Python, called a dozen times an entry: measured, 8 % of the time to read a catalog.
    __hash__ = object.__hash__

    CONTEXT = "msgctxt"
    SOURCE = "msgid"
    PLURAL = "msgid_plural"
    TRANSLATION = "msgstr"


@dataclass(slots=True)
class RawMessage:
    """A message while it is read: its strings and comments, with the places of the strings."""

    retired: bool
    texts: dict[Kind, str] = field(default_factory=dict)
    spans: dict[Kind, Span] = field(default_factory=dict)
    previous: dict[Kind, str] = field(default_factory=dict)
    flags: list[str] = field(default_factory=list)
    references: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list, compare=False)
    broken: bool = False

    @property
    def layout(self) -> str:
        """Return the lines of the message as they stand, without empty ones around them."""
        lines = self.lines
        return (lines[0] if len(lines) == 1 else "\n".join(lines)).strip("\n")

    @property
    def span(self) -> Span | None:
        """Return where the message starts: its strings are read in the order of the file."""
        return next(iter(self.spans.values()), None)

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing was read into it."""
        return not any(line.strip() for line in self.lines)


def split_flags(text: str) -> list[str]:
    """Return the flags that a `#,` line lists."""
    return [flag for part in text.split(",") if (flag := part.strip())]


def split_references(text: str) -> list[str]:
    """Return the places that a `#:` line names; one with white space stands between U+2068/2069."""
    return [found[1] or found[0] for found in _REFERENCE.finditer(text)]


def unescape(text: str) -> str:
    """Return what a text between quotes means."""
    return _ESCAPE.sub(lambda escape: _PLAIN.get(escape[1], ""), text)


class LineReader:
    """Gathers messages and findings from the lines of one file."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.findings: list[Diagnostic] = []
        self._message = RawMessage(retired=False)
        self._target: tuple[dict[Kind, str], Kind] | None = None

    def read(self, text: str) -> Iterator[RawMessage]:
        """Yield each message; what cannot be read becomes a finding."""
        # Not `splitlines`: that ends lines at U+2028 and form feeds too, and all later numbers are
        # wrong.
        for number, line in enumerate(text.split("\n"), start=1):
            if self._starts_next(line):
                yield from self._finish()
            self._message.lines.append(line)
            self._read_line(line.rstrip(" \t"), number)
            if len(self.findings) >= MAX_ERRORS:
                return
        yield from self._finish()

    def _starts_next(self, line: str) -> bool:
        if self._leaves_retired(line):
            return True
        if Kind.TRANSLATION not in self._message.texts:
            return False
        bare = line.removeprefix("#~").lstrip()
        return not bare or bare.startswith(("#", "|", "msgctxt", "msgid ", 'msgid"'))

    def _leaves_retired(self, line: str) -> bool:
        """Tell whether a line parts what is commented out from what counts, complete or not."""
        message, bare = self._message, line.lstrip()
        if not message.retired:
            return bare.startswith("#~") and bool(message.texts)
        return not bare.startswith(("#~", '"')) if bare else message.broken

    def _finish(self) -> Iterator[RawMessage]:
        message, self._message, self._target = self._message, RawMessage(retired=False), None
        if not message.is_empty:
            yield message

    def _read_line(self, line: str, number: int) -> None:
        column = 1 + len(line) - len(line.lstrip())
        body = line.lstrip()
        if body.startswith("#~"):
            self._message.retired = True
            rest = body[2:]
            column += 2 + len(rest) - len(rest.lstrip())
            body = rest.lstrip()
            if body.startswith("|"):
                self._read_previous(body[1:], number, column + 1)
                return
        if not body:
            self._target = None
        elif body.startswith("#"):
            self._read_comment(body, number, column)
        else:
            self._read_string(body, number, column, self._message.texts)

    def _read_comment(self, line: str, number: int, column: int) -> None:
        mark, rest = line[:2], line[2:]
        if mark != "#|":
            self._target = None
        match mark:
            case "#," | "#=":
                self._message.flags += split_flags(rest)
            case "#.":
                self._message.remarks.append(rest.removeprefix(" "))
            case "#|":
                self._read_previous(rest, number, column + 2)
            case "#:":
                self._message.references += split_references(rest)
            case _:
                self._message.notes.append(line[1:].removeprefix(" "))

    def _read_previous(self, rest: str, number: int, column: int) -> None:
        body = rest.lstrip()
        self._read_string(body, number, column + len(rest) - len(body), self._message.previous)

    def _read_string(self, line: str, number: int, column: int, into: dict[Kind, str]) -> None:
        if line.startswith('"'):
            if self._target is None or self._target[0] is not into:
                hint = "start with msgctxt, msgid or msgstr"
                self._fault("a text without a keyword", number, column, len(line), hint)
                return
            self._point_below(line, number, column)
            self._append(line, number, column)
            return
        found = _KEYWORD.match(line)
        if found is None:
            hint = "write a comment, a keyword with a text in double quotes, or a text"
            self._fault(f"unexpected '{line[:40]}'", number, column, len(line), hint)
            return
        kind = Kind(found[1].partition("[")[0])
        if kind is Kind.PLURAL or "[" in found[1]:
            self._plural(number, column, len(found[1]))
        elif kind in into:
            self._fault(f"a second {kind.value} in one entry", number, column, len(found[1]))
        if into is self._message.texts:
            self._message.spans.setdefault(kind, self._span(number, column, len(line)))
        into.setdefault(kind, "")
        self._target = (into, kind)
        self._append(found[2] or "", number, column + (found.start(2) if found[2] else 0))

    def _point_below(self, line: str, number: int, column: int) -> None:
        """Let a translation begin where its words do: tools wrap it below an empty text."""
        texts = self._message.texts
        is_first = self._target == (texts, Kind.TRANSLATION) and not texts[Kind.TRANSLATION]
        if is_first and line != '""':
            self._message.spans[Kind.TRANSLATION] = self._span(number, column, len(line))

    def _append(self, quoted: str, number: int, column: int) -> None:
        assert self._target is not None
        found = _STRING.fullmatch(quoted)
        if found is None:
            hint = 'write it as "…", with \\" for a quote and \\n for a line break'
            message = "a text is not in double quotes, or they are not closed"
            self._fault(message, number, column, len(quoted), hint)
            return
        into, kind = self._target
        if unknown := _UNKNOWN_ESCAPE.match(found[1]):
            hint = 'use one of \\n \\t \\r \\" \\\\'
            at = column + unknown.end() - 1
            self._fault(
                f"an unknown escape '{found[1][unknown.end() - 2 : unknown.end()]}'",
                number,
                at,
                2,
                hint,
            )
        into[kind] += unescape(found[1])

    def _plural(self, number: int, column: int, length: int) -> None:
        if not self._message.broken:
            hint = "keep msgid and msgstr; for plurals, the source uses {{ count|plural(…) }}"
            self._fault("plural entries are not supported", number, column, length, hint)

    def _fault(
        self, message: str, number: int, column: int, length: int, hint: str | None = None
    ) -> None:
        self._message.broken = True
        if self._message.retired:
            return  # no tool reads what is commented out, so whatever it says holds nothing up
        self.findings.append(diagnose(CODE, message, self._span(number, column, length), hint))

    def _span(self, number: int, column: int, length: int) -> Span:
        return Span(self.path, number, column, number, column + max(length, 1))
