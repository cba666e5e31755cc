"""The distribution that this package is installed as: its name, and how an extra is added to it.

Its name differs from the package's: `storyboard` on PyPI is somebody else's program.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

DISTRIBUTION: Final = "storyboard-as-code"

_TOOLS: Final = (
    ("pipx_metadata.json", f"pipx runpip {DISTRIBUTION} install"),
    ("uv-receipt.toml", "uv tool install"),
)
"""What pipx and uv leave in the environment of a program, and what adds to such an environment."""


def install_command(extra: str, prefix: Path | None = None) -> str:
    """Return the shell command that adds an extra to the environment in `prefix`, by default ours.

    `pip` alone would install it beside a program of pipx or uv, where it has no effect.
    """
    place = Path(sys.prefix) if prefix is None else prefix
    installing = next((how for mark, how in _TOOLS if (place / mark).is_file()), "pip install")
    return f"{installing} '{DISTRIBUTION}[{extra}]'"
