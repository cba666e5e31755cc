"""Serves an entry's file, whole or one range of it: what a player or a download asks for."""

from __future__ import annotations

import math
import re
from functools import partial
from typing import Final
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from storyboard.printing import CONTROLS, TURNS
from storyboard.studio.api.hard_work import HardWork
from storyboard.studio.api.public_work import made_for
from storyboard.studio.api.recent import Recent
from storyboard.studio.api.streamed import streamed_file
from storyboard.studio.jobs.entry_files import require_file
from storyboard.studio.jobs.workspace import Workspace
from storyboard.studio.records import entries
from storyboard.studio.records.content_types import CONTENT_TYPES
from storyboard.studio.records.entries import Entry
from storyboard.studio.records.signed_files import SignedFiles

_PLAYED: Final = (
    "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'; "
    "frame-ancestors 'none'; base-uri 'none'"
)
"""For a file that is opened by itself: the page that a browser puts around it shows that file."""

_WRITTEN: Final = frozenset({"txt", "md"})
"""Texts, in which somebody may have written a page."""

_UNNAMED: Final = re.compile(f'[<>:"/\\\\|?*\\s{CONTROLS}{TURNS}]+')
"""What a file system or a reader may take for something else than a part of a name."""

_LONGEST_NAME: Final = 120
"""Characters: file systems take 255 bytes, and browsers number files of one name."""

_NUMBER = re.compile(r"[0-9]{1,9}(\.[0-9]{1,9})?")
_URL, _DOWNLOAD = "url", "download"
"""The manifest's formats that lead to one file."""

_STILL: Final = {"vid_sec": "0", "width": "0", "height": "0", "type": "1"}
"""What a still's path may say, and what holds where it does not."""

_DEFAULT_SIZE = (120, 90)
_RANGE = re.compile(r"bytes=([0-9]{0,18})-([0-9]{0,18})")


class Downloads:
    """The files of one studio's entries, and stills of them."""

    def __init__(self, workspace: Workspace, hard: HardWork) -> None:
        self._workspace = workspace
        self._hard = hard
        self._stills = Recent()

    async def played(self, request: Request) -> Response:
        """Answer with the file that a manifest would lead to; streams in pieces are not made."""
        form = _options(request).get("format")
        if form not in (_URL, _DOWNLOAD):
            return _nothing()
        return await self._file(request, download=form == _DOWNLOAD)

    async def raw(self, request: Request) -> Response:
        """Answer with the file as it was uploaded, or made."""
        return await self._file(request, download=False)

    async def _file(self, request: Request, *, download: bool) -> Response:
        """Answer with an entry's bytes; several ranges at once get the whole file."""
        entry = await run_in_threadpool(self._find, request)
        if entry is None:
            return _nothing()
        headers = _headers(entry, download=download)
        if request.headers.get("if-none-match") == headers["etag"]:
            return Response(status_code=304, headers=headers)
        signed = self._workspace.signed
        if signed is not None and not (download and _is_browser(request)):
            return await run_in_threadpool(_led, signed, entry, request.method)
        return await self._sent(request, entry, headers)

    async def _sent(self, request: Request, entry: Entry, headers: dict[str, str]) -> Response:
        wanted = request.headers.get("range")
        start, end, status = 0, entry.size, 200
        if wanted is not None and request.headers.get("if-range") in (None, headers["etag"]):
            stretch = _stretch(wanted, entry.size)
            if stretch is not None and not stretch:
                headers["content-range"] = f"bytes */{entry.size}"
                return Response(status_code=416, headers=headers)
            if stretch is not None:
                start, end, status = stretch.start, stretch.stop, 206
                headers["content-range"] = f"bytes {start}-{end - 1}/{entry.size}"
        headers["content-length"] = str(end - start)
        if request.method == "HEAD":
            return Response(status_code=status, headers=headers)
        try:
            read = partial(self._workspace.blobs.read, entry.blob, start, end - start)
            return streamed_file(await run_in_threadpool(read), status, headers)
        except FileNotFoundError:  # deleted a moment ago
            return _nothing()

    async def still(self, request: Request) -> Response:
        """Answer with a JPEG: `vid_sec/S`, `width/W`, `height/H`, `type/1|2|3` in the path."""
        entry = await run_in_threadpool(self._find, request)
        given = _options(request)
        numbers = {name: given.get(name, other) for name, other in _STILL.items()}
        if entry is None or not all(_NUMBER.fullmatch(number) for number in numbers.values()):
            return _nothing()
        second, width, height, fit = (float(number) for number in numbers.values())
        if not width and not height:
            width, height = _DEFAULT_SIZE
        at = min(second, math.floor(entry.seconds))
        draw = partial(self._picture, entry, at, int(width), int(height), fit)
        picture = await made_for(request, self._hard, draw)
        if picture is None:
            return _nothing()
        headers = {"cache-control": "private, max-age=60", "content-security-policy": _PLAYED}
        return Response(picture, headers=headers, media_type="image/jpeg")

    def _picture(
        self, entry: Entry, second: float, width: float, height: float, fit: float
    ) -> bytes | None:
        from storyboard.studio.jobs.thumbnails import MAX_SIDE, Still, StillFit, thumbnail

        if entry.is_document or fit not in tuple(StillFit):
            return None
        still = Still(
            second, min(int(width), MAX_SIDE), min(int(height), MAX_SIDE), StillFit(int(fit))
        )
        draw = partial(thumbnail, self._workspace.blobs.path(entry.blob), still)
        return self._stills.get((entry.blob, still), draw)

    def _find(self, request: Request) -> Entry | None:
        with self._workspace.store.read() as tx:
            entry = entries.find(tx, request.path_params["entry"])
        same = entry is not None and request.path_params["partner"] == entry.owner.partner_id
        if not same or entry is None or not entry.has_content:
            return None
        require_file(self._workspace, entry)
        return entry


