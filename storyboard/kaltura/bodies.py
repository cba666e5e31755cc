"""Reads what follows the headers of a reply, within bounds. Knows no URL and no action."""

from __future__ import annotations

import shutil
import zlib
from asyncio import Timeout, get_running_loop
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Final, Protocol

from storyboard.counting import megabytes
from storyboard.errors import StoryboardError, StudioError
from storyboard.kaltura.limits import Limits

ENCODING: Final = "gzip"
"""What replies may be packed with. Films come as they are, and no packing is nested."""

_ANY_ZLIB: Final = 32 + zlib.MAX_WBITS
"""Has zlib tell gzip from deflate by the header: servers send the one under the other's name."""
_LOOK_BYTES: Final = 16 << 20
"""How often the disk is asked for its free space while a film comes in."""


class BadBody(StudioError):
    """What follows the headers cannot be read: too large, cut off, or packed otherwise."""


class Pieces(Protocol):
    """What is needed of a response."""

    def aiter_raw(self) -> AsyncIterator[bytes]:
        """Give the body in pieces, as it comes."""
        ...


async def read_body(response: Pieces, packing: str, limit: int, *, cut: bool = False) -> bytes:
    """Return a whole body, unpacked; raises `BadBody` for more bytes than the limit.

    With `cut`, the first bytes are all that is wanted: the rest is left unread.
    """
    unpack = _unpacker(packing)
    body = bytearray()
    try:
        async for piece in response.aiter_raw():
            # One byte more than is taken: so a body of exactly the limit is told from a larger
            # one.
            body += unpack(piece, limit + 1 - len(body))
            if len(body) > limit:
                break
    except zlib.error as cause:
        raise BadBody("the answer is packed, and the packing is damaged") from cause
    if len(body) > limit and not cut:
        raise BadBody(f"the answer is larger than {megabytes(limit)}")
    return bytes(body[:limit])


async def save_body(
    response: Pieces,
    path: Path,
    total: int | None,
    limits: Limits,
    deadline: Timeout,
    on_bytes: Callable[[int, int | None], None],
) -> int:
    """Write a body to a new file and return its size; moves the deadline on while bytes come.

    Raises `StoryboardError` for what neither the limit nor the disk has room for. A file that is
    there is replaced, and a link in its place is not followed.
    """
    _refuse_size(total or 0, path, limits)
    # And then `x`, which creates: a link that somebody put there would be written through.
    path.unlink(missing_ok=True)
    done = counted = looked = 0
    with path.open("xb") as file:
        async for piece in response.aiter_raw():
            file.write(piece)
            done += len(piece)
            if done - counted >= limits.slow_bytes:
                counted = done
                deadline.reschedule(get_running_loop().time() + limits.slow_seconds)
            if total is None and done - looked >= min(_LOOK_BYTES, limits.film_bytes):
                looked = done
                _refuse_size(done, path, limits, is_written=True)
            on_bytes(done, total)
    return done


def _refuse_size(size: int, path: Path, limits: Limits, *, is_written: bool = False) -> None:
    if size > limits.film_bytes:
        raise StoryboardError(
            f"the film is larger than {megabytes(limits.film_bytes)}: it was not saved"
        )
    free = shutil.disk_usage(path.parent).free
    if free < limits.spare_bytes + (0 if is_written else size):
        told = f" and the film has {megabytes(size)}" if size and not is_written else ""
        raise StoryboardError(
            f"the disk of '{path.parent}' has {megabytes(free)} left{told}: it was not saved, as "
            f"{megabytes(limits.spare_bytes)} stay free for others",
            hint="make room, or save films on another disk: --download DIR",
        )


def _unpacker(packing: str) -> Callable[[bytes, int], bytes]:
    """Return what unpacks a piece to at most so many bytes."""
    match packing.strip().lower():
        case "" | "identity":
            return lambda piece, room: piece[: max(room, 0)]
        case "gzip" | "x-gzip" | "deflate":
            decoder = zlib.decompressobj(_ANY_ZLIB)
            return lambda piece, room: decoder.decompress(piece, room) if room > 0 else b""
        case _:
            raise BadBody(f"the answer is packed as '{packing[:40]}', which was not asked for")
