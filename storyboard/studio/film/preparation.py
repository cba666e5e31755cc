"""What is settled of a film before the first word is spoken: grounds, language, voices, key."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import astuple, dataclass

from storyboard.studio.film.cache import Cache
from storyboard.studio.film.film_cache import film_key
from storyboard.studio.film.performers import Crew
from storyboard.studio.film.refusals import Ground, check_scenes, looping
from storyboard.studio.film.request import FilmError, FilmRequest, Profile
from storyboard.studio.film.rules import Rules
from storyboard.studio.film.set_texts import lettering_key
from storyboard.studio.voice.speech import Voice, VoiceError


@dataclass(frozen=True, slots=True)
class Production:
    """A request that can be filmed, and with what; one voice a scene."""

    request: FilmRequest
    rules: Rules
    crew: Crew
    cache: Cache
    grounds: tuple[Ground, ...]
    language: str
    voices: tuple[Voice, ...]
    key: str

    @property
    def profile(self) -> Profile:
        """Size, rate and encoder of the film."""
        return self.request.profile


def build_production(request: FilmRequest, rules: Rules, crew: Crew, cache: Cache) -> Production:
    """Settle a request; raises `FilmError` where it cannot be filmed."""
    grounds = check_scenes(request, rules)
    request = looping(request, grounds, rules)
    narrations = [scene.narration for scene in request.scenes]
    told = (request.locale,) if request.locale else ()
    language = crew.recognize_language(narrations, *told)
    lettering = lettering_key(request, language)
    voices = []
    for index, scene in enumerate(request.scenes):
        with blaming_voices(index):
            voices.append(crew.voice_for(scene.presenter, language))
    media = [ground.media for ground in grounds]
    keys = [voice.key for voice in voices]
    key = film_key(request, astuple(rules), crew.stage_version, language, keys, media, lettering)
    return Production(request, rules, crew, cache, grounds, language, tuple(voices), key)


@contextmanager
def blaming_voices(scene: int) -> Iterator[None]:
    """Turn a voice's failure into the film's, which names the scene."""
    try:
        yield
    except VoiceError as error:
        raise FilmError("no-voice", str(error), scene=scene) from error
