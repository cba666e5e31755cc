"""`storyboard studio --open`: the address reaches a browser, and not the list of processes."""

from __future__ import annotations

import re
import stat
from pathlib import Path

import pytest

from storyboard.cli.studio_browser import LAUNCHER, shown_in_browser

ADDRESS = "http://127.0.0.1:8390/studio/#key=abc-_D"


def test_the_browser_gets_a_file_that_leads_on_and_is_the_users_alone(tmp_path: Path) -> None:
    asked: list[str] = []

    def browse(address: str) -> bool:
        asked.append(address)
        return True

    with shown_in_browser(ADDRESS, tmp_path, browse=browse):
        launcher = tmp_path / LAUNCHER
        assert asked == [launcher.as_uri()]
        assert "abc" not in asked[0]
        assert stat.S_IMODE(launcher.stat().st_mode) == 0o600
        page = launcher.read_text(encoding="utf-8")
        assert re.search(r'http-equiv="refresh" content="0; url=(.+?)"', page)[1] == ADDRESS  # type: ignore[index]
        assert '<meta name="referrer" content="no-referrer">' in page
    assert list(tmp_path.iterdir()) == []


def test_a_link_in_the_files_place_is_not_written_through(tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    kept.write_text("mine")
    folder = tmp_path / "workspace"
    folder.mkdir()
    (folder / LAUNCHER).symlink_to(kept)
    with shown_in_browser(ADDRESS, folder, browse=lambda address: True):
        assert not (folder / LAUNCHER).is_symlink()
    assert kept.read_text() == "mine"


def test_without_a_browser_the_address_is_left_to_the_user(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with shown_in_browser(ADDRESS, tmp_path, browse=lambda address: False):
        pass
    assert list(tmp_path.iterdir()) == []
    assert capsys.readouterr().err == (
        "warning: no browser could be opened; open the address above yourself\n"
    )
