"""Slides of presentations: how many there are, what they say, and what they look like.

A presentation is a PDF among the documents. Its pages are drawn by PDFium in a process of their
own, which what was uploaded may crash, and nothing else.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Sequence
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from storyboard.distribution import install_command
from storyboard.studio.compose.documents import count_pages, read_pages
from storyboard.studio.compose.request import ComposeError
from storyboard.studio.film.cache import Cache, digest
from storyboard.studio.film.request import FilmError
from storyboard.studio.jobs.entry_files import path_of
from storyboard.studio.jobs.workspace import Workspace
from storyboard.studio.records.entries import Entry

SECONDS: Final = 30.0
"""For one slide; one that takes longer was made to."""

_KIND: Final = "slides"
_VERSION: Final = 1


def is_presentation(entry: Entry) -> bool:
    """Return whether an entry has slides."""
    return entry.is_document and entry.blob.endswith(".pdf")


def slides_flavor(entry_id: str) -> str:
    """Return the id of the flavor asset that stands for an entry's slides: the entry's only one."""
    return entry_id.replace("_", "_f", 1)


def slide_broll(entry_id: str | None, index: int) -> dict[str, Any]:
    """Return a scene's b-roll that shows a slide."""
    return {
        "type": "slide",
        "entryId": entry_id,
        "flavorAssetId": slides_flavor(entry_id or ""),
        "index": index,
        "slideImageName": f"slide-{index}.png",
    }


def slide_texts(
    workspace: Workspace, entry: Entry, indexes: Sequence[int] | None
) -> Iterator[tuple[int, str]]:
    """Yield number and words of the slides asked for, of all for `None`; raises `ComposeError`."""
    pages = read_pages(path_of(workspace, entry))
    for index in range(len(pages)) if indexes is None else indexes:
        if index < len(pages):
            yield int(index), pages[int(index)]


def slide_picture(workspace: Workspace, entry: Entry, index: int) -> Path:
    """Return the PNG of a slide, drawn the first time; raises `FilmError`."""
    cache, key = Cache(workspace.cache), digest(_VERSION, entry.sha256, index)
    kept = cache.find(_KIND, key, ".png")
    if kept is not None:
        return kept
    with cache.writing(_KIND, key, ".png") as part:
        _draw(path_of(workspace, entry), index, part)
    return cache.path(_KIND, key, ".png")


def _draw(source: Path, index: int, picture: Path) -> None:
    if find_spec("pypdfium2") is None:
        raise FilmError(
            "documents-not-installed",
            f"the package 'pypdfium2' draws slides: {install_command('documents')}",
        )
    command = [sys.executable, "-I", "-m", "storyboard.studio.film.slide_drawing"]
    words = [*command, str(source), str(index), str(picture)]
    try:
        drawn = subprocess.run(words, capture_output=True, timeout=SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired) as cause:
        raise FilmError("slide-unreadable", f"slide {index} cannot be drawn: {cause}") from cause
    if drawn.returncode or not picture.stat().st_size:
        why = drawn.stderr.decode("utf-8", "replace").strip().rpartition("\n")[2]
        raise FilmError("slide-unreadable", f"slide {index} cannot be drawn: {why or 'it crashed'}")


def count_slides(workspace: Workspace, entry: Entry) -> int:
    """Return how many slides an entry has; none where it is no presentation that can be read."""
    if not is_presentation(entry):
        return 0
    return _pages_of(path_of(workspace, entry))


@lru_cache(maxsize=4096)
def _pages_of(path: Path) -> int:
    """Return how many pages a file has that is named by its content; 0 where it cannot be read.

    Each save of a video asks. A large file takes tenths of a second, and many scenes may show it.
    """
    try:
        return count_pages(path)
    except ComposeError:
        return 0
