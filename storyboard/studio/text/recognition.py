"""Which language narrations are in: the script where it is certain, else a model of py3langid.

Knows no voice.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache
from importlib import import_module
from threading import Lock
from typing import Any

from storyboard.narration.cleaning import clean_narration
from storyboard.scripts import SCRIPT_LANGUAGES, script_of
from storyboard.studio.text.spelling_variety import is_british

DEFAULT = "en"
"""The language of narrations that tell nothing."""

_CHOICES = {
    "ARABIC": ("ar", "fa"),
    "CYRILLIC": ("bg", "ru", "sr", "uk"),
    "DEVANAGARI": ("hi", "mr"),
    "LATIN": (
        *("ca", "cs", "da", "de", "en", "es", "et", "fi", "fr", "hr", "hu", "id", "it"),
        *("lt", "lv", "ms", "nl", "no", "pl", "pt", "ro", "sk", "sl", "sv", "sw", "tr", "vi"),
    ),
}
"""The languages (py3langid's names) between which a script leaves the choice."""

_ONLY_ENGLISH = frozenset(
    (
        *("about", "and", "are", "been", "can", "could", "from", "have", "here", "how", "let"),
        *("our", "should", "that", "the", "their", "there", "these", "they", "this", "those"),
        *("what", "when", "where", "which", "with", "would", "you", "your"),
    )
)
"""Words of English that no other language of the table writes so, and that every text has."""

_ENGLISH_SHARE = 0.2
"""Of a text's words: as many of them make it English without the model, which takes a second."""

_FEW = 5
"""Words of a text that one of them makes English: the model guesses at such texts."""

_DOUBT = 0.2
"""Below this probability of the best language the text tells nothing ("OK", "Demo")."""

_LATIN_WORD = re.compile(r"[A-Za-z\u00c0-\u024f]+")
_TRUST = 0.3
"""Above this probability a text without its names is English."""

_NAME = re.compile(r"(?P<start>^|[.!?:…]\s+)?(?P<first>\b[A-Z]\w*)(?:[ -][A-Z]\w*)+")


def recognize_language(narrations: Sequence[str]) -> str:
    """Recognize the language of a video's narrations; `en` where they tell nothing."""
    text = _without_names(" ".join(clean_narration(narration) for narration in narrations))
    script = _main_script(text)
    if script is None:
        return DEFAULT
    choices = _CHOICES.get(script)
    if choices is None:
        return SCRIPT_LANGUAGES[script]
    if script == "LATIN" and _surely_english(text):
        return _english(text)
    found = _classify(text, choices)
    if found == DEFAULT or (script == "LATIN" and _is_english_but_for_names(text)):
        return _english(text)
    return "nb" if found == "no" else found


def _english(text: str) -> str:
    return "en-GB" if is_british(text) else DEFAULT


def _without_names(text: str) -> str:
    """Drop runs of capitalized words ("Acme Report Builder"): they keep their language anywhere."""

    def shortened(match: re.Match[str]) -> str:
        return "" if match["start"] is None else match["start"] + match["first"]

    rest = _NAME.sub(shortened, text)
    return rest if sum(c.isalpha() for c in rest) > 1 else text


def _is_english_but_for_names(text: str) -> bool:
    """Whether a text without "Zoë" and "Siobhán" is English: names are no evidence.

    A text of a language that is written with accents has some in its small words too.
    """
    words = _LATIN_WORD.findall(text)
    if all(map(str.isascii, words)) or any(not w.isascii() and w[0].islower() for w in words):
        return False
    plain = " ".join(word for word in words if word.isascii())
    if _surely_english(plain):
        return True
    found, probability = _classified(plain, _CHOICES["LATIN"])
    return found == "en" and probability > _TRUST and len(plain.split()) > 1


def _main_script(text: str) -> str | None:
    """Find the script that the text is written in; product names in Latin letters do not count."""
    counts: Counter[str] = Counter()
    for character in text:
        if character.isalpha():
            counts[script_of(character)] += 1
    known = {script: n for script, n in counts.items() if script in SCRIPT_LANGUAGES}
    if not known:
        return None
    kana = known.get("HIRAGANA", 0) + known.get("KATAKANA", 0)
    if kana and kana * 10 >= known.get("CJK", 0):
        known["HIRAGANA"] = kana + known.pop("CJK", 0)
    return max(known, key=lambda script: known[script] * (1 if script == "LATIN" else 4))


_LOCK = Lock()


def _surely_english(text: str) -> bool:
    if not text.isascii():
        return False
    words = re.findall(r"[a-z]+", text.lower())
    found = sum(word in _ONLY_ENGLISH for word in words)
    least = 1 if len(words) <= _FEW else 3
    return found >= least and found >= _ENGLISH_SHARE * len(words)


def _classify(text: str, choices: tuple[str, ...]) -> str:
    found, probability = _classified(text, choices)
    return DEFAULT if "en" in choices and probability < _DOUBT else found


def _classified(text: str, choices: tuple[str, ...]) -> tuple[str, float]:
    with _LOCK:
        identifier = _identifier()
        identifier.set_languages(choices)
        found, probability = identifier.classify(re.sub("[0-9_]+", " ", text))
    return str(found), float(probability)


@cache
def _identifier() -> Any:
    langid = import_module("py3langid.langid")
    return langid.LanguageIdentifier.from_model_file(langid.MODEL_FILE, norm_probs=True)
