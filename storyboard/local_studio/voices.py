"""Which languages the local studio speaks, and how well, for those who may not know the studio."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence

from storyboard.errors import UsageError
from storyboard.local_studio.opening import voices_folder
from storyboard.narration.told_locales import told_locales
from storyboard.spoken_tags import language_of

Recognize = Callable[[Sequence[str]], str | None]
"""Tells the language that narrations are in; None where it cannot be told."""


def speaks(tag: str, besides: Collection[str] = ()) -> bool:
    """Whether a voice speaks a locale: `fr-CA` is spoken where `fr` is.

    `besides` are languages of the operator's own voices.
    """
    from storyboard.studio.voice.languages import find_language

    return find_language(tag) is not None or language_of(tag.lower()) in besides


def spoken_as(tag: str) -> str:
    """Return the tag that a locale is read out by: `es-MX` has rules of its own."""
    from storyboard.studio.voice.languages import read_as

    return read_as(tag)


def spoken_besides(variables: Mapping[str, str]) -> tuple[str, ...]:
    """Return the languages that only voices of the operator's own speak, in order."""
    if voices_folder(variables) is None:
        return ()
    from storyboard.studio.voice.own_voices import more_languages, own_voices

    try:
        return tuple(sorted(more_languages(own_voices(voices_folder(variables), variables))))
    except UsageError:  # the studio tells, once it is needed
        return ()


def recognized(narrations: Sequence[str]) -> str | None:
    """Return the language that narrations are in; None where the package that tells is missing."""
    from storyboard.studio.text.recognition import spoken_language

    try:
        return spoken_language(narrations)
    except ImportError:
        return None


def filmed_in(narrations: Sequence[str], locale: str | None) -> str | None:
    """Return the language, or its variety, that a film of narrations is spoken in, as a tag.

    The studio recognizes what it is sent, and is told a locale that reads it in another way. Where
    that is another language than the locale's, the locale is returned: `check` tells of it. None
    where nothing is known.
    """
    from storyboard.studio.text.recognition import recognize_language

    if locale is not None and any(told_locales(narrations, locale)):
        return spoken_as(locale)
    try:
        found = recognize_language(narrations)
    except ImportError:
        return locale
    is_other = locale is not None and language_of(found) != language_of(locale)
    return locale if is_other else found


def spoken_otherwise(
    narrations: Sequence[str], locale: str, recognize: Recognize = recognized
) -> str | None:
    """Return the language that narrations of a locale will be spoken in if it is another: its name.

    `recognize` is asked only where the text tells no language at a glance.
    """
    from storyboard.studio.text.recognition import is_in_other
    from storyboard.studio.voice.languages import find_language

    expected = find_language(locale)
    if expected is None:
        return None
    language = language_of(expected.tag)
    found = is_in_other(narrations, language, recognize)
    spoken = None if found is None else find_language(found)
    return f"{spoken.name} ({spoken.tag})" if spoken else None


def voices_of(tag: str, variables: Mapping[str, str]) -> tuple[str, ...]:
    """Return who speaks a locale, by name: the operator's voices, or else an engine of the studio.

    Nobody where no voice speaks it. Raises `UsageError` for a folder that is none of voices.
    """
    from storyboard.studio.voice.languages import find_language
    from storyboard.studio.voice.own_voices import own_voices

    own = own_voices(voices_folder(variables), variables)
    found = find_language(tag)
    theirs = own.names_of(found.tag if found else language_of(tag)) if own else ()
    if theirs or found is None:
        return theirs
    return ("espeak-ng",) if found.espeak else ("hibari-tts",)


def own_names(variables: Mapping[str, str]) -> tuple[str, ...]:
    """Return the names of the operator's own voices; raises `UsageError` as `voices_of`."""
    from storyboard.studio.voice.own_voices import own_voices

    own = own_voices(voices_folder(variables), variables)
    return () if own is None else own.names()


def count_languages() -> int:
    """Return how many languages the voices speak."""
    from storyboard.studio.voice.languages import LANGUAGES

    return len(LANGUAGES)


def is_unclear(tag: str) -> bool:
    """Whether a spoken locale's vowels are not written, and nothing here can add them."""
    from storyboard.studio.voice.languages import find_language

    found = find_language(tag)
    if found is None or found.vowels_written:
        return False
    if found.tag != "ar":
        return True
    from storyboard.studio.voice.arabic import adds_vowels

    return not adds_vowels()
