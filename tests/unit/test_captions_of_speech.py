"""A caption begins when its first word is said, and ends behind its last: measured in the sound."""

from __future__ import annotations

from itertools import groupby, pairwise

import pytest

from storyboard.caption_files import Cue
from storyboard.narration.sentences import sentence_spans
from storyboard.studio.film.captions import scene_cues, timed_tokens
from storyboard.studio.film.cue_cutting import Timed
from storyboard.studio.voice.casting import voice_for
from storyboard.studio.voice.levels import heard_spans
from storyboard.studio.voice.speech import Speech
from tests.unit.voice_narrations import NARRATIONS

OFF_SECONDS = 0.2
"""What no viewer sees: five pictures."""

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
    *((tag, " ".join(texts)) for tag, texts in NARRATIONS.items() if tag not in ("en", "th")),
    *SHORT_FORMS,
]


@pytest.mark.parametrize(("language", "text"), SPOKEN)
def test_a_sentence_is_shown_while_it_is_heard(language: str, text: str) -> None:
    speech = voice_for("jane", language).speak(text)
    tokens = timed_tokens(text, speech.words, speech.seconds, language, (), 42)
    sentences = [list(each) for _, each in groupby(tokens, key=lambda token: token.sentence)]
    heard = sentences_heard(speech, len(sentence_spans(text, language)))
    off = [
        (sentence[0].text, sentence[-1].text, begin, end)
        for sentence, (begin, end) in zip(sentences, heard, strict=True)
        if not is_on_time(sentence, begin, end)
    ]
    assert off == []


def is_on_time(sentence: list[Timed], begin: float, end: float) -> bool:
    first, last = sentence[0].start, sentence[-1].end
    return abs(first - begin) < OFF_SECONDS and abs(last - end) < OFF_SECONDS


@pytest.mark.parametrize(("language", "text"), SPOKEN)
def test_a_caption_begins_with_sound(language: str, text: str) -> None:
    speech = voice_for("jane", language).speak(text)
    heard = heard_spans(speech.samples, speech.rate, OFF_SECONDS)
    cues = list(scene_cues(text, speech.words, speech.seconds, 0.0, language))
    assert [cue for cue in cues if not has_sound(cue, heard)] == []


def has_sound(cue: Cue, heard: tuple[tuple[float, float], ...]) -> bool:
    return any(start - OFF_SECONDS < cue.start < end for start, end in heard)


def sentences_heard(speech: Speech, count: int) -> list[tuple[float, float]]:
    """Return when each of so many sentences is heard: between the longest silences."""
    heard = heard_spans(speech.samples, speech.rate, 0.1)
    silences = sorted(range(1, len(heard)), key=lambda at: heard[at - 1][1] - heard[at][0])
    begins = [0, *sorted(silences[: count - 1]), len(heard)]
    return [(heard[a][0], heard[b - 1][1]) for a, b in pairwise(begins)]
