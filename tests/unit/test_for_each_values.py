"""What `for_each` gets that is no list, and who gave it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.project import Project

BOARD = """
name: Tour
vars: {features: [Search, Export]}
scenes:
  - for_each: "{{ features }}"
    narration: Here is the feature called {{ item }}, as you know.
"""


@pytest.mark.parametrize("given", ["[]", "[a, b]", "Search", "2"])
def test_the_command_line_is_told_and_not_the_file(given: str, tmp_path: Path) -> None:
    project = Project.of(tmp_path, {"tour.storyboard.yaml": BOARD})
    ran = project.run("check", "--var", f"features={given}")
    kind = "a number" if given == "2" else "a text"
    assert f"needs a list, and the command line gives 'features' {kind}" in ran.err + ran.out
    assert "--var-file FILE" in ran.err + ran.out
    (tmp_path / "own.yaml").write_text("features: [Search]\n")
    assert project.run("check", "--var-file", str(tmp_path / "own.yaml")).code == 0


def test_a_text_of_a_file_is_not_blamed_on_var(tmp_path: Path) -> None:
    """Its hint was to put the list into such a file."""
    project = Project.of(tmp_path, {"tour.storyboard.yaml": BOARD})
    (tmp_path / "own.yaml").write_text("features: Search\n")
    ran = project.run("check", "--var-file", str(tmp_path / "own.yaml"))
    assert "needs a list, and the command line gives 'features' a text" in ran.err + ran.out
    assert "write 'features: […]' in the file of --var-file" in ran.err + ran.out
    assert "--var gives" not in ran.err + ran.out


def test_another_variable_of_the_command_line_is_not_blamed(tmp_path: Path) -> None:
    board = BOARD.replace("[Search, Export]", "Search")
    project = Project.of(tmp_path, {"tour.storyboard.yaml": board})
    ran = project.run("check", "--var", "other=[]")
    assert "for_each needs a list, and this is a text" in ran.err + ran.out
