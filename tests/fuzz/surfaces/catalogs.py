"""Catalogs: what is read is written so that it reads the same, byte for byte where it stood."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

from storyboard.catalogs.entry import Catalog
from storyboard.catalogs.po_lines import Kind, LineReader, RawMessage
from storyboard.catalogs.po_reader import MAX_ENTRIES, read_catalog
from storyboard.catalogs.po_regular import read_regular
from storyboard.catalogs.po_writer import encode_catalog, write_catalog
from storyboard.catalogs.tokens import split_translation
from storyboard.source.text import shown_text
from tests.fuzz.parts import check_findings
from tests.fuzz.surface import Broken, Surface, without_folder, words

_PATH = "locales/de/tour.po"


def _law(text: bytes) -> None:
    catalog, findings = read_catalog(_PATH, text)
    check_findings(findings, {_PATH: shown_text(text)})
    if catalog is None:
        if not findings:
            raise Broken("neither a catalog nor a finding")
        return
    _check_readers(text.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n"))
    for entry in catalog.entries.values():
        list(split_translation(entry.translation))
    _check_again(catalog, encode_catalog(catalog, text), "as it stood")
    _check_again(catalog, write_catalog(_in_own_form(catalog)).encode(), "in our form")


def _check_readers(text: str) -> None:
    """Raise `Broken` where the fast reader reads another thing than the one for any layout."""
    fast = read_regular(_PATH, text, MAX_ENTRIES)
    if fast is not None:
        whole = list(LineReader(_PATH).read(text))
        if [_told(message) for message in fast] != [_told(message) for message in whole]:
            raise Broken("two readers that differ")


def _told(message: RawMessage) -> object:
    """Return what is used of a message; the fast reader leaves out the place of the source."""
    place = message.spans.get(Kind.TRANSLATION)
    texts = (message.texts, message.previous, message.layout, message.retired)
    comments = (message.notes, message.remarks, message.references, message.flags)
    return texts, comments, message.span, place


def _check_again(catalog: Catalog, written: bytes, how: str) -> None:
    again, findings = read_catalog(_PATH, written)
    if again is None:
        raise Broken(f"a written catalog that is refused {how}: {findings[0].code}")
    if dict(again.entries) != dict(catalog.entries) or again.retired != catalog.retired:
        raise Broken(f"another catalog {how}")


def _in_own_form(catalog: Catalog) -> Catalog:
    """Return the catalog as if nothing of it had been read: every line is written anew."""
    entries = {key: replace(entry, layout=None) for key, entry in catalog.entries.items()}
    return replace(
        catalog,
        entries=MappingProxyType(entries),
        retired=tuple(replace(entry, layout=None) for entry in catalog.retired),
        header=replace(catalog.header, layout=None),
    )


SURFACE = Surface(
    "catalogs",
    without_folder(_law),
    (
        *words("""msgctxt msgid msgstr msgid_plural msgstr[0] msgstr[1] #, #. #: #| #~ #~| # fuzzy
        python-brace-format no-wrap "" "\\n" \\" \\\\ \\t \\x41 \\101 \\q {product} {{ }} {0} { }
        charset=UTF-8 Language: domain storyboards/tour.yaml:12"""),
        b'msgctxt "welcome.narration"\n', b'msgid ""\n', b'msgstr ""\n', b'\n"', b'"\n', b"\n\n",
        b"#, fuzzy\n", b'#| msgid "old"\n', b'#~ msgid "a"\n', b"\xe2\x81\xa8", b"\xe2\x81\xa9",
    ),
)  # fmt: skip
