"""Translators' tools lay a catalog out as they like: we change only what has another meaning."""

from __future__ import annotations

import difflib
import io
import itertools
import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace

import polib
import pytest
from babel.messages import pofile

from storyboard.catalogs.entry import Entry
from storyboard.catalogs.po_reader import read_catalog
from storyboard.catalogs.syncing import SourceText, sync_catalog
from storyboard.catalogs.tokens import message_of
from storyboard.commands.locale import measure_catalogs
from storyboard.source.files import MemoryFiles
from tests.support.syncing import synced_files

PATH = "locales/de/a.po"
BOARD = """\
name: "{{ product }} in short"
locales: [en, de]
vars: {product: Acme}
scenes:
  - id: hello
    narration: Welcome to {{ product }}, which is a rather long text, longer than eighty characters.
    notes: wave your hand
  - {id: bye, narration: "That was all. Say \\"goodbye\\" then."}
  - {id: again, narration: See you again.}
"""
TRANSLATED = """\
# The team, 2026
#. kept above the header
msgid ""
msgstr ""
"Project-Id-Version: tour\\n"
"PO-Revision-Date: 2026-01-01 10:00+0000\\n"
"Last-Translator: Ann <ann@example.org>\\n"
"Language-Team: none\\n"
"Language: de\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"X-Generator: Poedit 3.4\\n"

#. {product}: for example “Acme”
#: a.storyboard.yaml
#, python-brace-format
msgctxt "name"
msgid "{product} in short"
msgstr "{product} in Kürze"

# Ann: formal
#. wave your hand
#. {product}: for example “Acme”
#: a.storyboard.yaml
#, python-brace-format, max-length:120, no-wrap, ignore-end-stop
msgctxt "hello.narration"
msgid "Welcome to {product}, which is a rather long text, longer than eighty characters."
msgstr "Willkommen bei {product}, und das ist ein ziemlich langer Text, länger als achtzig Zeichen."

#: a.storyboard.yaml
msgctxt "bye.narration"
msgid "That was all. Say \\"goodbye\\" then."
msgstr "Das war alles. Dann sag „Tschüss“."

#: a.storyboard.yaml
#, fuzzy
#| msgid "See you."
msgctxt "again.narration"
msgid "See you again."
msgstr "Bis dann."

#~ msgctxt "gone.narration"
#~ msgid "Gone"
#~ msgstr "Weg"

# kept below the last entry
"""


def gettext(*command: str) -> Callable[[str], str]:
    def run(text: str) -> str:
        if shutil.which(command[0]) is None:
            pytest.skip(f"{command[0]} is not installed")
        done = subprocess.run(
            command, input=text.encode(), capture_output=True, check=True, timeout=30
        )
        return done.stdout.decode()

    return run


def babel(text: str, **options: object) -> str:
    into = io.BytesIO()
    pofile.write_po(into, pofile.read_po(io.BytesIO(text.encode())), **options)  # type: ignore[arg-type]
    return into.getvalue().decode()


def sorted_entries(text: str) -> str:
    blocks = text.removesuffix("\n").split("\n\n")
    return "\n\n".join([blocks[0], *reversed(blocks[1:5]), *blocks[5:]]) + "\n"


def weblate(text: str) -> str:
    """Wrap at 77, write a date and a generator, leave `#|` out where nothing is fuzzy."""
    text = text.replace("2026-01-01", "2026-02-02").replace("Poedit 3.4", "Weblate 5.15")
    return str(polib.pofile(text, wrapwidth=77))


LAYOUTS: dict[str, Callable[[str], str]] = {
    "as it is": str,
    "date": lambda text: text.replace("2026-01-01", "2026-03-03"),
    "no date": lambda text: re.sub('"PO-Revision-Date.*\n', "", text),
    "creation date": lambda text: text.replace(
        '"PO-Revision', '"POT-Creation-Date: 2026-01-01 10:00+0000\\n"\n"PO-Revision'
    ),
    "CRLF": lambda text: text.replace("\n", "\r\n"),
    "byte order mark": lambda text: "\ufeff" + text,
    "lines": lambda text: text.replace("a.storyboard.yaml", "a.storyboard.yaml:12 x.html:3"),
    "no places": lambda text: re.sub("#: .*\n", "", text),
    "sorted": sorted_entries,
    "two blank lines": lambda text: text.replace("\n\n", "\n\n\n"),
    "no last newline": lambda text: text.rstrip("\n"),
    "underscore": lambda text: text.replace("Language: de", "Language: de_DE"),
    "folded": lambda text: text.replace('msgstr "Das war', 'msgstr ""\n"Das "\n"war'),
    "weblate": weblate,
    "polib": lambda text: str(polib.pofile(text)),
    "polib, no wrapping": lambda text: str(polib.pofile(text, wrapwidth=0)),
    "babel": lambda text: babel(text, width=76),
    "babel, sorted": lambda text: babel(text, sort_output=True, omit_header=False),
    "msgcat": gettext("msgcat", "-"),
    "msgcat, narrow": gettext("msgcat", "--width=40", "-"),
    "msgcat, sorted": gettext("msgcat", "--sort-output", "-"),
    "msgcat, no places": gettext("msgcat", "--no-location", "-"),
    "msgattrib": gettext("msgattrib", "--no-wrap", "-"),
}


