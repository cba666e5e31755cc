"""All JSON that commands print is written in one way."""

from __future__ import annotations

import ast
import json
from pathlib import Path

import pytest

from storyboard.views.json_text import json_text
from storyboard.views.studio import render_faults_json

PACKAGE = Path(__file__).parents[2] / "storyboard"
PRINTING = sorted([*PACKAGE.glob("views/*.py"), *PACKAGE.glob("cli/*.py")])


def test_json_is_readable_in_every_language_and_can_always_be_written() -> None:
    text = json_text({"name": "Größe 日本 \ud800"})
    assert text == '{\n  "name": "Größe 日本 ?"\n}\n'
    text.encode()


def test_what_a_studio_kept_of_half_a_character_can_be_printed() -> None:
    text = render_faults_json([{"action": "video/add", "error": "\udcff"}])
    text.encode()
    assert json.loads(text) == [{"action": "video/add", "error": "?"}]


@pytest.mark.parametrize("path", PRINTING, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_no_other_module_indents_json(path: Path) -> None:
    calls = [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)]
    indenting = [
        call.lineno
        for call in calls
        if ast.unparse(call.func) == "json.dumps" and any(k.arg == "indent" for k in call.keywords)
    ]
    assert path.stem == "json_text" or not indenting
