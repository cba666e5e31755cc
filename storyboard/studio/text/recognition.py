"""Which language narrations are in: the script or the small words where they tell, else a model.

The model is that of py3langid, which takes a second or two to load. Knows no voice.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from copy import copy
from functools import cache
from importlib import import_module
from threading import Lock
from typing import Any, Final

from storyboard.narration.cleaning import clean_narration
from storyboard.scripts import LATIN_A_LETTER, SCRIPT_LANGUAGES, count_scripts
from storyboard.spoken_tags import language_of, speaking_tags
from storyboard.studio.text.word_evidence import likely_languages, telling_language

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

_MORE = {
    "ARABIC": ("ps", "ug", "ur"),
    "CYRILLIC": ("be", "kk", "ky", "mk", "mn"),
    "DEVANAGARI": ("ne",),
    "LATIN": (
        *("af", "az", "br", "bs", "cy", "eo", "eu", "fo", "ga", "gl", "ht", "is", "jv", "ku", "lb"),
        *("mg", "mt", "oc", "rw", "sq", "tl", "xh", "zu"),
    ),
}
"""Languages that the model knows, and that only voices of an operator's own speak."""

_DOUBT = 0.2
"""Below this probability of the best language the text tells nothing ("OK", "Demo")."""

_LATIN_WORD = re.compile(r"[A-Za-z\u00c0-\u024f]+")
_TRUST = 0.3
"""Above this probability a text without its names is English."""

_LOCK: Final = Lock()
"""Held while the model is loaded, so that films made at once load it once."""

_OTHER_SCRIPT: Final = re.compile("[^\x00-\u024f\u0300-\u036f\u1e00-\u2fff\ufe00-\uffff]")
"""A letter that is not Latin: then it is asked first which script most letters are of."""

_NAME = re.compile(r"(?P<start>^|[.!?:…]\s+)?(?P<first>\b[A-Z]\w*)(?:[ -][A-Z]\w*)+")


def recognize_language(narrations: Sequence[str], also: Collection[str] = ()) -> str:
    """Recognize the language of a video's narrations; `en` where they tell nothing.

    It may be one of `also`, too, which the operator has voices for.
    """
    from storyboard.narration.spelling_variety import variety_of  # a hundredth of a second

    found = (_one_more(narrations, also) if also else None) or spoken_language(narrations)
    return variety_of(found, _cleaned(narrations))


def film_language(narrations: Sequence[str], locale: str | None, also: Collection[str] = ()) -> str:
    """Return what a film is spoken in: its locale, unless the narrations are in another language.

    Without a locale it is recognized.
    """
    language = None if locale is None else next(speaking_tags(language_of(locale)))
    if locale is None or language is None or is_in_other(narrations, language) is not None:
        return recognize_language(narrations, also)
    return locale


def is_in_other(
    narrations: Sequence[str],
    language: str,
    recognize: Callable[[Sequence[str]], str | None] | None = None,
) -> str | None:
    """Return the language of narrations if it is another one than was expected.

    `recognize` is asked only where the text tells no language at a glance.
    """
    found = settled_language(narrations)
    if found is None and not may_be_in(narrations, language):
        found = (recognize or spoken_language)(narrations)
    return None if found in (None, language) else found


def spoken_language(narrations: Sequence[str]) -> str:
    """Recognize the same, whichever country's it is.

    Raises `ImportError` where the model must be asked, and its package is not installed.
    """
    return settled_language(narrations) or _modeled(_without_names(_cleaned(narrations)))


def _one_more(narrations: Sequence[str], also: Collection[str]) -> str | None:
    """Return which one of `also` narrations are in, None where it is any other language."""
    text = _without_names(_cleaned(narrations))
    script = _main_script(text)
    more = tuple(each for each in _MORE.get(script or "", ()) if each in also)
    if script is None or not more:
        return None
    found, probability = _classified(text, (*_CHOICES[script], *more))
    return found if found in more and probability > _TRUST else None


def settled_language(narrations: Sequence[str]) -> str | None:
    """Recognize the language without the model; None where that must be asked."""
    text = " ".join(narrations)
    is_mixed = _OTHER_SCRIPT.search(text) is not None
    told = _told_around_words(narrations) if is_mixed else telling_language(text)
    if told is None:
        text = _without_names(_cleaned(narrations))
        script = _main_script(text)
        if script is None:
            return DEFAULT
        choices = _CHOICES.get(script)
        if choices is None:
            return SCRIPT_LANGUAGES[script]
        told = telling_language(text)
        told = told if told in choices else None
    return None if told is None else _tag(told)


def _told_around_words(narrations: Sequence[str]) -> str | None:
    """Return what Latin sentences tell that only name some words of another script.

    Names of products in a text of that script have no small words, and seldom begin it.
    """
    text = _cleaned(narrations)
    letters = [letter for letter in text if letter.isalpha()]
    others = sum(_OTHER_SCRIPT.match(letter) is not None for letter in letters)
    if 2 * others >= len(letters) - others or _OTHER_SCRIPT.match(letters[0]):
        return None
    rest = _without_names(_OTHER_SCRIPT.sub("", text))
    likely = tuple(likely_languages(rest))
    return telling_language(rest) or (likely[0] if len(likely) == 1 else None)


def may_be_in(narrations: Sequence[str], language: str) -> bool:
    """Whether narrations have as many small words of a language as of any other one."""
    return language in map(_tag, likely_languages(" ".join(narrations)))


def _tag(found: str) -> str:
    """Return the tag of a voice for a name of py3langid's."""
    return "nb" if found == "no" else found


def _modeled(text: str) -> str:
    script = _main_script(text)
    assert script is not None, "a text without letters is settled"
    found = _classify(text, _CHOICES[script])
    is_english = script == "LATIN" and found != DEFAULT and _is_english_but_for_names(text)
    return DEFAULT if is_english else _tag(found)


def _cleaned(narrations: Sequence[str]) -> str:
    return " ".join(clean_narration(narration) for narration in narrations)


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
    if telling_language(plain) == "en":
        return True
    found, probability = _classified(plain, _CHOICES["LATIN"])
    return found == "en" and probability > _TRUST and len(plain.split()) > 1


def _main_script(text: str) -> str | None:
    """Find the script that the text is written in; product names in Latin letters do not count."""
    known = {s: n for s, n in count_scripts(text).items() if s in SCRIPT_LANGUAGES}
    if not known:
        return None
    kana = known.get("HIRAGANA", 0) + known.get("KATAKANA", 0)
    if kana and kana * 10 >= known.get("CJK", 0):
        known["HIRAGANA"] = kana + known.pop("CJK", 0)
    return max(known, key=lambda each: known[each] * (1 if each == "LATIN" else LATIN_A_LETTER))


def _classify(text: str, choices: tuple[str, ...]) -> str:
    found, probability = _classified(text, choices)
    return DEFAULT if "en" in choices and probability < _DOUBT else found


def _classified(text: str, choices: tuple[str, ...]) -> tuple[str, float]:
    found, probability = _identifier(choices).classify(re.sub("[0-9_]+", " ", text))
    return str(found), float(probability)


def _identifier(choices: tuple[str, ...]) -> Any:
    """Return the model between some languages; to choose them takes 20 ms."""
    with _LOCK:
        return _chosen(choices)


@cache
def _chosen(choices: tuple[str, ...]) -> Any:
    identifier = copy(_model())
    identifier.set_languages(choices)
    return identifier


@cache
def _model() -> Any:
    langid = import_module("py3langid.langid")
    return langid.LanguageIdentifier.from_model_file(langid.MODEL_FILE, norm_probs=True)
