"""The languages that speak, and the names their engine has for them. Knows no presenter."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Language:
    """A spoken language: its tag, espeak-ng's name for it (`""` is English), and the pace.

    `words_per_minute` is espeak-ng's own measure.
    """

    tag: str
    name: str
    espeak: str
    words_per_minute: int = 145


SPOKEN = (
    Language("en", "English", ""),
    Language("ar", "Arabic", "ar"),
    Language("bg", "Bulgarian", "bg"),
    Language("ca", "Catalan", "ca"),
    Language("cs", "Czech", "cs"),
    Language("da", "Danish", "da"),
    Language("de", "German", "de"),
    Language("el", "Greek", "el"),
    Language("es", "Spanish", "es"),
    Language("es-419", "Spanish (Latin America)", "es-419"),
    Language("et", "Estonian", "et"),
    Language("fa", "Persian", "fa"),
    Language("fi", "Finnish", "fi"),
    Language("fr", "French", "fr"),
    Language("he", "Hebrew", "he"),
    Language("hi", "Hindi", "hi"),
    Language("hr", "Croatian", "hr"),
    Language("hu", "Hungarian", "hu"),
    Language("hy", "Armenian", "hy"),
    Language("id", "Indonesian", "id"),
    Language("it", "Italian", "it"),
    Language("ja", "Japanese", "ja"),
    Language("ka", "Georgian", "ka"),
    Language("ko", "Korean", "ko"),
    Language("lt", "Lithuanian", "lt"),
    Language("lv", "Latvian", "lv"),
    Language("mr", "Marathi", "mr"),
    Language("ms", "Malay", "ms"),
    Language("nb", "Norwegian Bokmål", "nb"),
    Language("nl", "Dutch", "nl"),
    Language("pl", "Polish", "pl"),
    Language("pt", "Portuguese", "pt"),
    Language("pt-BR", "Portuguese (Brazil)", "pt-br"),
    Language("ro", "Romanian", "ro"),
    Language("ru", "Russian", "ru"),
    Language("sk", "Slovak", "sk"),
    Language("sl", "Slovenian", "sl"),
    Language("sr", "Serbian", "sr"),
    Language("sv", "Swedish", "sv"),
    Language("sw", "Swahili", "sw"),
    Language("ta", "Tamil", "ta"),
    Language("th", "Thai", "th"),
    Language("tr", "Turkish", "tr"),
    Language("uk", "Ukrainian", "uk"),
    Language("vi", "Vietnamese", "vi"),
    Language("zh", "Chinese (Mandarin)", "cmn"),
    Language("yue", "Chinese (Cantonese)", "yue"),
)

LANGUAGES = tuple(language.tag for language in SPOKEN)
"""The BCP-47 tags that have a voice."""

_BY_TAG = {language.tag.lower(): language for language in SPOKEN}

_OTHER_TAGS = {
    "no": "nb",
    "nn": "nb",
    "iw": "he",
    "in": "id",
    "cmn": "zh",
    "zh-hk": "yue",
    "zh-mo": "yue",
    "es-mx": "es-419",
    "es-ar": "es-419",
    "es-co": "es-419",
    "es-cl": "es-419",
    "es-pe": "es-419",
    "es-us": "es-419",
}
"""Tags that another tag of the table speaks for."""


def find_language(tag: str) -> Language | None:
    """Find who speaks for a tag: itself, an equal of it, or its parent (`fr-CA` → `fr`)."""
    parts = tag.replace("_", "-").lower().split("-")
    while parts:
        short = "-".join(parts)
        found = _BY_TAG.get(_OTHER_TAGS.get(short, short).lower())
        if found is not None:
            return found
        parts.pop()
    return None
