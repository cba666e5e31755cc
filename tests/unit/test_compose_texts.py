"""Captions and documents as people write them, and the names that are found for them."""

from __future__ import annotations

from pathlib import Path

import pytest

from storyboard.studio.compose.captions import read_captions
from storyboard.studio.compose.documents import (
    DocumentKind,
    read_document,
    recognize_document,
)
from storyboard.studio.compose.edges import LEANING, PARTED, closing, opening
from storyboard.studio.compose.markdown import markdown_text
from storyboard.studio.compose.naming import name_of
from storyboard.studio.compose.pace import reckoned_scenes
from storyboard.studio.compose.request import ComposeError, ComposeRequest, Cue, Format, Source
from storyboard.studio.compose.scenes import compose
from storyboard.studio.compose.sentences import sentences_of
from tests.support.passing_time import soon

WEBVTT = """\
\ufeffWEBVTT - a title
X-TIMESTAMP-MAP=LOCAL:00:00:00.000

NOTE
not --> spoken

STYLE
::cue(b) { color: red }

intro
00:00.250 --> 00:02.125 align:start position:0%
<v Ann Lee>Hello <b>all</b> &amp; welcome.</v>

00:02.125 --> 00:04.000
- [Music] >> BOB: So it begins <00:03.000><c.yellow>now</c>.

00:05.000 --> 00:04.000
this ends before it starts

1:00:00,500 --> 1:00:01,000
(APPLAUSE)
"""


def test_a_vtt_file_with_everything_in_it() -> None:
    one, other = read_captions(WEBVTT)
    assert one == Cue(0.25, 2.125, "Hello all & welcome.")
    assert (other.text, other.end, other.speaker) == ("So it begins now.", 4.0, "BOB")
    assert 2.125 < other.start < 3, "music is heard before"


def test_an_srt_file_without_blank_lines() -> None:
    text = "1\n00:00:01,000 --> 00:00:02,000\n{\\an8}One.\n2\n00:00:02,500 --> 00:00:03,000\nTwo.\n"
    assert read_captions(text) == (Cue(1.0, 2.0, "One."), Cue(2.5, 3.0, "Two."))


def test_captions_that_roll_up_say_everything_once() -> None:
    text = "WEBVTT\n\n00:00.000 --> 00:02.000\nthis is what I\n\n00:02.000 --> 00:04.000\n"
    text += "this is what I\nwanted to say\n\n00:04.000 --> 00:06.000\nwanted to say\ntoday\n"
    assert " ".join(cue.text for cue in read_captions(text)) == (
        "this is what I wanted to say today"
    )


def test_markdown_is_read_as_it_is_read_aloud() -> None:
    source = "---\ntitle: x\n---\n# Title\n\nA **bold** [link](http://a.b) to `code`.\n\n"
    source += "```\nno\n```\n| a | b |\n|---|---|\n1. First\n2. Second_word\n> Quoted\n"
    spoken = [line for line in markdown_text(source).splitlines() if line]
    assert spoken == ["A bold link to code.", "First", "Second_word", "Quoted"]


@pytest.mark.parametrize(
    "piece", ["[", "[a](", "<a", "![](", "```\n", "---\n", "<!--", "a. ", "漢"]
)
def test_what_is_meant_to_exhaust_a_reader_is_read_in_time(piece: str) -> None:
    with soon(10):
        text = markdown_text(piece * 40_000)
        sentences_of(Source("1_talk0001", "t", 0, (), text or piece * 40_000), 0)
        read_captions("00:00 --> 00:01\n" + piece * 40_000)


@pytest.mark.slow
@pytest.mark.parametrize(("paragraphs", "duration"), [(8_000, 600), (13_000, 60)])
def test_a_text_of_tiny_paragraphs_is_composed_in_time(paragraphs: int, duration: float) -> None:
    with soon(5):
        source = Source("1_talk0001", "t", 0, (), "a\n\n" * paragraphs)
        made = compose(ComposeRequest(Format.VIDEO_EXPLAINER, duration, (source,)))
    assert (
        0.9 * duration < sum(reckoned_scenes([s.narration for s in made.scenes])) < 1.1 * duration
    )


@pytest.mark.parametrize(
    ("head", "name", "kind"),
    [
        (b"%PDF-1.7", "a.txt", DocumentKind.PDF),
        (b"PK\x03\x04", "a.docx", DocumentKind.DOCX),
        (b"PK\x03\x04", "a.zip", None),
        (b"hello", "A.MD", DocumentKind.MARKDOWN),
        (b"hello", "a.text", DocumentKind.TEXT),
        (b"hel\0lo", "a.txt", None),
        (b"hello", "a.html", None),
        (b"hello", "noname", None),
    ],
)
def test_a_document_is_known_by_its_content(
    head: bytes, name: str, kind: DocumentKind | None
) -> None:
    assert recognize_document(head, name) is kind