def synced(text: str, board: str = BOARD) -> tuple[str, tuple[str, ...]]:
    """Return the catalog after a sync, and what the command tells of it."""
    files = MemoryFiles({"a.storyboard.yaml": board, PATH: text})
    (rewrite,), report = synced_files(files)
    assert not report.has_errors, report
    assert rewrite.changes == (rewrite.before != rewrite.after)
    assert rewrite.changes or not rewrite.news
    assert rewrite.after is not None
    return rewrite.after.decode(), rewrite.news


def changed(before: str, after: str) -> list[str]:
    """Return the lines that differ, without the lines that only moved."""
    diff = difflib.ndiff(before.splitlines(), after.splitlines())
    return [line for line in diff if line[:2] in ("+ ", "- ")]


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS.keys())
def test_a_layout_is_no_change(layout: Callable[[str], str]) -> None:
    text = layout(TRANSLATED)
    assert synced(text) == (text, ())


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS.keys())
def test_one_changed_text_changes_its_entry_alone(layout: Callable[[str], str]) -> None:
    text = layout(TRANSLATED)
    after, news = synced(text, BOARD.replace("That was all.", "That was it."))
    assert news == ("1 stale",)
    if "\n\n\n" in text:
        return
    lines = changed(text, after)
    assert [line for line in lines if "See you" in line or "{product}" in line] == []
    assert "+ #, fuzzy" in lines
    assert len(lines) <= 12, lines
    assert ("\r\n" in after) == ("\r\n" in text)
    assert after.startswith("\ufeff") == text.startswith("\ufeff")
    old, new = (read_catalog(PATH, content.encode())[0] for content in (text, after))
    assert old
    assert new
    assert new.header == old.header
    assert new.tail == old.tail
    assert [entry.flags for entry in new.entries.values()] == [
        entry.flags for entry in old.entries.values()
    ]
    assert synced(after, BOARD.replace("That was all.", "That was it.")) == (after, ())


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS.keys())
def test_what_we_write_after_a_tool_is_read_by_the_tool(layout: Callable[[str], str]) -> None:
    board = BOARD.replace("That was all.", "That was it.").replace("id: again", "id: encore")
    after, _ = synced(layout(TRANSLATED), board)
    again = layout(bare(after))
    assert synced(again, board) == (again, ())


NO_NOTES = BOARD.replace("    notes: wave your hand\n", "")


@pytest.mark.parametrize("board", [BOARD, NO_NOTES], ids=["notes", "no notes"])
@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS.keys())
def test_scenes_that_come_back_have_their_translations_again(
    layout: Callable[[str], str], board: str
) -> None:
    before, _ = synced(layout(TRANSLATED), board)
    head, *scenes = re.split("(?m)^(?=  - )", board)
    for count in range(1, len(scenes)):
        for left in itertools.combinations(scenes, count):
            gone = len(scenes) - count
            without, news = synced(before, head + "".join(left))
            assert news == (f"{gone} retired",)
            for between in (without, layout(bare(without))):
                after, news = synced(between, board)
                assert news == (f"{gone} renamed or back",)
                assert translations_in(after) == translations_in(before)
                assert bare(after).count("\n#: a.storyboard.yaml") >= gone
                assert synced(layout(bare(after)), board)[1] == ()
                if between is without:
                    assert entries_of(after) == entries_of(before)


def bare(text: str) -> str:
    return text.removeprefix("\ufeff").replace("\r\n", "\n")


def translations_in(text: str) -> set[tuple[str, str]]:
    return {(e.msgctxt, e.msgstr) for e in polib.pofile(bare(text)) if not e.obsolete}


def entries_of(text: str) -> tuple[dict[str, Entry], set[Entry]]:
    """Return what a catalog has but places: those of other tools go when an entry is retired."""
    catalog, findings = read_catalog(PATH, text.encode())
    assert catalog is not None, findings
    entries = {c: replace(entry, references=()) for c, entry in catalog.entries.items()}
    return entries, set(catalog.retired)


