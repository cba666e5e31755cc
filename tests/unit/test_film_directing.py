"""What a narration does to its picture: where its lists are, and when the camera comes closer."""

from __future__ import annotations

from itertools import groupby, pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storyboard.studio.film.acting import act_takes
from storyboard.studio.film.cameras import cameras
from storyboard.studio.film.performers import default_crew
from storyboard.studio.film.phrasing import Sentence, sentences_of
from storyboard.studio.film.request import FilmScene
from storyboard.studio.film.speaking import Spoken, mastered
from storyboard.studio.film.takes import Take, takes_of
from storyboard.studio.film.timeline import LEAD_SECONDS
from storyboard.studio.stage.placement import Layout
from storyboard.studio.stage.pose import Pose
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
    met, fine = sentences_of(*spoken("We met Dr. Who on Monday. It was fine, really."), "en")
    assert (met.start, met.end) == pytest.approx((0.0, 6 * 0.4))
    assert (fine.start, fine.end) == pytest.approx((6 * 0.4, 10 * 0.4))
    assert (met.text, fine.text) == ("We met Dr. Who on Monday.", "It was fine, really.")
    assert met.lists == fine.lists == ()


@pytest.mark.parametrize(
    "text",
    [
        "We look at revenue, customers, and costs this quarter.",
        "Wir sehen Umsatz, Kunden, Kosten und Termine in diesem Quartal.",
        "Plans; budgets; teams.",
    ],
)
def test_a_list_is_three_things_between_commas(text: str) -> None:
    (sentence,) = sentences_of(*spoken(text), "en")
    (items,) = sentence.lists
    assert len(items) >= 4
    assert list(items) == sorted(items)
    commas = [k for k, word in enumerate(text.split()) if word[-1] in ",;"]
    assert items[1:-1] == pytest.approx([(k + 1) * 0.4 for k in commas])


def test_clauses_are_no_list() -> None:
    long = (
        "Although it rained the whole of the day before, we went there by train, because we could"
    )
    (sentence,) = sentences_of(*spoken(long, 0.5), "en")
    assert sentence.lists == ()


def takes_with_pauses(
    lengths: list[float], pauses: list[float], fps: int, tail: float
) -> tuple[list[Sentence], tuple[Take, ...], int]:
    """Return sentences of some lengths with pauses behind them, their takes, and all frames."""
    sentences, now = [], 0.0
    for number, (length, pause) in enumerate(zip(lengths, pauses, strict=False)):
        sentences.append(Sentence(f"Number {number}.", now, now + length))
        now += length + pause
    frames = round((LEAD_SECONDS + now + tail) * fps)
    return sentences, takes_of(sentences, frames, fps), frames


SPOKEN = given(
    lengths=st.lists(st.floats(0.3, 9), min_size=1, max_size=12),
    pauses=st.lists(st.floats(0, 0.9), min_size=12, max_size=12),
    fps=st.sampled_from([25, 30]),
    tail=st.floats(0.35, 1),
    opens=st.booleans(),
)


@settings(max_examples=examples(60), deadline=None)
@SPOKEN
def test_takes_are_sentences_with_the_pause_behind_them(
    lengths: list[float], pauses: list[float], fps: int, tail: float, opens: bool
) -> None:
    sentences, takes, frames = takes_with_pauses(lengths, pauses, fps, tail)
    assert [sentence for take in takes for sentence in take.said] == sentences
    ends = [take.first + take.frames for take in takes]
    assert [take.first for take in takes] == [0, *ends[:-1]]
    assert ends[-1] == frames
    assert len(takes) == 1 or min(take.frames for take in takes) >= 2 * fps
    for before, take in pairwise(takes):
        begins = take.first / fps - LEAD_SECONDS
        assert before.said[-1].end - 1 / fps < begins < take.said[0].start
    for take in takes:
        assert all(0 <= stop * fps <= take.frames for stop in take.phrases.stops)


@settings(max_examples=examples(60), deadline=None)
@SPOKEN
def test_cameras_keep_still_and_change_at_takes(
    lengths: list[float], pauses: list[float], fps: int, tail: float, opens: bool
) -> None:
    _, takes, frames = takes_with_pauses(lengths, pauses, fps, tail)
    layouts = cameras(takes, opens=opens)
    shown = [
        layout for layout, take in zip(layouts, takes, strict=True) for _ in range(take.frames)
    ]
    assert len(shown) == frames
    runs = [(layout, len(list(run))) for layout, run in groupby(shown)]
    assert {layout for layout, _ in runs} <= {Layout.FULL, Layout.CLOSE}
    assert all(length >= 3 * fps for _, length in runs) or len(runs) == 1
    assert all(length >= 4.5 * fps for _, length in runs[:-1])
    if opens:
        assert layouts[0] is Layout.FULL


def test_a_short_scene_is_seen_from_close_by() -> None:
    takes = takes_of([Sentence("So it is.", 0.0, 2.0)], 70, 25)
    assert cameras(takes, opens=False) == (Layout.CLOSE,)
    assert cameras(takes, opens=True) == (Layout.FULL,)


LESSON = (
    "Welcome to the third part of our training. Here we see what has changed since the spring, and "
    "why it had to change. Please keep your questions for the end of this lesson. Now let us begin."
)


@pytest.mark.parametrize(
    ("old", "new", "changed"),
    [
        ("third part", "fourth chapter", 0),
        ("since the spring", "in the last two quarters", 1),
        ("Please keep your", "Keep all of your", 2),
    ],
)
def test_who_edits_a_sentence_has_that_one_filmed(old: str, new: str, changed: int) -> None:
    before, after = (_shots(text) for text in (LESSON, LESSON.replace(old, new)))
    assert len(before) == len(after) >= 3
    kept = [number for number, takes in enumerate(before) if takes == after[number]]
    assert kept == [number for number in range(len(before)) if number != changed]


def _shots(text: str) -> list[tuple[tuple[Pose, ...], Layout]]:
    crew, scene = default_crew(), FilmScene(text, "jane", GREEN)
    said = mastered(crew.voice_for("jane", "en").speak(text))
    takes = act_takes(crew, scene, said, "en", 25, None, opens=True)
    return [(take.poses, take.layout) for take in takes]
