"""Works for a studio that others serve: makes its films and compositions, on any machine.

A worker knows the studio by its folder, which every machine sees, and by its database. It answers
no request, and keeps nothing that the studio would miss.
"""

from __future__ import annotations

import asyncio
import signal
import threading
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Final, Unpack

from storyboard.errors import StudioError
from storyboard.shell import word
from storyboard.studio.jobs.runners import Renderers
from storyboard.studio.jobs.workspace import Workspace
from storyboard.studio.records.identity import find_identity
from storyboard.studio.records.served_address import served_voices
from storyboard.studio.voice.own_voices import voices_mark
from storyboard.studio.workspaces import Settings, open_workspace

_LOOK_SECONDS: Final = 0.5


class Worker:
    """Owns the renderers of one process, from `start` to `close`."""

    def __init__(self, workspace: Workspace, films: int | None) -> None:
        self.workspace = workspace
        self._renderers = Renderers(workspace, films, role="worker")

    @property
    def films(self) -> int:
        """Return how many films are made at once."""
        return self._renderers.films

    def start(self) -> None:
        """Take up jobs, first those that a killed process left."""
        self.workspace.blobs.sweep()
        self._renderers.start()

    def close(self) -> None:
        """Stop, and give unfinished jobs back to the queue: another worker takes them up."""
        self._renderers.close()
        self.workspace.close()

    def __enter__(self) -> Worker:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _to_begin(workspace: Path, *, is_elsewhere: bool) -> str:
    """Return what makes a workspace of a studio, which on another machine is no new one."""
    start = f"storyboard studio --workspace {word(workspace)}"
    if not is_elsewhere:
        return f"start it first: {start}"
    return (
        "copy 'identity.json' from the workspace of the studio's server, with its rights and time "
        f"(`cp -p`, `scp -p`), into {word(workspace)}; only if there is no studio yet, start it: "
        f"{start}"
    )


def open_worker(
    workspace: Path, *, films: int | None = None, **settings: Unpack[Settings]
) -> Worker:
    """Open a studio's workspace to work for it; raises `StudioError`, `UsageError`.

    One that is not there yet is not made: a worker beside it would wait for ever. Nor is one worked
    for with other voices: scenes of a film are made by whoever is free.
    """
    if find_identity(workspace) is None:
        raise StudioError(
            f"there is no studio in '{workspace}' to work for",
            hint=_to_begin(workspace, is_elsewhere=any(map(settings.get, ("database", "files")))),
        )
    opened = open_workspace(workspace, **settings)
    served = served_voices(workspace)
    if served and voices_mark(opened.voices) not in served:
        opened.close()
        raise StudioError(
            f"the studio in '{workspace}' has other voices than this worker",
            hint="give both the same folder: --voices FOLDER, or STORYBOARD_VOICES",
        )
    return Worker(opened, films)


def work(worker: Worker, ready: Callable[[], None], drain: float = 0.0) -> tuple[str, ...]:
    """Work until SIGINT or SIGTERM; `ready` is called once jobs are taken up.

    After SIGTERM the jobs in hand have `drain` seconds to end, unless a second signal comes.
    Returns the names of the signals that came.
    """
    over, hurried = threading.Event(), threading.Event()
    came: list[str] = []

    def told(number: int, _: FrameType | None) -> None:
        came.append(signal.Signals(number).name)
        if over.is_set() or number == signal.SIGINT:
            hurried.set()
        over.set()

    before = {each: signal.signal(each, told) for each in (signal.SIGINT, signal.SIGTERM)}
    try:
        with worker:
            ready()
            # A signal that another thread got is handled by this one, once it runs again.
            while not over.wait(_LOOK_SECONDS):
                pass
            asyncio.run(worker.workspace.draining.drain(drain, hurried.is_set))
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)
    return tuple(came)
