"""Which languages the local studio speaks, and how well, for those who may not know the studio."""

from __future__ import annotations

from storyboard.scripts import script_language


def speaks(tag: str) -> bool:
    """Whether a voice speaks a locale: `fr-CA` is spoken where `fr` is."""
    from storyboard.studio.voice.languages import find_language

    return find_language(tag) is not None


def recognized(text: str) -> str:
    """Return the language that a narration is in; its script's where the package is missing."""
    from storyboard.studio.text.recognition import recognize_language

    try:
        return recognize_language([text])
    except ImportError:
        return script_language(text) or "en"


def count_languages() -> int:
    """Return how many languages the voices speak."""
    from storyboard.studio.voice.languages import LANGUAGES

    return len(LANGUAGES)


def is_unclear(tag: str) -> bool:
    """Whether a spoken locale's vowels are not written, and nothing here can add them."""
    from storyboard.studio.voice.arabic import adds_vowels
    from storyboard.studio.voice.languages import find_language

    found = find_language(tag)
    if found is None or found.vowels_written:
        return False
    return found.tag != "ar" or not adds_vowels()
