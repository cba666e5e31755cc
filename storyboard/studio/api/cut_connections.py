"""Ends a connection in the middle of an answer. Decides nothing about when."""

from __future__ import annotations

from starlette.types import Receive, Scope

DROP = "storyboard.drop"
"""The ASGI extension by which our server lets an application cut the connection."""

RESET = "storyboard.reset"
"""The same, with a reset (RST) in place of an orderly end."""


class Dropped(ConnectionResetError):
    """The connection was cut; only an in-process caller ever sees this."""


async def cut(scope: Scope, receive: Receive, why: str, way: str = DROP) -> None:
    """Cut the connection of a request, and return once it is; raises `Dropped` where none is."""
    drop = scope.get("extensions", {}).get(way)
    if drop is None:
        raise Dropped(why)
    drop()
    while (await receive())["type"] != "http.disconnect":
        pass
