"""Laws of acting: mouths follow sounds, eyes blink, the head moves softly, nothing flickers."""

from __future__ import annotations

from itertools import groupby, pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storyboard.studio.stage.performance import levels_of, performance, performance_by_loudness
from storyboard.studio.stage.phrases import Phrases
from storyboard.studio.stage.pose import MAX_REACH, Eyes, Gesture, Mouth, Pose
from storyboard.studio.stage.visemes import mouth_of, weight_of
from storyboard.studio.voice.speech import Phone
from tests.support.examples import examples

SOUNDS = ["m", "a", "b", "i", "u", "f", "θ", "k", "s", "ə", "l", "oʊ", "ɛ", "ŋ", "w", "ʃ"]


def speech(*symbols: str, each: float = 0.12) -> tuple[Phone, ...]:
    return tuple(Phone(s, i * each, (i + 1) * each) for i, s in enumerate(symbols))


@pytest.mark.parametrize(
    ("symbol", "mouth"),
    [
        ("m", Mouth.MBP), ("pʰ", Mouth.MBP), ("v", Mouth.FV), ("θ", Mouth.LTH), ("aː", Mouth.AA),
        ("ã", Mouth.AA), ("oʊ", Mouth.AO), ("ˈuː", Mouth.UW), ("ʃ", Mouth.UW), ("i", Mouth.EH),
        ("tʃ", Mouth.KST), ("ɹ", Mouth.UW), ("ɫ", Mouth.LTH), ("ç", Mouth.KST), ("", Mouth.REST),
        (" ", Mouth.REST), ("?", Mouth.REST), ("a5", Mouth.AA), ("ɔ̃", Mouth.AO),
    ],
)  # fmt: skip
def test_each_sound_has_its_mouth(symbol: str, mouth: Mouth) -> None:
    assert mouth_of(symbol) is mouth


def test_closures_weigh_most() -> None:
    assert weight_of("b") > weight_of("a") > weight_of("i") > weight_of("k")


def test_mouths_follow_the_sounds_one_frame_early() -> None:
    poses = performance(speech("m", "a", "u", each=0.2), 40, 25, 0.4, "s")
    mouths = [pose.mouth for pose in poses]
    assert (
        mouths
        == [Mouth.REST] * 9 + [Mouth.MBP] * 5 + [Mouth.AA] * 5 + [Mouth.UW] * 5 + [Mouth.REST] * 16
    )


@pytest.mark.parametrize("start", [0.2, 0.21, 0.22, 0.23, 0.235])
@pytest.mark.parametrize("length", [0.015, 0.02, 0.04])
def test_lips_close_however_short_the_sound(start: float, length: float) -> None:
    end = start + length
    phones = (Phone("a", 0, start), Phone("b", start, end), Phone("a", end, 0.5))
    poses = performance(phones, 20, 25, 0.1, "s")
    closed = [pose for pose in poses if pose.mouth is Mouth.MBP]
    assert closed
    assert all(pose.after is None for pose in closed)


def test_a_change_shows_its_middle_once() -> None:
    poses = performance(speech("a", "u", each=0.4), 25, 25, 0.0, "s")
    assert [p.after for p in poses if p.mouth is Mouth.UW] == [Mouth.AA] + [None] * 9


@settings(max_examples=examples(60), deadline=None)
@given(
    symbols=st.lists(st.sampled_from([*SOUNDS, ""]), max_size=120),
    each=st.floats(0.03, 0.3),
    lead=st.floats(0, 1),
    fps=st.sampled_from([25, 30]),
    extra=st.integers(0, 60),
    seed=st.text(max_size=8),
    stops=st.lists(st.floats(0, 12), max_size=6),
)
def test_a_performance_is_whole_and_calm(
    symbols: list[str],
    each: float,
    lead: float,
    fps: int,
    extra: int,
    seed: str,
    stops: list[float],
) -> None:
    phones = speech(*symbols, each=each)
    spoken = int((lead + len(symbols) * each) * fps) + 1
    frames = spoken + extra
    phrases = Phrases(tuple(sorted(stops)), (tuple(sorted(stops)),) if len(stops) > 2 else ())
    poses = performance(phones, frames, fps, lead, seed, phrases)
    assert len(poses) == frames
    assert poses == performance(phones, frames, fps, lead, seed, phrases)
    assert all(pose.mouth is Mouth.REST for pose in poses[spoken:])
    assert all(pose.mouth is Mouth.REST for pose in poses[: max(0, int(lead * fps) - 1)])
    for before, after in pairwise(poses):
        assert abs(before.tilt - after.tilt) <= 2
        assert abs(before.lift - after.lift) <= 1
        assert abs(before.nod - after.nod) <= 1
        assert abs(before.brows - after.brows) <= 1
        assert abs(before.reach - after.reach) <= 2
        assert before.gesture is after.gesture or 0 in (before.reach, after.reach)
    for pose in poses[:1] + poses[-1:]:
        still = (pose.tilt, pose.lift, pose.nod, pose.brows, pose.reach)
        assert still == (0, 0, 0, 0, 0), "the next scene begins at rest"
    for pose in poses:
        assert abs(pose.tilt) <= 12
        assert 0 <= pose.lift <= 3


