"""What the console shows of the queue: what waits, and which process works on what. Reads only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from storyboard.studio.api.payloads import timestamp
from storyboard.studio.jobs.lookout import told_of
from storyboard.studio.jobs.workspace import Workspace
from storyboard.studio.records import live_workers, queue
from storyboard.studio.records.live_workers import Makes
from storyboard.studio.records.owner import process_of, this_machine
from storyboard.studio.records.queue import Held

MOST: Final = 200
"""How many jobs in work one look has at most."""

_SHOWN: Final = 6
"""Characters of a machine's name, which is a hash: enough to tell a few apart."""


class Work:
    """What the queue of one studio looks like now, to all processes that share it alike."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    async def look(self, request: Request) -> Response:
        """Tell of the lanes, and of each process that has jobs in hand."""
        return JSONResponse(await run_in_threadpool(self._told))

    def _told(self) -> dict[str, Any]:
        with self._workspace.store.read() as tx:
            lanes, held = queue.lanes(tx), queue.in_work(tx, MOST)
            unmet, alive = live_workers.unmet(tx), live_workers.alive(tx)
        return {
            "isDraining": self._workspace.draining.has_begun,
            "lanes": [
                {
                    "kind": lane.kind,
                    "waiting": lane.waiting,
                    "inWork": lane.in_work,
                    "oldest": None if lane.oldest is None else timestamp(lane.oldest),
                    "workers": _count_of(lane.kind, alive),
                    "withoutWorker": [told_of(each) for each in unmet if each.kind == lane.kind],
                }
                for lane in lanes
            ],
            "processes": _processes(held),
        }


def _count_of(kind: str, alive: Mapping[str, Sequence[Makes]]) -> int:
    """Return how many processes live that make jobs of a kind, with any composer."""
    return sum(any(each.kind == kind for each in makes) for makes in alive.values())


def _processes(held: list[Held]) -> list[dict[str, Any]]:
    by_process: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for job in held:
        told = {"kind": job.kind, "videoId": job.video_id, "attempt": job.attempt}
        jobs = by_process.setdefault(process_of(job.owner), [])
        jobs.append(told | {"startedAt": timestamp(job.started_at)})
    here = this_machine()
    return [
        {"machine": machine[:_SHOWN], "isHere": machine == here, "pid": pid, "jobs": jobs}
        for (machine, pid), jobs in sorted(by_process.items())
    ]
