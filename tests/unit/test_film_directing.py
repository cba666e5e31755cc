"""What a narration does to its picture: where its lists are, and when the camera comes closer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby, pairwise
from random import Random

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storyboard.narration.sentences import sentences as split_sentences
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
    begins = [sentence.start for sentence in sentences]
    return sentences, takes_of(sentences, begins, frames, fps), frames


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
    longest = max(take.frames for take in takes)
    assert all(length < 9 * fps + longest for _, length in runs[:-1])
    if opens:
        assert layouts[0] is Layout.FULL


def test_a_short_scene_is_seen_from_close_by() -> None:
    takes = takes_of([Sentence("So it is.", 0.0, 2.0)], [0.0], 70, 25)
    assert cameras(takes, opens=False) == (Layout.CLOSE,)
    assert cameras(takes, opens=True) == (Layout.FULL,)


LESSON = (
    "Welcome to the third part of our training. Here we see what has changed since the spring, and "
    "why it had to change. Please keep your questions for the end of this lesson. Now let us begin."
)


LESSONS = {
    "en": LESSON,
    "de": "Willkommen zum dritten Teil. Hier sehen wir, was sich seit dem Mai geändert hat. Bitte "
    "stellen Sie Ihre Fragen am Ende. Füllen Sie alle Felder aus und drücken Sie auf Speichern.",
    "es": "Bienvenidos a la tercera parte. Aquí vemos qué ha cambiado desde la primavera. Guarden "
    "sus preguntas para el final de hoy. Ahora empezamos con la primera parte de todas.",
    "ar": "مرحبا بكم في الجزء الثالث من التدريب. هنا نرى ما تغير منذ الربيع. أولا ننظر إلى "
    "الإيرادات والعملاء. املأ كل حقل منها ثم اضغط على حفظ.",
    "ja": "研修の第三部へようこそ。ここでは春から何が変わったかを見ます。質問はこのレッスンの最後に"
    "お願いします。では最初の部分を始めましょう。",
}


@pytest.mark.parametrize("language", LESSONS)
@pytest.mark.parametrize("edited", range(4))
@pytest.mark.parametrize("more", ["7", "42"])
def test_who_edits_a_sentence_has_that_one_filmed(language: str, edited: int, more: str) -> None:
    sentences = split_sentences(LESSONS[language], language)
    blank = "" if language == "ja" else " "
    changed = list(sentences)
    changed[edited] = f"{sentences[edited][:-1]}{more}{sentences[edited][-1]}"
    before, after = (_poses(blank.join(each), language) for each in (sentences, changed))
    assert len(before) == len(after) == 4
    kept = [number for number, poses in enumerate(before) if poses == after[number]]
    assert kept == [number for number in range(4) if number != edited]


def test_a_voice_without_sounds_moves_the_mouth_by_what_is_said_alone() -> None:
    """What is loud is told by the loudest of the sentence, whatever is louder elsewhere."""
    quiet, loud = _hummed(0.1), _hummed(0.9)
    words = tuple(Word(f"w{n}.", n * 3.0, n * 3.0 + 2.4) for n in range(2))
    scene = FilmScene("W0. W1.", "jane", GREEN)
    takes = [
        act_takes(
            default_crew(), scene, Spoken(pcm, (), words, (0.0, 3.0)), "en", 25, None, opens=True
        )
        for pcm in (np.concatenate((quiet, quiet)), np.concatenate((loud, quiet)))
    ]
    assert [len(each) for each in takes] == [2, 2]
    assert takes[0][1].poses == takes[1][1].poses
    assert len({pose.mouth for pose in takes[0][1].poses}) > 2


def _hummed(loud: float) -> npt.NDArray[np.int16]:
    """Return three seconds, of which 2.4 are heard, now more and now less."""
    times = np.arange(3 * 48_000) / 48_000
    swelling = np.abs(np.sin(times * 9)) * (times < 2.4)
    return (loud * 32_000 * swelling * np.sin(times * 1_400)).astype(np.int16)


def test_a_sentence_more_turns_no_camera_far_behind_it() -> None:
    """It turned all cameras behind it: three in four takes of a long scene."""
    random = Random(3)
    turned = takes_in_all = 0
    for _ in range(200):
        sentences = [(f"{random.random()} says.", random.uniform(2.1, 6)) for _ in range(12)]
        at = random.randrange(2, 8)
        more = [*sentences[:at], ("And one more.", random.uniform(2.1, 6)), *sentences[at:]]
        before, after = _layouts(sentences), _layouts(more)
        turned += sum(after[text] is not layout for text, layout in before.items())
        takes_in_all += len(before)
    assert turned / takes_in_all < 0.25


def _layouts(sentences: Sequence[tuple[str, float]]) -> dict[str, Layout]:
    lengths = [length for _, length in sentences]
    said, _, frames = takes_with_pauses(lengths, [0.44] * len(lengths), 25, 0.4)
    named = [replace(each, text=text) for each, (text, _) in zip(said, sentences, strict=True)]
    takes = takes_of(named, [each.start for each in named], frames, 25)
    return {
        take.text: layout for take, layout in zip(takes, cameras(takes, opens=True), strict=True)
    }


def _poses(text: str, language: str) -> list[tuple[Pose, ...]]:
    crew, scene = default_crew(), FilmScene(text, "jane", GREEN)
    said = mastered(crew.voice_for("jane", language).speak(text))
    return [take.poses for take in act_takes(crew, scene, said, language, 25, None, opens=True)]
