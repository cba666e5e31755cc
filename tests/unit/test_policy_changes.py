"""Which changes of a policy allow more than before: whoever reviews them has to see it."""

from __future__ import annotations

import pytest

from storyboard.plan.policy import PolicyChange


@pytest.mark.parametrize(
    ("key", "before", "after", "is_looser"),
    [
        ("maxGenerate", ("3",), (), True),
        ("maxGenerate", (), ("3",), False),
        ("maxGenerate", ("3",), ("4",), True),
        ("maxGenerate", ("4",), ("3",), False),
        ("maxMinutes", ("2.5",), ("2.6",), True),
        ("maxDelete", ("5 and 20 %",), ("5",), True),
        ("maxDelete", ("5",), ("5 and 20 %",), False),
        ("maxDelete", ("5",), ("1 %",), True),
        ("protect", ("a", "b"), ("a",), True),
        ("protect", ("a",), ("a", "b"), False),
        ("protect", ("a",), ("b",), True),
        ("protect", ("a",), (), True),
    ],
)
def test_what_allows_more_is_told_from_what_allows_less(
    key: str, before: tuple[str, ...], after: tuple[str, ...], is_looser: bool
) -> None:
    assert PolicyChange(key, before, after).is_looser is is_looser
