"""What only one of two lists has follows its neighbor there, once."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from storyboard.neighbors import behind_neighbors

LISTS = st.lists(st.integers(0, 9), unique=True)


@given(kept=LISTS, other=LISTS)
def test_both_lists_keep_their_order(kept: list[int], other: list[int]) -> None:
    made = list(behind_neighbors(kept, ((each, str(each)) for each in other), str))
    assert sorted(made) == sorted({*map(str, kept), *map(str, other)})
    assert [each for each in made if int(each) in kept] == list(map(str, kept))
    for before, new in zip([None, *other], other, strict=False):
        if new not in kept:
            at = made.index(str(new))
            assert (made[at - 1] if at else None) == (None if before is None else str(before))


def test_a_new_item_that_goes_nowhere_is_left_out() -> None:
    walk = ((None, "first"), ("a", None), (None, None), (None, "new"), ("gone", None))
    assert list(behind_neighbors("ba", walk, str.upper)) == ["first", "B", "A", "new"]
