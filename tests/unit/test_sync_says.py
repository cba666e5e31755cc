"""`locale sync` and `fmt --ids` say what they did, also when there was nothing to do."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from storyboard.cli import run
from storyboard.commands.catalog_news import TextCounts
from storyboard.commands.locale import SyncedCatalogs
from storyboard.commands.rewriting import Rewrite
from storyboard.source.diagnostic import Report
from storyboard.views.rewriting import render_sync_text

BOARD = "name: Tour\nlocales: {}\nscenes: [{{id: a, narration: Welcome to the tour of it.}}]\n"


def told(folder: Path, capsys: pytest.CaptureFixture[str], *line: str) -> tuple[int, str, str]:
    code = run(["-C", str(folder), *line])
    out, err = capsys.readouterr()
    return code, out, err


def test_a_second_sync_counts_the_catalogs_that_are_right(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "tour.storyboard.yaml").write_text(BOARD.format("[en, de, fr]"))
    code, out, err = told(tmp_path, capsys, "locale", "sync")
    assert (code, out.count("wrote"), err) == (0, 2, "")
    for more in ([], ["--check"]):
        code, out, err = told(tmp_path, capsys, "locale", "sync", *more)
        assert (code, out, err) == (0, "", "2 catalogs up to date\n")
    assert told(tmp_path, capsys, "locale", "sync", "tour@de")[2] == "1 catalog up to date\n"


def test_a_project_of_one_language_has_nothing_to_translate(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "tour.storyboard.yaml").write_text(BOARD.format("[en]"))
    code, out, err = told(tmp_path, capsys, "locale", "sync")
    assert (code, out) == (0, "")
    assert err == "nothing to translate: no storyboard has a second locale\n"


def test_nothing_is_up_to_date_where_files_have_errors(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "tour.storyboard.yaml").write_text(BOARD.format("[en, de]") + "nonsense: 1\n")
    code, out, err = told(tmp_path, capsys, "locale", "sync")
    assert (code, out) == (3, "")
    assert "up to date" not in err


def test_ids_that_are_there_are_said_to_be(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "tour.storyboard.yaml").write_text(BOARD.format("[en]"))
    assert told(tmp_path, capsys, "fmt", "--ids") == (
        0,
        "",
        "nothing to write: every scene has an id\n",
    )


SCENES = "".join(f"  - {{id: s{n}, narration: This is sentence {n}.}}\n" for n in range(3))


def test_a_sync_counts_the_texts_of_each_locale_and_of_all(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    board = tmp_path / "tour.storyboard.yaml"
    first = f"name: Tour\nlocales: [en, de, fr]\nscenes:\n{SCENES}"
    board.write_text(first)
    assert told(tmp_path, capsys, "locale", "sync") == (0, FIRST, "")
    path = tmp_path / "locales" / "de" / "tour.po"
    path.write_text(path.read_text().replace('msgstr ""\n\n', 'msgstr "Ein Satz."\n\n'))
    gone = first.replace("sentence 0", "the first sentence").replace("id: s1,", "id: other,")
    board.write_text(gone.replace("sentence 1", "another one"))
    assert told(tmp_path, capsys, "locale", "sync", "--check") == (3, CHANGED, "")
    code, out, err = told(tmp_path, capsys, "locale", "sync", "--json")
    de, fr = ({"added": 1, "kept": 2, "changed": 1, "obsolete": obsolete} for obsolete in (1, 0))
    both = {"added": 2, "kept": 4, "changed": 2, "obsolete": 1}
    printed = json.loads(out)
    assert (code, err) == (0, "")
    assert (printed["locales"], printed["total"]) == ({"de": de, "fr": fr}, both)


FIRST = """\
wrote locales/de/tour.po: 4 new
wrote locales/fr/tour.po: 4 new
de: 4 added, 0 kept, 0 changed, 0 obsolete
fr: 4 added, 0 kept, 0 changed, 0 obsolete
total: 8 added, 0 kept, 0 changed, 0 obsolete
"""
CHANGED = """\
would write locales/de/tour.po: 1 new, 1 stale, 1 retired
would write locales/fr/tour.po: 1 new
de: 1 added, 2 kept, 1 changed, 1 obsolete
fr: 1 added, 2 kept, 1 changed, 0 obsolete
total: 2 added, 4 kept, 2 changed, 1 obsolete
"""


def test_counts_have_their_thousands() -> None:
    counts = {"de": TextCounts(kept=12_345), "fr": TextCounts(added=1_000)}
    new = Rewrite("locales/fr/tour.po", None, b"")
    told = render_sync_text(SyncedCatalogs((new,), Report(()), counts), written=True)
    assert told.splitlines() == [
        "wrote locales/fr/tour.po",
        "de: 0 added, 12,345 kept, 0 changed, 0 obsolete",
        "fr: 1,000 added, 0 kept, 0 changed, 0 obsolete",
        "total: 1,000 added, 12,345 kept, 0 changed, 0 obsolete",
    ]
