"""Which language narrations are in: the script where it is certain, else a model of py3langid.

Knows no voice; gives tags that have one.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from functools import cache
from importlib import import_module
from threading import Lock
from typing import Any

from storyboard.studio.voice.normalise import clean_narration

DEFAULT = "en"
"""The language of narrations that tell nothing."""

_SCRIPTS = {
    "ARABIC": "ar",
    "ARMENIAN": "hy",
    "CJK": "zh",
    "CYRILLIC": "ru",
    "DEVANAGARI": "hi",
    "GEORGIAN": "ka",
    "GREEK": "el",
    "HANGUL": "ko",
    "HEBREW": "he",
    "HIRAGANA": "ja",
    "KATAKANA": "ja",
    "LATIN": "en",
    "TAMIL": "ta",
    "THAI": "th",
}
"""The language that a script stands for, alone or until the model knows better."""

_CHOICES = {
    "ARABIC": ("ar", "fa"),
    "CYRILLIC": ("bg", "ru", "sr", "uk"),
    "DEVANAGARI": ("hi", "mr"),
    "LATIN": tuple(
        "ca cs da de en es et fi fr hr hu id it lt lv nl no pl pt ro sk sl sv sw tr vi".split()  # noqa: SIM905
    ),
}
"""The languages (py3langid's names) between which a script leaves the choice."""


def recognise_language(narrations: Sequence[str]) -> str:
    """Recognise the language of a video's narrations; `en` where they tell nothing."""
    text = " ".join(clean_narration(narration) for narration in narrations)
    script = _main_script(text)
    if script is None:
        return DEFAULT
    choices = _CHOICES.get(script)
    if choices is None:
        return _SCRIPTS[script]
    found = _classify(text, choices)
    return "nb" if found == "no" else found


def _main_script(text: str) -> str | None:
    """Find the script that the text is written in; product names in Latin letters do not count."""
    counts: Counter[str] = Counter()
    for character in text:
        if character.isalpha():
            script = unicodedata.name(character, "").partition(" ")[0]
            counts[script] += 1
    known = {script: n for script, n in counts.items() if script in _SCRIPTS}
    if not known:
        return None
    kana = known.get("HIRAGANA", 0) + known.get("KATAKANA", 0)
    if kana and kana * 10 >= known.get("CJK", 0):
        known["HIRAGANA"] = kana + known.pop("CJK", 0)
    return max(known, key=lambda script: known[script] * (1 if script == "LATIN" else 4))


_LOCK = Lock()


def _classify(text: str, choices: tuple[str, ...]) -> str:
    words = re.sub(r"[\d\W_]+", " ", text).strip()
    with _LOCK:
        identifier = _identifier()
        identifier.set_languages(choices)
        return str(identifier.classify(words)[0])


@cache
def _identifier() -> Any:
    langid = import_module("py3langid.langid")
    return langid.LanguageIdentifier.from_model_file(langid.MODEL_FILE)
