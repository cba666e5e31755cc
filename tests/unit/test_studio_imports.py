"""A studio that only answers is light: codecs and arrays come with the first film."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_opening_a_studio_imports_no_codecs() -> None:
    code = (
        "import sys, storyboard.studio.local; print({'av', 'numpy', 'uvicorn'} & set(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "set()"
