"""Who knows a film's files and who does not are of one mind about which film it is."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest

from storyboard.broll import Broll
from storyboard.plan.film_files import unknown_files, with_files
from storyboard.plan.shown import film_fingerprint
from storyboard.state.film_identity import is_same_film
from storyboard.state.model import FilmRecord, ObjectRecord, State, VideoRecord
from storyboard.video import Layout
from tests.support.tiny_studio import PRINCIPAL
from tests.support.videos import video

PLAIN = video("q1", "Welcome.")
SCENE = replace(PLAIN.scenes[0], layout=Layout.BROLL, broll=Broll("1_clip", 0.0))
CLIP = replace(PLAIN, scenes=(SCENE,))
ONE, OTHER = {"1_clip": "a" * 64}, {"1_clip": "b" * 64}


def test_a_film_without_files_has_one_fingerprint() -> None:
    assert film_fingerprint(PLAIN, ONE) == film_fingerprint(PLAIN, {})


def test_other_files_are_another_film_for_who_knows_them_alone() -> None:
    known, unknown, other = (film_fingerprint(CLIP, each) for each in (ONE, {}, OTHER))
    assert is_same_film(known, known)
    assert not is_same_film(known, other)
    for one, two in product((known, other), (unknown,)):
        assert is_same_film(one, two)
        assert is_same_film(two, one)


@pytest.mark.parametrize("digests", [ONE, {}], ids=["files", "no files"])
def test_other_words_are_another_film_for_both(digests: dict[str, str]) -> None:
    words = replace(CLIP, scenes=(replace(SCENE, narration="Goodbye."),))
    for each in (ONE, OTHER, {}):
        assert not is_same_film(film_fingerprint(words, digests), film_fingerprint(CLIP, each))


def test_a_state_from_before_knows_its_films() -> None:
    whole, _, _ = film_fingerprint(CLIP, ONE).partition("+")
    assert is_same_film(whole, film_fingerprint(CLIP, ONE))
    assert not is_same_film(whole, film_fingerprint(CLIP, OTHER))


def test_who_has_the_files_learns_what_a_film_shows_that_was_made_without() -> None:
    film = FilmRecord(film_fingerprint(CLIP, {}), "1_film", "2026-01-01T00:00:00+00:00")
    state = State.fresh(PRINCIPAL).with_video(
        CLIP.address, VideoRecord(ObjectRecord("v"), films=(film,))
    )
    assert not unknown_files(state, [CLIP], {})
    assert unknown_files(state, [CLIP], ONE)
    known = with_files(state, [CLIP], OTHER)
    assert not unknown_files(known, [CLIP], ONE)
    (told,) = known.videos[CLIP.address].films
    assert told.fingerprint == film_fingerprint(CLIP, OTHER)
    assert not is_same_film(told.fingerprint, film_fingerprint(CLIP, ONE))
