"""All JSON that commands print is written in one way."""

from __future__ import annotations

import ast
import json

from storyboard.views.json_text import json_text
from storyboard.views.studio import render_faults_json
from tests.support.python_names import modules_with, nodes


def test_json_is_readable_in_every_language_and_can_always_be_written() -> None:
    text = json_text({"name": "Größe 日本 \ud800"})
    assert text == '{\n  "name": "Größe 日本 ?"\n}\n'
    text.encode()


def test_what_a_studio_kept_of_half_a_character_can_be_printed() -> None:
    text = render_faults_json([{"action": "video/add", "error": "\udcff"}])
    text.encode()
    assert json.loads(text) == [{"action": "video/add", "error": "?"}]


def test_one_module_indents_json() -> None:
    indenting = {
        path.stem
        for path, tree in modules_with("json.dumps")
        for call in nodes(tree)
        if isinstance(call, ast.Call) and path.parent.name in ("views", "cli")
        if ast.unparse(call.func) == "json.dumps" and any(k.arg == "indent" for k in call.keywords)
    }
    assert indenting == {"json_text"}
