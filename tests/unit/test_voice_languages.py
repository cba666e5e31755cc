"""Every language of the table makes speech, and tags find their way to it."""

from __future__ import annotations

import pytest

from storyboard.speech_rates import estimate_seconds
from storyboard.studio.voice import levels
from storyboard.studio.voice.casting import CAST, LANGUAGES, speaks, voice_for
from storyboard.studio.voice.languages import find_language
from storyboard.studio.voice.phones import CONSONANTS, IPA, VOWELS
from tests.unit.voice_narrations import NARRATIONS

TEXTS = {
    **{language: texts[0] for language, texts in NARRATIONS.items()},
    "en-GB": "Welcome to the programme. We shall analyse the figures of the last quarter.",
    "es-419": NARRATIONS["es"][0],
    "pt-BR": "Bem-vindos ao treinamento. Hoje vamos ver os números do último trimestre.",
    "yue": "歡迎來到今日嘅培訓。我哋一齊睇吓上一季嘅數字。",
}


def test_there_are_many_languages() -> None:
    assert len(LANGUAGES) == len(set(LANGUAGES)) >= 20
    assert set(TEXTS) == set(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_speaks(language: str) -> None:
    speech = voice_for("jane", language).speak(TEXTS[language])
    assert 2.5 < speech.seconds < 9.0
    rms = levels.loudness(speech.samples, speech.rate)
    assert (rms > 0.02).mean() > 0.5, "mostly silent"
    symbols = [phone.symbol for phone in speech.phones if phone.symbol]
    assert set(symbols) <= IPA
    assert 5 < len(symbols) / speech.seconds < 20
    language_of = find_language(language)
    assert language_of is not None
    least = 0.3 if language_of.vowels_written or language == "ar" else 0.12
    assert least < sum(s in VOWELS for s in symbols) / len(symbols) < 0.65
    assert any(s in CONSONANTS for s in symbols)


@pytest.mark.parametrize(
    "language",
    [
        pytest.param(language, marks=() if number % 4 == 0 else pytest.mark.slow)
        for number, language in enumerate(LANGUAGES)
    ],
)
def test_a_language_takes_as_long_as_it_is_estimated(language: str) -> None:
    texts = NARRATIONS.get(language, (TEXTS[language],))
    paragraph = "\n\n".join(texts)
    spoken = [voice_for(who, language).speak(paragraph).seconds for who in ("jane", "adam")]
    assert sum(spoken) / 2 == pytest.approx(estimate_seconds(paragraph, language), rel=0.15)


FIGURES = {
    "en": "Revenue rose 12.7 % to $2,456,789 in Q3 2024; call 1-800-555-0199, extension 4711.",
    "de": "Der Umsatz stieg um 12,7 % auf 2.456.789 € im 3. Quartal 2024, nach 2.179.934 €.",
    "fr": "De 1998 à 2024, nous avons formé 45 678 personnes dans 37 pays ; 93 % ont réussi.",
    "es": "Los ingresos subieron un 12,7 % hasta 2.456.789 €, frente a 2.179.934 € en 2023.",
    "it": "I ricavi sono aumentati del 12,7 % a 2.456.789 € nel terzo trimestre 2024.",
    "nl": "Van 1998 tot 2024 hebben we 45.678 mensen in 37 landen opgeleid; 93 % slaagde.",
    "pt": "De 1998 a 2024 formámos 45.678 pessoas em 37 países; 93 % passaram no teste.",
    "ru": "С 1998 по 2024 год мы обучили 45 678 человек в 37 странах; 93 % сдали экзамен.",
    "tr": "Gelirler 2024 yılının üçüncü çeyreğinde yüzde 12,7 artarak 2.456.789 liraya ulaştı.",
    "ja": "売上高は12.7%増の2,456,789円でした。2023年は2,179,934円です。",
    "ko": "2024년 3분기 매출은 12.7% 증가한 2,456,789원이었습니다.",
    "zh": "2024年第三季度收入增长12.7%，达到2,456,789元，而2023年为2,179,934元。",
}


@pytest.mark.parametrize(
    "language",
    [
        pytest.param(language, marks=() if language in ("en", "it", "ja") else pytest.mark.slow)
        for language in FIGURES
    ],
)
def test_figures_take_as_long_as_they_are_estimated(language: str) -> None:
    """In languages that voices read numbers of themselves, speech took 2.8 times as long."""
    text = FIGURES[language]
    spoken = [voice_for(who, language).speak(text).seconds for who in ("jane", "adam")]
    assert sum(spoken) / 2 == pytest.approx(estimate_seconds(text, language), rel=0.22)


@pytest.mark.parametrize(
    ("tag", "spoken"),
    [
        ("en-GB", "en-GB"),
        ("en-AU", "en-GB"),
        ("en-CA", "en"),
        ("en_US", "en"),
        ("fr-CA", "fr"),
        ("de-AT", "de"),
        ("zh-Hans-CN", "zh"),
        ("zh-TW", "zh"),
        ("zh-HK", "yue"),
        ("no", "nb"),
        ("nn-NO", "nb"),
        ("pt-br", "pt-BR"),
        ("pt-PT", "pt"),
        ("es-MX", "es-419"),
        ("es-ES", "es"),
        ("iw-IL", "he"),
        ("sr-Latn", "sr"),
    ],
)
def test_a_tag_finds_who_speaks_for_it(tag: str, spoken: str) -> None:
    found = find_language(tag)
    assert found is not None
    assert found.tag == spoken
    assert speaks(tag)


@pytest.mark.parametrize("tag", ["", "tlh", "xx-YY", "eng"])
def test_a_tag_without_a_voice_finds_nobody(tag: str) -> None:
    assert not speaks(tag)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_presenter_has_a_voice_of_their_own(language: str) -> None:
    assert len(CAST) == 36
    assert len({voice_for(name, language).key for name in CAST}) == 36


def test_an_unknown_presenter_keeps_the_voice_they_get() -> None:
    assert voice_for("zoe", "fr").key == voice_for("zoe", "fr").key
    assert voice_for("zoe", "fr").key != voice_for("zeno", "fr").key


@pytest.mark.parametrize(
    ("language", "begin", "longer", "rest", "firsts"),
    [
        ("en", "Once more.", "Two or three more times.", "We go on. Now it ends.", "We Now"),
        ("de", "Noch ein Mal.", "Noch zwei weitere Male.", "Wir üben. Nun ist es aus.", "Wir Nun"),
        ("ru", "Ещё раз.", "Ещё два или три раза.", "Мы идём. Теперь конец.", "Мы Теперь"),
        ("zh", "再来一次。", "再来两三次吧。", "我们在这里继续。现在结束了。", "我 现"),
    ],
)
def test_what_follows_a_sentence_moves_by_whole_pictures(
    language: str, begin: str, longer: str, rest: str, firsts: str
) -> None:
    voice = voice_for("jane", language)
    said = [voice.speak(f"{first} {rest}").words for first in (begin, longer)]
    for text in firsts.split():
        before, after = (word.start * 25 for words in said for word in words if word.text == text)
        assert after - before == pytest.approx(round(after - before), abs=0.01), text
        assert round(after - before) > 0
