"""What is read aloud: the words, without the marks."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from storyboard.narration import cleaning
from storyboard.narration.cleaning import clean_narration
from storyboard.narration.read_out import read_out
from storyboard.narration.sentences import sentences
from storyboard.studio.compose.turns import read_turns
from storyboard.studio.film.captions import chapter_title, scene_cues


@pytest.mark.parametrize(
    ("written", "clean"),
    [
        ("  Two\tblanks \n and a break\n", "Two blanks and a break"),
        ("**Bold**, *italic*, __both__ and `code`.", "Bold, italic, both and code."),
        ("See [the docs](https://example.com/a_(b)) now.", "See the docs now."),
        ("# Title\n\nText", "Title\nText"),
        ("- one\n- two\n", "one\ntwo"),
        ("→ one\n→ two\n", "one\ntwo"),
        ("– one\n– two\n", "one\ntwo"),
        ("one\n– or so – two\n", "one — or so — two"),
        ("Do: • one • two", "Do:\none\ntwo"),
        ("• one • two", "one\ntwo"),
        ("Berlin • Rome", "Berlin • Rome"),
        ("Do:\n1.\tOpen the lid\n2.\tClose it", "Do:\n1. Open the lid\n2. Close it"),
        ("We have\n12. Then we\n2. go", "We have 12. Then we 2. go"),
        ("> quoted", "quoted"),
        ("Great 🎉👍🏽 work ✅!", "Great work!"),
        ("soft\u00adhyphen, zero\u200bwidth, \ufeffmark", "softhyphen, zerowidth, mark"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("Wait -- what – now", "Wait — what — now"),
        ("2–3 items, well-known", "2–3 items, well-known"),
        ("snake_case_name and 2 * 3 * 4", "snake_case_name and 2 * 3 * 4"),
        ("C# and F# are 5 > 3", "C# and F# are 5 > 3"),
        ("e\u0301te\u0301", "été"),
        ("hidden\u202eoverride\u202c", "hiddenoverride"),
        ("a .5 share", "a .5 share"),
        ("Acme™", "Acme™"),
        ("Est-ce vrai ? Oui !", "Est-ce vrai ? Oui !"),
        ("Voici :\u00a0\u00a0 un ; deux\u202f!", "Voici :\u00a0un ; deux\u202f!"),
        ("Bravo 🎉 🎉! Bien 🎉 !", "Bravo! Bien !"),
        ("Bravo **!", "Bravo!"),
        ("Save the file\nOpen the menu\n**Close** the door", None),
        ("Datei speichern\nMenü öffnen", None),
        ("Steps:\nSave the file\nOpen the menu.", None),
        ("ファイルを保存します\nメニューを開きます", None),
        ("保存所有文件\n打开设置菜单", None),
        ("파일을 저장합니다\n메뉴를 엽니다", None),
        (
            "Check the oil before you start the machine on a cold day\nWear gloves\nStop it",
            None,
        ),
    ],
)
def test_marks_go_and_words_stay(written: str, clean: str | None) -> None:
    """`None` stands for the written text without its emphasis: each line is a sentence."""
    assert clean_narration(written) == (written.replace("*", "") if clean is None else clean)


@pytest.mark.parametrize(
    "text",
    [
        "Welcome to the Acme\nDashboard",
        "Bitte öffnen Sie die\nEinstellungen und wählen Sie das neue\nFenster aus.",
        "Wählen Sie das neue\nFenster und das alte\nProgramm aus.",
        "Open the menu of the\nSettings\nPage",
        "You will learn how to plan the videos of a team, and then,\nApply will make them",
        "In this lesson you will learn how we plan, make and publish the films of our\nCompany",
        "今日は新しい設定を\n開いてください",
        "設定を開きます\nが、保存はしません。",
        "すぐに終わります\nので、お待ちください",
    ],
)
def test_wrapped_lines_stay_one_sentence(text: str) -> None:
    assert "\n" not in clean_narration(text)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Save the file\nOpen the menu\nClose the door"),
        ("ja", "保存します\n終了します"),
        ("ja", "はじめに、設定を開いてください\n次に、言語を選びます\n最後に保存します"),
        ("ko", "먼저, 설정을 엽니다\n그다음, 언어를 고릅니다"),
    ],
)
def test_lines_without_stops_are_sentences_everywhere(language: str, text: str) -> None:
    lines = text.split("\n")
    assert list(read_out(clean_narration(text), language).sentences) == lines
    assert chapter_title(text, language) == lines[0]
    shown = [cue.text for cue in scene_cues(text, (), 9.0, 0.0, language)]
    assert shown == lines
    assert [turn.text for turn in read_turns(text)] == lines


def test_long_lines_of_japanese_end_as_sentences_do() -> None:
    lines = [
        "これは検索エンジンの紹介ビデオであり私たちが一年かけて開発してきた成果をまとめたものです",
        "次の章では設定の手順を順番に説明していきますので画面を見ながら操作してみてください",
    ]
    assert list(read_out(clean_narration("\n".join(lines)), "ja").sentences) == lines


@pytest.mark.parametrize("blank", [" ", "\u3000", " \u3000"])
def test_a_blank_behind_a_japanese_sentence_ends_it_without_a_stop(blank: str) -> None:
    parts = ["はじめに設定を開いてください", "次に言語を選びます", "Acme を保存しますか"]
    cleaned = clean_narration(blank.join(parts))
    assert list(read_out(cleaned, "ja").sentences)[:2] == parts[:2]
    assert cleaned.split("\n") == parts
    assert clean_narration(cleaned) == cleaned
    assert "\n" not in clean_narration(
        f"終わります{blank}と言いました、設定は{blank}そのままです。"
    )


def test_signs_of_a_trademark_are_not_said() -> None:
    assert read_out("Acme™ and Foo®", "en").spoken == "Acme and Foo"
    said = read_out("Est-ce 1 vrai\u00a0? Bon ; 1 oui\u202f!", "fr").spoken
    assert said == "Est-ce un vrai? Bon; un oui!"


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("One. Two! Three? Four", ["One.", "Two!", "Three?", "Four"]),
        ("Dr. Smith met J. Doe at 3.5 km.", ["Dr. Smith met J. Doe at 3.5 km."]),
        ("He said no. Then he left.", ["He said no.", "Then he left."]),
        ("It is v. good, e.g. this.", ["It is v. good, e.g. this."]),
        ('"Stop." She left.', ['"Stop."', "She left."]),
        ("欢迎。今天很好！谢谢", ["欢迎。", "今天很好！", "谢谢"]),
        ("धन्यवाद। नमस्ते", ["धन्यवाद।", "नमस्ते"]),
        ("Title\nText goes on", ["Title", "Text goes on"]),
        ("Wait... what?", ["Wait... what?"]),
        ("", []),
    ],
)
def test_sentences_end_where_a_reader_stops(text: str, parts: list[str]) -> None:
    assert list(sentences(text)) == parts


@given(st.text() | st.text(alphabet="-*_`#>~ \n\t0a.—"))
@example("-\n0")
@example("``- 0")
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    once = clean_narration(text)
    assert clean_narration(once.replace("\n", "\n\n")) == once


@given(st.text(alphabet="abcdé '漢字かな한글"))
def test_words_without_marks_are_never_changed(text: str) -> None:
    assert clean_narration(text).split() == text.replace("é", "é").split()


@given(st.text())
def test_sentences_lose_no_letter(text: str) -> None:
    clean = clean_narration(text)
    assert "".join("".join(sentences(clean)).split()) == "".join(clean.split())


@given(st.text("ab.,-*_~`#>+•()[]!–— \t\n\u00a0\u200b\U0001f389é\u0301", max_size=12))
def test_a_text_without_marks_is_told_at_a_glance(text: str) -> None:
    assert clean_narration(text) == cleaning._cleaned(text)


@pytest.mark.parametrize(
    ("written", "cleaned"),
    [
        ("Press <b>OK</b> now.", "Press OK now."),
        ('A <span class="x">red <i>lamp</i></span> lights.', "A red lamp lights."),
        ("Close the <b> tag with </b> at the end.", "Close the <b> tag with </b> at the end."),
        ("First line.<br>Second line.", "First line. Second line."),
        ("If a < b and c > d, stop.", "If a < b and c > d, stop."),
        (
            "2**10 and 10**-3 are powers, **bold** is not.",
            "2**10 and 10**-3 are powers, bold is not.",
        ),
    ],
)
def test_tags_of_html_around_words_are_no_words(written: str, cleaned: str) -> None:
    assert clean_narration(written) == cleaned