def test_docx_and_pdf(tmp_path: Path) -> None:
    docx = pytest.importorskip("docx")
    pypdf = pytest.importorskip("pypdf")
    document = docx.Document()
    document.add_heading("Never spoken")
    document.add_paragraph("The battery keeps the lights on.")
    document.save(str(tmp_path / "a.docx"))
    text = read_document(tmp_path / "a.docx", DocumentKind.DOCX)
    assert text == "The battery keeps the lights on."
    writer = pypdf.PdfWriter()
    writer.add_blank_page(100, 100)
    writer.write(tmp_path / "a.pdf")
    assert read_document(tmp_path / "a.pdf", DocumentKind.PDF) == ""
    content = (tmp_path / "a.docx").read_bytes()
    (tmp_path / "a.docx").write_bytes(content[: len(content) // 2])
    with pytest.raises(ComposeError) as caught:
        read_document(tmp_path / "a.docx", DocumentKind.DOCX)
    assert caught.value.code == "document-unreadable"


def test_names_are_phrases_of_the_text() -> None:
    texts = ["The new search engine understands questions.", "Partners build on the search engine."]
    assert "earch engine" in str(name_of(texts))
    assert name_of(["... 123 ..."]) is None


@pytest.mark.parametrize(
    ("texts", "brief", "name"),
    [
        (
            ["We tested six small robots.", "Robots work at night.", "It took nine days, nine."],
            "",
            "Robots",
        ),
        (
            ["The robots and the robots walk.", "The labels were bad.", "The labels are good."],
            "what of the labels",
            "Labels",
        ),
        (
            [
                "Seitdem brauchen wir zwei Wärmepumpen für die Werkstatt.",
                "Die Wärmepumpen haben wir gekauft.",
                "Möchte die Werkstatt einfach nur heizen?",
            ],
            "",
            "Wärmepumpen",
        ),
        (["ロボットが棚を補充します。", "小型ロボットは夜に働きます。"], "", "ロボット"),
        (["김치는 유산균이 당을 먹으면서 익습니다.", "김치 냉장고는 차갑습니다."], "", "김치"),
        (["The report is in docs/a.md.", "The report was in docs/a.md."], "", "Report"),
    ],
)
def test_names_say_what_comes_back(texts: list[str], brief: str, name: str) -> None:
    assert name_of(texts, brief=brief) == name


GERMAN = (
    "heute geht es um die brandschutztür",
    "die brandschutztür schließt von selbst",
    "der riegel schließt auch",
    "die klappe schließt dann",
    "die tür schließt von selbst",
)
CLASS = (
    "Good morning, today we talk about photosynthesis in plants.",
    "The light reactions split water and release oxygen.",
    "The Calvin cycle fixes carbon dioxide into sugar.",
    "Plants store the sugar as starch in roots and in seeds.",
    "Respiration then burns the sugar to release the energy again.",
    "The rate of photosynthesis depends on light, on water and on temperature.",
    "Too much heat closes the stomata, and then less carbon dioxide enters.",
)


def test_a_name_is_no_verb_and_is_of_the_whole() -> None:
    """A class on photosynthesis was "Sugar": what announces it is not said in the film."""
    assert name_of(GERMAN) == "Brandschutztür"
    assert name_of(CLASS[1:], CLASS) == "Photosynthesis"
    cues = tuple(Cue(8.0 * n, 8.0 * n + 7, text) for n, text in enumerate(CLASS))
    source = Source("1_class", "class", 60.0, cues)
    made = compose(ComposeRequest(Format.VIDEO_EXPLAINER, 30.0, (source,), wants_name=True))
    assert made.name == "Photosynthesis"


@pytest.mark.parametrize(
    ("text", "begins", "ends"),
    [
        ("The labels were a disaster.", 0.0, 0.0),
        ("And so this was it.", LEANING, 0.0),
        ("This is why it works.", LEANING, 0.0),
        ("This quarter we sold more.", 0.0, 0.0),
        ("“But it was slow.”", LEANING, 0.0),
        ("So what comes next?", LEANING, LEANING),
        ("Das ist mehr als gedacht.", LEANING, 0.0),
        ("Das Haus ist warm.", 0.0, 0.0),
        ("C’est tout.", LEANING, 0.0),
        ("しかし、失敗でした。", LEANING, 0.0),
    ],
)
def test_what_a_passage_should_not_begin_or_end_with(text: str, begins: float, ends: float) -> None:
    [_, sentence] = sentences_of(Source("1_talk0001", "t", text=f"Before all that.\n\n{text}"), 0)
    assert (opening(sentence), closing(sentence)) == (begins, ends)


def test_a_part_of_a_sentence_is_no_beginning() -> None:
    long = "The first half of what there is to say, " * 8 + "is over."
    first, *others = sentences_of(Source("1_talk0001", "t", text=long), 0)
    assert (opening(first), closing(first)) == (0.0, PARTED)
    assert all(opening(other) == PARTED for other in others)
    assert closing(others[-1]) == 0.0


def test_an_item_of_several_lines_is_one_paragraph() -> None:
    text = "- One item that goes\n  on below.\n- Another.\n\nA paragraph.\n"
    assert markdown_text(text).split("\n\n") == [
        "One item that goes\non below.",
        "Another.",
        "A paragraph.",
    ]
