"""`storyboard studio name`: the parts that a workspace has in places that it shares."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from storyboard.studio.jobs.file_places import name_of
from storyboard.studio.records.identity import Identity, load_identity
from storyboard.studio.records.opening import schema_of
from tests.support.project import Project


@pytest.mark.parametrize(("part", "named"), [("database", schema_of), ("files", name_of)])
def test_it_is_told_where_only_the_identity_is_there(
    tmp_path: Path, part: str, named: Callable[[Identity], str]
) -> None:
    """As it is on another machine, before anything is restored; and nothing is made there."""
    (tmp_path / "team").mkdir(mode=0o700)
    identity = load_identity(tmp_path / "team")
    ran = Project.of(tmp_path, {}).run("studio", "name", part, "--workspace", "team")
    assert (ran.code, ran.out) == (0, f"{named(identity)}\n"), ran.err
    assert [path.name for path in (tmp_path / "team").iterdir()] == ["identity.json"]


def test_a_workspace_that_is_none_is_refused_and_not_made(tmp_path: Path) -> None:
    ran = Project.of(tmp_path, {}).run("studio", "name", "database", "--workspace", "team")
    assert (ran.code, ran.out) == (1, "")
    assert "there is no studio in 'team' yet" in ran.err
    assert not (tmp_path / "team").exists()
