"""Initials that voices of other languages would say as words: read letter by letter."""

from __future__ import annotations

import re

import pytest

from storyboard.narration.initials import spelled_by_all
from storyboard.narration.read_out import read_out
from storyboard.narration.spoken_parts import spoken_parts
from storyboard.studio.voice.espeak_voice import letters_of
from storyboard.studio.voice.languages import find_language
from storyboard.studio.voice.phones import letters

LANGUAGES = ("de", "es", "fr", "it", "pt")


@pytest.mark.parametrize(
    ("language", "text", "said"),
    [
        (
            "de",
            "EU-Regeln der IT gelten für KPIs.",
            "E U-Regeln der I T gelten für K P I's.",
        ),
        ("de", "EUREX und USA, nicht Eu.", "EUREX und U S A, nicht Eu."),
        ("de", "DIE IT IST NEU.", "DIE IT IST NEU."),
        ("es", "La ONG y las ONGs.", "La O N G y las O N G's."),
        ("fr", "La PME suit les PMEs.", "La P M E suit les P M E."),
        ("fr", "La PME suit l'UE.", "La P M E suit l'U E."),
        ("pt", "O ERP da UE.", "O É R P da U É."),
        ("en", "The EU and the USA.", "The EU and the USA."),
    ],
)
def test_initials_are_parted_where_a_voice_says_them_as_words(
    language: str, text: str, said: str
) -> None:
    assert read_out(text, language).spoken == said


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_voice_says_the_names_of_the_letters(language: str) -> None:
    voice = find_language(language)
    assert voice is not None
    words = spelled_by_all(language)
    parted = [read_out(f"so {word} so.", language).spoken[3:-4] for word in words]
    alone = sorted(set("".join(words)))
    names = dict(zip(alone, map(sounds, letters_of(alone, voice.espeak)), strict=True))
    spelled = map(sounds, letters_of(parted, voice.espeak))
    for word, said in zip(words, spelled, strict=True):
        wanted = "".join(names[letter] for letter in word)
        assert open_sounds(said) == open_sounds(wanted), word


def sounds(said: str) -> str:
    return "".join(letters(said))


def open_sounds(said: str) -> str:
    """Return sounds without what a letter's neighbors change in them."""
    return re.sub(r"(.)\1+", r"\1", said.translate(str.maketrans("ðβʊɔɛɪɐɹ", "dbuoeiar")))


@pytest.mark.parametrize("language", LANGUAGES)
def test_letters_that_are_parted_are_estimated_as_initials(language: str) -> None:
    parts = spoken_parts("El ERP.", language)
    assert (parts.initials, spoken_parts("El HTTP.", language).initials) == (3, 4)
