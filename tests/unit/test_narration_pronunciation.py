"""Words of a table are said as it tells, and their places are those of what is written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storyboard.narration.pronunciation import respelled, said_in, say_of
from storyboard.narration.read_out import read_out

SAY = say_of({"SQL": "sequel", "SQL Server": "sequel server", "Acme": "ACK-mee", "C#": "see sharp"})


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Use SQL, not MySQL or sql.", "Use sequel, not MySQL or sql."),
        ("The SQL\nServer by Acme's team", "The sequel server by ACK-mee's team"),
        ("C# and **SQL** and SQL2", "see sharp and **sequel** and SQL2"),
        ("SQLを使う", "sequelを使う"),
        ("_Acme_: (SQL)", "_ACK-mee_: (sequel)"),
    ],
)
def test_whole_words_are_said_the_longest_first_and_in_their_case(written: str, said: str) -> None:
    assert respelled(written, SAY) == said


def test_a_scene_has_the_rows_of_its_words_alone() -> None:
    assert said_in("SQL Server and Acme", SAY) == (
        ("SQL Server", "sequel server"),
        ("Acme", "ACK-mee"),
    )
    assert said_in("nothing", SAY) == said_in("SQL", ()) == ()


@pytest.mark.parametrize("word", ["", " ", "\n", " Acme ", "SQL\n Server", "(", "\\"])
def test_no_word_of_a_client_breaks_a_film(word: str) -> None:
    """The API takes any text, and a word of blanks was found everywhere."""
    say = ((word, "x"), ("Acme", "ACK-mee"))
    assert "ACK-mee" in respelled("We ( \\ at Acme SQL Server, Acme", say[::-1])
    assert said_in("nothing here", say) == ()
    assert respelled("nothing here", say[:1]) == "nothing here"


def test_what_is_said_is_read_out_too_and_its_places_are_the_written_ones() -> None:
    say = say_of({"Acme": "ACK-mee 5 %", "SQL": "sequel"})
    text = "It costs 5 €. Acme SQL grew 10 %."
    read = read_out(text, "en", say)
    assert read.spoken == "It costs five euros. ACK-mee five percent sequel grew ten percent."
    assert [(text[each.start : each.end], each.said) for each in read.changes] == [
        ("5 €", "five euros"),
        ("Acme", "ACK-mee five percent"),
        ("SQL", "sequel"),
        ("10 %", "ten percent"),
    ]


@given(st.text("Acme SQL#5%. €", max_size=40), st.sampled_from(["", "x", "a b 7 kg", "5 %"]))
def test_the_places_cover_the_written_text_in_order(text: str, said: str) -> None:
    say = say_of({"Acme": said or "y", "SQL": "5"})
    done = 0
    for each in read_out(text, "en", say).changes:
        assert done <= each.start < each.end <= len(text)
        done = each.end
