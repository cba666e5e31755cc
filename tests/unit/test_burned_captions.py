"""Captions in the picture of a film: the cues of its files, to the frame, and only if wished."""

from __future__ import annotations

from dataclasses import replace
from math import ceil
from pathlib import Path

import pytest

from storyboard.caption_files import Cue
from storyboard.checks.studio_facts import StudioFacts
from storyboard.compiler import compile_project
from storyboard.plan.shown import film_fingerprint
from storyboard.presenter_title import Title
from storyboard.source.files import MemoryFiles
from storyboard.studio.film.caption_bands import CaptionBand, rows_above
from storyboard.studio.film.lower_thirds import lower_third
from storyboard.studio.film.make import make_film
from storyboard.studio.film.request import Film, FilmRequest, FilmScene, SceneTiming
from storyboard.studio.film.set_texts import scene_overlays
from storyboard.studio.stage.placement import Layout
from storyboard.video import Video
from tests.support.film_crew import SMALL, scene, small_crew
from tests.support.project import Project
from tests.unit.test_film_titles import area, changed

TOUR = """\
name: Tour
avatar: jane
scenes:
  - {id: one, narration: "Welcome to the tour of our new search engine."}
"""
REVIEW = """\
environments:
  review: {studio: local, burnCaptions: true}
  kaltura: {burnCaptions: true}
"""


def make(root: Path, *scenes: FilmScene, burned: bool, name: str) -> Film:
    request = FilmRequest(scenes, profile=SMALL, burns_captions=burned)
    output = root / f"{name}.mp4"
    return make_film(request, cache=root / "cache", output=output, crew=small_crew())


@pytest.mark.slow
def test_the_cues_of_the_files_are_in_the_picture_to_the_frame(tmp_path: Path) -> None:
    sentences = "Word word word word word. Other other other other. Third third third third."
    scenes = [replace(scene(1, who), narration=sentences) for who in ("jane", "adam")]
    plain = make(tmp_path, *scenes, burned=False, name="plain")
    film = make(tmp_path, *scenes, burned=True, name="burned")
    assert film.captions == plain.captions
    assert len(film.captions) >= 4
    masks = changed(film, plain)
    wanted = {
        frame
        for cue in film.captions
        for frame in range(ceil(cue.start * 25 - 1e-6), ceil(cue.end * 25 - 1e-6))
    }
    seen = {frame for frame, mask in enumerate(masks) if mask[120:].sum() > 20}
    ends = {each.start_frame for each in film.timeline}
    assert wanted - seen <= ends
    assert seen <= wanted
    assert not any(mask[:120].any() or mask[172:].any() for mask in masks)


def test_a_film_is_the_same_without_the_wish_and_made_once_with_it(tmp_path: Path) -> None:
    before = make(tmp_path, scene(), burned=False, name="one").path.read_bytes()
    assert make(tmp_path, scene(), burned=True, name="two").rendered_scenes == (0,)
    assert make(tmp_path, scene(), burned=True, name="two").rendered_scenes == ()
    assert make(tmp_path, scene(), burned=False, name="one").path.read_bytes() == before


def test_a_burned_in_line_runs_as_the_language_of_the_film_does() -> None:
    """By most of its own letters, an address in Hebrew began its line at the left."""

    def drawn(line: str, *, backwards: bool) -> bytes:
        band = CaptionBand((line,), 0, 50, area(Layout.FULL), "he", backwards)
        return band.draw()[0].tobytes()

    line = "\u05d0 Northwind"
    assert drawn(line, backwards=True) != drawn(line, backwards=False)
    request = FilmRequest(
        tuple(replace(scene(), narration=text) for text in ("שלום לכולם.", "Northwind GmbH א."))
    )
    timing, cue = SceneTiming(0, 50), Cue(0.0, 1.0, "Northwind GmbH א.")
    (shown,) = scene_overlays(request, 1, timing, [cue], Layout.FULL, small_crew(), "he")
    assert isinstance(shown, CaptionBand)
    assert shown.backwards


def test_no_caption_stays_for_an_instant_behind_a_cut() -> None:
    """The sentence before was read for three frames of a picture that the next one is said in."""
    cues = [Cue(0.25, 2.52, "One."), Cue(2.52, 4.13, "Two."), Cue(4.13, 5.6, "Three.")]
    shown = scene_overlays(
        FilmRequest((scene(),)), 0, SceneTiming(0, 150), cues, Layout.FULL, small_crew(), "en",
        [0, 60, 96],
    )  # fmt: skip
    assert [(each.first, each.end) for each in shown] == [(7, 60), (60, 104), (104, 140)]


@pytest.mark.parametrize("layout", list(Layout))
def test_captions_are_never_over_a_title_nor_over_who_presents(layout: Layout) -> None:
    where = area(layout)
    lines = ("W" * 42, "W" * 42)
    image, x, y = CaptionBand(lines, 0, 50, where, "en").draw()
    assert x >= 96
    assert x + image.shape[1] <= 1920 - 96
    assert where.left <= x <= x + image.shape[1] <= where.right
    assert y + image.shape[0] == 1080 - 54
    title = lower_third(Title("Jane", "Host"), 250, 25, where, rows_above(where), "en")
    band, _, top = title.draw()
    assert top + band.shape[0] < y


def of(environment: str, *, here: bool, tour: str = TOUR) -> Video:
    files = {"storyboard.yaml": REVIEW, "tour.storyboard.yaml": tour}
    compiled = compile_project(
        MemoryFiles(files), environment=environment, studio=StudioFacts(films_here=here)
    )
    assert not compiled.report.has_errors, compiled.report.diagnostics
    return compiled.videos[0]


def test_an_environment_decides_and_kaltura_never_gets_them() -> None:
    plain, review = of("local", here=True), of("review", here=True)
    assert film_fingerprint(plain, {}) != film_fingerprint(review, {})
    kaltura = of("kaltura", here=False)
    assert film_fingerprint(plain, {}) == film_fingerprint(kaltura, {})
    assert kaltura.drafts_only == ("burned-in captions",)
    assert not kaltura.burns_captions


@pytest.mark.slow
def test_a_draft_for_a_chat_has_its_captions_in_the_picture(tmp_path: Path) -> None:
    settings = REVIEW.replace("  review", "  local: {}\n  review")
    files = {"storyboard.yaml": settings, "tour.storyboard.yaml": TOUR}
    project = Project.of(tmp_path, files)
    assert project.run("apply", "--yes").code == 0
    first = (tmp_path / "films" / "tour.mp4").read_bytes()
    assert project.run("apply", "--yes", "-e", "review").code == 0
    burned = (tmp_path / "films" / "review" / "tour.mp4").read_bytes()
    assert first != burned
    assert "no changes" in project.run("plan").out
    assert "no changes" in project.run("plan", "-e", "review").out
    project.edit("storyboard.yaml", "local: {}", "local: {burnCaptions: true}")
    planned = project.run("plan")
    assert "the film would look or sound different" in planned.out, planned.out
    assert project.run("apply", "--yes").code == 0
    assert (tmp_path / "films" / "tour.mp4").read_bytes() == burned
