"""Tells others on this machine where a workspace is served now, by a file in it."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from storyboard.origins import AddressFault, origin_of
from storyboard.studio.records.owner import is_of_this_machine, is_surely_dead, this_process

_FOLDER = "serving"
_CONNECT_SECONDS = 1.0


@contextmanager
def announced(workspace: Path, url: str) -> Iterator[None]:
    """Tell where the workspace is served, as long as the block runs."""
    folder = workspace / _FOLDER
    folder.mkdir(exist_ok=True)
    note = folder / this_process(str(origin_of(url).port))
    note.write_text(url)
    try:
        yield
    finally:
        note.unlink(missing_ok=True)


def address_of(workspace: Path) -> str | None:
    """Return the URL of a process that serves the workspace and takes connections, or `None`.

    A note that was written elsewhere is not believed: a file of a repository could send the
    workspace's secret to any host. Nobody else can name this machine as it runs now.
    """
    with suppress(OSError):
        for note in sorted((workspace / _FOLDER).iterdir()):
            if not is_of_this_machine(note.name):
                continue
            if is_surely_dead(note.name):
                note.unlink(missing_ok=True)
                continue
            url = note.read_text()
            if _answers(url):
                return url
    return None


def _answers(url: str) -> bool:
    try:
        origin = origin_of(url)
        host = origin.host.removeprefix("[").removesuffix("]")
        socket.create_connection((host, origin.port), _CONNECT_SECONDS).close()
    except (OSError, AddressFault):
        return False
    return True
