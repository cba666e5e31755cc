"""Writes a catalogue as PO, the same bytes for the same catalogue: no dates, lines or wrapping.

Two branches that translate different texts then merge without a conflict.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from storyboard.catalogs.entry import Catalog, Entry

_TOKEN = re.compile(r"\{[^{}]+\}")
_ESCAPED = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"})
_FIXED = (
    ("MIME-Version", "1.0"),
    ("Content-Type", "text/plain; charset=UTF-8"),
    ("Content-Transfer-Encoding", "8bit"),
)


def write_catalog(catalog: Catalog) -> str:
    """Return the catalogue's text: header, entries in order, then what was retired."""
    blocks = [
        _header(catalog),
        *(_entry(entry, "") for entry in catalog.entries.values()),
        *(_entry(entry, "#~ ") for entry in catalog.retired.values()),
    ]
    return "\n".join("".join(f"{line}\n" for line in block) for block in blocks)


def _header(catalog: Catalog) -> Iterator[str]:
    fields = dict(catalog.header)
    if catalog.language is not None:
        fields["Language"] = catalog.language
    fields |= dict(_FIXED)
    yield from _comments("#", catalog.header_notes)
    yield 'msgid ""'
    yield 'msgstr ""'
    for name, value in fields.items():
        yield f'"{_escape(f"{name}: {value}")}\\n"'


def _entry(entry: Entry, mark: str) -> Iterator[str]:
    yield from _comments("#", entry.notes)
    yield from _comments("#.", entry.remarks)
    flags = ["fuzzy"] * entry.stale
    if _TOKEN.search(entry.source.replace("{{", "").replace("}}", "")):
        flags.append("python-brace-format")
    if flags:
        yield "#, " + ", ".join(flags)
    if entry.previous is not None:
        yield from _text(
            f"{mark.strip() or '#'}| msgid", f"{mark.strip() or '#'}| ", entry.previous
        )
    yield from _text(f"{mark}msgctxt", mark, entry.context)
    yield from _text(f"{mark}msgid", mark, entry.source)
    yield from _text(f"{mark}msgstr", mark, entry.translation)


def _comments(mark: str, lines: tuple[str, ...]) -> Iterator[str]:
    for line in "\n".join(lines).split("\n") if lines else ():
        yield f"{mark} {line}".rstrip()


def _text(keyword: str, mark: str, text: str) -> Iterator[str]:
    """Yield a text on one line, or one line for each of its lines."""
    if "\n" not in text.rstrip("\n"):
        yield f'{keyword} "{_escape(text)}"'
        return
    yield f'{keyword} ""'
    for line in re.findall(r"[^\n]*\n|[^\n]+", text):
        yield f'{mark}"{_escape(line)}"'


def _escape(text: str) -> str:
    return text.translate(_ESCAPED)