@given(st.text(min_size=1, max_size=6))
@settings(max_examples=examples(20), deadline=None)
def test_blinks_come_and_go(seed: str) -> None:
    poses = performance((), 25 * 60, 25, 0.0, seed)
    runs = [(eyes, len(list(run))) for eyes, run in groupby(pose.eyes for pose in poses)]
    closed = [length for eyes, length in runs if eyes is Eyes.CLOSED]
    assert 11 <= len(closed) <= 26
    assert set(closed) == {2}
    waits = [length for eyes, length in runs if eyes is Eyes.OPEN][1:-1]
    assert all(2.1 * 25 <= wait <= 4.9 * 25 for wait in waits)


def test_a_full_stop_has_a_nod_and_a_list_an_open_palm() -> None:
    phones = speech(*["a", "b"] * 40, each=0.12)
    phrases = Phrases(stops=(3.0, 9.0), lists=((4.5, 5.4, 6.1, 7.0),))
    poses = performance(phones, 300, 25, 0.25, "s", phrases)
    for stop in phrases.stops:
        at = round((stop + 0.25) * 25)
        assert max(pose.nod for pose in poses[at - 3 : at + 8]) == 3
    told = poses[round(4.75 * 25) : round(7.25 * 25)]
    assert {pose.gesture for pose in told} <= {Gesture.LEFT, Gesture.RIGHT}
    assert min(pose.reach for pose in told) >= MAX_REACH - 1
    assert any(pose.reach == MAX_REACH - 1 for pose in told), "each item has its own movement"
    silent = performance((), 300, 25, 0.25, "s", Phrases())
    assert {pose.gesture for pose in silent} == {Gesture.REST}


def test_beats_are_few() -> None:
    poses = performance(speech(*SOUNDS * 30), 1_500, 25, 0.25, "s")
    begins = [
        frame
        for frame, (before, after) in enumerate(pairwise(poses))
        if before.reach == 0 and after.gesture is Gesture.BEAT
    ]
    assert 3 <= len(begins) <= 15
    assert min(b - a for a, b in pairwise(begins)) >= 3.5 * 25


def test_people_blink_at_their_own_times() -> None:
    one, other = (performance((), 500, 25, 0.0, seed) for seed in ("jane/1", "adam/1"))
    assert [p.eyes for p in one] != [p.eyes for p in other]


def test_loudness_serves_where_no_sounds_are_known() -> None:
    rate = 16000
    time = np.arange(rate * 2) / rate
    samples = (np.sin(time * 900) * (np.sin(time * 6) > 0)).astype(np.float32)
    levels = levels_of(samples, rate, 25)
    assert len(levels) == 50
    poses = performance_by_loudness(levels, 60, 25, 0.2, "s")
    assert len(poses) == 60
    assert {Mouth.REST, Mouth.AA} <= {pose.mouth for pose in poses}
    assert all(pose.mouth is Mouth.REST for pose in poses[55:])


def test_silence_rests() -> None:
    assert levels_of(np.zeros(0, np.float32), 16000, 25) == ()
    poses = performance_by_loudness((), 30, 25, 0.0, "s")
    assert all(pose.mouth is Mouth.REST for pose in poses)
    assert performance((), 0, 25, 0.0, "s") == ()
    assert Pose() == Pose(Mouth.REST, Eyes.OPEN)


@settings(max_examples=examples(40), deadline=None)
@given(
    st.lists(st.integers(50, 220), min_size=2, max_size=6),
    st.lists(st.floats(0.1, 0.9), min_size=1, max_size=3),
)
def test_speeches_that_follow_each_other_are_calm(lengths: list[int], at: list[float]) -> None:
    """Sentences are acted one by one: nobody may blink, nod or raise brows at once again."""
    poses: list[Pose] = []
    ends = []
    for number, frames in enumerate(lengths):
        phones = speech(*SOUNDS * 20, each=(frames / 25 - 0.6) / 320)
        stops = tuple(sorted(share * (frames / 25 - 0.6) for share in at))
        poses += performance(
            phones, frames, 25, 0.12, f"s{number}", Phrases((*stops, frames / 25 - 0.5))
        )
        ends.append(len(poses))
    blinks = [n for n, (a, b) in enumerate(pairwise(poses)) if a.eyes is Eyes.OPEN is not b.eyes]
    assert all(0.9 * 50 <= b - a <= 5 * 25 + 8 for a, b in pairwise(blinks))
    assert all(any(0 < end - blink < 14 for blink in blinks) for end in ends)
    stressed = [
        n
        for n, (a, b) in enumerate(pairwise(poses))
        if (a.nod == 0 < b.nod) or (a.brows == 0 < b.brows)
    ]
    assert all(b - a >= 1.1 * 25 for a, b in pairwise(stressed))
