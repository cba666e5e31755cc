"""The languages that speak, and the names their engine has for them. Knows no presenter."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from storyboard.narration.grammar import grammar_of
from storyboard.narration.regions import reading_tag
from storyboard.spoken_tags import language_of, speaking_tags

_TAG: Final = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,3}")


@dataclass(frozen=True, slots=True)
class Language:
    """A spoken language: its tag, espeak-ng's name for it (`""` is English), and the pace.

    `words_per_minute` is espeak-ng's own measure, set so that narrations last as long as people
    read them (characters a second by language). Where vowels are not written (`vowels_written`),
    espeak-ng guesses few of them: the length and the rhythm are right, the words hard to follow.
    """

    tag: str
    name: str
    espeak: str
    words_per_minute: int = 145
    vowels_written: bool = True


SPOKEN = (
    Language("en", "English", ""),
    Language("en-GB", "English (Britain)", ""),
    Language("ar", "Arabic", "ar", 180, vowels_written=False),
    Language("bg", "Bulgarian", "bg", 150),
    Language("ca", "Catalan", "ca", 140),
    Language("cs", "Czech", "cs", 140),
    Language("da", "Danish", "da"),
    Language("de", "German", "de", 140),
    Language("el", "Greek", "el", 155),
    Language("es", "Spanish", "es", 155),
    Language("es-419", "Spanish (Latin America)", "es-419", 165),
    Language("et", "Estonian", "et"),
    Language("fa", "Persian", "fa", 165, vowels_written=False),
    Language("fi", "Finnish", "fi", 175),
    Language("fr", "French", "fr"),
    Language("he", "Hebrew", "he", 155, vowels_written=False),
    Language("hi", "Hindi", "hi", 155),
    Language("hr", "Croatian", "hr"),
    Language("hu", "Hungarian", "hu", 170),
    Language("hy", "Armenian", "hy"),
    Language("id", "Indonesian", "id", 165),
    Language("it", "Italian", "it", 150),
    Language("ja", "Japanese", "ja"),
    Language("ka", "Georgian", "ka"),
    Language("ko", "Korean", "ko", 180),
    Language("lt", "Lithuanian", "lt"),
    Language("lv", "Latvian", "lv"),
    Language("mr", "Marathi", "mr", 150),
    Language("ms", "Malay", "ms", 165),
    Language("nb", "Norwegian Bokmål", "nb", 160),
    Language("nl", "Dutch", "nl", 155),
    Language("pl", "Polish", "pl", 160),
    Language("pt", "Portuguese", "pt", 150),
    Language("pt-BR", "Portuguese (Brazil)", "pt-br", 155),
    Language("ro", "Romanian", "ro", 160),
    Language("ru", "Russian", "ru", 130),
    Language("sk", "Slovak", "sk"),
    Language("sl", "Slovenian", "sl", 160),
    Language("sr", "Serbian", "sr", 150),
    Language("sv", "Swedish", "sv", 155),
    Language("sw", "Swahili", "sw"),
    Language("ta", "Tamil", "ta", 140),
    Language("th", "Thai", "th", 200),
    Language("tr", "Turkish", "tr", 180),
    Language("uk", "Ukrainian", "uk", 150),
    Language("vi", "Vietnamese", "vi"),
    Language("zh", "Chinese (Mandarin)", "cmn", 200),
    Language("yue", "Chinese (Cantonese)", "yue"),
)

LANGUAGES = tuple(language.tag for language in SPOKEN)
"""The BCP-47 tags that have a voice."""

_BY_TAG = {language.tag.lower(): language for language in SPOKEN}


def told_tag(told: object) -> str | None:
    """Return the tag that a voice's settings tell, `de_DE` as `de-DE`; None for what is none."""
    return told.replace("_", "-") if isinstance(told, str) and _TAG.fullmatch(told) else None


def read_as(tag: str) -> str:
    """Return the tag that texts of a locale are read out by.

    It is that of the voice, unless the locale's own region has rules: `es-MX` says `$` as pesos.
    """
    found = find_language(tag)
    if found is None or grammar_of(found.tag) is None:
        return tag if found is None else found.tag
    own = reading_tag(tag)
    is_of_voice = language_of(own) == language_of(found.tag) or found.tag == "yue"
    return own if "-" in own and is_of_voice and own.lower() != found.tag.lower() else found.tag


def find_language(tag: str) -> Language | None:
    """Find who speaks for a tag: itself, an equal of it, or its parent (`fr-CA` → `fr`)."""
    found = (_BY_TAG.get(each.lower()) for each in speaking_tags(tag))
    return next((language for language in found if language), None)
