"""The hints that convert a clip name its files, and say what to write then."""

from __future__ import annotations

import pytest

from storyboard.checks.studio_facts import StudioFacts
from storyboard.compiler import compile_project
from storyboard.language.clip import Clip
from storyboard.language.conversion import conversion
from storyboard.source.files import MemoryFiles

HINTS = {
    "media/orders.mp4": "`ffmpeg -i media/orders.mp4 -r 30 media/orders-converted.mp4`, "
    "then write `media: media/orders-converted.mp4`",
    "my clip.mov": "`ffmpeg -i 'my clip.mov' -r 30 'my clip.mp4'`, then write `media: my clip.mp4`",
    "clip": "`ffmpeg -i clip -r 30 clip.mp4`, then write `media: clip.mp4`",
}


@pytest.mark.parametrize("path", HINTS)
def test_the_command_and_the_last_step(path: str) -> None:
    assert conversion(path) == HINTS[path]


def test_a_still_picture() -> None:
    made = "`ffmpeg -loop 1 -i a.png -t 30 -r 30 a.mp4`, then write `media: a.mp4`"
    assert conversion("a.png", is_still=True) == made


def test_the_check_of_the_frame_rate_names_the_file() -> None:
    board = (
        "name: Tour\nentries: {orders: {entryId: 1_a, media: media/orders.mp4}}\n"
        "scenes: [{narration: Welcome to the tour of our new search engine., broll: orders}]\n"
    )
    files = MemoryFiles({"tour.storyboard.yaml": board})
    compiled = compile_project(
        files, studio=StudioFacts(media=lambda stand_in, use: Clip(60.0, 24.0))
    )
    (found,) = compiled.report.diagnostics
    assert found.hint == f"convert it: {HINTS['media/orders.mp4']}"
