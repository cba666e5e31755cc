"""Reads a multipart form as it arrives: texts into memory, its one file to disk, within limits.

Names that the sender gave a file are text and never become a path.
"""

from __future__ import annotations

import logging
import sys
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path
from typing import TYPE_CHECKING, Final

from python_multipart import MultipartParser
from python_multipart.exceptions import FormParserError
from python_multipart.multipart import parse_options_header
from starlette.exceptions import HTTPException
from starlette.requests import Request

from storyboard.studio.api.bodies import CheckRoom, save_blocks

if TYPE_CHECKING:
    from python_multipart.multipart import MultipartCallbacks

MAX_PARTS: Final = 100
MAX_HEADER: Final = 8 << 10
MAX_TEXT: Final = 64 << 10

# The parser warns of each broken form, on stderr where no one listens: they are answered instead.
logging.getLogger("python_multipart").addHandler(logging.NullHandler())


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


Limit = Callable[[Sequence[tuple[str, str]]], Awaitable[int]]
"""How many bytes a form's file may have, by the texts that came before it."""


async def read_form(request: Request, draft: Path, limit: Limit, check_room: CheckRoom) -> Form:
    """Return the form; answers 400 where it is none, 413 where a part is too large.

    The file is written to `draft`, at most `limit` bytes, as long as `check_room` lets it.
    """
    parts = _Parts(request)
    pairs: list[tuple[str, str]] = []
    upload: Upload | None = None
    for _ in range(MAX_PARTS):
        told = await parts.next_part()
        if told is None:
            return Form(tuple(pairs), upload)
        name, file_name = told.get("name"), told.get("filename")
        if name is None:
            raise HTTPException(400, "a part of the form has no name")
        if file_name is None:
            pairs.append((name, await _text(parts)))
        elif upload is not None:
            raise HTTPException(400, "send one file at a time")
        else:
            await save_blocks(parts.content(), draft, await limit(pairs), check_room)
            upload = Upload(draft, file_name)
    raise HTTPException(413, "the form has too many parts")


async def _text(parts: _Parts) -> str:
    content = b""
    async for block in parts.content():
        content += block
        if len(content) > MAX_TEXT:
            raise HTTPException(413, "a field of the form is too large")
    try:
        return content.decode()
    except UnicodeDecodeError as cause:
        raise HTTPException(400, "a field of the form is no UTF-8") from cause


class _Event(Enum):
    """What the parser found, in the order of the body."""

    FIELD = auto()
    VALUE = auto()
    HEADER = auto()
    HEADERS = auto()
    CONTENT = auto()
    PART = auto()
    END = auto()


class _Parts:
    """The parts of a request's body, one after another; nothing is read ahead of a block."""

    def __init__(self, request: Request) -> None:
        self._blocks = request.stream()
        self._found = deque[tuple[_Event, bytes]]()
        _, parameters = parse_options_header(request.headers.get("content-type"))
        boundary = parameters.get(b"boundary")
        if not boundary:
            raise HTTPException(400, "the form has no boundary")
        callbacks: MultipartCallbacks = {
            "on_header_field": self._keeping(_Event.FIELD),
            "on_header_value": self._keeping(_Event.VALUE),
            "on_header_end": self._noting(_Event.HEADER),
            "on_headers_finished": self._noting(_Event.HEADERS),
            "on_part_data": self._keeping(_Event.CONTENT),
            "on_part_end": self._noting(_Event.PART),
            "on_end": self._noting(_Event.END),
        }
        try:
            # All headers of a part have one limit, which is ours: see `next_part`.
            self._parser = MultipartParser(boundary, callbacks, max_header_size=sys.maxsize)
        except FormParserError as cause:
            raise HTTPException(400, "the form's boundary is too long") from cause

    async def next_part(self) -> Mapping[str, str] | None:
        """Return what the next part says of its content, `None` after the last."""
        field, value, disposition, size = b"", b"", b"", 0
        while True:
            event, found = await self._next()
            size += len(found)
            if size > MAX_HEADER:
                raise HTTPException(413, "a part's headers are too large")
            match event:
                case _Event.FIELD:
                    field += found
                case _Event.VALUE:
                    value += found
                case _Event.HEADER:
                    if field.lower() == b"content-disposition":
                        disposition = value
                    field, value = b"", b""
                case _Event.END:
                    return None
                case _:
                    break
        _, parameters = parse_options_header(disposition)
        return {key.decode("latin-1"): _name(text) for key, text in parameters.items()}

    async def content(self) -> AsyncIterator[bytes]:
        """Yield this part, up to its boundary."""
        while True:
            event, found = await self._next()
            if event is _Event.PART:
                return
            yield found

    async def _next(self) -> tuple[_Event, bytes]:
        size = 0
        while not self._found:
            if size > MAX_HEADER:
                raise HTTPException(413, "the form has too much around its parts")
            block = await anext(self._blocks, None)
            if block is None:
                raise HTTPException(400, "the form ends too early")
            size += len(block)
            try:
                self._parser.write(block)
            except FormParserError as cause:
                raise HTTPException(400, "the body is no form") from cause
        return self._found.popleft()

    def _noting(self, event: _Event) -> Callable[[], None]:
        return lambda: self._found.append((event, b""))

    def _keeping(self, event: _Event) -> Callable[[bytes, int, int], None]:
        return lambda data, start, end: self._found.append((event, data[start:end]))


def _name(text: bytes) -> str:
    return text.decode("utf-8", "replace")
