"""What most commands need is imported without what few of them need."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def printed(code: str, folder: Path = ROOT) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
        cwd=folder,
    )
    return done.stdout.strip()


def test_opening_a_studio_imports_no_codecs() -> None:
    code = (
        "import sys, storyboard.studio.local; print({'av', 'numpy', 'uvicorn'} & set(sys.modules))"
    )
    assert printed(code) == "set()"


def test_asking_a_studio_imports_nothing_that_draws_on_terminals() -> None:
    code = (
        "import sys, storyboard.kaltura.client; print({'rich', 'pygments'} & set(sys.modules)); "
        "import httpx._main; print(httpx._main.main.name)"
    )
    assert printed(code).splitlines() == ["set()", "main"]


def test_checking_locales_without_a_region_imports_no_readers(tmp_path: Path) -> None:
    (tmp_path / "storyboard.yaml").write_text(
        "locales: [en, de]\navatars: {host: {templateId: jane, background: '#CEEEDB'}}\n"
    )
    (tmp_path / "storyboards").mkdir()
    (tmp_path / "storyboards" / "hello.yaml").write_text(
        "name: Hello\navatar: host\nscenes:\n"
        "  - {id: one, narration: We look at what the team has made for you this year.}\n"
    )
    heavy = "{'storyboard.narration.readers', 'storyboard.narration.spelling_variety'}"
    code = (
        "import sys; from storyboard.cli import run; run(['check']); "
        f"print({heavy} & set(sys.modules))"
    )
    *said, found = printed(code, tmp_path).splitlines()
    assert "warning[translation-missing]" in said[0], "it was checked"
    assert found == "set()"
