"""The part of the control plane that moves in time: the clock, and snapshots to go back to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from typing import Any, Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from storyboard.errors import StudioError
from storyboard.studio.api.bodies import read_json, take_whole
from storyboard.studio.api.fields import Field, Kind, faults
from storyboard.studio.api.payloads import timestamp
from storyboard.studio.behavior.refusal import Refusal, StudioCode
from storyboard.studio.jobs import snapshots
from storyboard.studio.jobs.workspace import Workspace
from storyboard.studio.records.clock import AS_IT_IS, AdjustableClock, Setting
from storyboard.studio.records.seeding import plant

_YEARS: Final = 100 * 366 * 86_400
_CLOCK: Final[Mapping[str, Field]] = {
    "at": Field(Kind.TEXT),
    "advance": Field(Kind.NUMBER, minimum=-_YEARS, maximum=_YEARS),
    "stopped": Field(Kind.BOOLEAN),
}
_SEED: Final[Mapping[str, Field]] = {
    "seed": Field(Kind.TEXT, required=True, minimum=1, maximum=100),
    "at": Field(Kind.TEXT),
}


class TimeTravel:
    """The clock and the snapshots of one studio."""

    def __init__(self, workspace: Workspace, clock: AdjustableClock) -> None:
        self._workspace = workspace
        self._clock = clock

    async def clock(self, request: Request) -> Response:
        """`POST`: `at` (ISO 8601), `advance` (seconds), `stopped`; `DELETE`: the machine's time.

        A session that the new time expires is of no use afterwards: start another.
        """
        if request.method == "DELETE":
            await take_whole(request)
            await run_in_threadpool(self._set, lambda: AS_IT_IS)
        elif request.method == "POST":
            body = await read_json(request)
            wrong = faults(body, _CLOCK, refuse_unknown=True)
            if wrong:
                raise Refusal(StudioCode.VALIDATION_ERROR, "; ".join(wrong))
            setting = partial(
                self._clock.setting,
                at=_moment(body["at"]) if "at" in body else None,
                advance=body.get("advance", 0),
                stopped=body.get("stopped", False),
            )
            await run_in_threadpool(self._set, setting)
        now = {
            "now": timestamp(self._clock()),
            "offset": round(self._clock.offset, 3),
            "stopped": self._clock.is_stopped,
        }
        return JSONResponse(now)

    async def seed(self, request: Request) -> Response:
        """`POST`: ids come from `seed`, and times stand at `at`; `DELETE`: from chance again.

        The same requests after a reset then get the same answers, byte for byte.
        """
        body: dict[str, Any] = {}
        if request.method == "DELETE":
            await take_whole(request)
        else:
            body = await read_json(request)
            wrong = faults(body, _SEED, refuse_unknown=True)
            if wrong:
                raise Refusal(StudioCode.VALIDATION_ERROR, "; ".join(wrong))
        at = self._clock.setting(at=_moment(body["at"]), stopped=True) if "at" in body else None

        def keep() -> None:
            with self._workspace.control.changing() as tx:
                plant(tx, body.get("seed"))
                self._workspace.control.change(tx, **({} if at is None else {"time": at}))

        await run_in_threadpool(keep)
        return JSONResponse(body)

    def _set(self, setting: Callable[[], Setting]) -> None:
        """Set the clock of all servers, from the time that it shows when nobody else sets it."""
        with self._workspace.control.changing() as tx:
            self._workspace.control.follow(tx)
            self._workspace.control.change(tx, time=setting())

    async def listing(self, request: Request) -> Response:
        """List the snapshots."""
        found = await run_in_threadpool(snapshots.names, self._workspace)
        return JSONResponse({"objects": [{"name": name} for name in found]})

    async def snapshot(self, request: Request) -> Response:
        """`PUT` saves what there is under a name, `DELETE` forgets it."""
        await take_whole(request)
        name = _name(request)
        act = snapshots.save if request.method == "PUT" else snapshots.delete
        await run_in_threadpool(act, self._workspace, name)
        return JSONResponse({"name": name})

    async def load(self, request: Request) -> Response:
        """Bring a snapshot back; everything made since is gone."""
        await take_whole(request)
        name = _name(request)
        try:
            await run_in_threadpool(snapshots.load, self._workspace, name)
        except FileNotFoundError as cause:
            raise Refusal(
                StudioCode.SNAPSHOT_NOT_FOUND, f"There is no snapshot '{name}'"
            ) from cause
        except StudioError as cause:
            hint = f"; {cause.hint}" if cause.hint else ""
            raise Refusal(StudioCode.SNAPSHOT_NOT_SUPPORTED, f"{cause}{hint}") from cause
        return JSONResponse({"name": name})


def _name(request: Request) -> str:
    name: Any = request.path_params["name"]
    if not snapshots.NAME.fullmatch(name):
        raise Refusal(
            StudioCode.VALIDATION_ERROR, "name: must be lowercase letters, digits and hyphens"
        )
    return str(name)


def _moment(text: str) -> float:
    try:
        moment = datetime.fromisoformat(text)
        if moment.tzinfo is None:
            raise ValueError
        return moment.timestamp()
    except (ValueError, OverflowError) as cause:
        raise Refusal(
            StudioCode.VALIDATION_ERROR, "at: must be a moment such as 2026-01-31T12:00:00Z"
        ) from cause
