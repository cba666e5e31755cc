"""Reads a gettext PO file strictly: all errors at once, with places, and nothing beyond limits."""

from __future__ import annotations

import re
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from storyboard.catalogs.entry import Catalog, Entry, Header
from storyboard.catalogs.po_lines import CODE, MAX_ERRORS, Kind, LineReader, RawMessage
from storyboard.catalogs.po_regular import read_regular
from storyboard.decoding import WIDE_MARKS
from storyboard.source.conflicts import find_conflicts
from storyboard.source.diagnostic import Diagnostic, Note, Severity, diagnose
from storyboard.source.places import Places
from storyboard.source.span import Span
from storyboard.source.text import FORBIDDEN, character_name

MAX_BYTES: Final = 5 * 1024 * 1024
"""A storyboard of 20 scenes has 30 KB a locale; whoever sends more has something else in mind."""
MAX_ENTRIES: Final = 10_000
OWN_FLAGS: Final = ("fuzzy", "python-brace-format")
"""Flags that say what an entry's fields say too."""
_CHARSET = re.compile(r"charset=(?!UTF-?8\b|CHARSET\b)([\w-]+)", re.IGNORECASE)


def read_catalog(path: str, content: bytes) -> tuple[Catalog | None, tuple[Diagnostic, ...]]:
    """Return the catalog, or None where there are errors, and every finding. Never raises."""
    text, findings = _decode(path, content)
    if text is None:
        return None, findings
    reader = LineReader(path)
    gathering = _Gathering(path)
    # One more than allowed, so that the limit is told and not only met.
    for message in read_regular(path, text, MAX_ENTRIES + 1) or reader.read(text):
        gathering.add(message)
        found = len(reader.findings) + len(gathering.findings)
        if gathering.count > MAX_ENTRIES or found >= MAX_ERRORS:
            break
    findings = tuple(sorted([*reader.findings, *gathering.findings], key=_line))
    return (None if findings else gathering.catalog()), findings


def _line(finding: Diagnostic) -> tuple[int, int]:
    return (finding.span.line, finding.span.column) if finding.span else (0, 0)


def _decode(path: str, content: bytes) -> tuple[str | None, tuple[Diagnostic, ...]]:
    top = Span(path, 1, 1, 1, 2)
    if len(content) > MAX_BYTES:
        message = f"the catalog is larger than {MAX_BYTES // 1024 // 1024} MiB"
        return None, (diagnose("catalog-limit", message, top),)
    try:
        text = content.decode().removeprefix("\ufeff")
    except UnicodeDecodeError as failure:
        return None, (_not_utf8(path, content, failure.start),)
    text = _with_line_ends(text)
    if found := FORBIDDEN.search(text):
        message = f"the character {character_name(found[0])} is not allowed"
        return None, (diagnose(CODE, message, _at(path, text[: found.start()]), "delete it"),)
    if conflicts := tuple(find_conflicts(Places(path, text))):
        return None, tuple(replace(conflict, code=CODE) for conflict in conflicts)
    return text, ()


def _with_line_ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _not_utf8(path: str, content: bytes, start: int) -> Diagnostic:
    """Tell which encoding a file seems to have, so that an editor can be told to read it so."""
    # Latin-1 reads any byte, and of all encodings but UTF-16 the header is in ASCII.
    stated = _CHARSET.search(content.decode("latin-1"))
    what = "UTF-16" if content.startswith(WIDE_MARKS) else stated and f"'{stated[1]}'"
    told = f"the file is not UTF-8: it seems to be {what}" if what else "the file is not UTF-8"
    before = _with_line_ends(content[:start].decode().removeprefix("\ufeff"))
    hint = "save the file as UTF-8, with charset=UTF-8 in its header"
    return diagnose(CODE, told, _at(path, before), hint)


def _at(path: str, before: str) -> Span:
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    return Span(path, line, column, line, column + 1)


def _is_ours(message: RawMessage) -> bool:
    """Tell whether an entry that is commented out could come back as one of our texts."""
    needed = (Kind.CONTEXT, Kind.SOURCE, Kind.TRANSLATION)
    return not message.broken and all(kind in message.texts for kind in needed)


