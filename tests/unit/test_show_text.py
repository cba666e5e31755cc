"""What `show` prints is a storyboard again, and compiles to the same payloads."""

from __future__ import annotations

from pathlib import Path

import pytest

from storyboard.compiler import compile_project
from storyboard.expand.texts import Leniency
from storyboard.source.files import MemoryFiles, ProjectFiles
from storyboard.views.show_json import payloads_of
from storyboard.views.show_text import render_videos_text

CASES = Path(__file__).parents[1] / "cases" / "compile"


@pytest.mark.parametrize(
    "case",
    [
        "composed",
        "compose",
        "forms",
        "guide-manual-storyboard",
        "localized-course",
        "loop-by-locale",
        "loops-conditions-includes",
        "smallest",
        "variables-by-strength",
    ],
)
def test_what_is_shown_compiles_to_the_same(case: str) -> None:
    compiled = compile_project(ProjectFiles(CASES / case), leniency=Leniency(fallback=True))
    assert compiled.videos
    for video in compiled.videos:
        text = render_videos_text([video], {}).partition("# POST")[0]
        files = MemoryFiles({"again.storyboard.yaml": text.encode()})
        again = compile_project(files)
        assert not again.report.has_errors, again.report
        assert payloads_of(again.videos[0], {}) == payloads_of(video, {})
        assert again.videos[0].address == video.address
