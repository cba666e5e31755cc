"""Writes a catalog as PO: what was read and has not changed as it stood, the rest in one form.

That form has no dates, line numbers or wrapping, so that two branches that translate different
texts merge without a conflict.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from storyboard.catalogs.entry import Catalog, Entry
from storyboard.source.text import with_mark_of

_TOKEN = re.compile(r"\{[^{}]+\}")
_ESCAPED = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"})
_FIXED = (
    ("MIME-Version", "1.0"),
    ("Content-Type", "text/plain; charset=UTF-8"),
    ("Content-Transfer-Encoding", "8bit"),
)


def encode_catalog(catalog: Catalog, before: bytes | None) -> bytes:
    """Return the catalog's bytes, with the line ends and the byte order mark of its old ones."""
    text, old = write_catalog(catalog), before or b""
    if b"\r\n" in old:
        text = text.replace("\n", "\r\n")
    return with_mark_of(old, text)


def write_catalog(catalog: Catalog) -> str:
    """Return the catalog's text: header, entries in order, what was retired, comments."""
    blocks = [
        _header(catalog),
        *(_entry(entry, "") for entry in catalog.entries.values()),
        *(_entry(entry, "#~ ") for entry in catalog.retired),
        *((catalog.tail,) if catalog.tail else ()),
    ]
    return "\n".join("".join(f"{line}\n" for line in block) for block in blocks)


def _header(catalog: Catalog) -> Iterator[str]:
    header = catalog.header
    if header.layout is not None:
        yield header.layout
        return
    fields = dict(header.fields)
    if catalog.language is not None:
        fields["Language"] = catalog.language
    fields |= dict(_FIXED)
    yield from _comments("#", header.notes)
    yield 'msgid ""'
    yield 'msgstr ""'
    for name, value in fields.items():
        yield f'"{_escape(f"{name}: {value}")}\\n"'


def _entry(entry: Entry, mark: str) -> Iterator[str]:
    if entry.layout is not None:
        yield entry.layout
        return
    yield from _comments("#", entry.notes)
    yield from _comments("#.", entry.remarks)
    if entry.references:
        yield "#: " + " ".join(map(_reference, entry.references))
    flags = ["fuzzy"] * entry.stale + list(entry.flags)
    # The flag has other tools check the tokens: only where there are some, doubled braces aside.
    if _TOKEN.search(entry.source.replace("{{", "").replace("}}", "")):
        flags.append("python-brace-format")
    if flags:
        yield "#, " + ", ".join(flags)
    if entry.previous is not None:
        yield from text_lines(
            f"{mark.strip() or '#'}| msgid", f"{mark.strip() or '#'}| ", entry.previous
        )
    yield from text_lines(f"{mark}msgctxt", mark, entry.context)
    yield from text_lines(f"{mark}msgid", mark, entry.source)
    yield from text_lines(f"{mark}msgstr", mark, entry.translation)


def _reference(place: str) -> str:
    """Return a place as gettext writes it: between isolates where it has white space."""
    return f"\u2068{place}\u2069" if any(map(str.isspace, place)) else place


def _comments(mark: str, lines: tuple[str, ...]) -> Iterator[str]:
    for line in "\n".join(lines).split("\n") if lines else ():
        yield f"{mark} {line}".rstrip(" \t")


def text_lines(keyword: str, mark: str, text: str) -> Iterator[str]:
    """Yield a text on one line, or one line for each of its lines."""
    # One line however long: wrapped, a word more would be a change of all lines behind it.
    if "\n" not in text.rstrip("\n"):
        yield f'{keyword} "{_escape(text)}"'
        return
    yield f'{keyword} ""'
    for line in re.findall(r"[^\n]*\n|[^\n]+", text):
        yield f'{mark}"{_escape(line)}"'


def _escape(text: str) -> str:
    return text.translate(_ESCAPED)
