"""How the passes hand on what they found: each thing once, by value, and no file read twice."""

from __future__ import annotations

import gc
import json
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from storyboard.commands.compiled_project import compile_request
from storyboard.commands.request import Request
from storyboard.compiler import compile_project, read_project
from storyboard.disk.inside import FileRefused
from storyboard.source.diagnostic import diagnose, one_a_place
from storyboard.source.files import MemoryFiles, ProjectFiles
from storyboard.source.schema import read_schema
from storyboard.source.span import Span
from tests.support.compiling import compile_with

SENTENCE = "Welcome to the tour of our new product."
BOARD = json.dumps({"name": "Tour", "scenes": [SENTENCE]})
PROJECT = json.dumps({"vars": {}, "environments": {"stage": {"studio": "local"}}})


class WatchedFiles(MemoryFiles):
    """Counts what is read, and keeps whether the collector was on."""

    def __init__(self, files: dict[str, bytes | str]) -> None:
        super().__init__(files)
        self.reads: Counter[str] = Counter()
        self.collecting: set[tuple[bool, tuple[int, int, int]]] = set()

    def read(self, relative: str) -> bytes:
        self.reads[relative] += 1
        self.collecting.add((gc.isenabled(), gc.get_threshold()))
        return super().read(relative)


def findings(boards: dict[str, Any], **options: Any) -> list[tuple[str, str]]:
    files = {path: json.dumps(value) for path, value in boards.items()}
    report = compile_with(MemoryFiles(files), **options).report
    return [(finding.code, finding.message) for finding in report.diagnostics]


def test_the_project_file_is_read_once_for_all_passes() -> None:
    files = WatchedFiles({"storyboard.yaml": PROJECT, "a.storyboard.yaml": BOARD})
    compile_project(files, project=read_project(files))
    assert files.reads == {"storyboard.yaml": 1, "a.storyboard.yaml": 1}


def test_an_included_file_among_the_storyboards_is_refused_in_any_order() -> None:
    scenes = [{"id": "hello", "narration": SENTENCE}]

    def found(including: str) -> list[tuple[str, str]]:
        board = {"name": "Tour", "scenes": [{"include": "b.storyboard.yaml"}]}
        return findings({f"{including}.storyboard.yaml": board, "b.storyboard.yaml": scenes})

    assert found("a") == found("c") == [("wrong-type", "the file takes a mapping, not a list")]


def test_a_command_reads_the_project_file_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "storyboard.yaml").write_text(PROJECT)
    (tmp_path / "a.storyboard.yaml").write_text(BOARD)
    reads: Counter[str] = Counter()
    read = ProjectFiles.read

    def counted(files: ProjectFiles, relative: str) -> bytes:
        reads[relative] += 1
        return read(files, relative)

    monkeypatch.setattr(ProjectFiles, "read", counted)
    compile_request(Request(tmp_path, environment="stage", shell={}))
    assert reads == {"storyboard.yaml": 1, "a.storyboard.yaml": 1}


def test_compiling_leaves_the_collector_as_it_is() -> None:
    before = (gc.isenabled(), gc.get_threshold())
    files = WatchedFiles({"storyboard.yaml": PROJECT, "a.storyboard.yaml": BOARD})
    compile_project(files)
    assert files.collecting == {before}


def test_the_program_has_the_collector_look_less_often() -> None:
    script = "import gc, storyboard.entry as e; e.relax_collector(); print(gc.get_threshold())"
    said = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert said.stdout.startswith("(100000,")


def test_a_missing_project_file_is_known_by_the_kind_of_refusal() -> None:
    class Elsewhere(MemoryFiles):
        def read(self, relative: str) -> bytes:
            if relative == "storyboard.yaml":
                raise FileRefused("nothing by that name in the store", missing=True)
            return super().read(relative)

    assert not compile_project(Elsewhere({"a.storyboard.yaml": BOARD})).report.diagnostics


def test_an_unrelated_error_hides_no_override_of_an_unknown_scene() -> None:
    board = {
        "name": "Tour",
        "locales": ["en", "de"],
        "scenes": [{"id": "a", "narration": SENTENCE}, {"id": "a", "narration": SENTENCE}],
        "localize": {"de": {"scenes": {"b": {"avatar": "jane"}}}},
    }
    found = {code for code, _ in findings({"a.storyboard.yaml": board})}
    assert found == {"duplicate-scene", "unknown-scene"}


