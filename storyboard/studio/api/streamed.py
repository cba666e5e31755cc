"""Sends what may end too early: where a file lies, or who speaks, can fail at any piece."""

from __future__ import annotations

import logging
from collections.abc import AsyncGenerator, Generator, Iterator, Mapping

from starlette.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

from storyboard.studio.api.cut_connections import cut
from storyboard.studio.api.failures import without_sessions
from storyboard.studio.behavior.refusal import Refusal
from storyboard.studio.records.file_store import FilesError

Pieces = AsyncGenerator[bytes, None] | Generator[bytes, None, None]

_LOG = logging.getLogger("storyboard.studio")


class Streamed(StreamingResponse):
    """Pieces; where they end too early, so does the connection, and one line says why.

    An answer that has begun can say nothing else.
    """

    def __init__(
        self,
        pieces: Pieces,
        status: int = 200,
        headers: Mapping[str, str] | None = None,
        media_type: str | None = None,
    ) -> None:
        super().__init__(pieces, status, headers, media_type)
        self._pieces = pieces

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send all pieces, or cut the connection."""
        try:
            await super().__call__(scope, receive, send)
        except (FilesError, Refusal) as cause:
            said = f"{without_sessions(scope['path'])} ends too early: {cause}"
            _LOG.error("%s", said)
            await cut(scope, receive, said)
        finally:
            # A client that is gone leaves them in the middle, with their file open.
            if isinstance(self._pieces, AsyncGenerator):
                await self._pieces.aclose()
            else:
                self._pieces.close()


def streamed_file(
    blocks: Iterator[bytes], status: int, headers: Mapping[str, str]
) -> StreamingResponse:
    """Return the answer with the blocks of a file."""
    return Streamed(_blamed(blocks), status, headers)


def _blamed(blocks: Iterator[bytes]) -> Generator[bytes, None, None]:
    """Tell a file that cannot be read from a client that is gone: both are `OSError` above."""
    try:
        yield from blocks
    except FileNotFoundError as cause:
        raise FilesError("the file was removed while it was read") from cause
    except OSError as cause:
        raise FilesError(cause.strerror or str(cause)) from cause
