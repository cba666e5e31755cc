"""Transcripts that are meant to exhaust a composer: the work grows with the text, not its square.

Counted in lines of Python that are run, which a slow machine does not change.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from types import FrameType
from typing import Any

import pytest

from storyboard.studio.compose.captions import read_captions
from storyboard.studio.compose.request import Source
from storyboard.studio.compose.sentences import Sentence, sentences_of
from storyboard.studio.compose.topics import topics_of


def lines_run(act: Callable[[], object]) -> int:
    """Return how many lines of our own code an act runs."""
    count = 0

    def look(frame: FrameType, event: str, _: Any) -> Any:
        nonlocal count
        if "/storyboard/" not in frame.f_code.co_filename:
            return None
        count += event == "line"
        return look

    before = sys.gettrace()
    sys.settrace(look)
    try:
        act()
    finally:
        sys.settrace(before)
    return count


def captions(lines: list[str]) -> str:
    return "".join(
        f"{n // 3600:02}:{n // 60 % 60:02}:{n % 60:02}.000 --> "
        f"{n // 3600:02}:{n // 60 % 60:02}:{n % 60:02}.900\n{line}\n\n"
        for n, line in enumerate(lines)
    )


def read(content: str) -> tuple[Sentence, ...]:
    return sentences_of(Source("1_talk0001", "talk", 9e4, read_captions(content)), 0)


HOSTILE = {
    "names": [f"Name {n}: we say a little here." for n in range(50)],
    "one name": ["Ann Lee: we say a little here and there."] * 50,
    "marks": [">> - >> - >> - we say: a: b: c: d: e:"] * 50,
    "no stops": ["and we say a little more of it here"] * 50,
    "doubles": ["the the the the the the the the the the"] * 50,
    "fillers": ["uh, um, uh, um, uh, um, uh, um, uh, um"] * 50,
    "brackets": ["((((([[[[[*****((((([[[[[*****"] * 50,
    "times": ["00:01 [00:02] (00:03) 00:04 00:05"] * 50,
    "rolling": ["one two three four five six seven"] * 50,
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_twice_the_captions_are_about_twice_the_work(kind: str) -> None:
    lines = [f"{line} b" for line in HOSTILE[kind]]
    read(captions(lines[:9]))
    once = lines_run(lambda: read(captions(lines)))
    assert lines_run(lambda: read(captions(lines * 2))) <= 2.6 * once + 5_000


@pytest.mark.parametrize(
    "piece", ["word ", "a: ", "[a](", "(a ", "*a ", "uh, ", "a b a b ", "漢", "00:01 ", ">> A: "]
)
def test_one_endless_line_is_about_its_length_of_work(piece: str) -> None:
    line, longer = (captions([piece * count]) for count in (150, 300))
    for each in (line, longer):  # what is loaded for the first time is no work on it
        read(each)
    once, twice = (lines_run(partial(read, each)) for each in (line, longer))
    assert twice <= 2.6 * once + 5_000


def test_topics_of_twice_the_sentences_are_about_twice_the_work() -> None:
    def work(count: int) -> int:
        words = ["ice", "tea", "pump", "hall", "roof", "lamp", "snow"]
        said = tuple(
            Sentence(f"{words[n % 7]} {words[n // 30 % 7]}", 0, n, 2.0) for n in range(count)
        )
        return lines_run(lambda: topics_of(said, 5))

    assert work(240) <= 2.6 * work(120)
