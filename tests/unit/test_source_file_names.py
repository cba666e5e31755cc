"""Every text has a file name of its own, which every system takes."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storyboard.source.file_names import file_name

TEXTS = st.text(st.characters(), max_size=300)


@pytest.mark.parametrize("text", ["welcome", "welcome@pt-BR", "q1.2@zh-Hant", "führung", "漢字"])
def test_a_good_name_stays(text: str) -> None:
    assert file_name(text, ".mp4") == f"{text}.mp4"


@pytest.mark.parametrize(
    ("text", "begins"),
    [("a/b", "a-b-"), ("con", "_con-"), ("AUX.intro", "_AUX.intro-"), ("nul.", "_nul-"),
     ("what? no: <never>", "what-no-never-"), ("..", "--"), ("", "--"), (".git", "git-"),
     ("x" * 400, "x" * 180 + "-"), ("é" * 200, "é" * 90 + "-"), ("a\n\x1b[31mb", "a-[31mb-")],
)  # fmt: skip
def test_a_bad_name_is_mended_and_told_apart(text: str, begins: str) -> None:
    name = file_name(text, ".mp4")
    assert name.startswith(begins)
    assert name.endswith(".mp4")


def test_names_that_differ_by_case_alone_are_told_apart() -> None:
    every = ["1_AbC", "1_abc", "1_abd"]
    names = [file_name(text, ".png", beside=every) for text in every]
    assert len({name.casefold() for name in names}) == 3
    assert names[2] == "1_abd.png"


def test_one_text_in_two_forms_is_one_file() -> None:
    forms = [unicodedata.normalize(form, "führung") for form in ("NFC", "NFD")]
    assert len({file_name(text, ".mp4", beside=forms) for text in forms}) == 1


@given(TEXTS, TEXTS)
def test_other_texts_have_other_names(one: str, other: str) -> None:
    names = {file_name(text, ".mp4", beside=(one, other)).casefold() for text in (one, other)}
    same = {
        unicodedata.normalize("NFC", t.encode("utf-8", "replace").decode()) for t in (one, other)
    }
    assert len(names) == len(same)


@given(TEXTS)
def test_every_name_can_be_written(text: str) -> None:
    name = file_name(text, ".mp4")
    assert Path(name).name == name
    assert len(name.encode()) <= 220
    assert not name.startswith(".")
    assert "\0" not in name
    assert name.isprintable()
