"""Scenes of two lists in one order: what only one of them has stays behind its neighbor."""

from __future__ import annotations

import pytest

from storyboard.plan.scene_order import in_their_order, with_added


@pytest.mark.parametrize(
    ("ours", "theirs", "expected"),
    [
        ([0, 1, 2], [2, 0, 1], [2, 0, 1]),
        ([0, 1, 2, 3], [3, 1], [0, 3, 1, 2]),
        ([5, 0, 6, 7, 1], [1, 0], [5, 1, 0, 6, 7]),
        ([0, 1], [], [0, 1]),
    ],
)
def test_what_only_we_have_follows_its_neighbor(
    ours: list[int], theirs: list[int], expected: list[int]
) -> None:
    assert in_their_order(ours, theirs) == expected


@pytest.mark.parametrize(
    ("order", "theirs", "added", "expected"),
    [
        ([0, 1], [0, None, 1], {1: "new"}, ["0", "new", "1"]),
        ([0, 1], [None, 0, 1, None, None], {0: "a", 3: "b", 4: "c"}, ["a", "0", "1", "b", "c"]),
        ([1, 0], [0, None, 1], {1: "new"}, ["1", "0", "new"]),
        ([0, 1], [0, None, 1], {}, ["0", "1"]),
        # The scene that it followed is removed here: it follows the one before that.
        ([0], [0, 1, None], {2: "new"}, ["0", "new"]),
    ],
)
def test_what_was_added_follows_the_scene_that_it_follows_there(
    order: list[int], theirs: list[int | None], added: dict[int, str], expected: list[str]
) -> None:
    assert list(with_added(order, theirs, added, str)) == expected
