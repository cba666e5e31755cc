"""Laws of composing: lengths, places, limits, the brief, and the same answer every time."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storyboard.studio.compose.captions import read_captions
from storyboard.studio.compose.pace import SCENE_SECONDS, speech_seconds
from storyboard.studio.compose.request import (
    ComposeError,
    ComposeRequest,
    Composition,
    Cue,
    Format,
    Source,
)
from storyboard.studio.compose.scenes import compose
from storyboard.studio.compose.sentences import sentences_of

WORDS = [
    "roadmap partner search engine document customer mobile offline spring launch team office"
    " revenue market ticket answer interface product quarter summer autumn field training chip"
    " network model data region price energy report audit privacy design studio presenter"
].pop().split()

sentence = st.lists(st.sampled_from(WORDS), min_size=3, max_size=24).map(
    lambda words: " ".join(words).capitalize() + "."
)


@st.composite
def talks(draw: st.DrawFn, entry_id: str = "1_talk0001", least: int = 1) -> Source:
    texts = draw(st.lists(sentence, min_size=least, max_size=60))
    cues, now = [], 0.0
    for text in texts:
        seconds = speech_seconds(text) * draw(st.sampled_from((0.8, 1.0, 1.4)))
        cues.append(Cue(round(now, 3), round(now + seconds, 3), text))
        now += seconds + draw(st.sampled_from((0.1, 0.6, 5.0)))
    return Source(entry_id, "talk", now + 30, tuple(cues))


def length(composition: Composition) -> float:
    return sum(speech_seconds(s.narration) + SCENE_SECONDS for s in composition.scenes)


def highlights(duration: float, *sources: Source, brief: str = "") -> ComposeRequest:
    return ComposeRequest(Format.SESSION_HIGHLIGHTS, duration, sources, brief)


@settings(deadline=None, max_examples=60)
@given(talks(least=5), st.floats(1, 1200))
def test_the_length_is_met_or_everything_is_said(source: Source, duration: float) -> None:
    made = compose(highlights(duration, source))
    whole = sum(s.speech for s in sentences_of(source, 0))
    said = sum(len(s.narration) for s in made.scenes)
    everything = said >= sum(len(s.text) for s in sentences_of(source, 0))
    near = abs(length(made) - duration) <= max(6.0, 0.05 * duration)
    assert near or (everything and whole < duration), (length(made), duration)


@settings(deadline=None, max_examples=60)
@given(
    st.lists(talks(least=2), min_size=1, max_size=4),
    st.sampled_from(Format),
    st.floats(1, 1200),
)
def test_scenes_are_extracts_that_start_where_the_source_says_them(
    talks: list[Source], form: Format, duration: float
) -> None:
    sources = tuple(
        Source(f"1_talk000{number}", "t", talk.seconds, talk.cues)
        for number, talk in enumerate(talks)
    )
    made = compose(ComposeRequest(form, duration, sources))
    assert 1 <= len(made.scenes) <= 20
    texts = [" ".join(cue.text for cue in source.cues) for source in sources]
    for scene in made.scenes:
        assert any(scene.narration in text for text in texts)
        if scene.entry_id is None:
            continue
        source = next(s for s in sources if s.entry_id == scene.entry_id)
        said = [cue for cue in source.cues if cue.start <= scene.start < cue.end]
        assert any(scene.narration.split()[0] in cue.text for cue in said)
        assert scene.start + speech_seconds(scene.narration) < source.seconds
    assert made == compose(ComposeRequest(form, duration, sources))


@settings(deadline=None, max_examples=40)
@given(talks(least=8), st.floats(30, 1200))
def test_the_presenter_opens_closes_and_comes_back(source: Source, duration: float) -> None:
    scenes = compose(highlights(duration, source)).scenes
    assert scenes[0].entry_id is None
    assert len(scenes) < 3 or scenes[-1].entry_id is None
    runs = [
        len(list(run)) for shown, run in itertools.groupby(scenes, lambda s: s.entry_id) if shown
    ]
    assert max(runs, default=0) <= 3


@settings(deadline=None, max_examples=40)
@given(talks(least=20), st.sampled_from((20.0, 40.0)))
def test_the_brief_changes_what_is_chosen(source: Source, duration: float) -> None:
    rare = "The lighthouse keeper counts seventeen albatrosses every windy evening."
    cues = list(source.cues)
    cues[7] = Cue(cues[7].start, cues[7].end, rare)
    told = compose(
        highlights(
            duration, Source("1_talk0001", "t", 900, tuple(cues)), brief="albatross lighthouse"
        )
    )
    assert any("albatrosses" in scene.narration for scene in told.scenes)


@settings(deadline=None)
@given(st.text(max_size=400))
def test_any_text_can_be_read_as_captions(content: str) -> None:
    for cue in read_captions(content):
        assert cue.end > cue.start >= 0
        assert cue.text


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 10**6), st.integers(1, 9999), sentence), max_size=8))
def test_written_captions_come_back_with_exact_times(rows: list[tuple[int, int, str]]) -> None:
    starts = sorted({start for start, _, _ in rows})
    cues = [
        (s, s + d, f"{n} {t}") for n, (s, (_, d, t)) in enumerate(zip(starts, rows, strict=False))
    ]

    def clock(ms: int, point: str) -> str:
        return f"{ms // 3600000:02}:{ms // 60000 % 60:02}:{ms // 1000 % 60:02}{point}{ms % 1000:03}"

    for head, point in (("WEBVTT\n\n", "."), ("", ",")):
        text = head + "".join(
            f"{n}\n{clock(s, point)} --> {clock(e, point)}\n{t}\n\n"
            for n, (s, e, t) in enumerate(cues)
        )
        assert read_captions(text) == tuple(Cue(s / 1000, e / 1000, t) for s, e, t in cues)


def test_no_words_are_refused() -> None:
    with pytest.raises(ComposeError) as caught:
        compose(highlights(60, Source("1_silent01", "s", 60)))
    assert caught.value.code == "CAPTIONS_NOT_FOUND"
