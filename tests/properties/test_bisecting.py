"""The search of scenes that break a film blames what breaks it and no other, with few films."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations
from math import ceil, log2

import pytest

from storyboard.plan.bisecting import Found, Scenes, SearchOutcome, most_cost, search

Fails = Callable[[Scenes], bool]


def run(count: int, fails: Fails) -> tuple[Found, list[Scenes]]:
    """Search with a studio that fails on some films; returns what was found, and the films."""
    films: list[Scenes] = []
    searching = search(count)
    try:
        part = next(searching)
        while True:
            films.append(part)
            part = searching.send(fails(part))
    except StopIteration as ended:
        found: Found = ended.value
        return found, films


def breaking(*bad: int) -> Fails:
    return lambda part: bool(set(bad) & set(part))


def cases() -> Iterator[tuple[int, tuple[int, ...]]]:
    for count in range(1, 21):
        for bad in range(count):
            yield count, (bad,)
        yield from ((count, pair) for pair in combinations(range(count), 2))


def test_what_breaks_films_is_blamed_and_nothing_else_within_the_announced_films() -> None:
    most = {count: most_cost([1.0] * count).films for count in range(1, 21)}
    for count, bad in cases():
        found, films = run(count, breaking(*bad))
        assert found.verdict is (SearchOutcome.SCENE if len(bad) == 1 else SearchOutcome.SEVERAL), (
            count,
            bad,
        )
        assert len(found.scenes) == 1
        assert set(found.scenes) <= set(bad)
        assert len(films) <= most[count] <= ceil(log2(count)) + 2
        assert len(set(films)) == len(films), "a film is made twice"
        assert tuple(range(count)) not in films, "the film that is known to fail is made again"
        alone = {film: set(film) & set(bad) != set() for film in films}
        if count > 1:
            assert alone[found.scenes], "a scene is blamed that was not seen to fail alone"


def test_scenes_that_fail_together_only_are_never_blamed_alone() -> None:
    for count in range(2, 21):
        for pair in combinations(range(count), 2):
            found, _ = run(count, lambda part, pair=pair: set(pair) <= set(part))  # type: ignore[misc]
            assert found.verdict in (SearchOutcome.TOGETHER, SearchOutcome.NONE), (count, pair)
            assert found.verdict is SearchOutcome.NONE or set(pair) <= set(found.scenes)


@pytest.mark.parametrize("count", [1, 2, 7, 20])
def test_a_failure_that_passed_blames_no_scene(count: int) -> None:
    found, films = run(count, lambda _: False)
    assert found.verdict is (SearchOutcome.SCENE if count == 1 else SearchOutcome.NONE)
    assert bool(films) is (count > 1)


@pytest.mark.parametrize("count", [2, 7, 20])
def test_a_studio_that_makes_no_film_at_all_proves_no_scene(count: int) -> None:
    assert run(count, lambda _: True)[0].verdict is SearchOutcome.SEVERAL


def test_the_announced_seconds_are_those_of_the_longest_course() -> None:
    seconds = [3.0, 40.0, 1.0, 2.0, 9.0]
    longest = 0.0
    for bad in range(len(seconds)):
        for fails in (breaking(bad), breaking(bad, (bad + 1) % 5), lambda _: False):
            _, films = run(len(seconds), fails)
            longest = max(longest, sum(seconds[i] for film in films for i in film))
    assert longest == most_cost(seconds).seconds
