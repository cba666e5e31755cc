"""How this program is installed, and what else bears its name on this machine. Runs nothing."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from importlib.metadata import Distribution, distributions
from pathlib import Path
from typing import Final

from storyboard import __version__
from storyboard.commands.doctor_finding import Finding, Level
from storyboard.distribution import DISTRIBUTION
from storyboard.shell import word

_NAME: Final = "storyboard"
"""The package and the command, which distributions of other people have as well."""

_OURS: Final = b"storyboard.entry"
"""What the script of our command imports, whichever tool wrote it."""


def examine_installation(
    folders: Sequence[str] | None = None, path: str | None = None
) -> Iterator[Finding]:
    """Look for namesakes among the distributions of `folders`, and for the command on `path`.

    Both are what this process uses, if they are not given.
    """
    yield Finding(_NAME, Level.OK, __version__)
    for namesake in _namesakes(folders):
        yield Finding(
            "installation",
            Level.WARNING,
            f"the distribution '{namesake.name}' {namesake.version} is installed here too and has "
            f"a command or a package '{_NAME}'",
            f"remove it with: pip uninstall {word(namesake.name)}; then: "
            f"pip install --force-reinstall {DISTRIBUTION}",
        )
    command = shutil.which(_NAME, path=path)
    if command is not None and not _is_ours(Path(command)):
        hint = "put the folder of this one first in PATH, or run it by: python -m storyboard"
        text = f"the command '{_NAME}' on PATH is another program: '{command}'"
        yield Finding("command", Level.WARNING, text, hint)


def _namesakes(folders: Sequence[str] | None) -> Iterator[Distribution]:
    """Yield the distributions that put their files where ours are."""
    found = distributions() if folders is None else distributions(path=list(folders))
    for distribution in found:
        name = (distribution.name or "").lower().replace("_", "-")
        if name != DISTRIBUTION and (_has_command(distribution) or _has_package(distribution)):
            yield distribution


def _has_command(distribution: Distribution) -> bool:
    scripts = distribution.entry_points.select(group="console_scripts")
    return any(script.name == _NAME for script in scripts)


def _has_package(distribution: Distribution) -> bool:
    """Whether a file of it lies in the package; as text, since a hundred lists are long."""
    return f"\n{_NAME}/" in "\n" + (distribution.read_text("RECORD") or "")


def _is_ours(command: Path) -> bool:
    try:
        return _OURS in command.read_bytes()
    except OSError:
        return True
