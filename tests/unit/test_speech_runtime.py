"""The runtime of the networks tells nobody that it runs, in whatever process loads it."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

from tests.support.project import ROOT
from tests.support.python_names import modules_with

_REPORTING = ("hibari", "onnxruntime")


def test_loading_the_network_leaves_no_file_behind(tmp_path: Path) -> None:
    code = "from storyboard.studio.voice.hibari_network import english_network as n; n()"
    variables = {k: v for k, v in os.environ.items() if k != "ORT_DISABLE_TELEMETRY"}
    variables |= {"HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path), "PYTHONPATH": str(ROOT)}
    subprocess.run([sys.executable, "-c", code], env=variables, check=True, timeout=60)
    assert list(tmp_path.iterdir()) == []


def test_what_loads_the_runtime_is_imported_in_one_way() -> None:
    found = []
    for path, tree in modules_with(*_REPORTING):
        for node in ast.walk(tree):
            if any(name.partition(".")[0] in _REPORTING for name in _imported(node)):
                found.append(f"{path.relative_to(ROOT)}:{node.lineno}")  # type: ignore[attr-defined]
    assert found == []


def _imported(node: ast.AST) -> list[str]:
    match node:
        case ast.Import(names=names):
            return [alias.name for alias in names]
        case ast.ImportFrom(module=str(module)):
            return [module]
        case ast.Call(func=ast.Name(id="import_module"), args=[ast.Constant(value=str(name))]):
            return [name]
        case _:
            return []
