"""One rule says where sentences end: speech, captions, chapters and composing all follow it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storyboard.studio.compose.pace import Pace
from storyboard.studio.compose.sentences import split_sentences
from storyboard.studio.film.captions import chapter_title, scene_cues
from storyboard.studio.text.abbreviations import Abbreviation, abbreviations
from storyboard.studio.text.normalize import clean_narration
from storyboard.studio.text.readings import read_out
from storyboard.studio.text.sentences import sentences

CASES = [
    ("en", "See St. Peter today. Then go.", ["See St. Peter today.", "Then go."]),
    ("en", "Open Fig. 3 and pp. 3-5. Then go.", ["Open Fig. 3 and pp. 3-5.", "Then go."]),
    ("en", "It starts on Jan. 5 for us. Then go.", ["It starts on Jan. 5 for us.", "Then go."]),
    ("en", "He said no. Then he left.", ["He said no.", "Then he left."]),
    ("en", "We have 12. Then we go.", ["We have 12.", "Then we go."]),
    ("en", "The U.S. Army, etc. Then we go.", ["The U.S. Army, etc.", "Then we go."]),
    ("de", "Das ist Hr. Dr. Mai. Er lehrt.", ["Das ist Hr. Dr. Mai.", "Er lehrt."]),
    ("de", "Bis 2. Quartal, Abs. 3, gilt das.", ["Bis 2. Quartal, Abs. 3, gilt das."]),
    ("de", "In der Hauptstr. 5 sind 3 Mio. Euro.", ["In der Hauptstr. 5 sind 3 Mio. Euro."]),
    ("es", "En EE. UU. es así. Bien hecho.", ["En EE. UU. es así.", "Bien hecho."]),
    ("fr", "Voici M. Dupont, p. ex. ici. Merci.", ["Voici M. Dupont, p. ex. ici.", "Merci."]),
    ("zh", "欢迎。今天很好！谢谢", ["欢迎。", "今天很好！", "谢谢"]),
]


@pytest.mark.parametrize(("language", "text", "parts"), CASES)
def test_abbreviations_end_no_sentence(language: str, text: str, parts: list[str]) -> None:
    assert list(sentences(text, language)) == parts


@pytest.mark.parametrize(("language", "text", "parts"), CASES)
def test_captions_and_chapters_cut_where_speech_does(
    language: str, text: str, parts: list[str]
) -> None:
    cues = [cue.text.replace("\n", " ") for cue in scene_cues(text, (), 6.0, 0.0, language)]
    assert cues == parts
    assert chapter_title(text, language) == parts[0].rstrip(".。")


@pytest.mark.parametrize(("language", "text", "parts"), CASES)
def test_composing_cuts_no_sentence_that_speech_keeps_whole(
    language: str, text: str, parts: list[str]
) -> None:
    """Composing knows no language, so it may keep two together; it never cuts one in two."""
    cut = [part.text for part in split_sentences(text, Pace(4.0))]
    assert all(any(part in whole for whole in cut) for part in parts)


def test_a_text_without_capitals_ends_its_sentences_at_stops() -> None:
    text = "welcome to the course. today we look at three things! are you ready? let us go."
    assert len(sentences(text)) == 4


@given(st.text(alphabet="aAzZ0. \n!?…。\"')5"))
def test_only_white_space_is_lost(text: str) -> None:
    assert "".join("".join(sentences(text)).split()) == "".join(text.split())


@pytest.mark.parametrize("language", ["en", "de", "fr", "es"])
def test_each_abbreviation_of_the_table_is_read_and_keeps_its_sentence(language: str) -> None:
    for row in abbreviations(language):
        text = f"Xyzzy {row.short}. 5 xyzzy."
        if row.said and row.short not in ("UU",):
            spoken = read_out(text, language)
            assert row.said.rstrip(",") in spoken, (row, spoken)
        if row.before.name != "LOWER":
            assert sentences(text, language) == (text,), row


def test_a_row_tells_its_key() -> None:
    assert Abbreviation("z. B").key == "z.b"


@pytest.mark.parametrize(
    ("language", "written", "said"),
    [
        ("en", "St. Peter, Main St.", "Saint Peter, Main Street"),
        ("en", "Fig. 3, pp. 3-5, Jan. 5", "figure 3, pages 3-5, January 5"),
        ("de", "Hr. Mai, Hauptstr. 5, 3 Mio. Euro", "Herr Mai, Hauptstraße 5, 3 Millionen Euro"),
        ("de", "Abs. 3", "Absatz 3"),
        ("es", "en EE. UU. es", "en Estados Unidos es"),
    ],
)
def test_abbreviations_are_read_out(language: str, written: str, said: str) -> None:
    assert read_out(written, language) == said


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Two  \t blanks and\n a break", "Two blanks and a break"),
        ("**Bold** [link](https://x.io) 🎉", "Bold link"),
        ("A no\u00a0break space", "A no break space"),
    ],
)
def test_captions_show_what_is_spoken(written: str, shown: str) -> None:
    (cue,) = scene_cues(written, (), 2.0, 0.0, "en")
    assert cue.text == shown == clean_narration(written)
    assert chapter_title(written) == shown
