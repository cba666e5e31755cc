"""Compiles a project as a competent script would: the peer of `storyboard check`, a whole process.

`python -m benchmarks.compile_script FOLDER`. It reads YAML by `safe_load`, holds each storyboard
against the schema by `jsonschema.validate`, reads catalogs by Babel, renders texts by
`jinja2.Template`, and prints how many videos there are. It gives no positions, and finds only the
first mistake.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import jsonschema
import yaml
from babel.messages.pofile import read_po
from jinja2 import StrictUndefined, Template


def compile_folder(root: Path, schema: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the videos of a project."""
    project = yaml.safe_load((root / "storyboard.yaml").read_text())
    source, *others = project["locales"]
    videos = []
    for path in sorted((root / "storyboards").glob("*.yaml")):
        board = yaml.safe_load(path.read_text())
        jsonschema.validate(board, schema)
        for locale in (source, *others):
            texts = {} if locale == source else _texts(root / "locales" / locale, path.stem)
            scope = {**project["vars"], **board.get("vars", {}), "locale": locale}
            videos.append(_video(board, texts, scope))
    return videos


def _texts(folder: Path, name: str) -> dict[str, str]:
    """Return the translations of a storyboard by their contexts."""
    with (folder / f"{name}.po").open("rb") as file:
        catalog = read_po(file)
    return {str(m.context): str(m.string) for m in catalog if m.id and not m.fuzzy}


def _video(
    board: Mapping[str, Any], texts: Mapping[str, str], scope: Mapping[str, Any]
) -> dict[str, Any]:
    scenes = []
    for scene in board["scenes"]:
        translated = texts.get(f"{scene['id']}.narration")
        if translated is None:
            said = _rendered(scene["narration"], scope)
        else:
            said = translated.format(**scope) if "{" in translated else translated
        scenes.append({**scene, "narration": said})
    return {"name": _rendered(board["name"], scope), "scenes": scenes}


def _rendered(text: str, scope: Mapping[str, Any]) -> str:
    if "{{" not in text:
        return text
    return Template(text, undefined=StrictUndefined).render(scope)


if __name__ == "__main__":
    with Path(sys.argv[2]).open() as file:
        told = json.load(file)
    print(len(compile_folder(Path(sys.argv[1]), told)))
