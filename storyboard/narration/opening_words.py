"""Words that have a capital only because they begin a sentence, by language. Knows no text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from storyboard.spoken_tags import language_of

_OPENING: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        "de": frozenset(
            (
                *("das", "die", "der", "den", "dem", "des", "ein", "eine", "einen", "einem"),
                *("einer", "wir", "sie", "es", "er", "ich", "du", "ihr", "man", "wer", "was"),
                *("wie", "wo", "dies", "diese", "dieser", "dieses", "diesen", "diesem", "jede"),
                *("jeder", "jedes", "alle", "viele", "einige", "beide", "kein", "keine", "mein"),
                *("meine", "unser", "unsere", "unserem", "unseren", "ihre", "ihren", "ihrem"),
                *("sein", "seine", "hier", "dort", "da", "dann", "danach", "dabei", "damit"),
                *("dazu", "daher", "darum", "deshalb", "dafür", "nun", "jetzt", "heute", "zuerst"),
                *("zuletzt", "anschließend", "und", "aber", "oder", "doch", "denn", "wenn"),
                *("weil", "wann", "warum", "ob", "als", "mit", "ohne", "für", "bei", "bis"),
                *("nach", "vor", "von", "vom", "zu", "zum", "zur", "im", "in", "ins", "am", "an"),
                *("auf", "aus", "um", "über", "unter", "durch", "seit", "nur", "noch", "auch"),
                *("so", "sobald", "nicht", "nie", "bitte", "danke", "außerdem"),
            )
        ),
        "en": frozenset(
            (
                *("the", "this", "that", "these", "those", "there", "they", "she", "he", "it"),
                *("we", "you", "i", "my", "our", "your", "his", "her", "their", "its", "if"),
                *("when", "then", "but", "and", "so", "because", "however", "now", "here", "a"),
                *("all", "each", "both", "every", "most", "many", "some", "please", "what"),
                *("how", "why", "where", "after", "before", "once", "while", "until"),
                *("in", "on", "at", "for", "with", "from", "to", "one"),
                *("turn", "go", "take", "continue", "follow", "keep", "click"),
            )
        ),
        "fr": frozenset(
            (
                *("le", "la", "les", "un", "une", "il", "elle", "ils", "elles", "nous", "vous"),
                *("on", "ce", "cette", "ces", "ici", "dans", "pour", "avec", "mais", "en", "si"),
            )
        ),
        "es": frozenset(
            (
                *("el", "la", "los", "las", "un", "una", "se", "es", "en", "para", "con"),
                *("esto", "este", "esta", "pero", "si", "ella", "ellos", "nosotros", "aquí"),
            )
        ),
        "it": frozenset(
            (
                *("il", "la", "lo", "gli", "le", "un", "una", "si", "è", "in", "per", "con"),
                *("questo", "questa", "ma", "se", "lei", "lui", "noi", "qui"),
            )
        ),
        "pt": frozenset(
            (
                *("o", "a", "os", "as", "um", "uma", "em", "para", "com", "é", "este", "esta"),
                *("isto", "isso", "mas", "se", "ele", "ela", "nós", "aqui"),
            )
        ),
    }
)
"""Of the Romance languages those that begin no name behind initials."""


_WORD: Final = re.compile(r"[^\W_]+")
_REQUEST: Final = re.compile(r"[A-ZÄÖÜ][a-zäöüß]{1,20}n\sSie(?!\w)")


def opens_sentence(word: str, language: str | None) -> bool:
    """Whether a word has a capital only because it begins a sentence."""
    known = _OPENING.get(language_of(language), frozenset()) if language else frozenset()
    return word.lower() in known


def begins_sentence(text: str, language: str | None) -> bool:
    """Whether a text begins with such a word, or in German with a request: Schalten Sie …"""
    word = _WORD.match(text)
    if word is None or not text[:1].isupper():
        return False
    is_german = language is not None and language_of(language) == "de"
    return opens_sentence(word[0], language) or (is_german and _REQUEST.match(text) is not None)
