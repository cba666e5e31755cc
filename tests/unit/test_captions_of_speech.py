"""A caption begins when its first word is said, and ends behind its last: measured in the sound."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from statistics import median

import pytest

from storyboard.caption_files import Cue
from storyboard.studio.film.captions import scene_cues
from storyboard.studio.film.speaking import Spoken, mastered
from storyboard.studio.voice.casting import CAST, voice_for
from storyboard.studio.voice.espeak_voice import AHEAD_SECONDS
from storyboard.studio.voice.speech import Word
from tests.support.heard_sentences import OFF_SECONDS, heard_spans, late_sentences
from tests.unit.voice_narrations import NARRATIONS

SHORT_FORMS = (
    ("de", "Willkommen bei der Muster GmbH! Ihr erster Tag ist Montag, 2. März 2026. Gut!"),
    ("de", "Der ArbSchG-Kurs ist Pflicht! Es gilt für 12 V. Der Lkw wiegt 7,5 t, d. h. zu viel."),
    ("de", "Lagern Sie es bei +50 °C. Rufen Sie die AG an! Sie hat 1.204 Mitarbeiter. Gut."),
    ("es", "Ver cap. 4, el IIIer milenio y el 1er piso. ¿Ver el vídeo? Cuesta 12,50 €. Llame ya."),
    ("fr", "Le 5 nov. 2020, 1 500,00 $US. Prend-elle le bus ? L’entreprise S.A.R.L. paie. Merci."),
    ("it", "Gli anni '90 e gli anni 2000. L'art. 5, comma 2, vale dall'1/7/2024. Scriva!"),
    ("pt", "A Sr.ª Silva chega às 9h30. O n.º 5 custa 12,50 €. Dê-lhe a palavra-passe da S.A.!"),
    ("ja", "最大荷重は500kg/m²です。4月1日午前9:00に始まります。料金は月額¥1,980（税込）です。"),
    ("ko", "무게는 2.4kg입니다. 소비 전력은 60W입니다. 매출은 12.5% 증가한 1,200억 원입니다."),
    ("zh", "净利润为4.57亿元（去年3.91亿元）。4月1日（周一）9:30～17:30举行。湿度为20%～80%。"),
    ("bg", "Добре дошли в обучението. Отворете вратата на 5 м. В стаята има 12 души."),
    ("ru", "В 2025 г. мы продали 12500 шт. за 2,5 млн руб. Спасибо! С нами было 300 чел. из 5."),
    ("hi", "कीमत 100000 रुपये है। यह 2.5 गुना है। धन्यवाद।"),
    ("ar", "السعر 50 € و 25 $. النسبة 12.5%. شكرا لكم."),
)  # fmt: skip

SPOKEN = [
    *((tag, " ".join(texts)) for tag, texts in NARRATIONS.items() if tag != "th"),
    *SHORT_FORMS,
]


MORE = [
    (language, " ".join(NARRATIONS[language]), presenter)
    for at, presenter in enumerate(CAST)
    for language in list(NARRATIONS)[at % 4 :: 4]
    if language != "th"
]
"""Each presenter in a quarter of the languages."""


@cache
def spoken(language: str, text: str, presenter: str = "jane") -> Spoken:
    return mastered(voice_for(presenter, language).speak(text))


@pytest.mark.parametrize(("language", "text"), SPOKEN)
def test_a_sentence_is_shown_while_it_is_heard(language: str, text: str) -> None:
    assert late_sentences(text, language, spoken(language, text)) == []


@pytest.mark.slow
@pytest.mark.parametrize(("language", "text", "presenter"), MORE)
def test_so_it_is_in_every_voice(language: str, text: str, presenter: str) -> None:
    """Some of them die away for so long that an ear of one kind is far from one of another."""
    assert late_sentences(text, language, spoken(language, text, presenter), [-35]) == []


@pytest.mark.parametrize(("language", "text"), SPOKEN)
def test_a_caption_begins_with_sound(language: str, text: str) -> None:
    speech = spoken(language, text)
    heard = heard_spans(speech, -40)
    words = speech.words, speech.heard()
    cues = list(scene_cues(text, words[0], speech.seconds, 0.0, language, (), words[1]))
    assert [cue for cue in cues if not has_sound(cue, heard)] == []


def has_sound(cue: Cue, heard: tuple[tuple[float, float], ...]) -> bool:
    return any(start - OFF_SECONDS < cue.start < end for start, end in heard)


def test_a_word_begins_where_its_stop_is_closed() -> None:
    """Within a sentence, where captions of long ones are parted; `p`, `t` and `k` are silences."""
    off = [
        closed - word.start
        for language, text in SPOKEN[::4]
        if language != "en"
        for word, closed in words_with_stops(spoken(language, text))
    ]
    assert len(off) > 40
    assert abs(median(off)) < 0.02


def words_with_stops(speech: Spoken) -> Iterator[tuple[Word, float]]:
    """Yield the words that begin with a stop, with no pause before them, and when it is closed."""
    closed = [end for _, end in heard_spans(speech, -25, 0.02)]
    stops = [phone.start for phone in speech.phones if phone.symbol and phone.symbol in "ptk"]
    for before, word in pairwise(speech.words):
        is_stop = any(0 <= at + AHEAD_SECONDS - word.start < 0.08 for at in stops)
        near = [end for end in closed if abs(end - word.start) < 0.1]
        if is_stop and near and word.start - before.end < 0.01:
            yield word, min(near, key=lambda end: abs(end - word.start))
