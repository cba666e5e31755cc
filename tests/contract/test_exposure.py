"""What a served studio shows of itself, and to whom: addresses, files, sessions, speech."""

from __future__ import annotations

import os
import re
import socket
import ssl
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from storyboard.errors import UsageError
from storyboard.origins import origin_of
from storyboard.studio.api.security import own_hosts
from storyboard.studio.execution import served
from storyboard.studio.jobs.makers import Makers
from storyboard.studio.serving import bind, load_tls, url_of
from tests.contract.studio_rig import (
    HELLO,
    Caller,
    TinyFilmMaker,
    caller,
    draw,
    open_studio,
    open_test_studio,
    write_movie,
)

ROOT = Path(__file__).parents[2]
OTHER_LOOPBACK = "127.0.0.2"
"""Reached by whoever listens on every address, not by whoever listens on 127.0.0.1."""


def clean_environment() -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("KALTURA_", "STORYBOARD_"))}
    return kept | {"PYTHONPATH": str(ROOT)}


@contextmanager
def started(folder: Path, *words: str) -> Iterator[tuple[subprocess.Popen[str], int, list[str]]]:
    """Serve by the command; give the process, its port, and the lines of stderr until it serves."""
    child = subprocess.Popen(
        [sys.executable, "-m", "storyboard", "studio", "--port", "0", *words],
        cwd=folder,
        env=clean_environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert child.stderr is not None
    lines = []
    for line in child.stderr:
        lines.append(line)
        if "serving http" in line:
            break
    try:
        found = re.search(r":(\d+),", lines[-1])
        assert found, lines
        yield child, int(found[1]), lines
    finally:
        child.terminate()
        child.communicate(timeout=60)


@contextmanager
def studio_process(folder: Path, *words: str) -> Iterator[tuple[int, list[str]]]:
    """Serve by the command; give the port, and the lines of stderr until it serves."""
    with started(folder, *words) as (_, port, lines):
        yield port, lines


def answers(address: str, port: int) -> bool:
    try:
        socket.create_connection((address, port), timeout=60).close()
    except OSError:
        return False
    return True


@pytest.mark.slow
def test_it_listens_on_loopback_alone_and_says_nothing_of_it(tmp_path: Path) -> None:
    with studio_process(tmp_path) as (port, lines):
        assert answers("127.0.0.1", port)
        assert not answers(OTHER_LOOPBACK, port)
        assert not [line for line in lines if "warning" in line]


@pytest.mark.slow
def test_whoever_opens_it_is_told_what_is_exposed(tmp_path: Path) -> None:
    with studio_process(tmp_path, "--host", "0.0.0.0") as (port, lines):
        assert answers(OTHER_LOOPBACK, port)
        warnings = [line for line in lines if line.startswith("warning: ")]
        assert len(warnings) == 1
        for word in ("0.0.0.0", "without TLS", "session", "video", "film"):
            assert word in warnings[0]
        told = spoken(port, b"GET /__studio/health HTTP/1.1\r\nHost: 192.0.2.1:%d\r\n\r\n" % port)
        assert told.startswith(b"HTTP/1.1 421 ")


def write_certificate(folder: Path) -> tuple[Path, Path]:
    """Make a certificate for 127.0.0.1 that is good for an hour, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "studio.test")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(hours=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False
        )
        .sign(key, hashes.SHA256())
    )
    files = folder / "cert.pem", folder / "key.pem"
    files[0].write_bytes(certificate.public_bytes(Encoding.PEM))
    files[1].write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return files


@pytest.mark.slow
def test_with_a_certificate_it_speaks_https_and_warns_of_nothing(tmp_path: Path) -> None:
    certificate, key = write_certificate(tmp_path)
    words = ("--host", "0.0.0.0", "--tls", str(certificate), str(key))
    with studio_process(tmp_path, *words) as (port, lines):
        assert not [line for line in lines if "warning" in line]
        assert f"serving https://127.0.0.1:{port}," in lines[-1]
        trusting = ssl.create_default_context(cafile=str(certificate))
        url = f"https://127.0.0.1:{port}/__studio/health"
        reply = httpx.get(url, verify=trusting, trust_env=False, timeout=60)
        assert reply.json() == {"status": "ok"}
        with pytest.raises(httpx.ConnectError):
            httpx.get(url, trust_env=False, timeout=60)


def test_a_certificate_that_is_none_is_refused_before_anything_listens(tmp_path: Path) -> None:
    certificate, key = write_certificate(tmp_path)
    for pair in ((key, certificate), (certificate, certificate)):
        with pytest.raises(UsageError, match="are not a certificate and its key"):
            load_tls(*pair)


def spoken(port: int, request: bytes) -> bytes:
    """Send bytes and return the answer's, up to the end of its head."""
    with socket.create_connection(("127.0.0.1", port), timeout=60) as connection:
        connection.sendall(request)
        told = b""
        while b"\r\n\r\n" not in told:
            block = connection.recv(65_536)
            if not block:
                break
            told += block
        return told


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    listener = bind("127.0.0.1", 0)
    url = url_of(listener, "127.0.0.1")
    studio = open_test_studio(tmp_path_factory.mktemp("exposed"), public_url=url)
    with served(studio, listener):
        yield listener.getsockname()[1]


@pytest.mark.parametrize(
    ("head", "status"),
    [
        (b"GET /__studio/health HTTP/1.1\r\n", 400),
        (b"GET /__studio/health HTTP/1.0\r\n", 421),
        (b"GET /__studio/health HTTP/1.1\r\nHost: {here}\r\nHost: evil.test\r\n", 400),
        (b"GET /__studio/health HTTP/1.1\r\nHost: {here}, evil.test\r\n", 421),
        (b"GET /__studio/health HTTP/1.1\r\nHost: {here}#\r\n", 421),
        (b"GET /__studio/health HTTP/1.1\r\nHost: user@{here}\r\n", 421),
        (b"GET /__studio/health HTTP/1.1\r\nHost: 127.0.0.1\r\n", 421),
        (b"GET http://evil.test/__studio/health HTTP/1.1\r\nHost: evil.test\r\n", 421),
        (b"GET /__studio/health HTTP/1.1\r\nHost: LOCALHOST:{port}\r\n", 200),
        (b"GET /__studio/health HTTP/1.1\r\nHost: \xff\xfe\r\n", 421),
        (b"GET /__studio/health HTTP/1.1\r\nHost: {here}\r\nOrigin: \xff\r\n", 403),
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 400),
    ],
    ids=str,
)
def test_a_host_is_exact_on_the_wire_too(port: int, head: bytes, status: int) -> None:
    written = head.replace(b"{here}", b"127.0.0.1:%d" % port).replace(b"{port}", b"%d" % port)
    told = spoken(port, written + b"\r\n")
    assert told.split(b" ", 2)[1] == b"%d" % status, told
    healthy = b"GET /__studio/health HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n\r\n" % port
    assert spoken(port, healthy).startswith(b"HTTP/1.1 200 ")


