"""Ids are written as edits of the text: nothing else changes, in any style of YAML."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storyboard.commands.fmt import write_scene_ids
from storyboard.compiler import compile_project
from storyboard.source.files import MemoryFiles

STYLES = """\
# kept
name: X
scenes:
  - Welcome to the show, my friends.   # kept too
  - "Quoted: one {{ p }}"
  - >
    folded text
    over lines

    and paragraphs
  - |2
     keep this
  - plain text that
    goes on here
  -   # why
    narration: Something else.
    # inside
    broll: metrics@0:30
  - {narration: Flow me up, layoutType: full-screen}
  - id: own
    narration: has one
  - for_each: "{{ [1, 2] }}"
    narration: Item {{ item }} here.
  - narration: 2024 was good
  - "true"
vars: {p: 1}
entries: {metrics: 1_x}
"""

WRITTEN = """\
# kept
name: X
scenes:
  - id: welcome-to-the-show
    narration: Welcome to the show, my friends.   # kept too
  - id: quoted-one
    narration: "Quoted: one {{ p }}"
  - id: folded-text-over-lines
    narration: >
      folded text
      over lines

      and paragraphs
  - id: keep-this
    narration: |2
       keep this
  - id: plain-text-that-goes
    narration: plain text that
      goes on here
  -   # why
    id: something-else
    narration: Something else.
    # inside
    broll: metrics@0:30
  - {id: flow-me-up, narration: Flow me up, layoutType: full-screen}
  - id: own
    narration: has one
  - id: "item-here-{{ index }}"
    for_each: "{{ [1, 2] }}"
    narration: Item {{ item }} here.
  - id: "2024-was-good"
    narration: 2024 was good
  - id: "true"
    narration: "true"
