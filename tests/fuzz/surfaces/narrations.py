"""A narration on its way to a voice: cleaned once and for all, split without loss, read out."""

from __future__ import annotations

import math
from typing import Final

from storyboard.narration.cleaning import clean_narration
from storyboard.narration.read_out import read_out
from storyboard.narration.sentences import sentences
from storyboard.speech_rates import estimate_seconds
from storyboard.studio.film.captions import chapter_title
from storyboard.studio.text.recognition import recognize_language
from tests.fuzz.surface import Broken, Surface, without_folder, words

_LANGUAGES: Final = ("en", "de", "fr", "pl", "ar", "ja", "yue", "ru")


def _law(text: bytes) -> None:
    source = text.decode("utf-8", "replace")
    cleaned = clean_narration(source)
    if clean_narration(cleaned.replace("\n", "\n\n")) != cleaned:
        raise Broken("a narration that can be cleaned again")
    language = recognize_language([source])
    for each in (*_LANGUAGES, None):
        if "".join("".join(sentences(cleaned, each)).split()) != "".join(cleaned.split()):
            raise Broken("sentences that are not the text")
        seconds = estimate_seconds(source, each)
        if not (math.isfinite(seconds) and seconds >= 0):
            raise Broken(f"a text of {seconds} s")
    for each in {*_LANGUAGES, language}:
        read_out(cleaned, each)
        chapter_title(cleaned, each)


SURFACE = Surface(
    "narrations",
    without_folder(_law),
    (
        *words("""**bold** _it_ `code` [a](b) - * 1. # … ... . ! ? 。 ， 、 — -- – “ ” « » 🎉 ™ z.B.
        Dr. e.g. No. 1,234.5 1.234,5 12:30 2026-03-01 31/12/2026 0000/0/0 9999-99-99 $5 5€ 50% 3°C
        10km/h 1/2 ½ ٣ IV §5 a@b.test https://a.test/b مرحبا こんにちは 你好 שלום привет हिन्दी"""),
        b"\n\n", b"\n- ", b" \xc2\xa0", b"\xe2\x80\x8b", b"\xcc\x81", b"\xe2\x80\x8d", b"!?",
    ),
    rounds=300,
    longest=8192,
)  # fmt: skip
