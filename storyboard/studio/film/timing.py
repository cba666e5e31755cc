"""How long scenes will last, by speaking them. What is spoken is kept for the film. No picture."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from storyboard.studio.film.cache import Cache
from storyboard.studio.film.request import FilmError, Profile
from storyboard.studio.film.speaking import speak
from storyboard.studio.film.threads import Workers
from storyboard.studio.film.timeline import build_timeline
from storyboard.studio.text.recognition import recognize_language
from storyboard.studio.voice.casting import voice_for
from storyboard.studio.voice.own_voices import OwnVoices, more_languages
from storyboard.studio.voice.speech import VoiceError


def time_scenes(
    narrations: Sequence[str],
    presenter: str,
    cache: Path,
    cancelled: Callable[[], bool],
    voices: OwnVoices | None = None,
) -> tuple[float, ...]:
    """Return the seconds of each scene of a film of these narrations, exactly as it will be.

    The language is that of all of them. Raises `FilmError` where they cannot be spoken, `Cancelled`
    soon after `cancelled()`, and `OSError`.
    """
    kept, fps = Cache(cache), Profile().fps
    try:
        language = recognize_language(narrations, more_languages(voices))
        voice = voice_for(presenter, language, voices)
        with Workers(cancelled) as workers:
            jobs = [
                partial(speak, kept, voice, narration, workers.stopped) for narration in narrations
            ]
            spoken = workers.run(jobs, lambda: None)
    except VoiceError as cause:
        raise FilmError("no-voice", str(cause)) from cause
    timeline = build_timeline([len(each.pcm) for each in spoken], fps)
    return tuple(scene.frames / fps for scene in timeline.scenes)
