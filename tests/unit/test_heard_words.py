"""Words beside a pause begin and end where they are heard to; all others as they are told."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from storyboard.studio.film.speaking import mastered
from storyboard.studio.voice.heard_words import heard_words
from storyboard.studio.voice.hibari_network import Network
from storyboard.studio.voice.hibari_voice import speak_letters
from storyboard.studio.voice.levels import Samples, heard_spans
from storyboard.studio.voice.speech import Word
from storyboard.studio.voice.spelling import spell
from storyboard.studio.voice.timbre import Timbre

RATE = 16_000


def sound(*parts: tuple[float, float]) -> Samples:
    """Return tones of so many seconds and dB one after the other; -200 dB are silence."""
    tones = [
        10 ** (level / 20) * np.sin(np.arange(round(seconds * RATE)) * 0.4)
        for seconds, level in parts
    ]
    return np.concatenate(tones).astype(np.float32)


def times(words: tuple[Word, ...]) -> list[float]:
    return [time for word in words for time in (word.start, word.end)]


TOLD = (Word("one", 0.1, 0.5), Word("two", 0.5, 0.95), Word("three", 1.2, 1.9))
"""Early at the first word and at the third, late at its end, and in between as it is."""


def test_silence_that_a_voice_counts_as_a_word_is_none_of_it() -> None:
    samples = sound((0.2, -200), (0.7, 0), (0.4, -200), (0.4, 0), (0.3, -200))
    heard = heard_words(TOLD, samples, RATE)
    assert times(heard) == pytest.approx([0.2, 0.5, 0.5, 0.9, 1.3, 1.7], abs=0.011)


def test_what_dies_away_or_echoes_ends_in_the_middle_of_that() -> None:
    samples = sound((0.2, -40), (0.7, 0), (0.14, -37), (0.26, -200), (0.4, 0), (0.3, -50))
    heard = heard_words(TOLD, samples, RATE)
    assert times(heard) == pytest.approx([0.1, 0.5, 0.5, 0.97, 1.3, 1.7], abs=0.011)


@pytest.mark.parametrize("noise", [-60, -40, -32])
def test_noise_in_a_pause_is_no_sound(noise: float) -> None:
    samples = sound((0.2, -200), (0.7, 0), (0.4, noise), (0.4, 0), (0.3, -200))
    heard = heard_words(TOLD, samples, RATE)
    assert times(heard) == pytest.approx([0.2, 0.5, 0.5, 0.9, 1.3, 1.7], abs=0.011)


def test_a_word_that_is_not_heard_keeps_its_times() -> None:
    samples = sound((0.2, -200), (0.7, 0), (1.1, -200))
    assert heard_words(TOLD, samples, RATE)[2] == TOLD[2]
    assert heard_words(TOLD, sound((2.0, -200)), RATE) == TOLD
    assert heard_words(TOLD, samples[:0], RATE) == TOLD
    assert heard_words((), samples, RATE) == ()


lengths = st.integers(1, 40).map(lambda hundredths: hundredths / 100)
parts = st.lists(st.tuples(lengths, st.sampled_from([0, -20, -37, -60, -200])), max_size=30)


@given(parts, st.lists(st.tuples(lengths, lengths), max_size=20))
def test_words_stay_in_their_order_whatever_is_heard(
    told: list[tuple[float, float]], gaps: list[tuple[float, float]]
) -> None:
    """Of voices that tell times beyond their sound, too."""
    now, words = 0.0, []
    for gap, length in gaps:
        words.append(Word("x", now + gap, now + gap + length))
        now += gap + length
    samples = sound((0.01, -200), *told)
    heard = heard_words(tuple(words), samples, RATE)
    assert [word.text for word in heard] == [word.text for word in words]
    assert all(word.start <= word.end for word in heard)
    assert all(before.end <= after.start + 1e-9 for before, after in pairwise(heard))


def test_a_network_that_hides_its_durations_tells_when_its_sentence_is_heard() -> None:
    network = Network(with_durations=False)
    sentence = "May by may, the boys go."
    (letters,) = network.phonemise(sentence)
    (words,) = spell(sentence, (letters,), lambda word: 1)
    speech = speak_letters(network, letters, Timbre(1, 1, 1, 0.77, 0, 0), words)
    assert speech is not None
    heard = heard_spans(speech.samples, speech.rate, 0.1)
    told = mastered(speech).heard()
    assert " ".join(word.text for word in told).replace(",", "") == "May by may the boys go."
    assert told[0].start == pytest.approx(heard[0][0], abs=0.05)
    assert told[-1].end == pytest.approx(heard[-1][1], abs=0.05)