class _Gathering:
    """The messages of one file on their way into a catalog."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.count = 0
        self.findings: list[Diagnostic] = []
        self._entries: dict[str, Entry] = {}
        self._retired: list[Entry] = []
        self._header: Header | None = None
        self._tail: tuple[str, ...] = ()

    def add(self, message: RawMessage) -> None:
        """Take a message, or note what is wrong with it."""
        self.count += 1
        if self.count > MAX_ENTRIES:
            self._fault("catalog-limit", f"more than {MAX_ENTRIES:,} entries", message.span)
            return
        texts = message.texts
        if not texts or (message.retired and not _is_ours(message)):
            parting = ("",) if self._tail else ()
            self._tail = (*self._tail, *parting, *message.layout.split("\n"))
            return
        if message.broken:
            return
        if Kind.SOURCE not in texts or Kind.TRANSLATION not in texts:
            self._incomplete(message)
        elif texts[Kind.SOURCE] == "" and Kind.CONTEXT not in texts:
            self._add_header(message)
        elif Kind.CONTEXT not in texts:
            hint = 'write msgctxt "name", or msgctxt "<scene id>.narration"'
            self._fault(CODE, "an entry without msgctxt", message.span, hint)
        else:
            self._add_entry(message)

    def catalog(self) -> Catalog:
        """Return what was gathered."""
        header = self._header or Header()
        return Catalog(
            path=self.path,
            language=dict(header.fields).get("Language") or None,
            entries=MappingProxyType(self._entries),
            retired=tuple(self._retired),
            header=header,
            tail=self._tail,
        )

    def _incomplete(self, message: RawMessage) -> None:
        lacking = "msgid" if Kind.SOURCE not in message.texts else "msgstr"
        self._fault(CODE, f"an entry without {lacking}", message.span)

    def _add_header(self, message: RawMessage) -> None:
        if self._header is not None:
            self._fault(CODE, "a second header", message.span)
            return
        lines = message.texts[Kind.TRANSLATION].split("\n")
        fields = [line.partition(":") for line in lines if ":" in line]
        pairs = tuple((name.strip(), value.strip()) for name, _, value in fields)
        self._header = Header(pairs, tuple(message.notes), message.span, message.layout)
        charset = re.search(r"charset=([\w-]+)", dict(pairs).get("Content-Type", ""))
        if charset and charset[1].lower().replace("-", "") not in ("utf8", "charset", "usascii"):
            hint = "save the file as UTF-8 and say so in the header"
            self._fault(CODE, f"the header says '{charset[1]}'", message.span, hint)

    def _add_entry(self, message: RawMessage) -> None:
        context = message.texts[Kind.CONTEXT]
        if context in self._entries and not message.retired:
            self._duplicate(context, self._entries[context], message.span)
            return
        entry = Entry(
            context=context,
            source=message.texts[Kind.SOURCE],
            translation=message.texts[Kind.TRANSLATION],
            stale="fuzzy" in message.flags,
            previous=message.previous.get(Kind.SOURCE),
            remarks=tuple(message.remarks),
            notes=tuple(message.notes),
            references=tuple(message.references),
            flags=tuple([flag for flag in message.flags if flag not in OWN_FLAGS]),
            span=message.span,
            translation_span=message.spans.get(Kind.TRANSLATION),
            layout=message.layout,
        )
        if message.retired:
            self._retired.append(entry)
        else:
            self._entries[context] = entry

    def _duplicate(self, context: str, first: Entry, span: Span | None) -> None:
        message = f"a second entry for '{context}'"
        notes = (Note("the first is here", first.span),)
        hint = "keep one of them"
        self.findings.append(
            Diagnostic("catalog-duplicate", Severity.ERROR, message, span, hint, notes)
        )

    def _fault(self, code: str, message: str, span: Span | None, hint: str | None = None) -> None:
        self.findings.append(diagnose(code, message, span, hint))