vars: {p: 1}
entries: {metrics: 1_x}
"""


def write(files: dict[str, str], *paths: str) -> dict[str, str]:
    """Return the files with their ids; the law of all tests is checked on the way."""
    rewrites, report = write_scene_ids(MemoryFiles(files), paths or None)
    assert not report.has_errors
    new = {**files, **{rewrite.path: rewrite.after.decode() for rewrite in rewrites}}
    before, after = compile_project(MemoryFiles(files)), compile_project(MemoryFiles(new))
    assert [(v.address, v.fingerprint) for v in before.videos] == [
        (v.address, v.fingerprint) for v in after.videos
    ]
    assert [[s.id for s in v.scenes] for v in before.videos] == [
        [s.id for s in v.scenes] for v in after.videos
    ]
    if not paths:
        assert not any(r.changes for r in write_scene_ids(MemoryFiles(new))[0])
    return new


def test_every_style_of_scene() -> None:
    assert write({"storyboards/a.yaml": STYLES})["storyboards/a.yaml"] == WRITTEN


def test_line_ends_and_byte_order_mark_stay() -> None:
    text = "\ufeffname: A\r\nscenes:\r\n- Hello there\r\n- narration: more of it\r\n"
    new = write({"storyboards/a.yaml": text})["storyboards/a.yaml"]
    assert new == (
        "\ufeffname: A\r\nscenes:\r\n- id: hello-there\r\n  narration: Hello there\r\n"
        "- id: more-of-it\r\n  narration: more of it\r\n"
    )


def test_a_flow_list() -> None:
    text = "name: A\nscenes: [Hello there, {narration: more of it}]\n"
    assert write({"storyboards/a.yaml": text})["storyboards/a.yaml"] == (
        "name: A\nscenes: [{id: hello-there, narration: Hello there}, "
        "{id: more-of-it, narration: more of it}]\n"
    )


JSON_SCENES = ["Hello there", {"narration": "More of it"}, {"narration": "2024 was good"}]


@pytest.mark.parametrize("indent", [None, 2])
@pytest.mark.parametrize("ids", [{}, {"for_each": "{{ [1, 2] }}"}])
def test_json_stays_json(indent: int | None, ids: dict[str, str]) -> None:
    scenes = [*JSON_SCENES, {"narration": "Item here", **ids}]
    own = {"name": "A", "scenes": [*scenes, {"include": "shared/end.yaml"}]}
    files = {"storyboards/a.yaml": own, "shared/end.yaml": [JSON_SCENES[0]]}
    new = write({path: json.dumps(data, indent=indent) for path, data in files.items()})
    made = json.loads(new["storyboards/a.yaml"])["scenes"][:-1]
    assert [scene.pop("id") for scene in made] == [
        "hello-there",
        "more-of-it",
        "2024-was-good",
        "item-here-{{ index }}" if ids else "item-here",
    ]
    assert made == [{"narration": "Hello there"}, *scenes[1:]]
    assert json.loads(new["shared/end.yaml"])[0]["narration"] == "Hello there"
    assert not any(line.endswith(" ") for line in new["storyboards/a.yaml"].splitlines())


def test_a_flow_mapping_over_lines() -> None:
    text = "name: A\nscenes:\n  - {\n      narration: more of it\n    }\n"
    assert write({"storyboards/a.yaml": text})["storyboards/a.yaml"] == (
        "name: A\nscenes:\n  - {\n      id: more-of-it,\n      narration: more of it\n    }\n"
    )


def test_included_scenes_are_named_by_who_includes_them() -> None:
    files = {
        "storyboards/a.yaml": "name: A\nscenes:\n- Bye bye\n- include: shared/end.yaml\n",
        "shared/end.yaml": "- Bye bye\n",
    }
    new = write(files)
    assert new["shared/end.yaml"] == "- id: bye-bye-2\n  narration: Bye bye\n"
    only = write(files, "shared/end.yaml")
    assert only["storyboards/a.yaml"] == files["storyboards/a.yaml"]
    assert only["shared/end.yaml"] == new["shared/end.yaml"]


def test_what_is_included_twice_keeps_its_two_names() -> None:
    twice = "name: A\nscenes:\n- include: shared/end.yaml\n- include: shared/end.yaml\n"
    files = {"storyboards/a.yaml": twice, "shared/end.yaml": "- Bye bye\n"}
    assert write(files)["shared/end.yaml"] == "- Bye bye\n"


def test_ids_heal_a_storyboard_that_needs_them() -> None:
    files = {"storyboards/a.yaml": "name: A\nlocales: [en, de]\nscenes: [Hello to all of you.]\n"}
    codes = {d.code for d in compile_project(MemoryFiles(files)).report.diagnostics}
    assert "scene-id-needed" in codes
    new = {r.path: r.after for r in write_scene_ids(MemoryFiles(files))[0]}
    codes = {d.code for d in compile_project(MemoryFiles({**files, **new})).report.diagnostics}
    assert "scene-id-needed" not in codes


def test_nothing_is_written_where_there_are_errors() -> None:
    rewrites, report = write_scene_ids(MemoryFiles({"storyboards/a.yaml": "nam: A\nscenes: [Hi]"}))
    assert report.has_errors
    assert rewrites == ()


words = st.text("ab cdé日'\"#:-{}[]|>\n\t1", min_size=1, max_size=30).filter(str.strip)


@given(st.lists(words, min_size=1, max_size=5), st.sampled_from(("'", '"', "|", ">-", "key")))
def test_any_text_in_any_quotes(texts: list[str], style: str) -> None:
    def scene(text: str) -> str:
        flat = " ".join(text.split()).replace("{", "(").replace("}", ")")
        match style:
            case "'":
                return f"- '{flat.replace(chr(39), chr(39) * 2)}'\n"
            case '"':
                return f'- "{flat.replace(chr(34), chr(92) + chr(34))}"\n'
            case "key":
                return f"- narration: '{flat.replace(chr(39), chr(39) * 2)}'  # x\n"
            case _:
                return f"- {style}\n    {flat}\n    {flat}\n"

    text = "name: A\nscenes:\n" + "".join(scene(text) for text in texts)
    new = write({"storyboards/a.yaml": text})["storyboards/a.yaml"]
    assert new.count("id: ") >= len(texts)


@pytest.mark.parametrize("path", ["storyboards/none.yaml"])
def test_a_file_that_is_not_there(path: str) -> None:
    _, report = write_scene_ids(MemoryFiles({}), [path])
    assert report.has_errors
