"""Any bytes on the wire get an answer that is not our fault: no 5xx, no traceback in the log."""

from __future__ import annotations

import contextlib
import logging
import re
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from storyboard.studio.connection_limits import ConnectionLimits
from storyboard.studio.execution import served
from storyboard.studio.local import Studio
from storyboard.studio.serving import bind, url_of
from tests.contract.studio_rig import Caller, caller, open_test_studio, write_movie
from tests.contract.test_rights import CONTROL, RIGHTS, SERVICES, SessionKind, session
from tests.support.examples import examples
from tests.support.passing_time import Clock

FEW = settings(
    max_examples=examples(60),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
UNFIT = frozenset({f"{CONTROL}faults", f"{CONTROL}clock", f"{CONTROL}snapshots/{{name}}/load"})
"""They make the studio answer wrongly, or forget whom it knows, because an admin asked for it."""


@dataclass(frozen=True)
class Served:
    studio: Studio
    port: int
    sessions: dict[SessionKind, str]
    log: list[logging.LogRecord]
    clock: Clock


class Kept(logging.Handler):
    def __init__(self, records: list[logging.LogRecord]) -> None:
        super().__init__(logging.DEBUG)
        self.records = records

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


@pytest.fixture(scope="module")
def local(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder: Path = tmp_path_factory.mktemp("raw")
    listener, records = bind("127.0.0.1", 0), list[logging.LogRecord]()
    studio = open_test_studio(folder / "w", public_url=url_of(listener, "127.0.0.1"))
    handler = Kept(records)
    logging.getLogger().addHandler(handler)
    clock = Clock()
    with served(studio, listener, ConnectionLimits(between_looks=0.02, clock=clock)):
        user: Caller = caller(studio)
        movie = write_movie(folder / "clip.mp4", 1).read_bytes()
        user.control("POST", "media?entryId=1_clip0000", content=movie)
        sessions = {kind: session(studio, kind) for kind in SessionKind}
        yield Served(studio, listener.getsockname()[1], sessions, records, clock)
    logging.getLogger().removeHandler(handler)


def answer(local: Served, request: bytes) -> bytes:
    """Send bytes and return all that is answered, until the studio ends the connection.

    Time passes only for what waits: a request that came in part is given up after a few looks.
    """
    told = b""
    address = ("127.0.0.1", local.port)
    with contextlib.suppress(ConnectionError), socket.create_connection(address, 60) as connection:
        connection.sendall(request)
        connection.settimeout(0.05)
        for _ in range(2000):
            try:
                block = connection.recv(65_536)
            except TimeoutError:
                local.clock.seconds += 5
                continue
            if not block:
                return told
            told += block
        raise AssertionError("the studio waits for ever")
    return told


def is_answered(local: Served, request: bytes) -> list[bytes]:
    """Send bytes and return the status of each answer; check that none is our fault."""
    local.log.clear()
    told = answer(local, request)
    statuses = re.findall(rb"^HTTP/1\.1 (\d{3}) ", told, re.MULTILINE)
    assert not [status for status in statuses if status >= b"500"], (request, told[:500])
    wrong = [r for r in local.log if r.exc_info or r.levelno >= logging.ERROR]
    assert not wrong, (request, [record.getMessage() for record in wrong], wrong[0].exc_info)
    for ks in local.sessions.values():
        assert not ks or not any(ks in record.getMessage() for record in local.log)
    return statuses


NOISE = st.binary(max_size=30) | st.sampled_from(
    [b"\0", b"%00", b"..%2f..%2fidentity.json", b"%ff", b"\xff", b"9" * 5000, b"-1", b"\xc2\xb2",
     b"1_clip0000", b"../x", b"..\\x", b"a" * 9000, b"{", b"[" * 3000, b"%ed%a0%80", b"?", b"#"]
)  # fmt: skip
METHODS = st.sampled_from([b"GET", b"POST", b"PUT", b"DELETE", b"HEAD", b"OPTIONS", b"TRACE"])
TYPES = st.sampled_from(
    [b"application/json", b"application/x-www-form-urlencoded", b"multipart/form-data; boundary=x",
     b"text/plain", b"multipart/form-data", b"application/json; charset=\xff", b""]
)  # fmt: skip
NAMES = st.sampled_from(
    [b"Range", b"If-Range", b"If-None-Match", b"Accept", b"Cookie", b"Expect", b"Upgrade",
     b"Connection", b"Content-Type", b"Transfer-Encoding", b"X-Forwarded-For", b"Origin",
     b"x-storyboard-control", b"Content-Encoding", b"Authorization"]
)  # fmt: skip
VALUES = NOISE | st.sampled_from(
    [b"bytes=0-", b"bytes=-5", b"bytes=9-1", b"100-continue", b"websocket", b"close", b"chunked",
     b"upgrade", b"gzip", b"*", b"Bearer", b"Bearer " + b"A" * 300, b"null"]
)  # fmt: skip
BODIES = (
    NOISE
    | st.sampled_from(
        [b"{}", b'{"id":"x"}', b"format=1&ks=", b"filter[idIn]=1&filter=2", b'{"a":NaN}',
         b'{"pager":{"offset":1e308}}', b'{"id":"\\ud800"}', b'{"scenes":[{}]}', b"a[b]=1&a=2",
         b'--x\r\nContent-Disposition: form-data; name="a"; filename="\xff"\r\n\r\nz\r\n--x--']
    )
)  # fmt: skip
ROWS = st.sampled_from(sorted(set(RIGHTS) - UNFIT))
KINDS = st.sampled_from(SessionKind)


def path_of(row: str, partner: int, noise: list[bytes]) -> bytes:
    """Return a row's path, with noise in place of its parameters."""
    if row.startswith(SERVICES):
        service, action = row.removeprefix(SERVICES).split("/")
        return f"/api_v3/service/{service}/action/{action}".encode()
    given = iter(noise)

    def fill(found: re.Match[str]) -> str:
        if found[1] == "partner":
            return str(partner)
        if found[2]:
            return "7" if found[1] == "sub" else "width/90/vid_sec/0"
        return next(given, b"1_clip0000").decode("latin-1")

    return re.sub(r"\{(\w+)(:\w+)?\}", fill, row).encode("latin-1")


@settings(FEW, max_examples=examples(15))
@given(st.binary(max_size=400))
@example(b"GET /%s HTTP/1.1\r\n" * 3)
@example(b"\r\n\r\n\r\n")
@example(b"GET / HTTP/9.9\r\n\r\n")
@example(b"POST /api/v1/video/list HTTP/1.1\r\nContent-Length: -1\r\n\r\n")
@example(b"POST /api/v1/video/list HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\n{}")
def test_any_bytes(local: Served, request: bytes) -> None:
    is_answered(local, request)


@pytest.mark.parametrize("kind", SessionKind)
def test_any_request_of_anybody(local: Served, kind: SessionKind) -> None:
    @FEW
    @given(
        METHODS, ROWS, st.lists(NOISE, max_size=2), NOISE, TYPES,
        st.lists(st.tuples(NAMES, VALUES), max_size=3), BODIES, st.booleans(),
    )  # fmt: skip
    def one(
        method: bytes,
        row: str,
        noise: list[bytes],
        query: bytes,
        content_type: bytes,
        headers: list[tuple[bytes, bytes]],
        body: bytes,
        is_quoted: bool,
    ) -> None:
        path = path_of(row, local.studio.partner_id, noise)
        if is_quoted:
            path, query = quote(path, safe="/").encode(), quote(query, safe="=&[]:").encode()
        if row.startswith(SERVICES):
            query = b"format=1&ks=" + local.sessions[kind].encode() + b"&" + query
        lines = [
            b"%s %s?%s HTTP/1.1" % (method, path, query),
            b"Host: 127.0.0.1:%d" % local.port,
            b"Authorization: Bearer " + local.sessions[kind].encode(),
            b"Content-Type: " + content_type,
            b"Content-Length: %d" % len(body),
            *(b"%s: %s" % pair for pair in headers),
            b"Connection: close",
        ]
        statuses.extend(is_answered(local, b"\r\n".join(lines) + b"\r\n\r\n" + body))

    statuses: list[bytes] = []
    one()
    assert len(statuses) >= FEW.max_examples / 2
    assert len(set(statuses)) > 2


TRAVERSALS = (
    b"..%2f..%2fidentity.json", b"%2e%2e%2fidentity.json", b"..%5c..%5cidentity.json", b"%00",
    b"identity.json%00.mp4", b"%2fetc%2fpasswd", b"C:%5cidentity.json", b"x" * 9000,
    b"%c0%ae%c0%ae%c0%afidentity.json", b"%252e%252e%252fidentity.json", b".", b"..", b"~",
)  # fmt: skip


@pytest.mark.parametrize("row", sorted(row for row in RIGHTS if "{" in row))
def test_no_parameter_of_a_path_leads_anywhere(local: Served, row: str) -> None:
    secret = local.studio.admin_secret.encode()
    for noise in TRAVERSALS:
        path = path_of(row, local.studio.partner_id, [noise])
        for method in (b"GET", b"POST", b"PUT", b"DELETE"):
            head = (
                b"%s %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nAuthorization: Bearer %s\r\n"
                b"Content-Length: 0\r\nConnection: close\r\n\r\n"
            ) % (method, path, local.port, local.sessions[SessionKind.ADMIN].encode())
            assert is_answered(local, head)
            told = answer(local, head)
            assert secret not in told
            assert b"root:" not in told


@pytest.mark.parametrize(
    "breaking", [b"%0d%0aX-Evil:%201", b"\r\nX-Evil: 1", b"%E5%98%8A%E5%98%8DX-Evil:1"]
)
def test_no_answer_is_split(local: Served, breaking: bytes) -> None:
    """Headers that repeat something of the request: an entry's id, and where a page leads."""
    partner = local.studio.partner_id
    for path in (
        b"/p/%d/sp/1/raw/entry_id/%s" % (partner, breaking),
        b"/p/%d/sp/1/playManifest/entryId/1_clip0000/format/download/a/%s" % (partner, breaking),
        b"/__studio/?%s" % breaking,
        b"/__studio/%s" % breaking,
        b"/api_v3/service/caption_captionAsset/action/serve?captionAssetId=%s" % breaking,
    ):
        for host in (b"127.0.0.1", b"localhost"):
            told = answer(
                local,
                b"GET %s HTTP/1.1\r\nHost: %s:%d\r\nConnection: close\r\n\r\n"
                % (path, host, local.port),
            )
            assert b"\nx-evil" not in told.lower()


def test_the_studio_is_well_after_all_that(local: Served) -> None:
    told = answer(
        local,
        b"GET /__studio/health HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nConnection: close\r\n\r\n"
        % local.port,
    )
    assert told.endswith(b'{"status":"ok"}')
