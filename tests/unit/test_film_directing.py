"""What a narration does to its picture: where its lists are, and when the camera comes closer."""

from __future__ import annotations

from itertools import groupby, pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storyboard.studio.film.cameras import cameras
from storyboard.studio.film.phrasing import phrases_of
from storyboard.studio.film.request import FilmScene
from storyboard.studio.film.speaking import Spoken
from storyboard.studio.stage.placement import Layout
from storyboard.studio.voice.speech import Word
from tests.support.examples import examples
from tests.support.film_crew import GREEN


def spoken(text: str, each: float = 0.4) -> tuple[FilmScene, Spoken]:
    """Return a scene whose words are said so many seconds apart."""
    said = text.split()
    words = tuple(Word(w, k * each, (k + 1) * each) for k, w in enumerate(said))
    pcm = np.zeros(round(len(said) * each * 48_000), np.int16)
    return FilmScene(text, "jane", GREEN), Spoken(pcm, (), words)


def test_sentences_end_where_speech_says_so() -> None:
    phrases = phrases_of(*spoken("We met Dr. Who on Monday. It was fine, really."), "en")
    assert phrases.stops == pytest.approx((6 * 0.4, 10 * 0.4))
    assert phrases.lists == ()


@pytest.mark.parametrize(
    "text",
    [
        "We look at revenue, customers, and costs this quarter.",
        "Wir sehen Umsatz, Kunden, Kosten und Termine in diesem Quartal.",
        "Plans; budgets; teams.",
    ],
)
def test_a_list_is_three_things_between_commas(text: str) -> None:
    phrases = phrases_of(*spoken(text), "en")
    (items,) = phrases.lists
    assert len(items) >= 4
    assert list(items) == sorted(items)
    commas = [k for k, word in enumerate(text.split()) if word[-1] in ",;"]
    assert items[1:-1] == pytest.approx([(k + 1) * 0.4 for k in commas])


def test_clauses_are_no_list() -> None:
    long = (
        "Although it rained the whole of the day before, we went there by train, because we could"
    )
    assert phrases_of(*spoken(long, 0.5), "en").lists == ()


@settings(max_examples=examples(60), deadline=None)
@given(
    steps=st.lists(st.floats(0.5, 9), max_size=12),
    rest=st.floats(0.5, 6),
    fps=st.sampled_from([25, 30]),
    opens=st.booleans(),
)
def test_cameras_keep_still_and_change_at_full_stops(
    steps: list[float], rest: float, fps: int, opens: bool
) -> None:
    stops = [sum(steps[: k + 1]) for k in range(len(steps))]
    frames = round((sum(steps) + rest) * fps)
    layouts = cameras(stops, frames, fps, opens=opens)
    assert len(layouts) == frames
    runs = [(layout, len(list(run))) for layout, run in groupby(layouts)]
    assert {layout for layout, _ in runs} <= {Layout.FULL, Layout.CLOSE}
    assert all(length >= 3 * fps for _, length in runs) or len(runs) == 1
    assert all(length >= 4.5 * fps for _, length in runs[:-1])
    at = 0
    for (_, length), _ in pairwise(runs):
        at += length
        assert any(abs(at / fps - (stop + 0.25 + 0.16)) < 0.03 for stop in stops)
    if opens:
        assert layouts[0] is Layout.FULL


def test_a_short_scene_is_seen_from_close_by() -> None:
    assert set(cameras([2.0], 70, 25, opens=False)) == {Layout.CLOSE}
    assert set(cameras([2.0], 70, 25, opens=True)) == {Layout.FULL}
