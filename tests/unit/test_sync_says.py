"""`locale sync` and `fmt --ids` say what they did, also when there was nothing to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from storyboard.cli import run

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
