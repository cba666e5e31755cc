"""The page about the language compiles as it stands."""

from __future__ import annotations

import re
from pathlib import Path

from storyboard.compiler import compile_project
from storyboard.source.files import MemoryFiles

PAGE = Path(__file__).parents[2] / "docs" / "language.md"


def test_the_page_is_a_project_that_compiles() -> None:
    blocks = re.findall(r"^```\w+\n# (\S+)\n(.*?)^```", PAGE.read_text("utf-8"), re.M | re.S)
    assert {path for path, _ in blocks} >= {"storyboard.yaml", "locales/de/q1-training.po"}
    compilation = compile_project(MemoryFiles(dict(blocks)))
    assert compilation.report.diagnostics == ()
    english, german, composed = compilation.videos
    assert composed.compose is not None
    assert composed.compose.entry_ids == ("1_townhall",)
    assert english.name == "Acme training, Q1"
    assert [scene.id for scene in english.scenes] == [
        "welcome",
        "metrics",
        "feature-search",
        "outro",
    ]
    assert "legal" in [scene.id for scene in german.scenes]
    assert german.scenes[0].narration == "Willkommen zum Überblick über die Schulung von Acme."
    assert german.holds == ()
