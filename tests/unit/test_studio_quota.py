"""Quotas of a local studio are the operator's: environment variables, and what is said of them."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from storyboard.environment_variables import VARIABLES
from storyboard.errors import ExitCode, UsageError
from storyboard.local_studio.opening import open_local_studio
from storyboard.local_studio.quotas import COUNTS, SIZES, quota_of
from storyboard.studio.records.quota import Quota
from tests.support.project import Project


def test_each_quota_is_set_by_a_variable() -> None:
    assert {*SIZES.values(), *COUNTS.values()} == {field.name for field in fields(Quota)}
    given = dict.fromkeys(SIZES, "0.5") | dict.fromkeys(COUNTS, "7")
    assert quota_of(given) == Quota(1 << 29, 1 << 29, 1 << 29, 7, 7, 1 << 29, 7)
    assert quota_of({"STORYBOARD_STUDIO_ALL_GIB": "200"}) == Quota(in_all=200 << 30)
    assert quota_of({"HOME": "/home/a"}) == Quota()


@pytest.mark.parametrize("name", [*SIZES, *COUNTS])
def test_each_variable_says_its_usual_value(name: str) -> None:
    (meaning,) = (each.meaning for each in VARIABLES if each.name == name)
    value = getattr(Quota(), (SIZES | COUNTS)[name])
    shown = f"{value / (1 << 30):g}" if name in SIZES else f"{value:,}"
    assert f"; {shown} if not set" in meaning


@pytest.mark.parametrize("name", [*SIZES, *COUNTS])
@pytest.mark.parametrize("text", ["", "-1", "many", "1e9", "0x10", "9" * 5000, "٣"])
def test_what_is_no_amount_is_refused(name: str, text: str) -> None:
    with pytest.raises(UsageError, match=name):
        quota_of({name: text})


@pytest.mark.parametrize("name", COUNTS)
def test_a_count_of_none_is_refused(name: str) -> None:
    with pytest.raises(UsageError, match="above 0"):
        quota_of({name: "0"})


def test_the_studio_of_a_command_has_them_too(tmp_path: Path) -> None:
    """Its cache took 8 GiB, whatever the variable said."""
    variables = {"STORYBOARD_STUDIO_CACHE_GIB": "0.5", "STORYBOARD_STUDIO_OPEN_JOBS": "7"}
    with open_local_studio(tmp_path / "w", variables=variables) as studio:
        assert studio.workspace.quota == Quota(cache=1 << 29, open_jobs=7)


@pytest.mark.parametrize("words", ["apply --yes", "studio media list", "studio exec -- true"])
def test_commands_refuse_what_is_no_amount(tmp_path: Path, words: str) -> None:
    board = "name: Hello\navatar: jane\nscenes: [Welcome to the tour of our house.]\n"
    project = Project.of(tmp_path, {"hello.storyboard.yaml": board})
    ran = project.run(*words.split(), STORYBOARD_STUDIO_CACHE_GIB="many")
    assert ran.code == ExitCode.USAGE
    assert "STORYBOARD_STUDIO_CACHE_GIB" in ran.err
