"""A video that has no scene left is an error: sent, it would take all scenes from the studio's."""

from __future__ import annotations

import json
from typing import Any

import pytest

from storyboard.codes import Severity
from storyboard.compiler import Compilation, compile_project
from storyboard.source.diagnostic import Diagnostic
from storyboard.source.files import MemoryFiles

SAID = "Welcome to the tour of our new product."


def compiled(board: dict[str, Any], **others: Any) -> Compilation:
    files = {"tour.storyboard.yaml": {"name": "Tour", **board}, **others}
    return compile_project(MemoryFiles({path: json.dumps(data) for path, data in files.items()}))


def errors(made: Compilation) -> list[Diagnostic]:
    return [found for found in made.report.diagnostics if found.severity is Severity.ERROR]


def scene(**fields: Any) -> dict[str, Any]:
    return {"id": "a", "narration": SAID, **fields}


@pytest.mark.parametrize(
    "gone",
    [
        scene(when="{{ false }}"),
        scene(when=False),
        scene(for_each=[]),
        scene(for_each="{{ few }}"),
        {"include": "part.scenes.yaml", "when": "{{ few != [] }}"},
    ],
)
def test_no_scene_is_left(gone: dict[str, Any]) -> None:
    others = {"part.scenes.yaml": [SAID]}
    made = compiled({"scenes": [gone], "vars": {"few": []}}, **others)
    (finding,) = errors(made)
    assert finding.code == "no-scenes"
    assert finding.span is not None
    assert finding.span.file == "tour.storyboard.yaml"
    assert made.videos == ()
    assert [str(address) for address in made.unmade] == ["tour"]


def test_the_locales_without_scenes_are_named() -> None:
    made = compiled({"locales": ["en", "de"], "scenes": [scene(when="{{ locale == 'de' }}")]})
    (finding,) = errors(made)
    assert finding.message == "no scene is left of the video (in en)"
    assert [str(address) for address in made.unmade] == ["tour@en"]


def test_one_mistake_is_one_error_and_scenes_that_kaltura_writes_are_none() -> None:
    made = compiled({"scenes": [scene(when="{{ nobody }}")]})
    assert [found.code for found in made.report.diagnostics] == ["undefined-name"]
    composed = {"query": "How do I search?", "entryIds": ["1_abc"]}
    assert "no-scenes" not in {f.code for f in compiled({"compose": composed}).report.diagnostics}
    kept = compiled({"scenes": [scene(when=False), scene(id="b")]})
    assert kept.report.diagnostics == ()