def test_an_override_of_a_scene_that_could_not_be_had_is_no_mistake() -> None:
    board = {
        "name": "Tour",
        "locales": ["en", "de"],
        "scenes": [{"include": "shared/gone.yaml"}, {"id": "a", "narration": SENTENCE}],
        "localize": {"de": {"scenes": {"b": {"avatar": "jane"}}}},
    }
    assert {code for code, _ in findings({"a.storyboard.yaml": board})} == {"include-refused"}


def test_what_is_wrong_with_the_project_is_said_once_however_many_find_it() -> None:
    boards = {
        "storyboard.yaml": {"vars": {"who": "{{ nobody }}"}},
        "a.storyboard.yaml": {"name": "A", "locales": ["en", "de"], "scenes": []},
        "b.storyboard.yaml": {"name": "B", "locales": ["fr"], "scenes": []},
    }
    boards["a.storyboard.yaml"]["localize"] = {"de": {"vars": {"who": "us"}}}
    found = findings(boards)
    assert [code for code, _ in found if code == "undefined-name"] == ["undefined-name"]
    assert found[-1][1].endswith("(in en, fr)")


def test_who_knows_more_of_a_place_speaks_first_and_alone() -> None:
    here, there = Span("a", 1, 1, 1, 2), Span("a", 2, 1, 2, 2)
    first = [diagnose("when", "knows", here), diagnose("for-each", "knows too", here)]
    second = [diagnose("scene-id", "knows less", here), diagnose("timecode", "elsewhere", there)]
    nowhere = [
        diagnose("bad-format", "has no place", None),
        diagnose("wrong-type", "nor this", None),
    ]
    kept = one_a_place(first, second, nowhere)
    assert [finding.code for finding in kept] == [
        "when",
        "for-each",
        "timecode",
        "bad-format",
        "wrong-type",
    ]


def test_a_broken_avatar_is_one_mistake_however_many_scenes_show_it() -> None:
    board = {
        "name": "Tour",
        "vars": {"shade": "green"},
        "avatars": {"host": {"templateId": "jane", "background": "{{ shade }}"}},
        "scenes": [
            {"avatar": "host", "narration": SENTENCE},
            {"avatar": "host", "narration": "W" + SENTENCE},
        ],
    }
    found = findings({"a.storyboard.yaml": board})
    assert [code for code, _ in found] == ["bad-format"]


WRONG: dict[tuple[str, ...], Any] = {
    ("name",): "x" * 501,
    ("avatar",): {"templateId": "nobody", "background": "#CEEEDB"},
    ("compose",): {"formatType": "song", "duration": 60, "entryIds": ["1_a"]},
    ("say",): {"SQL": ""},
    ("titles",): {"jane": {"name": ""}},
    ("scenes", "id"): "Not An Id",
    ("scenes", "layoutType"): "sideways",
    ("scenes", "narration"): "x" * 5001,
    ("scenes", "avatar"): {"templateId": "jane", "background": {"type": "color", "color": "no"}},
    ("scenes", "broll"): {"entryId": "1_a", "startTime": 86401},
}
"""For each field that has a free value: one that only the schema `video` refuses."""


@pytest.mark.parametrize("way", WRONG, ids=".".join)
def test_the_published_schema_decides_on_every_resolved_field(way: tuple[str, ...]) -> None:
    """A value that a variable brings is seen by no schema of files."""
    board: dict[str, Any] = {"name": "Tour", "vars": {"x": WRONG[way]}}
    scene: dict[str, Any] = {"id": "a", "narration": SENTENCE}
    owner = scene if way[0] == "scenes" else board
    owner[way[-1]] = "{{ x }}"
    if way != ("compose",):
        board["scenes"] = [scene]
    compilation = compile_project(MemoryFiles({"a.storyboard.yaml": json.dumps(board)}))
    assert compilation.report.has_errors
    assert not compilation.videos


def test_those_are_all_free_fields_of_the_schema() -> None:
    schema = read_schema("video")
    free = {(key,) for key in schema["properties"]} - {("id",), ("locale",), ("scenes",)}
    free |= {("scenes", key) for key in schema["definitions"]["scene"]["properties"]}
    assert free - {("protect",)} == WRONG.keys()
