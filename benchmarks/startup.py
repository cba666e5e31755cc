"""What `storyboard --version` costs beside an import of click."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

from benchmarks.measuring import Row, in_turn


def measure() -> Iterator[Row]:
    """Compare whole processes, twenty times in turn after a warm-up."""

    def ours() -> None:
        subprocess.run(
            [sys.executable, "-m", "storyboard", "--version"], check=True, capture_output=True
        )

    def click() -> None:
        subprocess.run([sys.executable, "-c", "import click"], check=True)

    ours()
    click()
    mine, peer, ratio = in_turn(ours, click, rounds=20)
    detail = f"{mine * 1000:.0f} ms against {peer * 1000:.0f} ms"
    yield Row("storyboard --version / python -c 'import click'", ratio, "x", "≤ 1.3", detail)
