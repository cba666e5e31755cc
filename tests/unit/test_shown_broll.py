"""Whether a scene shows its clip is decided in one way: by every rule, and by the local studio."""

from __future__ import annotations

from pathlib import Path

import pytest

from storyboard.checks.studio_facts import StudioFacts
from storyboard.codes import CODES
from storyboard.compiler import compile_project
from storyboard.language.clip import uses_of
from storyboard.source.files import ProjectFiles
from storyboard.stand_in import StandIn, Use
from storyboard.studio.jobs.film_requests import distinct_sources
from storyboard.video import Layout
from storyboard.wire import GUIDE, LATER, MAX_SOURCES
from tests.support.videos import scene, span, video

LEFTOVER = (
    "  - {narration: Welcome to these numbers of ours., layoutType: full-screen, broll: %s}\n"
)
SHOWN = "  - {narration: Here you see the clip with the number %d., broll: 1_clip%d}\n"


def codes_of(root: Path, text: str, profile: str = GUIDE) -> set[str]:
    text = f"name: Tour\navatar: jane\n{text}"
    (root / "tour.storyboard.yaml").write_text(text, encoding="utf-8")
    compilation = compile_project(ProjectFiles(root), studio=StudioFacts(profile=profile))
    return {found.code for found in compilation.report.diagnostics}


@pytest.mark.parametrize("layout", Layout)
@pytest.mark.parametrize("broll", [("1_a", 0.0), None])
def test_client_and_studio_agree_on_what_is_shown(
    layout: Layout, broll: tuple[str, float] | None
) -> None:
    told = scene("s", "Hello.", broll=broll, layout=layout)
    shown = [told.shown_broll.entry_id] if told.shown_broll else []
    assert distinct_sources([told.payload({})]) == shown


@pytest.mark.parametrize("layout", Layout)
def test_a_stand_in_is_used_as_b_roll_where_it_is_shown(layout: Layout) -> None:
    stand_in = StandIn("1_a", "a.mp4", span())
    told = video("q1", scene("s", "Hi.", broll=("1_a", 0.0), layout=layout), stand_ins=(stand_in,))
    shown = told.scenes[0].shown_broll is not None
    assert uses_of(told) == ((stand_in, Use.BROLL if shown else Use.NAMED),)


def test_a_clip_that_is_not_shown_is_none_of_the_sources(tmp_path: Path) -> None:
    scenes = "".join(SHOWN % (i, i) for i in range(MAX_SOURCES))
    assert "too-many-sources" not in codes_of(tmp_path, f"scenes:\n{scenes}{LEFTOVER % '1_other'}")
    assert "too-many-sources" in codes_of(tmp_path, f"scenes:\n{scenes}{SHOWN % (9, 9)}")


@pytest.mark.parametrize(
    ("entry", "start", "code"),
    [
        ("duration: 60", "@1:30", "broll-past-end"),
        ("duration: 60", "@0:59", "broll-budget"),
        ("duration: 60, frameRate: 24", "", "broll-frame-rate"),
    ],
)
def test_a_clip_that_is_not_shown_may_be_as_it_is(
    tmp_path: Path, entry: str, start: str, code: str
) -> None:
    head = f"entries: {{metrics: {{entryId: 1_metrics, {entry}}}}}\nscenes:\n"
    leftover = LEFTOVER % f'"metrics{start}"'
    assert code in codes_of(tmp_path, head + leftover.replace("full-screen", "broll"))
    assert code not in codes_of(tmp_path, head + leftover)


def test_a_clip_that_loops_needs_no_budget(tmp_path: Path) -> None:
    head = "entries: {metrics: {entryId: 1_metrics, duration: 60}}\nscenes:\n"
    text = head + LEFTOVER.replace("full-screen", "broll") % '"metrics@0:59"'
    assert "broll-budget" in codes_of(tmp_path, text)
    assert "broll-budget" not in codes_of(tmp_path, text, LATER)
    past = text.replace("0:59", "1:30")
    assert "broll-past-end" in codes_of(tmp_path, past, LATER)


def test_the_rules_of_clips_are_all_walked_here() -> None:
    named = {"broll-past-end", "broll-budget", "broll-frame-rate", "broll-needed"}
    assert {code for code in CODES if code.startswith("broll-")} == named
