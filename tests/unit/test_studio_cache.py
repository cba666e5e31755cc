"""`storyboard studio cache`: what it shows is on disk, and what it deletes is gone."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from click.testing import CliRunner

from storyboard.cli.studio import command
from storyboard.studio.local import open_studio


def run(workspace: Path, *words: str) -> str:
    result = CliRunner().invoke(
        command, ["cache", *words, "--workspace", str(workspace)], catch_exceptions=False
    )
    assert result.exit_code == 0
    return result.output


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    studio = open_studio(tmp_path)
    studio.close()
    for kind, name, megabytes in (("films", "a.mp4", 3), ("segments", "b.mp4", 2)):
        path = studio.workspace.cache / kind / name
        path.parent.mkdir(parents=True)
        path.write_bytes(bytes(megabytes * 1_000_000))
        os.utime(path, (megabytes * 1_000, megabytes * 1_000))
    return tmp_path


def test_stats_tell_what_each_kind_takes(workspace: Path) -> None:
    assert json.loads(run(workspace, "stats", "--json")) == [
        {"kind": "films", "files": 1, "bytes": 3_000_000},
        {"kind": "segments", "files": 1, "bytes": 2_000_000},
    ]
    assert "5.0 MB" in run(workspace, "stats").splitlines()[-1]


def test_clean_keeps_what_was_used_last(workspace: Path) -> None:
    assert run(workspace, "clean", "--keep", "3") == "freed 2.0 MB\n"
    assert [path.name for path in workspace.glob("data-*/cache/*/*")] == ["a.mp4"]
    assert run(workspace, "clean") == "freed 3.0 MB\n"
    assert not list(workspace.glob("data-*/cache/*/*"))


def test_the_cache_of_a_shared_folder_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = (tmp_path / "shared").as_uri()
    monkeypatch.setenv("STORYBOARD_FILES", place)
    assert run(tmp_path / "w", "stats") == "total           0 files        0.0 MB\n"
    studio = open_studio(tmp_path / "w", files=place)
    studio.close()
    (studio.workspace.cache / "films").mkdir()
    (studio.workspace.cache / "films" / "a.mp4").write_bytes(bytes(1_000_000))
    assert run(tmp_path / "w", "clean") == "freed 1.0 MB\n"


def test_a_workspace_without_films_has_an_empty_cache(tmp_path: Path) -> None:
    assert run(tmp_path, "stats") == "total           0 files        0.0 MB\n"
    assert run(tmp_path, "clean") == "freed 0.0 MB\n"
