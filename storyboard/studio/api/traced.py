"""How each call of the API becomes a span: below the one that its client tells, if it does."""

from __future__ import annotations

from typing import Final

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from storyboard.studio.api.failures import is_api
from storyboard.studio.api.metrics import call_of
from storyboard.tracing.spans import HEADER, Side, Traces, spanning

_OUR_FAULT: Final = 500


class Traced:
    """Wraps the routes: the work that a call queues is part of its span."""

    def __init__(self, app: ASGIApp, traces: Traces) -> None:
        self._app = app
        self._traces = traces

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer within a span, if it is a call and traces go anywhere."""
        if scope["type"] != "http" or not (self._traces.is_on and is_api(scope["path"])):
            await self._app(scope, receive, send)
            return
        parent = Headers(scope=scope).get(HEADER, "")
        with spanning(self._traces.begin(scope["method"], parent, Side.ANSWERS)) as span:

            async def noted(message: Message) -> None:
                if message["type"] == "http.response.start":
                    span.note(status=message["status"])
                    if message["status"] >= _OUR_FAULT:
                        span.fail(str(message["status"]))
                await send(message)

            try:
                await self._app(scope, receive, noted)
            finally:
                span.call(f"{scope['method']} {call_of(scope)}")
