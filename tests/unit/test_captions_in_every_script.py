"""Captions of every script: two lines of 42 columns at most, in order, and nothing lost."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storyboard.caption_files import write_srt, write_vtt
from storyboard.narration.cleaning import clean_narration
from storyboard.studio.film.caption_tokens import LINE_WIDTH, width
from storyboard.studio.film.captions import chapter_title, scene_cues
from storyboard.studio.voice.speech import Word
from tests.support.examples import examples
from tests.unit.voice_narrations import NARRATIONS

WITHOUT_A_VOICE = {
    "am": "እንኳን ወደ ስልጠናው በደህና መጡ። እባክዎ ከመጀመርዎ በፊት መሣሪያዎችን ይፈትሹ።",
    "bn": "প্রশিক্ষণে স্বাগতম। কাজ শুরু করার আগে সরঞ্জাম পরীক্ষা করুন।",
    "bo": "སློབ་སྦྱོང་ལ་ཕེབས་པར་དགའ་བསུ་ཞུ། ལས་ཀ་མ་བཙུགས་གོང་ཡོ་བྱད་ལ་ཞིབ་བཤེར་གནང་རོགས།",
    "chr": "ᎣᏏᏲ ᏂᎦᏓ ᎢᏣᎵᏍᎠᏁᏗ",
    "km": "សូមស្វាគមន៍មកកាន់វគ្គបណ្តុះបណ្តាល សូមពិនិត្យឧបករណ៍មុនពេលចាប់ផ្តើមការងារ",
    "lo": "ຍິນດີຕ້ອນຮັບສູ່ການຝຶກອົບຮົມ ກະລຸນາກວດສອບອຸປະກອນກ່ອນເລີ່ມວຽກ",
    "ml": "പരിശീലനത്തിലേക്ക് സ്വാഗതം. ജോലി തുടങ്ങുന്നതിന് മുമ്പ് ഉപകരണങ്ങൾ പരിശോധിക്കുക.",
    "my": "သင်တန်းမှကြိုဆိုပါသည်။ အလုပ်မစတင်မီပစ္စည်းများကိုစစ်ဆေးပါ။",
    "si": "පුහුණුවට සාදරයෙන් පිළිගනිමු. වැඩ ආරම්භ කිරීමට පෙර උපකරණ පරීක්ෂා කරන්න.",
    "te": "శిక్షణకు స్వాగతం. పని ప్రారంభించే ముందు పరికరాలను తనిఖీ చేయండి.",
    "ur": "تربیت میں خوش آمدید۔ کام شروع کرنے سے پہلے آلات چیک کریں۔",
}
WRITTEN = {tag: " ".join(texts) for tag, texts in NARRATIONS.items()} | WITHOUT_A_VOICE

_SPOKEN = ("ar", "el", "en", "he", "hi", "hy", "ja", "ka", "ko", "ru", "ta", "th", "zh")
SCRIPTS = (*WITHOUT_A_VOICE, *_SPOKEN)
"""A language of each."""

PARTED = ("https://acme.example.com/a/very/long/path?x=1&y=2_and-more", "x" * 100, "漢" * 60)
SIGNS = (*PARTED, "−5 °C", "12 500 €", "Dr. Müller", "「", "”", "… ", "«", "•", "\n\n", "  ", "<b>")
SIGNS += ("\u00a0", "\u202f", "\u200b", "\u2028", "\x85", "\u3000", "&", "-->", "🎉", "🇩🇪", "§ 12")


def pieces(tag: str) -> st.SearchStrategy[str]:
    """Return pieces of a text of a language, and of others, between signs of all kinds."""
    own, others = WRITTEN[tag], st.sampled_from(sorted(WRITTEN.values()))

    def cut(text: str, at: int, length: int) -> str:
        return text[at % len(text) :][:length]

    places, lengths = st.integers(0, 400), st.integers(1, 90)
    piece = st.builds(cut, st.just(own) | others, places, lengths) | st.sampled_from(SIGNS)
    joined = st.tuples(st.sampled_from(("", " ")), st.lists(piece, max_size=12))
    return joined.map(lambda each: each[0].join(each[1]))


@pytest.mark.parametrize("tag", SCRIPTS)
@settings(max_examples=examples(20), deadline=None)
@given(data=st.data())
def test_two_lines_of_42_columns_always(tag: str, data: st.DataObject) -> None:
    text, lengths = data.draw(pieces(tag)), data.draw(st.lists(st.sampled_from((0.05, 0.3, 1.0))))
    words, now = [], 0.0
    for word, length in zip(text.split(), lengths, strict=False):
        words.append(Word(word, now, now + length))
        now += length + 0.9 * (length > 0.5)
    cues = tuple(scene_cues(text, words, max(now, 6.0), 0.0, tag))

    for cue in cues:
        lines = cue.text.split("\n")
        assert 1 <= len(lines) <= 2
        assert all(line.strip() and width(line) <= LINE_WIDTH for line in lines), lines
        assert cue.text.splitlines() == lines
    assert all(a.start < a.end <= b.start + 1e-9 for a, b in pairwise(cues))
    shown = "".join("".join(cue.text for cue in cues).split())
    assert shown == "".join(clean_narration(text).split())
    for written in (write_srt(cues), write_vtt(cues)):
        assert written.count("-->") == len(cues)
    title = chapter_title(text, tag)
    assert len(title.splitlines()) <= 1
    assert width(title) <= LINE_WIDTH
