"""What most commands need is imported without what few of them need."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def printed(code: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
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
