"""Reads a multipart form as it arrives: texts into memory, its one file to disk, within limits.

Names that the sender gave a file are text and never become a path.
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from email.message import Message
from email.parser import HeaderParser
from pathlib import Path
from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request

from storyboard.studio.api.bodies import save_blocks

MAX_PARTS: Final = 100
MAX_HEADER: Final = 8 << 10
MAX_TEXT: Final = 64 << 10
_BOUNDARY = re.compile(r"[0-9A-Za-z'()+_,./:=? -]{1,70}")


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came with a form: where its bytes are, and what the sender called it."""

    path: Path
    name: str


@dataclass(frozen=True, slots=True)
class Form:
    """The texts of a form in their order, and its file."""

    pairs: tuple[tuple[str, str], ...]
    upload: Upload | None


Limit = Callable[[Sequence[tuple[str, str]]], int]
"""How many bytes a form's file may have, by the texts that came before it."""


async def read_form(request: Request, draft: Path, limit: Limit) -> Form:
    """Return the form; answers 400 where it is none, 413 where a part is too large.

    The file is written to `draft`, at most `limit` bytes.
    """
    stream = _Stream(request.stream(), _boundary(request))
    pairs: list[tuple[str, str]] = []
    upload: Upload | None = None
    for _ in range(MAX_PARTS):
        headers = await stream.next_part()
        if headers is None:
            return Form(tuple(pairs), upload)
        name = _parameter(headers, "name")
        file_name = _parameter(headers, "filename")
        if name is None:
            raise HTTPException(400, "a part of the form has no name")
        if file_name is None:
            pairs.append((name, await _text(stream)))
        elif upload is not None:
            raise HTTPException(400, "send one file at a time")
        else:
            await save_blocks(stream.content(), draft, limit(pairs))
            upload = Upload(draft, file_name)
    raise HTTPException(413, "the form has too many parts")


async def _text(stream: _Stream) -> str:
    content = b""
    async for block in stream.content():
        content += block
        if len(content) > MAX_TEXT:
            raise HTTPException(413, "a field of the form is too large")
    try:
        return content.decode()
    except UnicodeDecodeError as cause:
        raise HTTPException(400, "a field of the form is no UTF-8") from cause


def _boundary(request: Request) -> bytes:
    header = Message()
    header["content-type"] = request.headers.get("content-type", "")
    boundary = header.get_boundary() or ""
    if not _BOUNDARY.fullmatch(boundary):
        raise HTTPException(400, "the form has no boundary")
    return b"\r\n--" + boundary.encode()


def _parameter(headers: Message, name: str) -> str | None:
    value = headers.get_param(name, header="content-disposition")
    return value if isinstance(value, str) else None


class _Stream:
    """The body, with `\\r\\n` put before it, so that every boundary looks alike."""

    def __init__(self, blocks: AsyncIterator[bytes], mark: bytes) -> None:
        self._blocks = blocks
        self._mark = mark
        self._held = b"\r\n"
        self._opened = False

    async def next_part(self) -> Message | None:
        """Return the headers of the part that comes, `None` after the last."""
        if not self._opened:
            await self._open()
        while len(self._held) < 2:
            await self._more()
        if self._held.startswith(b"--"):
            return None
        while b"\r\n\r\n" not in self._held and len(self._held) <= MAX_HEADER:
            await self._more()
        if not 0 <= self._held.find(b"\r\n\r\n") <= MAX_HEADER:
            raise HTTPException(413, "a part's headers are too large")
        head, _, self._held = self._held.partition(b"\r\n\r\n")
        return HeaderParser().parsestr(head.decode("utf-8", "replace").lstrip())

    async def content(self) -> AsyncIterator[bytes]:
        """Yield this part, up to its boundary."""
        while (at := self._held.find(self._mark)) < 0:
            keep = len(self._mark) - 1
            ready, self._held = self._held[:-keep], self._held[-keep:]
            if ready:
                yield ready
            await self._more()
        ready, self._held = self._held[:at], self._held[at + len(self._mark) :]
        if ready:
            yield ready

    async def _open(self) -> None:
        while len(self._held) < len(self._mark):
            await self._more()
        if not self._held.startswith(self._mark):
            raise HTTPException(400, "the body is no form")
        self._held, self._opened = self._held[len(self._mark) :], True

    async def _more(self) -> None:
        block = await anext(self._blocks, None)
        if block is None:
            raise HTTPException(400, "the form ends too early")
        self._held += block