@contextmanager
def trap() -> Iterator[tuple[int, list[bytes]]]:
    """A port that nobody has a reason to speak to, and what is said to it all the same."""
    heard: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.1)
        over = threading.Event()

        def listen() -> None:
            while not over.is_set():
                try:
                    connection, _ = listener.accept()
                except TimeoutError:
                    continue
                with connection:
                    heard.append(connection.recv(1000))

        thread = threading.Thread(target=listen)
        thread.start()
        try:
            yield listener.getsockname()[1], heard
        finally:
            over.set()
            thread.join()


SEDUCTIONS = {
    "playlist": "#EXTM3U\n#EXTINF:1,\n{url}\n#EXTINF:1,\nfile://{file}\n#EXT-X-ENDLIST\n",
    "concat": "ffconcat version 1.0\nfile '{url}'\nfile '{file}'\n",
    "sdp": "v=0\no=- 0 0 IN IP4 127.0.0.1\nc=IN IP4 127.0.0.1\nm=video {port} RTP/AVP 96\n",
    "dash": '<?xml version="1.0"?><MPD><Period><BaseURL>{url}</BaseURL></Period></MPD>',
    "svg": '<svg xmlns="http://www.w3.org/2000/svg"><image href="{url}"/></svg>',
    "protocol": "concat:{file}|{url}",
}
CLOTHES = {
    "none": b"",
    "MP4": b"\0\0\0\x18ftypisom\0\0\0\0isomiso2",
    "Matroska": b"\x1a\x45\xdf\xa3\x84\x42\x82\x81x",
    "PNG": b"\x89PNG\r\n\x1a\n",
    "WebP": b"RIFF\0\0\0\0WEBP",
}


@pytest.mark.parametrize("name", ["x.mp4", "x.m3u8", "x.svg", "x.txt"])
@pytest.mark.parametrize("dress", CLOTHES)
def test_no_file_makes_the_studio_fetch(
    user: Caller, tmp_path: Path, name: str, dress: str
) -> None:
    canary = tmp_path / "canary.txt"
    canary.write_text("CANARY")
    with trap() as (port, heard):
        url = f"http://127.0.0.1:{port}/x"
        for text in SEDUCTIONS.values():
            content = CLOTHES[dress] + text.format(url=url, file=canary, port=port).encode()
            reply = user.control("POST", "media", params={"name": name}, content=content)
            assert "CANARY" not in str(reply)
            if name != "x.txt":
                assert reply["code"] == "MEDIA_NOT_SUPPORTED", reply
    assert heard == []


