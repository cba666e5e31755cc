"""Every module that looks for a sentence's end knows the same marks and the same closers."""

from __future__ import annotations

import ast

import pytest

from storyboard.catalogs.prose import is_prose
from storyboard.language.slips import find_slips
from storyboard.narration.sentences import sentences
from storyboard.sentence_marks import CLOSERS, MARKS, ends_with_mark
from storyboard.source.reader import read_document
from storyboard.studio.compose.edges import LEANING, closing
from storyboard.studio.compose.sentences import Sentence
from storyboard.studio.film.word_times import word_times
from storyboard.studio.voice.speech import Word
from tests.support.python_names import ESCAPES, modules_with


@pytest.mark.parametrize("mark", MARKS)
def test_a_mark_ends_a_sentence_with_and_without_a_closer(mark: str) -> None:
    for closer in ("", *CLOSERS):
        assert ends_with_mark(f"so{mark}{closer} ")
        assert sentences(f"so{mark}{closer} So") == (f"so{mark}{closer}", "So")
    assert not ends_with_mark(f"so{mark} so")


@pytest.mark.parametrize("mark", MARKS.replace(".", ""))
def test_a_value_that_ends_like_a_sentence_is_words(mark: str) -> None:
    assert is_prose(f"SO{mark}")
    assert is_prose(f"SO{mark}”")


def test_a_full_stop_makes_no_name_to_words() -> None:
    assert not is_prose("ACME INC.")
    assert not is_prose("(ACME INC.)")


@pytest.mark.parametrize("mark", MARKS)
def test_a_comment_behind_a_whole_sentence_is_a_comment(mark: str) -> None:
    for closer in ("", *CLOSERS.replace('"', "").replace("'", "")):
        text = f"name: n\nscenes:\n  - So it is{mark}{closer} # note\n"
        document, _ = read_document("a.storyboard.yaml", text)
        assert document is not None
        assert not [*find_slips(document, "storyboard")]


@pytest.mark.parametrize("closer", CLOSERS)
def test_a_question_that_is_closed_still_leans_on_its_answer(closer: str) -> None:
    assert closing(Sentence(f"Why?{closer}", 0, 0, 1.0)) == LEANING


@pytest.mark.parametrize("closer", CLOSERS)
def test_the_time_of_words_is_shared_out_at_a_closed_sentence(closer: str) -> None:
    said = [Word("x", 0.0, 1.0), Word("y", 3.0, 4.0)]
    times = word_times([f"aa.{closer}", "b", "c"], said, 4.0)
    assert times[1][0] == 3.0


def test_no_other_module_lists_the_marks() -> None:
    for path, tree in modules_with("”", "。", *ESCAPES):
        if path.name == "sentence_marks.py":
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                assert not {"”", "»"} <= set(node.value), f"{path.name}:{node.lineno}"
                assert not {"。", "؟"} <= set(node.value), f"{path.name}:{node.lineno}"