LONG_NOTES = """\
name: Files
locales: [en, de]
vars: {n: {de: 3}}
scenes:
  - id: files
    narration: "You have {{ n|plural(one='one file', other='many files') }} to look at here."
    notes: >-
      say it slowly, as a well-known, long-established and self-explanatory fact -- not a lesson--
      and look at a_very_long_word_that_no_line_of_fifty_columns_can_have
"""


def narrow(width: int) -> dict[str, Callable[[str], str]]:
    return {
        f"polib, {width}": lambda text: str(polib.pofile(text, wrapwidth=width)),
        f"babel, {width}": lambda text: babel(text, width=width),
        f"msgcat, {width}": gettext("msgcat", f"--width={width}", "-"),
    }


NARROW = {**LAYOUTS, **narrow(40), **narrow(50), **narrow(60)}


@pytest.mark.parametrize("layout", NARROW.values(), ids=NARROW.keys())
def test_a_wrapped_comment_is_no_change(layout: Callable[[str], str]) -> None:
    (first,), _ = synced_files(MemoryFiles({"a.storyboard.yaml": LONG_NOTES}))
    assert first.after is not None
    text = layout(first.after.decode())
    assert synced(text, LONG_NOTES) == (text, ())
    other = LONG_NOTES.replace("slowly", "fast")
    after, _ = synced(text, other)
    assert "say it fast" in after
    assert synced(after, other) == (after, ())


def test_flags_places_and_comments_that_are_not_ours_stay_where_an_entry_changes() -> None:
    text = TRANSLATED.replace(
        "#: a.storyboard.yaml\n#, python-brace-format, max",
        "#: page.html:3 old.yaml:7\n#, python-brace-format, max",
    )
    after, _ = synced(text, BOARD.replace("rather long", "very long"))
    assert (
        "# Ann: formal\n#. wave your hand\n#. {product}: for example “Acme”\n"
        "#: a.storyboard.yaml page.html:3\n"
        "#, fuzzy, max-length:120, no-wrap, ignore-end-stop, python-brace-format\n"
        '#| msgid "Welcome'
    ) in after
    assert after.startswith("# The team, 2026\n#. kept above the header\nmsgid")
    assert after.endswith("\n\n# kept below the last entry\n")


def test_a_new_scene_goes_behind_its_neighbor_and_a_renamed_one_stays() -> None:
    board = BOARD.replace("id: again", "id: encore") + "  - {id: end, narration: The end.}\n"
    after, news = synced(sorted_entries(TRANSLATED), board)
    contexts = re.findall('^msgctxt "(.*)"', after, re.MULTILINE)
    assert contexts == [
        "encore.narration",
        "end.narration",
        "bye.narration",
        "hello.narration",
        "name",
    ]
    assert news == ("1 new", "1 renamed or back")
    assert 'msgctxt "encore.narration"\nmsgid "See you again."\nmsgstr "Bis dann."' in after


def test_an_item_in_front_of_a_counted_loop_takes_no_translation_from_its_neighbor() -> None:
    text = (
        'msgctxt "item-1.narration"\nmsgid "we open the door"\nmsgstr "Wir öffnen die Tür"\n\n'
        'msgctxt "item-2.narration"\nmsgid "we close the door"\nmsgstr "Wir schließen die Tür"\n'
    )
    old, _ = read_catalog(PATH, text.encode())
    words = ["we knock", "we open the door", "we close the door"]
    sources = [SourceText(f"item-{n}.narration", message_of(w)) for n, w in enumerate(words, 1)]
    new = sync_catalog(sources, old, path=PATH, language="de")
    assert [(entry.source, entry.translation) for entry in new.entries.values()] == [
        ("we knock", ""),
        ("we open the door", "Wir öffnen die Tür"),
        ("we close the door", "Wir schließen die Tür"),
    ]
    assert not any(entry.stale for entry in new.entries.values())


def test_wrapping_a_narration_anew_touches_no_catalog() -> None:
    board = BOARD.replace(
        "{id: again, narration: See you again.}",
        "id: again\n    narration: >-\n      See\n      you again.",
    )
    assert synced(TRANSLATED, board) == (TRANSLATED, ())


def test_the_counts_are_the_same_in_every_layout() -> None:
    for name, layout in LAYOUTS.items():
        if name.startswith("msg"):
            continue
        files = MemoryFiles({"a.storyboard.yaml": BOARD, PATH: layout(TRANSLATED)})
        (progress,), _ = measure_catalogs(files)
        assert [state.value for state in progress.states.values()] == ["ok", "ok", "stale"]
