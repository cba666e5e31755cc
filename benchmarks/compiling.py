"""Compiling 200 storyboards in 5 locales, beside the script that a competent user would write."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path

import jsonschema
import yaml
from jinja2 import StrictUndefined, Template

from benchmarks.measuring import Row, in_turn
from storyboard.compiler import compile_project
from storyboard.entry import relax_collector
from storyboard.source.files import ProjectFiles
from storyboard.source.schema import schema_text

BOARDS = 200
LOCALES = ("en", "de", "fr", "es", "it")
SCENES = 20


def write_project(root: Path) -> None:
    """Write the project: each storyboard has 20 scenes, a third of them with b-roll."""
    (root / "storyboards").mkdir()
    (root / "storyboard.yaml").write_text(
        f"locales: [{', '.join(LOCALES)}]\n"
        "avatars:\n  host: {templateId: jane, background: '#CEEEDB'}\n"
        "entries:\n  metrics: {entryId: 1_metrics0}\n"
        "vars: {product: Acme, quarter: Q1}\n"
    )
    for board in range(BOARDS):
        name = f"board-{board:03}"
        (root / "storyboards" / f"{name}.yaml").write_text(_storyboard(name))
        for locale in LOCALES[1:]:
            folder = root / "locales" / locale
            folder.mkdir(parents=True, exist_ok=True)
            (folder / f"{name}.po").write_text(_catalog(name, locale))
            (folder / f"{name}.yaml").write_text(_texts(name, locale))


def measure() -> Iterator[Row]:
    """Compile the same project both ways, in turn, with the collector as the program has it."""
    relax_collector()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        write_project(root)

        def ours() -> None:
            compilation = compile_project(ProjectFiles(root))
            assert len(compilation.videos) == BOARDS * len(LOCALES), len(compilation.videos)
            assert not compilation.report.has_errors

        def script() -> None:
            assert naive(root) == BOARDS * len(LOCALES)

        mine, peer, ratio = in_turn(ours, script, rounds=3)
    detail = f"{mine:.2f} s against {peer:.2f} s, {BOARDS} storyboards × {len(LOCALES)} locales"
    yield Row("compile / safe_load + validate + Template", 1 / ratio, "x", "≥ 5", detail)


def naive(root: Path) -> int:
    """Compile as a script would: load, validate, render every text, once a locale.

    It gives no positions, and reads its translations from YAML, since a script would.
    """
    schema = json.loads(schema_text("storyboard"))
    shared = yaml.safe_load((root / "storyboard.yaml").read_text())
    made = 0
    for path in sorted((root / "storyboards").glob("*.yaml")):
        board = yaml.safe_load(path.read_text())
        jsonschema.validate(board, schema)
        for locale in LOCALES:
            scope = {**shared["vars"], **board.get("vars", {}), "locale": locale}
            texts = {}
            if locale != LOCALES[0]:
                texts = yaml.safe_load((root / "locales" / locale / path.name).read_text())
            scenes = [
                _rendered({**scene, "narration": texts.get(scene["id"], scene["narration"])}, scope)
                for scene in board["scenes"]
            ]
            video = {"name": _render(board["name"], scope), "scenes": scenes}
            made += len(json.dumps(video)) > 0
    return made


def _render(text: str, scope: dict[str, object]) -> str:
    return Template(text, undefined=StrictUndefined).render(scope) if "{" in text else text


def _rendered(value: object, scope: dict[str, object]) -> object:
    if isinstance(value, str):
        return _render(value, scope)
    if isinstance(value, dict):
        return {key: _rendered(item, scope) for key, item in value.items()}
    return value


def _narration(board: str, scene: int) -> str:
    token = "{{ product }}" if scene % 3 == 0 else "our product"
    return f"In part {scene} of {board} we look at what {token} does for the teams that use it."


def _storyboard(name: str) -> str:
    lines = [f'name: "{{{{ product }}}} {name}, {{{{ quarter }}}}"', "avatar: host", "scenes:"]
    for scene in range(SCENES):
        lines.append(f"  - id: scene-{scene}")
        lines.append(f'    narration: "{_narration(name, scene)}"')
        if scene % 3 == 1:
            lines.append(f"    broll: {{entry: metrics, startTime: {scene * 3}}}")
    return "\n".join(lines) + "\n"


def _texts(name: str, locale: str) -> str:
    lines = (f'scene-{s}: "[{locale}] {_narration(name, s)}"' for s in range(SCENES))
    return "\n".join(lines) + "\n"


def _catalog(name: str, locale: str) -> str:
    blocks = ['msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n']
    for scene in range(SCENES):
        source = _narration(name, scene).replace("{{ product }}", "{product}")
        blocks.append(
            "#, python-brace-format\n"
            f'msgctxt "scene-{scene}.narration"\nmsgid "{source}"\nmsgstr "[{locale}] {source}"\n'
        )
    return "\n".join(blocks)
