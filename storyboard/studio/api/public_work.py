"""Work for pages that have no session to send, as pictures: each network has one thread for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from starlette.requests import Request

from storyboard.studio.api.authentication import stranger_at, visit_of
from storyboard.studio.api.hard_work import HardWork

T = TypeVar("T")


async def made_for(request: Request, hard: HardWork, make: Callable[[], T]) -> T:
    """Return what is made, once the network that a request came from has its turn."""
    asker = stranger_at(visit_of(request))
    return await hard.do(asker.name, make, request.is_disconnected, at_once=1)
