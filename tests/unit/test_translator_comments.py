"""A comment has an example of each token, and no other value of it makes a catalog outdated."""

from __future__ import annotations

import pytest

from storyboard.catalogs.po_reader import read_catalog
from storyboard.commands.locale_texts import Selection
from storyboard.source.files import MemoryFiles
from tests.support.syncing import synced_files

PO = "locales/de/t.po"
BOARD = """\
name: T
locales: [en, de]
vars: {company: Acme Corp, days: 5}
scenes:
- {id: a, narration: "At {{ company }} you have {{ days | unit('day') }} of leave each year."}
"""


def synced(board: str, catalog: str = "", **variables: object) -> tuple[str, bool]:
    files = {"storyboards/t.yaml": board} | ({PO: catalog} if catalog else {})
    (rewrite,), _ = synced_files(MemoryFiles(files), Selection(variables=variables))
    return (rewrite.after or b"").decode(), rewrite.changes


def test_a_comment_has_what_the_locale_says() -> None:
    text, _ = synced(BOARD)
    assert "#. {company}: for example “Acme Corp”\n" in text
    assert "#. {days}: days | unit('day'), for example “5 Tage”\n" in text


def test_another_value_and_a_comment_without_one_are_up_to_date() -> None:
    text, _ = synced(BOARD)
    assert synced(BOARD, text, days=17, company="Acme, Inc.") == (text, False)
    before = text.replace("#. {company}: for example “Acme Corp”\n", "").replace(
        ", for example “5 Tage”", ""
    )
    assert synced(BOARD, before) == (before, False)


def test_a_long_value_is_cut_and_one_with_a_fault_is_left_out() -> None:
    long, _ = synced(BOARD, company="A ” B" * 20)
    assert '#. {company}: for example “A " BA " B' in long
    assert "…”\n" in long
    faulty, _ = synced(BOARD.replace("| unit('day')", "| unit('nonsense')"))
    assert "for example “5" not in faulty
    hidden, _ = synced(BOARD, company="A\x1b\u2028C\nM")
    assert read_catalog(PO, hidden.encode())[1] == ()


@pytest.mark.parametrize("regular", [True, False])
@pytest.mark.parametrize(
    ("translation", "place"),
    [
        ('msgstr "Hallo."\n', (3, 1, 16)),
        ('msgstr ""\n"Hallo "\n"Welt."\n', (4, 1, 9)),
        ('msgstr ""\n""\n"Hallo."\n', (5, 1, 9)),
        ('msgstr "Hallo "\n"Welt."\n', (3, 1, 16)),
        ('msgstr ""\n', (3, 1, 10)),
    ],
)
def test_a_translation_begins_where_its_words_do(
    translation: str, place: tuple[int, int, int], regular: bool
) -> None:
    gap = "" if regular else " "
    text = f'msgctxt "a.narration"{gap}\nmsgid "Hello."\n{translation}'
    catalog, found = read_catalog(PO, text.encode())
    assert found == ()
    assert catalog is not None
    span = catalog.entries["a.narration"].translation_span
    assert span is not None
    assert (span.line, span.column, span.end_column) == place