def test_a_session_in_a_path_is_not_logged(user: Caller, caplog: pytest.LogCaptureFixture) -> None:
    partner = user.studio.partner_id
    with user.studio.workspace.store.read() as mender:
        mender.connection.execute("ALTER TABLE entries RENAME TO lost")
        for path in (f"1_abcd1234/ks/{user.ks}/width/64", f"1_abcd1234/width/64/{user.ks}"):
            response = user.send("GET", f"/p/{partner}/thumbnail/entry_id/{path}")
            assert response.status_code == 500
        mender.connection.execute("ALTER TABLE lost RENAME TO entries")
    assert caplog.text.count("could not be answered") == 2
    assert user.ks not in caplog.text + response.text
    assert "djJ8" + user.ks[4:20] not in caplog.text


def test_speech_flows_before_all_of_it_is_spoken(tmp_path: Path) -> None:
    """The second half is not spoken before the first has arrived."""
    arrived = threading.Event()

    def speak(
        narration: str, presenter: str, narrations: Sequence[str], *, locale: str | None = None
    ) -> Iterator[bytes]:
        yield b"first half"
        assert arrived.wait(60)
        yield b"second half"

    listener = bind("127.0.0.1", 0)
    url = url_of(listener, "127.0.0.1")
    makers = Makers(TinyFilmMaker(), speak, draw)
    studio = open_studio(tmp_path / "w", public_url=url, makers=makers)
    with served(studio, listener):
        user = caller(studio)
        body = b'{"id": "%s", "sceneId": 0}' % user.video(HELLO).encode()
        head = (
            f"POST /api/v1/video/previewAudioStream HTTP/1.1\r\nHost: {url[7:]}\r\n"
            f"Authorization: Bearer {user.ks}\r\nContent-Type: application/json\r\n"
            f"Content-Length: {len(body)}\r\nConnection: close\r\n\r\n"
        )
        with socket.create_connection(listener.getsockname(), timeout=60) as connection:
            connection.sendall(head.encode() + body)
            told = b""
            while b"first half" not in told:
                block = connection.recv(1000)
                assert block, told
                told += block
            assert b"content-type: audio/mpeg" in told
            assert b"second half" not in told
            arrived.set()
            while block := connection.recv(1000):
                told += block
    assert b"second half" in told


@pytest.mark.parametrize("host", ["0:0:0:0:0:0:0:1", "::1", "LOCALHOST"])
def test_the_address_that_is_told_is_one_that_the_door_knows(host: str) -> None:
    """A client sends the one spelling of a host as `Host`, however the address spells it."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        url = url_of(listener, host)
    assert origin_of(url).location in own_hosts(url)
    assert url == str(origin_of(url))


def test_a_host_that_no_address_can_have_is_refused() -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as listener,
        pytest.raises(UsageError, match="the address of the studio"),
    ):
        url_of(listener, "fe80::1%eth0")


def test_behind_a_proxy_each_address_that_is_given_out_is_the_proxys(tmp_path: Path) -> None:
    """It was one of the server's own machine: no client elsewhere could fetch a film."""
    proxy = "https://studio.example.com"
    studio = open_test_studio(tmp_path / "w", public_url=proxy, here="http://127.0.0.1:8390")
    with studio:
        entry = studio.add_media(write_movie(tmp_path / "clip.mp4", 1))["id"]
        user = caller(studio)
        told = user.service("media.get", ks=user.ks, entryId=entry)
        assert told["downloadUrl"].startswith(f"{proxy}/p/")
        assert studio.variables()["KALTURA_SERVICE_URL"] == f"{proxy}/api_v3"
        for here in ("http://127.0.0.1:8390", "http://localhost:8390"):
            assert Caller(studio, "", here).send("GET", "/readyz").status_code == 200
        assert Caller(studio, "", "http://evil.test").send("GET", "/readyz").status_code == 421


def test_the_command_takes_the_address_of_a_proxy(tmp_path: Path) -> None:
    with started(tmp_path, "--public-url", "https://studio.example.com/", "--port", "0") as it:
        assert "serving https://studio.example.com at" in it[2][-1]
        found = list((tmp_path / ".storyboard" / "studio" / "serving").iterdir())
        assert f"http://127.0.0.1:{it[1]}" in found[0].read_text()
