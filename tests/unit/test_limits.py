"""What a limit allows, at its edges, and how it is written."""

from __future__ import annotations

import pytest

from storyboard.plan.limits import (
    BUILT_IN,
    Bounds,
    Limit,
    Protection,
    Rule,
    SetLimit,
    Setter,
    parse_limit,
)
from storyboard.plan.options import PlanOptions
from storyboard.video import Address


@pytest.mark.parametrize(
    ("limit", "of", "most"),
    [
        (Limit(percent=20), 0, 1),  # a percentage never forbids one
        (Limit(percent=20), 3, 1),  # 1 of 3 is 33 %
        (Limit(percent=34), 3, 1),
        (Limit(percent=67), 3, 2),
        (Limit(percent=20), 9, 1),  # 1.8
        (Limit(percent=20), 10, 2),
        (Limit(percent=29), 100, 29),  # 0.29 * 100 is 28.999999999999996
        (Limit(percent=57), 100, 57),
        (Limit(percent=100), 7, 7),
        (Limit(percent=0), 7, 0),  # none is none
        (Limit(0, 100), 7, 0),
        (Limit(2, 20), 100, 2),
        (Limit(50, 20), 100, 20),
        (Limit(3), 0, 3),
    ],
)
def test_so_many_are_within_a_limit_and_no_more(limit: Limit, of: int, most: int) -> None:
    assert [number for number in range(of + 5) if limit.allows(number, of)] == [*range(most + 1)]


def test_no_limit_allows_all_and_what_is_no_number_is_never_within() -> None:
    assert Limit().allows(10**9, 0)
    assert not Limit(float("nan")).allows(0, 9)
    assert not Limit(5).allows(float("nan"), 9)
    assert not Limit(percent=float("nan")).allows(2, 9)


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("5", Limit(5)),
        (" 0 ", Limit(0)),
        ("20%", Limit(None, 20)),
        ("30 %", Limit(None, 30)),
        ("10 and 30 %", Limit(10, 30)),
        ("5 and 100%", Limit(5, 100)),
    ],
)
def test_what_is_written_is_read(text: str, limit: Limit) -> None:
    assert parse_limit(text, Rule.DELETE) == parse_limit(text, Rule.REPLACE) == limit
    assert parse_limit(str(limit), Rule.DELETE) == limit
    films = parse_limit(text, Rule.GENERATE)
    assert films == (limit if limit.percent is None else None)


@pytest.mark.parametrize(
    "text",
    ["", "-1", "101%", "1.5%", "20% and 5", "5,20%", "nan", "inf", "²", "٣", "1e9",
     "9" * 5000, "5%%"],
)  # fmt: skip
def test_anything_else_is_no_limit(text: str) -> None:
    assert all(parse_limit(text, rule) is None for rule in (Rule.DELETE, Rule.GENERATE))
    if text != "1.5":
        assert parse_limit(text, Rule.MINUTES) is None


def test_minutes_have_fractions() -> None:
    assert parse_limit("2.5", Rule.MINUTES) == Limit(2.5)
    assert parse_limit("20%", Rule.MINUTES) is None


def test_the_names_of_a_rule_follow_from_one() -> None:
    told = [(rule.flag, rule.key, rule.variable) for rule in Rule]
    assert told[0] == ("--max-generate", "maxGenerate", "STORYBOARD_MAX_GENERATE")
    assert told[3] == ("--max-delete", "maxDelete", "STORYBOARD_MAX_DELETE")


def set_by(by: Setter, limit: Limit) -> SetLimit:
    return SetLimit(Rule.DELETE, limit, by, by.value)


def broken(number: int, *limits: SetLimit, asked: Limit | int | None = None) -> list[str]:
    options = PlanOptions(limits=limits, max_delete=asked)
    return [each.source for each in options.bounds(100).broken(Rule.DELETE, number)]


def test_a_project_adds_a_limit_and_takes_none_away() -> None:
    generous = set_by(Setter.PROJECT, Limit(1000))
    assert broken(11, generous) == [BUILT_IN.source]
    assert broken(3, set_by(Setter.PROJECT, Limit(2))) == ["project"]


def test_the_operator_takes_the_built_in_limit_away_but_not_the_projects() -> None:
    operators, projects = set_by(Setter.OPERATOR, Limit(50)), set_by(Setter.PROJECT, Limit(20))
    assert broken(50, operators) == []
    assert broken(51, operators) == ["operator"]
    assert broken(50, projects, operators) == ["project"]
    assert broken(60, projects, operators) == ["project", "operator"]


def test_what_the_caller_says_holds_alone() -> None:
    limits = [set_by(by, Limit(1)) for by in (Setter.PROJECT, Setter.OPERATOR)]
    assert broken(99, *limits, asked=99) == []
    assert broken(100, *limits, asked=Limit(99)) == ["--max-delete"]


def test_a_pattern_protects_and_says_where_it_stands() -> None:
    bounds = Bounds(protected=(Protection("legal-*", Setter.OPERATOR, "STORYBOARD_PROTECT"),))
    told = "protected by 'legal-*' (STORYBOARD_PROTECT)"
    assert bounds.protection(Address("legal-1", "de"), False) == told
    assert bounds.protection(Address("tour", "de"), False) is None
    assert bounds.protection(Address("tour", "de"), False, True) == "protected"
    lifted = Bounds(protected=bounds.protected, allow_protected=True)
    assert lifted.protection(Address("legal-1", None), True) is None


@pytest.mark.parametrize(
    ("one", "other", "within"),
    [
        (Limit(5), Limit(5), True),
        (Limit(6), Limit(5), False),
        (Limit(5), Limit(), True),
        (Limit(), Limit(5), False),
        (Limit(5, 20), Limit(5), True),
        (Limit(5), Limit(5, 20), False),
        (Limit(percent=20), Limit(percent=10), False),
    ],
)
def test_which_of_two_limits_is_stricter(one: Limit, other: Limit, within: bool) -> None:
    assert one.is_within(other) is within