def _options(request: Request) -> dict[str, str]:
    """Return the path's `name/value` pairs behind the entry."""
    words = request.path_params.get("rest", "").strip("/").split("/")
    return dict(zip(words[::2], words[1::2], strict=False))


def _led(signed: SignedFiles, entry: Entry, method: str) -> Response:
    """Lead to where the file can be fetched for a while; a range is asked for there again."""
    headers = {"location": signed.address(entry.blob, method), "cache-control": "no-store"}
    return Response(status_code=302, headers=headers)


def _is_browser(request: Request) -> bool:
    """Whether a browser saves a file: the bucket knows neither its name nor that it is saved."""
    return "sec-fetch-mode" in request.headers


def _nothing() -> Response:
    """Return what a missing entry gets: an empty body and a header, as Kaltura has it."""
    return Response(status_code=404, headers={"x-kaltura": "error-2"})


def _headers(entry: Entry, *, download: bool) -> dict[str, str]:
    suffix = entry.blob.rpartition(".")[2]
    policy = f"{_PLAYED}; sandbox" if suffix in _WRITTEN else _PLAYED
    disposition, name = "attachment" if download else "inline", _file_name(entry, suffix)
    return {
        "content-type": CONTENT_TYPES[suffix],
        "accept-ranges": "bytes",
        "etag": f'"{entry.sha256[:32]}"',
        "cache-control": "private, max-age=60",
        "content-security-policy": policy,
        "content-disposition": f"{disposition}; filename*=UTF-8''{quote(name)}",
    }


def _file_name(entry: Entry, suffix: str) -> str:
    """Return what a person finds the file by: the entry's name, or its id."""
    name = _UNNAMED.sub(" ", entry.name)[:_LONGEST_NAME].strip(" .") or entry.id
    return name if name.lower().endswith(f".{suffix}") else f"{name}.{suffix}"


def _stretch(wanted: str, size: int) -> range | None:
    """Return the bytes asked for; empty where nothing is there, `None` to ignore the header."""
    found = _RANGE.fullmatch(wanted.strip())
    if found is None or found.groups() == ("", ""):
        return None
    first, last = found.groups()
    if not first:
        start, end = max(size - int(last), 0), size
    else:
        start, end = int(first), min(int(last) + 1, size) if last else size
        if last and int(last) < int(first):
            return None
    return range(start, end)
