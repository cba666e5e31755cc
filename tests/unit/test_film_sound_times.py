"""The times in the files beside a film are those of the sound in it, as a player decodes it."""

from __future__ import annotations

from dataclasses import replace
from itertools import zip_longest
from pathlib import Path

import pytest

from storyboard.caption_files import write_srt, write_vtt
from storyboard.studio.compose.captions import read_captions
from storyboard.studio.film.make import make_film
from storyboard.studio.film.request import FilmRequest, FilmScene
from storyboard.studio.voice.casting import voice_for
from tests.support.film_crew import GREEN, SMALL, small_crew
from tests.support.heard_sentences import (
    OFF_SECONDS,
    heard_spans,
    sentences_heard,
    sound_of_film,
)

NARRATIONS = {
    "en": (
        "Welcome to the Acme Dashboard. Let us look at the numbers.",
        "Thank you for watching. We are happy to answer your questions.",
    ),
    "de": (
        "Willkommen im Acme Dashboard. Heute sehen wir die Zahlen.",
        "Vielen Dank fürs Zuschauen. Gerne beantworten wir Ihre Fragen.",
    ),
    "ja": (
        "とれーにんぐへようこそ。きょうはあたらしいがめんをみます。",
        "ごらんいただきありがとうございます。ごしつもんをおまちしています。",
    ),
}


@pytest.mark.parametrize("language", NARRATIONS)
def test_cues_of_a_film_are_on_time_in_its_sound(tmp_path: Path, language: str) -> None:
    crew = replace(small_crew(), recognize_language=lambda *_: language, voice_for=voice_for)
    scenes = tuple(FilmScene(text, "jane", GREEN) for text in NARRATIONS[language])
    film = make_film(
        FilmRequest(scenes, SMALL), cache=tmp_path, output=tmp_path / "film.mp4", crew=crew
    )
    heard = sentences_heard(heard_spans(sound_of_film(film.path), -35), 4)
    for written in (write_vtt(film.captions), write_srt(film.captions)):
        cues = read_captions(written)
        assert len(cues) == 4
        for cue, following, (begin, end) in zip_longest(cues, cues[1:], heard):
            assert abs(cue.start - begin) < OFF_SECONDS
            is_closed = following is not None and cue.end == following.start
            assert abs(cue.end - end) < OFF_SECONDS or is_closed
