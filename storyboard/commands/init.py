"""A first project: the files that `storyboard init` writes. Knows no command line."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from storyboard.commands.ignored_files import IGNORED
from storyboard.commands.schema import update_schemas
from storyboard.disk.writing import write_whole

_PROJECT: Final = """\
# yaml-language-server: $schema=.storyboard/schemas/project.schema.json
#
# What all storyboards of this project share.
avatars:
  host: {templateId: jane, background: "#CEEEDB"}
vars:
  product: Acme
"""

_STORYBOARD: Final = """\
# yaml-language-server: $schema=../.storyboard/schemas/storyboard.schema.json
id: welcome
name: "Welcome to {{ product }}"
avatar: host
scenes:
  - id: hello
    narration: "Hello, and welcome to {{ product }}. This film is a text file in git."
  - id: edit
    narration: Change a word here, apply again, and only this scene is rendered again.
"""


def new_project(directory: Path) -> tuple[Path, ...]:
    """Write the files that are not there yet, and schemas of this version; return their paths.

    Raises `OSError`, and what `update_schemas` raises.
    """
    written = [path for path, text in _files(directory) if _write_new(directory, path, text)]
    return (*written, *(directory / path for path in update_schemas(directory)))


def _files(directory: Path) -> Iterator[tuple[Path, str]]:
    yield directory / "storyboard.yaml", _PROJECT
    yield directory / "storyboards" / "welcome.yaml", _STORYBOARD
    yield directory / ".gitignore", IGNORED


def _write_new(directory: Path, path: Path, text: str) -> bool:
    if os.path.lexists(path):  # a link that leads nowhere is somebody's, too
        return False
    write_whole(path, text.encode(), inside=directory)
    return True
