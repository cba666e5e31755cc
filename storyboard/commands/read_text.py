"""How a text is read out, as speech, captions and the estimate of the local studio have it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType

from storyboard.compiler import read_project
from storyboard.errors import UsageError
from storyboard.graphemes import borders
from storyboard.local_studio.opening import voices_folder
from storyboard.local_studio.voices import filmed_in, spoken_as, voices_of
from storyboard.locales import TagFault, parse_tag
from storyboard.narration.cleaning import clean_narration, pictographs
from storyboard.narration.phonemes import respellings, takes_phonemes
from storyboard.narration.pronunciation import Say, say_of
from storyboard.narration.read_out import read_out
from storyboard.scripts import script_language
from storyboard.source.files import ProjectFiles
from storyboard.video import Video


@dataclass(frozen=True, slots=True)
class TextReading:
    """A text as it is said in a language, and each sign in it that is not, once.

    `voices` are those that speak it, where the operator has some of their own.
    """

    language: str
    spoken: str
    unspoken: tuple[str, ...]
    voices: tuple[str, ...] = ()


def read_text(
    text: str,
    locale: str | None,
    say: Mapping[str, str] | None = None,
    variables: Mapping[str, str] = MappingProxyType({}),
) -> TextReading:
    """Read a text out in a locale, or in the language that a film of it is recognized to be in.

    `say` tells how words are said, and the operator's `variables` of voices. Raises `UsageError`
    for what is no locale, and for a folder that is none of voices.
    """
    language = spoken_as(_tag(locale)) if locale is not None else _language_of(text)
    told = (say or {}) if takes_phonemes(language) else respellings(say or {})
    voices = voices_of(language, variables) if voices_folder(variables) else ()
    return _reading(text, language, say_of(told), voices)


@dataclass(frozen=True, slots=True)
class SceneReading:
    """What a scene says; `number` counts from 1."""

    scene_id: str
    number: int
    reading: TextReading


def read_scenes(video: Video, scenes: Sequence[int]) -> tuple[SceneReading, ...]:
    """Read scenes out in what the film of all of them is spoken in."""
    texts = [scene.narration or "" for scene in video.scenes]
    language = _language_of(*texts, locale=video.address.locale)
    return tuple(
        SceneReading(
            video.scenes[index].id,
            index + 1,
            _reading(texts[index], language, video.scenes[index].say),
        )
        for index in scenes
    )


def _reading(text: str, language: str, say: Say, voices: tuple[str, ...] = ()) -> TextReading:
    read = read_out(clean_narration(text), language, say)
    # Emoji are taken off before a text is read, so they are in the captions as little.
    pictures = pictographs(text)
    signs = [
        *(each.sign for each in read.unspoken),
        *(pictures[a:b] for a, b in pairwise([*borders(pictures), len(pictures)])),
    ]
    return TextReading(language, read.spoken, tuple(dict.fromkeys(signs)), voices)


def project_say(root: Path) -> Mapping[str, str]:
    """Return how the project in a folder has words said; nothing where there is no project."""
    return read_project(ProjectFiles(root)).project.say


def _language_of(*texts: str, locale: str | None = None) -> str:
    """Return what a film of texts is spoken in; their script's language where nothing can tell."""
    return filmed_in(texts, locale) or script_language(" ".join(texts)) or "en"


def _tag(locale: str) -> str:
    tag = parse_tag(locale)
    if isinstance(tag, TagFault):
        raise UsageError(tag.message, hint=tag.hint)
    return tag
