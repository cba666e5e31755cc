"""Quotas of a served studio are the operator's: environment variables, and what is said of them."""

from __future__ import annotations

from dataclasses import fields

import pytest

from storyboard.cli.studio_quota import COUNTS, SIZES, quota_of
from storyboard.environment_variables import VARIABLES
from storyboard.errors import UsageError
from storyboard.studio.records.quota import Quota


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
