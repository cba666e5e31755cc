"""A project's budgets hold for every plan, and an option of the command line wins over one."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.project import Project

BOARD = """\
name: {name}
avatar: {avatar}
scenes:
  - Hello and welcome to the team, it is good to have you here with all of us.
"""


def project(path: Path, policy: str) -> Project:
    return Project.of(
        path,
        {
            "storyboard.yaml": f"policy: {{{policy}}}\n",
            "storyboards/one.yaml": BOARD.format(name="One", avatar="jane"),
            "storyboards/two.yaml": BOARD.format(name="Two", avatar="adam"),
        },
    )


@pytest.mark.parametrize(
    ("policy", "rule", "option"),
    [
        ("maxGenerate: 1", "max-generate", ("--max-generate", "2")),
        ("maxMinutes: 0.05", "max-minutes", ("--max-minutes", "1")),
    ],
)
def test_a_budget_of_films_refuses_a_plan(
    tmp_path: Path, policy: str, rule: str, option: tuple[str, str]
) -> None:
    tour = project(tmp_path, policy)
    refused = tour.run("plan", "--json")
    assert [each["rule"] for each in refused.json()["refusals"]] == [rule]
    allowed = tour.run("plan", "--json", *option)
    assert allowed.json()["refusals"] == []
    applied = tour.run("apply", "--yes")
    assert applied.code == 5
    assert "hint: " in applied.err


def test_a_budget_of_deletions_refuses_a_plan(tmp_path: Path) -> None:
    tour = project(tmp_path, "maxDelete: 0")
    assert tour.run("apply", "--yes", "--no-generate").code == 0
    (tmp_path / "storyboards/two.yaml").unlink()
    refused = tour.run("plan", "--prune", "--json")
    assert [each["rule"] for each in refused.json()["refusals"]] == ["max-delete"]
    assert tour.run("plan", "--prune", "--json", "--max-delete", "1").json()["refusals"] == []
