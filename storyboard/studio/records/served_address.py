"""Tells others on this machine where a workspace is served now, by a file in it."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from storyboard.disk.inside import FileRefused, files_below, read_inside
from storyboard.disk.writing import written_while
from storyboard.origins import AddressFault, origin_of
from storyboard.studio.records.owner import is_of_this_machine, is_surely_dead, this_process

_FOLDER = "serving"
_CONNECT_SECONDS = 1.0
_MAX_BYTES = 4096


@contextmanager
def announced(workspace: Path, url: str, voices: str = "") -> Iterator[None]:
    """Tell where the workspace is served, and by which voices, as long as the block runs."""
    note = workspace / _FOLDER / this_process(str(origin_of(url).port))
    with written_while(note, f"{url}\n{voices}".encode(), inside=workspace):
        yield


def address_of(workspace: Path) -> str | None:
    """Return the URL of a process that serves the workspace and takes connections, or `None`.

    A note that was written elsewhere is not believed: a file of a repository could send the
    workspace's secret to any host. Nobody else can name this machine as it runs now.
    """
    with suppress(OSError, FileRefused, ValueError):
        for note in sorted(files_below(workspace / _FOLDER, depth=0)):
            if not is_of_this_machine(note.name):
                continue
            if is_surely_dead(note.name):
                note.unlink(missing_ok=True)
                continue
            url = _told(note, workspace)[0]
            if _answers(url):
                return url
    return None


def served_voices(workspace: Path) -> frozenset[str]:
    """Return the voices of all who serve the workspace, on any machine; none where nobody does."""
    found = set()
    for note in files_below(workspace / _FOLDER, depth=0):
        with suppress(FileRefused, ValueError):
            if not (is_of_this_machine(note.name) and is_surely_dead(note.name)):
                found.add(_told(note, workspace)[1])
    return frozenset(found)


def _told(note: Path, workspace: Path) -> tuple[str, str]:
    url, _, voices = read_inside(note, workspace, _MAX_BYTES).decode().partition("\n")
    return url, voices


def _answers(url: str) -> bool:
    try:
        origin = origin_of(url)
        host = origin.host.removeprefix("[").removesuffix("]")
        socket.create_connection((host, origin.port), _CONNECT_SECONDS).close()
    except (OSError, AddressFault):
        return False
    return True
