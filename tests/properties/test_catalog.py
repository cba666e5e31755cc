"""Laws of catalogs: what is written is read back, by us and by others, to the byte."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import polib
from hypothesis import example, given, settings
from hypothesis import strategies as st

from storyboard.catalogs.entry import Catalog, Entry
from storyboard.catalogs.po_lines import Kind, LineReader
from storyboard.catalogs.po_reader import read_catalog
from storyboard.catalogs.po_regular import read_regular
from storyboard.catalogs.po_writer import write_catalog
from storyboard.catalogs.syncing import SourceText, sync_catalog
from storyboard.catalogs.tokens import message_of
from storyboard.catalogs.translation import check_translation, translate
from tests.support.examples import examples

letters = st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp"))
words = st.text(letters | st.sampled_from('"\\{}%\n\t#~|'), max_size=30)
contexts = st.text(letters, min_size=1, max_size=12)
lines = st.lists(st.text(letters, max_size=12).map(str.rstrip), max_size=3).map(tuple)


@st.composite
def entries(draw: st.DrawFn) -> Entry:
    stale = draw(st.booleans())
    return Entry(
        context=draw(contexts),
        source=draw(words),
        translation=draw(words),
        stale=stale,
        previous=draw(st.none() | words) if stale else None,
        remarks=draw(lines),
        notes=draw(lines),
    )


@st.composite
def catalogs(draw: st.DrawFn) -> Catalog:
    found = draw(st.lists(entries(), max_size=6, unique_by=lambda entry: entry.context))
    cut = draw(st.integers(0, len(found)))
    return Catalog(
        path="de.po",
        language="de",
        entries={entry.context: entry for entry in found[:cut]},
        retired=tuple(found[cut:]),
    )


def read(text: str) -> Catalog:
    catalog, findings = read_catalog("de.po", text.encode())
    assert not findings, findings
    assert catalog is not None
    return catalog


@given(catalogs())
@settings(deadline=None)
def test_a_catalog_is_read_back_as_it_was_written(catalog: Catalog) -> None:
    text = write_catalog(catalog)
    again = read(text)
    assert dict(again.entries) == dict(catalog.entries)
    assert again.retired == catalog.retired
    assert write_catalog(again) == text


def assert_both_ways_agree(text: str) -> bool:
    """Tell whether the fast way read the text; where it did, the slow way reads the same."""
    fast = read_regular("de.po", text, 100)
    if fast is None:
        return False
    reader = LineReader("de.po")
    slow = list(reader.read(text))
    assert not reader.findings
    for one, other in zip(fast, slow, strict=True):
        other.spans.pop(Kind.SOURCE, None) if Kind.CONTEXT in other.spans else None
        assert one == other
    return True


@given(catalogs())
@settings(deadline=None)
def test_what_we_write_is_read_the_fast_way_too(catalog: Catalog) -> None:
    assert assert_both_ways_agree(write_catalog(catalog))


LINES = (
    *("# note", "#", "#. remark", "#.", "#, fuzzy", "#,fuzzy , x", '#| msgid "p"', '#| "q"', ""),
    *('msgctxt "a"', 'msgctxt "b"', 'msgid "x"', 'msgid ""', '"y\\n"', 'msgstr "z"', 'msgstr ""'),
    *('#~ msgctxt "c"', '#~ msgid "x"', '#~ msgstr "z"', '#~| msgid "p"', '#~ "r"', "#~ # odd"),
    *('msgid  "x"', ' msgstr "z"', 'msgid "\\q"', 'msgid_plural "x"', "#  two", "# trailing  "),
)


@given(st.lists(st.sampled_from(LINES), max_size=14).map(lambda lines: "\n".join([*lines, ""])))
@example('msgctxt "a"\nmsgid "x"\n\nmsgstr "z"\n')
@example('#, fuzzy\n\nmsgctxt "a"\nmsgid "x"\nmsgstr "z"\n')
@settings(deadline=None, max_examples=examples(200))
def test_both_ways_of_reading_agree(text: str) -> None:
    assert_both_ways_agree(text)


ENTRIES = st.lists(
    st.sampled_from(
        (
            '# n\n#. r\n#, fuzzy\n#| msgid "p"\nmsgctxt "a"\nmsgid "x"\nmsgstr "z"\n',
            'msgctxt "a"\nmsgid ""\n"x"\n"y"\nmsgstr ""\n',
            '#~| msgid "p"\n#~ msgctxt "a"\n#~ msgid "x"\n#~ msgstr "z"\n#~ "w"\n',
            'msgid ""\nmsgstr "Language: de\\n"\n',
            '#, fuzzy\n#~ msgctxt "a"\n#~ msgid "x"\n#~ msgstr "z"\n',
        )
    ),
    max_size=4,
)


@given(ENTRIES, st.sampled_from(["", "\n", "\n\n"]))
@settings(deadline=None)
def test_both_ways_agree_on_entries(found: list[str], between: str) -> None:
    assert_both_ways_agree(between.join(found))


@given(catalogs())
@settings(deadline=None)
def test_polib_reads_the_same(catalog: Catalog) -> None:
    theirs = polib.pofile(write_catalog(catalog))
    ours = [*catalog.entries.values(), *catalog.retired]
    for their, our in zip(theirs, ours, strict=True):
        assert (their.msgctxt, their.msgid) == (our.context, our.source)
        assert their.msgstr == our.translation
        assert bool(their.obsolete) == (our in catalog.retired)
        assert their.obsolete or their.previous_msgid == our.previous
    assert [e.fuzzy for e in theirs] == [e.stale for e in ours]


sources = st.lists(
    st.tuples(contexts, words.map(lambda text: text.replace("{", "").replace("}", "") + "x")),
    max_size=6,
    unique_by=lambda pair: pair[0],
).map(lambda pairs: tuple(SourceText(context, message_of(text)) for context, text in pairs))


def everything(catalog: Catalog) -> list[Entry]:
    return [*catalog.entries.values(), *catalog.retired]


@given(catalogs(), sources)
@settings(deadline=None)
def test_syncing_twice_is_syncing_once_and_loses_nothing(
    old: Catalog, texts: tuple[SourceText, ...]
) -> None:
    once = sync_catalog(texts, old, path="de.po", language="de")
    assert write_catalog(sync_catalog(texts, once, path="de.po", language="de")) == (
        write_catalog(once)
    )
    kept = Counter(entry.translation for entry in (*once.entries.values(), *once.retired))
    assert Counter(e.translation for e in everything(old) if e.translation) <= kept
    assert {note for entry in everything(old) for note in entry.notes} <= {
        note for entry in everything(once) for note in entry.notes
    }
    assert set(once.entries) == {source.context for source in texts}


@given(sources, st.sets(st.integers(0, 5)), st.booleans())
@settings(deadline=None)
def test_texts_that_go_and_come_back_are_translated_as_before(
    texts: tuple[SourceText, ...], gone: set[int], stale: bool
) -> None:
    def synced(texts: tuple[SourceText, ...], old: Catalog | None) -> Catalog:
        return read(write_catalog(sync_catalog(texts, old, path="de.po", language="de")))

    first = synced(texts, None)
    filled = {
        context: replace(entry, translation=f"T{number}", stale=stale, layout=None)
        for number, (context, entry) in enumerate(first.entries.items())
    }
    before = read(write_catalog(replace(first, entries=filled)))
    left = tuple(text for number, text in enumerate(texts) if number not in gone)
    back = synced(texts, synced(left, before))
    assert dict(back.entries) == dict(before.entries)
    assert back.retired == ()


@given(st.text(letters | st.sampled_from("{}%#'\"\\"), max_size=40))
@settings(deadline=None)
def test_a_copied_source_says_what_the_source_says(text: str) -> None:
    plain = text.replace("{{", "{").replace("{%", "{").replace("{#", "{")
    source = "Hi {{ name }}, " + plain.lstrip("{").rstrip() + "."
    if "{{" in source[6:] or "{%" in source or "{#" in source:
        return
    entry = Entry("a", message_of(source).msgid, message_of(source).msgid)
    assert check_translation("a", entry, message_of(source)) is None
    assert translate(entry, message_of(source), {"name": "{x}"}, "de") == source.replace(
        "{{ name }}", "{x}"
    )


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
@settings(deadline=None)
def test_any_bytes_are_a_catalog_or_findings(content: bytes) -> None:
    catalog, findings = read_catalog("de.po", content)
    assert (catalog is None) == bool(findings)


FRAGMENTS = ("msgid", "msgstr", "msgctxt", "msgid_plural", "msgstr[0]", '"', "\\", " ", "\n", "a")
MARKS = ("#", "#~", "#|", "#,", "#.", "#:", "fuzzy", '"a"', '""', '\nmsgid ""', "\t", "\r\n")


@given(st.lists(st.sampled_from(FRAGMENTS + MARKS), max_size=40).map("".join))
@settings(deadline=None)
def test_any_pieces_of_syntax_are_a_catalog_or_findings(text: str) -> None:
    catalog, findings = read_catalog("de.po", text.encode())
    assert (catalog is None) == bool(findings)
    if catalog is not None:
        assert read(write_catalog(catalog)).entries == catalog.entries
