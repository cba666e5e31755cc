"""What is installed on this machine, and how much room it has. Asks no studio."""

from __future__ import annotations

import platform
import re
import shutil
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from typing import Final

from storyboard.commands.doctor_finding import Finding, Level
from storyboard.commands.doctor_installation import examine_installation
from storyboard.distribution import DISTRIBUTION, install_command

_REQUIREMENT: Final = re.compile(r"(?P<name>[\w.-]+)[^;]*(;.*\bextra == ['\"](?P<extra>\w+).*)?")

_GIB: Final = 2**30
_TIGHT_BYTES: Final = 2 * _GIB
"""What is called little: a few dozen films with their segments. A choice."""
_FULL_BYTES: Final = _GIB // 4


def examine_machine(root: Path, *, films_here: bool) -> tuple[Finding, ...]:
    """Look at Python, packages and disk; `films_here` where the films are made on this machine."""
    return (*examine_installation(), _python(), *_packages(films_here=films_here), _disk(root))


def _python() -> Finding:
    python = ".".join(str(part) for part in sys.version_info[:3])
    return Finding("python", Level.OK, f"{python} on {platform.system()} {platform.machine()}")


def _packages(*, films_here: bool) -> Iterator[Finding]:
    yield _installed("packages", "", Level.PROBLEM, f"pip install {DISTRIBUTION}")
    level = Level.PROBLEM if films_here else Level.WARNING
    yield _installed("extra studio", "studio", level, install_command("studio"))


def _installed(topic: str, extra: str, level: Level, hint: str) -> Finding:
    """Tell the versions of what an extra requires, or what of it is missing."""
    versions = {name: _version(name) for name in required_packages(extra)}
    if not versions:
        text = f"unknown: '{DISTRIBUTION}' runs from a folder and is not installed"
        return Finding(topic, Level.WARNING, text, hint)
    missing = [name for name, found in versions.items() if found is None]
    if missing:
        return Finding(topic, level, f"not installed: {', '.join(missing)}", hint)
    return Finding(topic, Level.OK, ", ".join(f"{name} {v}" for name, v in versions.items()))


def required_packages(extra: str = "") -> tuple[str, ...]:
    """Return what the distribution requires, or one of its extras; none where it is not installed.

    A folder on PYTHONPATH tells nothing of itself.
    """
    try:
        requirements = requires(DISTRIBUTION) or ()
    except PackageNotFoundError:
        return ()
    found = (_REQUIREMENT.fullmatch(requirement) for requirement in requirements)
    return tuple(m["name"].lower() for m in found if m and (m["extra"] or "") == extra)


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def _disk(root: Path) -> Finding:
    free = shutil.disk_usage(root).free
    text = f"{free / _GIB:.1f} GiB free"
    if free < _FULL_BYTES:
        return Finding(
            "disk", Level.PROBLEM, text, "free some space: films, cache and state need it"
        )
    if free < _TIGHT_BYTES:
        return Finding(
            "disk", Level.WARNING, text, "free some space: films and their cache take gigabytes"
        )
    return Finding("disk", Level.OK, text)
