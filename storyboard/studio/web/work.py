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
from storyboard.studio.records.owner import host_of, process_of, this_machine
from storyboard.studio.records.queue import Held

MOST: Final = 200
"""How many jobs in work one look has at most."""


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
                    "workers": sum(_makes(lane.kind, each) for each in alive.values()),
                    "idle": _idle(lane.kind, alive, held),
                    "withoutWorker": [told_of(each) for each in unmet if each.kind == lane.kind],
                }
                for lane in lanes
            ],
            "processes": _processes(held, alive),
        }


def _makes(kind: str, makes: Sequence[Makes]) -> bool:
    """Whether a process makes jobs of a kind, with any composer."""
    return any(each.kind == kind for each in makes)


def _takes(kind: str, makes: Sequence[Makes]) -> bool:
    """Whether a process takes up jobs of a kind now: films, only where it can keep them."""
    stands_back = kind == queue.FILM and _makes(live_workers.STANDS_BACK, makes)
    return _makes(kind, makes) and not stands_back


def _idle(kind: str, alive: Mapping[str, Sequence[Makes]], held: Sequence[Held]) -> int:
    """Return how many live processes would take up a job of a kind, and have none in hand."""
    busy = {process_of(job.owner) for job in held if job.kind == kind}
    makers = {process_of(owner) for owner, makes in alive.items() if _takes(kind, makes)}
    return len(makers - busy)


def _processes(held: Sequence[Held], alive: Mapping[str, Sequence[Makes]]) -> list[dict[str, Any]]:
    """Return all that live, also those with nothing in hand, and those that hold a job."""
    owners = {process_of(owner): owner for owner in (*(job.owner for job in held), *alive)}
    said = {process_of(owner): makes for owner, makes in alive.items()}
    told = [_process(owner, said.get(key, ()), held) for key, owner in owners.items()]
    return sorted(told, key=lambda each: (each["host"], len(each["pid"]), each["pid"]))


def _process(owner: str, makes: Sequence[Makes], held: Sequence[Held]) -> dict[str, Any]:
    """Return what one process says of itself, and which jobs it has in hand."""
    told = {each.kind: each.needs for each in makes}
    key = machine, pid = process_of(owner)
    return {
        "host": host_of(owner),
        "pid": pid,
        "isHere": machine == this_machine(),
        "role": told.get(live_workers.ROLE),
        "version": told.get(live_workers.VERSION),
        "standsBack": told.get(live_workers.STANDS_BACK),
        "makes": [kind for kind in queue.KINDS if _takes(kind, makes)],
        "jobs": [
            {
                "kind": job.kind,
                "videoId": job.video_id,
                "attempt": job.attempt,
                "startedAt": timestamp(job.started_at),
            }
            for job in held
            if process_of(job.owner) == key
        ],
    }
