"""What is installed on this machine, and how much room it has. Asks no studio."""

from __future__ import annotations

import platform
import shutil
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final

from storyboard import __version__
from storyboard.commands.doctor_finding import Finding, Level

CORE: Final = ("pyyaml", "jsonschema", "jinja2", "httpx", "click", "babel", "rich")
STUDIO: Final = (
    *("starlette", "uvicorn", "av", "numpy", "thorvg-python", "hibari-tts", "onnxruntime"),
    *("espeakng-loader", "py3langid", "cryptography"),
)
"""The packages of the extra `studio`, which renders films on this machine."""

_GIB: Final = 2**30
_TIGHT_BYTES: Final = 2 * _GIB
_FULL_BYTES: Final = _GIB // 4


def examine_machine(root: Path, *, films_here: bool) -> tuple[Finding, ...]:
    """Look at Python, packages and disk; `films_here` where the films are made on this machine."""
    return (*_versions(), *_packages(films_here=films_here), _disk(root))


def _versions() -> Iterator[Finding]:
    python = ".".join(str(part) for part in sys.version_info[:3])
    yield Finding("storyboard", Level.OK, __version__)
    yield Finding("python", Level.OK, f"{python} on {platform.system()} {platform.machine()}")


def _packages(*, films_here: bool) -> Iterator[Finding]:
    installed = {name: _version(name) for name in (*CORE, *STUDIO)}
    shown = ", ".join(f"{name} {installed[name]}" for name in CORE)
    yield Finding("packages", Level.OK, shown)
    missing = [name for name in STUDIO if installed[name] is None]
    if not missing:
        shown = ", ".join(f"{name} {installed[name]}" for name in STUDIO)
        yield Finding("extra studio", Level.OK, shown)
        return
    level = Level.PROBLEM if films_here else Level.WARNING
    text = f"not installed: {', '.join(missing)}"
    yield Finding("extra studio", level, text, "pip install 'storyboard[studio]'")


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def _disk(root: Path) -> Finding:
    free = shutil.disk_usage(root).free
    text = f"{free / _GIB:.1f} GiB free"
    if free < _FULL_BYTES:
        return Finding("disk", Level.PROBLEM, text, "films, cache and state need room")
    if free < _TIGHT_BYTES:
        return Finding("disk", Level.WARNING, text, "films and their cache take gigabytes")
    return Finding("disk", Level.OK, text)
