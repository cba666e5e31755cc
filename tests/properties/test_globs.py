"""Globs name what the plain regular expression of each names, and take no time to do so."""

from __future__ import annotations

import re
from fnmatch import fnmatchcase

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storyboard.globs import matches, may_begin, path_matcher
from tests.support.passing_time import soon

NAMES = st.text("ab@", max_size=8)
PARTS = st.sampled_from(["a", "b", "@", "*", "?", "[a@]", "[!a]", "[", "]", "**"])
PATTERNS = st.lists(PARTS, max_size=7).map("".join)

PATHS = st.lists(st.text("ab.", min_size=1, max_size=3), min_size=1, max_size=4).map("/".join)
PATH_PARTS = st.sampled_from(["a", "b", ".", "/", "*", "**", "**/", "?"])
PATH_PATTERNS = st.lists(PATH_PARTS, max_size=8).map("".join)

HOSTILE_PATHS = ["*a" * 200 + "*b", "**/" * 150 + "b", "**/*" * 150 + "b", "**a" * 150 + "b"]
HOSTILE_NAMES = ["*a" * 2000 + "*b", "*?" * 2000 + "*b", "*[ab]" * 1000 + "*c"]


def by_expression(pattern: str) -> re.Pattern[str]:
    parts = re.split(r"(\*\*/|\*\*|\*|\?)", pattern)
    known = {"**/": "(?:[^/]+/)*", "**": ".*", "*": "[^/]*", "?": "[^/]"}
    return re.compile("".join(known.get(part, re.escape(part)) for part in parts))


@given(name=NAMES, pattern=PATTERNS)
def test_a_name_matches_as_the_standard_library_says(name: str, pattern: str) -> None:
    assert matches(name, pattern) == fnmatchcase(name, pattern)


@given(path=PATHS, pattern=PATH_PATTERNS)
def test_a_path_matches_as_the_plain_expression_says(path: str, pattern: str) -> None:
    assert path_matcher(pattern)(path) == bool(by_expression(pattern).fullmatch(path))


@given(start=NAMES.filter(bool), rest=st.text("ab", min_size=1, max_size=4), pattern=PATTERNS)
def test_what_begins_a_match_may_begin_one(start: str, rest: str, pattern: str) -> None:
    if fnmatchcase(start + rest, pattern):
        assert may_begin(start, pattern, without="@")


@pytest.mark.parametrize(
    ("start", "pattern", "expected"),
    [
        ("tour@", "tour@de", True),
        ("tour@", "tour@*", True),
        ("tour@", "*", True),
        ("tour@", "tour@", False),
        ("tour@", "other@de", False),
        ("tour@", "t*@d*", True),
        ("tour@", "tour@@de", False),
        ("tour@", "to*r@d*@", False),
    ],
)
def test_what_cannot_begin_a_match(start: str, pattern: str, expected: bool) -> None:
    assert may_begin(start, pattern, without="@") is expected


@pytest.mark.parametrize("pattern", HOSTILE_PATHS, ids=lambda pattern: pattern[:6])
def test_a_hostile_path_pattern_is_no_work(pattern: str) -> None:
    """A backtracking matcher would not end before the sun does."""
    path = "/".join(["a" * 20] * 50) + "/c"
    with soon(2):
        assert not path_matcher(pattern)(path)


@pytest.mark.parametrize("pattern", HOSTILE_NAMES, ids=lambda pattern: pattern[:6])
def test_a_hostile_name_pattern_is_no_work(pattern: str) -> None:
    with soon(2):
        assert not matches("a" * 180, pattern)
        assert may_begin("a" * 180 + "@", "*a" * 80 + "*b", without="@")
