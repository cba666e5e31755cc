"""Where lines and captions end: where readers of the language pause, and never within a sign."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storyboard.graphemes import borders
from storyboard.narration.cleaning import clean_narration
from storyboard.studio.film.caption_tokens import LINE_WIDTH, WIDE_LINE, tokens_of, width
from storyboard.studio.film.captions import chapter_title, scene_cues
from storyboard.studio.lettering.line_ends import NEVER_FIRST, NEVER_LAST, phrases
from storyboard.studio.voice.speech import Word

CASES = [
    (
        "ja",
        "「設定」をクリックして、APIキーをコピーしてください。",
        "「設定」を|クリックして、|APIキーを|コピーしてください。",
    ),
    ("zh", "然后输入“密码”，共3.5万个。", "然后|输入|“密码”，|共3.5万|个。"),
    ("yue", "請在儀表板上點擊「設定」按鈕。", "請|在|儀表板|上|點擊|「設定」|按鈕。"),
    ("th", "และแจ้งหัวหน้างานหากพบปัญหา", "และ|แจ้ง|หัวหน้างาน|หาก|พบ|ปัญหา"),
    ("ko", "이번 분기의 주요 지표를", "이번 분기의 주요 지표를"),
    ("lo", "ຍິນດີຕ້ອນຮັບ", "ຍິນດີຕ້ອນຮັບ"),
    (None, "画面の上", "画面の|上"),
]


@pytest.mark.parametrize(("language", "text", "parts"), CASES)
def test_a_text_without_spaces_is_parted_where_readers_part_it(
    language: str | None, text: str, parts: str
) -> None:
    assert "|".join(phrases(text, language)) == parts


BOUND = [
    ("en", "Dr. Thompson"),
    ("en", "Mr Smith"),
    ("en", "No. 5"),
    ("en", "250 MB,"),
    ("en", "St. Mary's"),
    ("en", "10 p.m."),
    ("en", "$ 45.50"),
    ("de", "§ 12"),
    ("de", "Prof. Dr. Schneider"),
    ("de", "z. B."),
    ("de", "12 kg"),
    ("fr", "Mme Dupont"),
    ("fr", "n° 5"),
    ("es", "Sra. López"),
    ("es", "n.º 5"),
    ("it", "Sig. Verdi"),
    ("it", "12 kg."),
    ("pl", "12 kg"),
    ("pl", "2 456 789 zł"),
    ("pl", "§ 12"),
    ("pt", "16 GB"),
    ("nl", "21 °C"),
    ("ru", "12 кг"),
    ("ru", "№ 5"),
    ("ar", "12 كجم"),
    ("ko", "12 kg이고"),
    ("ko", "제 12조에"),
    ("ko", "45,500 원"),
    (None, "12 km/h"),
    ("en", "March 31, 2026"),
    ("en", "3 May 2026"),
    ("en", "Sept. 3rd"),
    ("de", "31. Dezember 2026"),
    ("fr", "1er févr. 2026"),
    ("es", "31 de marzo de 2026"),
    ("es", "1.º de mayo"),
    ("it", "3 maggio 2026"),
    ("pt", "3 de set. de 2026"),
    (None, "31. März 2026"),
]


@pytest.mark.parametrize(("language", "text"), BOUND)
def test_a_line_does_not_end_within_what_belongs_together(language: str | None, text: str) -> None:
    """In languages whose numbers the voice reads, "12" and "kg" stood on two lines."""
    for before in range(0, 60, 3):
        shown = scene_cues(
            f"{'ab' * 2} " * (before // 3) + text + " abcd" * 9, (), 30.0, 0.0, language
        )
        assert any(text in line for cue in shown for line in cue.text.split("\n")), before


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "It has 3 boxes and a lid"),
        ("en", "We say no. Smith left"),
        ("en", "Of 5 may 3 march 200 miles"),
    ],
)
def test_other_words_are_parted(language: str, text: str) -> None:
    assert len(tokens_of(text, (), language)) == len(text.split())


@pytest.mark.parametrize(
    ("language", "text"), [("zh", "合同第12条规定员工1,250人"), ("ja", "2024年は第12条")]
)
def test_a_number_stays_with_what_it_counts(language: str, text: str) -> None:
    found = "|".join(phrases(text, language))
    assert not re.search("[0-9][|]|第[|]", found), found


@pytest.mark.parametrize(
    "text",
    [
        "Pregunte por favor al Dr. Martínez y a la señora López",
        "We have put all of the new things into the old red box",
        "Chiedete per favore al Dott. Rossi e alla signora Bianchi",
    ],
)
def test_a_line_ends_in_no_article(text: str) -> None:
    lines = [line for cue in scene_cues(text, (), 9.0, 0.0) for line in cue.text.split("\n")]
    assert len(lines) > 1
    assert not {line.split()[-1] for line in lines} & {"a", "la", "of", "the", "into", "alla", "e"}


def test_a_bullet_ends_no_line() -> None:
    text = "Strawberries from Spain • bananas from Ecuador • apples from Tyrol • plums"
    lines = [line for cue in scene_cues(text, (), 9.0, 0.0) for line in cue.text.split("\n")]
    assert len(lines) > 1
    assert not any(line.endswith("•") for line in lines)


ASIAN = st.text(
    "今日は設定をクリックッー、。「」（）API2.10 ๆฯก็ิข้าวของ谢谢。！？漢字한글 abc", max_size=90
)


@given(ASIAN, st.sampled_from(("ja", "zh", "th", "ko", None)))
def test_no_line_begins_or_ends_with_what_may_not(text: str, language: str | None) -> None:
    shown = [cue.text for cue in scene_cues(text, (), 20.0, 0.0, language)]
    assert "".join("".join(shown).split()) == "".join(clean_narration(text).split())
    for cue in shown:
        lines = cue.split("\n")
        assert len(lines) <= 2
        assert all(0 < width(line) <= LINE_WIDTH for line in lines)
    parts = phrases(clean_narration(text), language)
    assert not any(part[0] in NEVER_FIRST for part in parts[1:])
    assert not any(part[-1] in NEVER_LAST for part in parts[:-1])


@pytest.mark.parametrize(
    ("language", "text"),
    [("ja", CASES[0][1] * 3), ("zh", CASES[1][1] * 4), ("ko", "시작합니다 " * 30)],
)
def test_lines_of_wide_signs_hold_sixteen(language: str, text: str) -> None:
    for cue in scene_cues(text, (), 60.0, 0.0, language):
        assert all(width(line) <= WIDE_LINE for line in cue.text.split("\n")), cue.text


@given(
    st.lists(
        st.sampled_from(["e\u0301", "ก็", "👩\u200d🚀", "🇩🇪", "नि", "a", "/", "한", "-"]),
        max_size=80,
    )
)
def test_a_long_word_is_parted_between_signs(signs: list[str]) -> None:
    text = unicodedata.normalize("NFC", "".join(signs))
    parts = tokens_of(text)
    assert "".join(parts) == text
    ends = {*borders(text), len(text)}
    at = 0
    for part in parts:
        assert width(part) <= LINE_WIDTH
        at += len(part)
        assert at in ends


def test_an_address_is_parted_at_its_marks() -> None:
    address = "https://acme.example.com/pricing/enterprise/annual-plan?source=letter&medium=mail"
    for cue in scene_cues(f"Open {address} now.", (), 8.0, 0.0, "en"):
        for line in cue.text.split("\n"):
            assert line.endswith((*"/.?&=_-", "now.", "mail")), line


def test_no_word_is_left_alone_and_marks_end_captions() -> None:
    text = "The report has many items, and each of them is described in one of the chapters below."
    shown = [cue.text for cue in scene_cues(text, (), 9.0, 0.0, "en")]
    assert shown[0] == "The report has many items,"
    text = "The lists of the report that we have made have more of such items than all others have."
    shown = [cue.text for cue in scene_cues(text, (), 6.9, 0.0, "en")]
    assert len(shown) == 2
    assert min(map(len, shown)) > 25


REPORTED = {
    "SubtitleEdit 6465: lines of Chinese end at a mark, if there is one": (
        *("zh", 8, "塔诺·卡里迪先生，在这里，乎意料地提高了他的价格。"),
        "塔诺·卡里迪先生，在这里，/乎意料地提高了他的价格。",
    ),
    "whisperX 310: a sentence without marks was one caption of half a minute": (
        *("ja", 9, "奥谷先生やめてもらっていいですか何だか話によると補助金獲得率100%だとか"),
        "奥谷先生やめてもらっていいですか/何だか話によると|補助金獲得率100%だとか",
    ),
    "SubtitleEdit 4333: two lines of equal length, cut within both sentences": (
        *("en", 5, "Hi, this is an example sentence. Let's test it."),
        "Hi, this is an example sentence./Let's test it.",
    ),
    "SubtitleEdit 4510: a comma is no better place than the end of the sentence": (
        *("en", 5, "Good God, look at that. Where you going, general?"),
        "Good God, look at that./Where you going, general?",
    ),
    "whisper-standalone-win 377: one caption for ten seconds": (
        *("en", 10, "It began when both sides used strategic bombing, the deliberate destruction "),
        "It began when both sides|used strategic bombing,/the deliberate destruction",
    ),
    "echogarden 19: a word that is longer than a line stayed, or left a stub": (
        *("de", 3, "Massenkommunikationsdienstleistungsunternehmen"),
        "Massenkommunikationsdie|nstleistungsunternehmen",
    ),
    "SubtitleEdit 2577: no line ends behind an abbreviation or a preposition": (
        *("en", 7, "Call Dr. Smith, the head of the department of Prof. Miller at the St. James."),
        "Call Dr. Smith, the head of the department|of Prof. Miller at the St. James.",
    ),
    "a blank of Thai ends a clause, so that a line may end there": (
        *("th", 5.3, "ยินดีต้อนรับสู่การอบรม กรุณาตรวจสอบอุปกรณ์ก่อนเริ่มงาน"),
        "ยินดีต้อนรับสู่การอบรม|กรุณาตรวจสอบอุปกรณ์ก่อนเริ่มงาน",
    ),
    "numbers with blanks, and French marks with theirs": (
        *("fr", 9, "Le chiffre d’affaires a atteint 1 000 000 € en 2024, soit 12,5 % de plus !"),
        "Le chiffre d’affaires|a atteint 1 000 000 € en 2024,/soit 12,5 % de plus !",
    ),
}


@pytest.mark.parametrize(("language", "seconds", "text", "shown"), REPORTED.values(), ids=REPORTED)
def test_what_users_of_other_tools_reported_is_cut_well(
    language: str, seconds: float, text: str, shown: str
) -> None:
    cues = scene_cues(text, (), seconds, 0.0, language)
    assert "/".join(cue.text.replace("\n", "|") for cue in cues) == shown


def timed(text: str, each: float, start: float = 0.0) -> list[Word]:
    return [
        Word(word, start + n * each, start + (n + 1) * each) for n, word in enumerate(text.split())
    ]


def test_what_is_said_fast_stays_to_be_read() -> None:
    """29 columns in 0.9 s are 32 a second; a silence follows in which they can be read."""
    fast = "abcd abcd abcd abcd abcd abcd,"
    words = [*timed(fast, 0.15), Word("late", 4.0, 4.5)]
    first, second = scene_cues(f"{fast} late", words, 4.5, 0.0, "en")
    assert (first.start, first.text, second.start) == (0.0, fast, 4.0)
    assert first.end == pytest.approx(len(fast) / 17)


def test_a_gap_that_is_no_pause_does_not_flicker() -> None:
    words = [Word("One", 0.0, 1.5), Word("two", 1.56, 3.0)]
    first, second = scene_cues("One. Two.", words, 3.0, 0.0, "en")
    assert first.end == second.start == 1.56


def test_what_would_only_flash_is_shown_with_its_neighbor() -> None:
    text = "No. Go. Now we begin."
    shown = [cue.text for cue in scene_cues(text, timed(text, 0.3), 1.5, 0.0, "en")]
    assert shown == [text]
    assert len(list(scene_cues(text, timed(text, 1.2), 6.0, 0.0, "en"))) == 3


def test_a_family_of_emoji_leaves_no_joiner_behind() -> None:
    text = "👩\u200d👩\u200d👧 Families 🏴\u200d☠\ufe0f go."
    assert clean_narration(text) == "Families go."
    assert clean_narration("می\u200cخواهم") == "می\u200cخواهم"


@given(
    st.text("abc déz漢字한글ก็ิ -–.!?/&<>5%°C🎉", max_size=160), st.sampled_from(("en", "zh", "th"))
)
def test_a_chapters_title_is_one_line(narration: str, language: str) -> None:
    title = chapter_title(narration, language)
    assert "\n" not in title
    assert width(title) <= LINE_WIDTH
