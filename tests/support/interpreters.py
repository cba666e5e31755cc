"""Other Pythons on this machine: every one that the project says it runs on."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
_CLAIM = re.compile(r"Programming Language :: Python :: (3\.\d+)")


def claimed_pythons() -> tuple[str, ...]:
    """Return the versions that the package's classifiers name, such as `3.12`."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    return tuple(m[1] for text in project["classifiers"] if (m := _CLAIM.fullmatch(text)))


def find_python(version: str) -> Path | None:
    """Return an interpreter of that version that runs, None where this machine has none."""
    return next((path for path in _candidates(version) if _is(path, version)), None)


def _candidates(version: str) -> Iterator[Path]:
    yield Path(sys.executable)
    found = shutil.which(f"python{version}")
    if found:
        yield Path(found)
    pyenv = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv")
    yield from sorted(pyenv.glob(f"versions/{version}*/bin/python"), reverse=True)


def _is(path: Path, version: str) -> bool:
    """Run it: what pyenv puts on PATH is there for versions that nobody chose, and fails."""
    told = subprocess.run(
        [path, "-c", "import sys, venv; print('%d.%d' % sys.version_info[:2])"],
        capture_output=True,
        text=True,
    )
    return told.returncode == 0 and told.stdout.strip() == version
