"""What is written short is said long, and what is not stays."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storyboard.narration.readings import read_out
from storyboard.studio.voice.languages import LANGUAGES


@pytest.mark.parametrize(
    ("language", "written", "said"),
    [
        ("en", "We are here 24/7, e.g. by phone.", "We are here 24 7, for example, by phone."),
        ("en", "Mr. Smith vs. Dr. Jones", "Mr. Smith versus Dr. Jones"),
        ("en", "1.5M users, No. 5, 3x faster", "1.5 million users, number 5, 3 times faster"),
        ("en", "on 2025-12-31", "on December 31, 2025"),
        ("en", "on 12/31/2025", "on 12/31/2025"),
        ("en-GB", "on 31/12/2025", "on 31 December 2025"),
        ("de", "z. B. am 31.12.2025", "zum Beispiel am einunddreißigsten Dezember 2025"),
        ("de", "d.h. um 19:30 Uhr", "das heißt um 19 Uhr 30"),
        ("de", "um 9:00 Uhr usw.", "um 9 Uhr und so weiter."),
        ("de", "am 1. Mai, im 2. Quartal", "am ersten Mai, im 2. Quartal"),
        ("de", "am 31.2.2025", "am 31.2.2025"),
        ("fr", "p. ex. le 31/12/2025 à 19 h 30", "par exemple le 31 décembre 2025 à 19 heures 30"),
        ("es", "p. ej. el 31/12/2025", "por ejemplo el 31 de diciembre de 2025"),
        ("pt-BR", "em 31/12/2025", "em 31 de dezembro de 2025"),
        ("ru", "31.12.2025", "31 декабря 2025"),
        ("ja", "¥1,200は3.5%です", "1200円は3テン5パーセントです"),
        ("ja", "4月1日7:30に", "シガツツイタチシチジ30プンに"),
        ("ja", "APIで対応", "エーピーアイで対応"),
        ("zh", "2025年增长3.5%", "二零二五年增长百分之3点5"),
        ("zh", "€1,200，7:30", "1200欧元，7点30分"),
        ("yue", "升咗3.5%", "升咗百分之3点5"),
        ("ko", "3.5% 증가", "3점5퍼센트 증가"),
    ],
)
def test_short_forms_are_read_out(language: str, written: str, said: str) -> None:
    assert read_out(written, language) == said


@pytest.mark.parametrize(
    "text",
    ["Version 2.1 of 10.0.0.1", "Stop.", "no. Never", "A/B tests, 3/4", "1.2.3", "no e.gress"],
)
def test_what_only_looks_short_stays(text: str) -> None:
    assert read_out(text, "en") == text


@given(st.sampled_from(LANGUAGES), st.text("abz 0123456789.,:/-%€$月日年時分A", max_size=40))
def test_any_text_can_be_read_in_any_language(language: str, text: str) -> None:
    assert read_out(text, language) or not text
