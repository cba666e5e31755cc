"""Facts that several modules need and one has: they say the same wherever they are asked."""

from __future__ import annotations

import codecs

import pytest

from storyboard.catalogs.entry import Catalog
from storyboard.catalogs.po_writer import encode_catalog
from storyboard.commands.fmt import write_scene_ids
from storyboard.commands.rewriting import Rewrite
from storyboard.counting import listed
from storyboard.language.rewriting import write_scenes
from storyboard.source.files import MemoryFiles
from storyboard.source.reader import read_document
from storyboard.source.text import with_mark_of
from storyboard.wire import FAILED, PROCESSING, VideoStatus

READ_APART = ["y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan", "inf"]
COMPOSED = "name: A\ncompose: {formatType: session-highlights, duration: 60, entryIds: [1_a]}\n"
BOARD = "name: A\nlocales: [en]\nscenes:\n  - narration: {}\n"


def formatted(board: str | bytes) -> Rewrite:
    rewrites, report = write_scene_ids(MemoryFiles({"a.storyboard.yaml": board}))
    assert not report.has_errors
    return rewrites[0]


@pytest.mark.parametrize("word", READ_APART)
def test_a_word_that_readers_of_yaml_take_for_a_value_is_written_in_quotes(word: str) -> None:
    after = formatted(BOARD.format(f'"{word}!"')).after
    assert after is not None
    assert f'- id: "{word}"' in after.decode()
    document, _ = read_document("a.yaml", COMPOSED)
    assert document is not None
    for spelled in (word, word.upper(), word.capitalize()):
        scenes = [{"id": word, "narration": spelled, "avatar": {"templateId": word}}]
        text = write_scenes(document, scenes)
        assert f'- id: "{word}"' in text
        assert f'narration: "{spelled}"' in text
        assert f'templateId: "{word}"' in text


@pytest.mark.parametrize("mark", [b"", codecs.BOM_UTF8], ids=["no mark", "mark"])
def test_a_byte_order_mark_stays_exactly_where_it_was(mark: bytes) -> None:
    assert with_mark_of(mark + b"a", "b") == mark + b"b"
    assert with_mark_of(mark + b"a", "\ufeffb") == mark + b"b"
    after = formatted(mark + BOARD.format("Welcome.").encode()).after
    assert after is not None
    catalog = encode_catalog(Catalog("de.po", "de", {}), mark)
    for written in (after, catalog):
        assert written.startswith(mark)
        assert codecs.BOM_UTF8 not in written[len(mark) :]


def test_a_list_is_cut_where_it_is_long() -> None:
    assert listed((), 2) == ""
    assert listed(("a", "b"), 2) == "a, b"
    assert listed(("a", "b", "c", "d"), 2) == "a, b and 2 more"


def test_every_status_that_is_an_error_has_failed() -> None:
    assert {status for status in VideoStatus if status.value.endswith("-error")} == FAILED
    assert not FAILED & PROCESSING
