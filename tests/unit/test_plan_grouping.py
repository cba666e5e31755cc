"""A plan can be read: one cause is told once, blamed on what certainly made it, and 40 lines do."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from storyboard.compiler import compile_project
from storyboard.plan.grouping import group_plan
from storyboard.plan.plan import Plan, PlanOptions, make_plan
from storyboard.source.files import ProjectFiles
from storyboard.video import Hold, Video
from storyboard.views.plan_json import render_plan_json
from storyboard.views.plan_text import MOST_LINES, render_plan_text
from tests.support.plans import applied, current, remote
from tests.support.videos import video

SPOKEN = "Part {s} of module {n}: with {{{{ product }}}} you do step {s} in a better way."
FOREIGN = "Partie {s} du module {n} : avec {{product}} on fait le pas {s} bien mieux."
PROJECT = "locales: [en, de, fr]\n\nvars:\n  product: {product}\n"
HEADER = 'msgid ""\nmsgstr "Language: {tag}\\nContent-Type: text/plain; charset=UTF-8\\n"\n'
ENTRY = (
    '\n#, python-brace-format\nmsgctxt "s{s}.narration"\nmsgid "{source}"\nmsgstr "{translation}"\n'
)


def write_course(folder: Path, product: str) -> None:
    """A course of 15 storyboards × 3 locales × 12 scenes."""
    (folder / "storyboards").mkdir(exist_ok=True)
    (folder / "storyboard.yaml").write_text(PROJECT.format(product=product))
    for n in range(1, 16):
        board = f'name: "{{{{ product }}}} module {n}"\nscenes:\n'
        catalog = ""
        for s in range(1, 13):
            text = SPOKEN.format(s=s, n=n)
            board += f'  - id: s{s}\n    narration: "{text}"\n'
            source = text.replace("{{ product }}", "{product}")
            translation = FOREIGN.format(s=s, n=n)
            catalog += ENTRY.format(s=s, source=source, translation=translation)
        (folder / f"storyboards/module-{n:02}.yaml").write_text(board)
        for tag in ("de", "fr"):
            (folder / "locales" / tag).mkdir(parents=True, exist_ok=True)
            text = HEADER.format(tag=tag) + catalog
            (folder / f"locales/{tag}/module-{n:02}.po").write_text(text, encoding="utf-8")


def compiled(folder: Path) -> tuple[Video, ...]:
    compilation = compile_project(ProjectFiles(folder))
    assert not compilation.report.has_errors, compilation.report.diagnostics
    return compilation.videos


def planned(before: tuple[Video, ...], after: tuple[Video, ...], **options: bool) -> Plan:
    found = [remote(item, id=f"v{number}") for number, item in enumerate(before, 1)]
    return make_plan(after, applied(*before), current(*found), PlanOptions(**options))


@pytest.mark.slow
def test_a_changed_variable_of_a_course_is_told_once_and_by_its_place(tmp_path: Path) -> None:
    write_course(tmp_path, "Acme Cloud")
    before = compiled(tmp_path)
    write_course(tmp_path, "Zenith Cloud")
    plan = planned(before, compiled(tmp_path))
    text = render_plan_text(plan)
    assert len(text.splitlines()) <= MOST_LINES
    assert "~ update    45 videos" in text
    assert "* generate  45 films " in text
    assert "vars.product in 585 texts  storyboard.yaml:4" in text
    assert "[-Acme-]{+Zenith+}" in text
    assert "module-01.yaml:1" not in text
    full = render_plan_text(plan, full=True)
    assert full.count("[-Acme-]{+Zenith+}") == 585
    [cause] = {
        (item["cause"]["name"], item["cause"]["source"]["file"], item["cause"]["source"]["line"])
        for action in json.loads(render_plan_json(plan))["actions"]
        for item in action["changes"]
    }
    assert cause == ("vars.product", "storyboard.yaml", 4)


def definitions(folder: Path, before: str, after: str) -> list[str | None]:
    """Return what is named as the cause where five scenes change."""
    path = folder / "board.yaml"
    path.write_text(before, encoding="utf-8")
    was = compile_project(ProjectFiles(folder), paths=["board.yaml"]).videos
    path.write_text(after, encoding="utf-8")
    now = compile_project(ProjectFiles(folder), paths=["board.yaml"])
    assert not now.report.has_errors, now.report.diagnostics
    edits_found = group_plan(planned(was, now.videos)).edits
    return [edit.definition.name if edit.definition else None for edit in edits_found]


def board(text: str, **variables: str) -> str:
    values = "".join(f"  {name}: '{value}'\n" for name, value in variables.items())
    scenes = "".join(f"  - {{id: s{n}, narration: 'Scene {n}. {text}'}}\n" for n in range(5))
    return f"name: Board\nvars:\n{values}scenes:\n{scenes}"


USED = "All of it is made by {{ product }} for you."


@pytest.mark.parametrize(
    ("text", "variables", "cause"),
    [
        (USED, {"product": "Acme"}, "vars.product"),
        (USED, {"product": "{{ maker }} Cloud", "maker": "Acme"}, "vars.maker"),
        (USED, {"product": "Acme", "unread": "Acme"}, "vars.product"),
        ("Made by {{ product | upper }} for you and all.", {"product": "Acme"}, None),
        ("Acme says that {{ product }} is for you and all.", {"product": "Acme"}, None),
        (USED + " {{ other }}", {"product": "Acme", "other": "Acme"}, None),
    ],
    ids=["plain", "through another", "unread twin", "filter", "written beside it", "two at once"],
)
def test_a_variable_is_named_only_where_that_is_certain(
    tmp_path: Path, text: str, variables: dict[str, str], cause: str | None
) -> None:
    before = board(text, **variables)
    after = before.replace("Acme", "Zenith")
    assert definitions(tmp_path, before, after) == [cause]


def test_the_same_edit_by_hand_is_no_variables(tmp_path: Path) -> None:
    """Five authors' texts changed alike, while a variable of the new word stands by."""
    before = board("We thank Acme for {{ gift }} today.", gift="Zenith")
    after = before.replace("thank Acme", "thank Zenith")
    assert definitions(tmp_path, before, after) == [None]


