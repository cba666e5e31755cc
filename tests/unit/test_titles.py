"""Titles of presenters: where they are told, and to whom; what of a plan and a film they change."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from storyboard.checks.studio_facts import StudioFacts
from storyboard.compiler import Compilation, compile_project
from storyboard.kaltura.objects import RemoteVideo
from storyboard.plan.shown import desired_shown, film_fingerprint, remote_shown
from storyboard.presenter_title import Title
from storyboard.source.files import MemoryFiles
from storyboard.video import Video
from storyboard.wire import TITLE, VideoStatus
from tests.support.compiling import compile_with
from tests.support.project import Project

PROJECT = """\
locales: [en]
titles: {jane: {name: Jane Miller, role: Host}}
"""
TOUR = """\
name: Tour
avatar: {templateId: jane, background: "#CEEEDB"}
scenes:
  - {id: one, narration: "Welcome to the tour of our new search engine."}
  - {id: two, narration: "It answers whole questions from today on."}
  - {id: three, avatar: adam, narration: "And I am glad to be here with you today."}
"""


def compiled(project: str = PROJECT, tour: str = TOUR, **options: Any) -> Compilation:
    files = {"storyboard.yaml": project, "tour.storyboard.yaml": tour}
    return compile_with(MemoryFiles(files), **options)


def video(project: str = PROJECT, tour: str = TOUR, *, here: bool = True) -> Video:
    compilation = compiled(project, tour, films_here=here)
    assert not compilation.report.has_errors, compilation.report.diagnostics
    return compilation.videos[0]


def sent(of: Video) -> list[Any]:
    scenes = of.payload(dict.fromkeys(of.avatars, "av1"))["scenes"]
    return [scene["narration"].get(TITLE) for scene in scenes]


def test_a_title_is_told_where_its_presenter_first_appears() -> None:
    assert sent(video()) == [{"name": "Jane Miller", "role": "Host"}, None, None]
    both = PROJECT.replace("}}", "}, adam: {name: Adam}}")
    assert sent(video(both)) == [{"name": "Jane Miller", "role": "Host"}, None, {"name": "Adam"}]


def test_another_studio_is_told_nothing_and_the_plan_says_so_once() -> None:
    plain, untold = video("locales: [en]\n", here=False), video(here=False)
    assert sent(untold) == [None, None, None]
    assert untold.fingerprint == plain.fingerprint
    assert film_fingerprint(untold, {}) == film_fingerprint(plain, {})
    assert (plain.drafts_only, untold.drafts_only) == ((), ("titles",))
    assert video().drafts_only == ()


def test_a_film_without_titles_is_what_it_was() -> None:
    here, other = video("locales: [en]\n"), video("locales: [en]\n", here=False)
    assert here.fingerprint == other.fingerprint
    assert film_fingerprint(here, {}) == film_fingerprint(other, {})


def test_a_changed_title_changes_the_film_and_its_own_scene_alone() -> None:
    before, after = video(), video(PROJECT.replace("Host", "Chair"))
    assert film_fingerprint(before, {}) != film_fingerprint(after, {})
    first, *others = zip(desired_shown(before).scenes, desired_shown(after).scenes, strict=True)
    assert first[0].fingerprint != first[1].fingerprint
    assert first[0].digests["narration"] != first[1].digests["narration"]
    assert all(old == new for old, new in others)


def test_what_the_studio_gives_back_is_what_was_told() -> None:
    told = video()
    body = told.payload(dict.fromkeys(told.avatars, "av1"))
    remote = RemoteVideo(
        "v1", told.name, "av1", tuple(body["scenes"]), VideoStatus.DRAFT, None, "", ""
    )
    assert remote_shown(remote, {"av1": told.avatar}).scenes[:2] == desired_shown(told).scenes[:2]


@pytest.mark.parametrize(
    ("title", "code", "where"),
    [
        ("{role: Host}", "missing-key", (2, 1)),
        ("{name: ''}", "wrong-length", (2, 1)),
        ("{name: '{{ nobody }}'}", "undefined-name", (2, 1)),
        (f"{{name: {'x' * 201}}}", "wrong-length", (2, 1)),
        ("{name: A, age: 4}", "unknown-key", (2, 1)),
        ("{name: 4}", "wrong-type", (2, 1)),
        ("Jane", "wrong-type", (2, 1)),
    ],
)
def test_a_bad_title_is_told_at_its_place(title: str, code: str, where: tuple[int, int]) -> None:
    for here in (True, False):
        project = f"locales: [en]\ntitles: {{jane: {title}}}\n"
        found = compiled(project, films_here=here).report.diagnostics
        assert [(d.code, d.span and d.span.line) for d in found] == [(code, where[0])], found


def test_titles_that_scenes_show_are_texts_to_translate(tmp_path: Path) -> None:
    titles = "{jane: {name: Jane, role: 'Head of {{ area }}'}, leo: {name: L}}"
    files = {
        "storyboard.yaml": f"locales: [en, de]\ntitles: {titles}\nvars: {{area: IT}}\n",
        "tour.storyboard.yaml": TOUR,
    }
    project = Project.of(tmp_path, files)
    assert project.run("locale", "sync").code == 0
    catalog = (tmp_path / "locales" / "de" / "storyboard.yaml.po").read_text()
    assert "titles" not in (tmp_path / "locales" / "de" / "tour.po").read_text()
    assert 'msgctxt "titles.jane.role"\nmsgid "Head of {area}"\n' in catalog
    assert 'msgctxt "titles.jane.name"' in catalog
    assert "leo" not in catalog
    (english, german) = compile_project(
        MemoryFiles(files), studio=StudioFacts(films_here=True)
    ).videos
    assert not any("titles" in hold.reason for hold in german.holds)
    assert german.scenes[0].title == english.scenes[0].title == Title("Jane", "Head of IT")


@pytest.mark.slow
def test_the_local_studio_is_told_once_and_gives_it_back(tmp_path: Path) -> None:
    project = Project.of(tmp_path, {"storyboard.yaml": PROJECT, "tour.storyboard.yaml": TOUR})
    assert project.run("apply", "--yes", "--no-generate").code == 0
    planned = project.run("plan", "--no-generate")
    assert "no changes" in planned.out, planned.out
    assert project.run("pull", "--check").code == 0
    exported = project.run("export", "--all", "-o", "out")
    assert exported.code == 0, exported.err
    [written] = (tmp_path / "out" / "storyboards").glob("*.yaml")
    assert 'titles:\n  jane: {name: "Jane Miller", role: Host}\n' in written.read_text()
    project.edit("storyboard.yaml", "Host", "Chair")
    changed = project.run("plan", "--no-generate")
    assert "scenes[one].title  Jane Miller, Host → Jane Miller, Chair" in changed.out, changed.out