def test_items_of_a_loop_are_told_as_one_edit(tmp_path: Path) -> None:
    before = (
        "name: Board\nvars:\n"
        "  items: [{n: 1, of: Acme}, {n: 2, of: Acme}, {n: 3, of: Acme}, {n: 4, of: Acme}]\n"
        'scenes:\n  - for_each: "{{ items }}"\n    id: "s{{ item.n }}"\n'
        '    narration: "Number {{ item.n }} was made by {{ item.of }} for you."\n'
    )
    assert definitions(tmp_path, before, before.replace("Acme", "Zenith")) == [None]


def test_held_videos_are_one_line_a_locale() -> None:
    holds = tuple(replace(TEXT, reason=f"'s{n}' is not translated") for n in range(3))
    held = [
        replace(video(f"m{n}@{tag}", "Not yet.", name=f"m{n}"), holds=holds)
        for n in range(20)
        for tag in ("de", "fr")
    ]
    lines = render_plan_text(make_plan(held, applied(), current())).splitlines()
    told = [line for line in lines if line.startswith("! hold")]
    assert [line.split()[2] for line in told] == ["de", "fr"]
    assert all("20 videos, 60 texts: m0@" in line for line in told)
    assert lines[-1].startswith("plan: 40 held")


GONE = Hold("the local studio has no entry '1_nope'", "media-missing", None)
OTHER = Hold("'clip.mp4' is not there", "media-missing", None)
TEXT = Hold("'hi.narration' is not translated", "translation-missing", None, catalog="de.po")


@pytest.mark.parametrize(
    ("holds", "told"),
    [
        ([(GONE,), (GONE,)], f"2 videos, {GONE.reason}: a0, a1"),
        ([(GONE,), (OTHER,)], f"2 videos, {GONE.reason} and 1 more reason: a0, a1"),
        ([(GONE, TEXT), (TEXT,)], f"2 videos, 2 texts, {GONE.reason}: a0, a1"),
        ([(TEXT,), (TEXT,)], "2 videos, 2 texts: a0, a1"),
        ([(GONE, OTHER)], f"{GONE.reason} and 1 more reason"),
        ([(GONE, TEXT)], f"{GONE.reason} and 1 text"),
        ([(TEXT, GONE)], f"{GONE.reason} and 1 text"),
        ([(TEXT, TEXT)], f"{TEXT.reason} and 1 more text"),
        ([(GONE,)], GONE.reason),
    ],
)
def test_held_videos_say_what_they_wait_for(holds: Sequence[tuple[Hold, ...]], told: str) -> None:
    held = [
        replace(video(f"a{n}", "Not yet.", name=f"a{n}"), holds=each)
        for n, each in enumerate(holds)
    ]
    text = render_plan_text(make_plan(held, applied(), current()))
    (line,) = [line for line in text.splitlines() if line.startswith("! hold")]
    assert f"  {told}" in line
    assert line.endswith(told) or f"{told}  " in line


def test_many_different_edits_fit_and_no_deletion_is_left_out() -> None:
    before = [video(f"m{n}", f"Text number {n} is here.", name=f"m{n}") for n in range(60)]
    gone = [video(f"z{n}", f"Other text {n} is here.", name=f"z{n}") for n in range(9)]
    after = [video(f"m{n}", f"Word{n} number {n} is here.", name=f"m{n}") for n in range(60)]
    plan = planned((*before, *gone), tuple(after), prune=True)
    text = render_plan_text(plan)
    assert len(text.splitlines()) <= MOST_LINES
    assert all(f"delete    z{n}" in text for n in range(9))
    assert "more entries: --full shows all" in text
    full = render_plan_text(plan, full=True)
    assert all(f"m{n} " in full for n in range(60))
    assert "more entries" not in full


def test_edits_of_others_are_never_left_out() -> None:
    before = [video(f"m{n}", f"Text number {n} is here.", name=f"m{n}") for n in range(60)]
    found = [remote(item, id=f"v{number}") for number, item in enumerate(before, 1)]
    found[55] = replace(found[55], scenes=({"narration": {"text": "Edited by somebody."}},))
    after = [video(f"m{n}", f"Word{n} number {n} is here.", name=f"m{n}") for n in range(55)]
    plan = make_plan([*after, *before[55:]], applied(*before), current(*found))
    assert "(edited in the studio)" in render_plan_text(plan)
