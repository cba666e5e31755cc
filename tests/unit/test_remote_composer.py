"""Another composer behind HTTP, a language model say: what it is asked, and what it may answer."""

from __future__ import annotations

import contextlib
import json
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

from storyboard.errors import UsageError
from storyboard.hints import FAILURE_HINTS
from storyboard.studio.compose.remote import RemoteComposer, question
from storyboard.studio.compose.request import (
    ComposedScene,
    ComposeError,
    ComposeRequest,
    Cue,
    Format,
    Source,
)
from storyboard.wire import MAX_NARRATION

REQUEST = ComposeRequest(
    Format.VIDEO_EXPLAINER,
    9,
    (Source("1_talk0001", "talk", 90.0, (Cue(0, 5, "Hello."),)),),
    "short",
    wants_name=True,
)
GOOD = {
    "name": " A talk ",
    "scenes": [
        {"narration": {"text": "Written by a model."}},
        {
            "layoutType": "broll",
            "narration": {"text": "And shown."},
            "broll": {"entryId": "1_talk0001", "startTime": 12.5},
        },
    ],
}


class Endpoint:
    """An HTTP server that answers what it was told to, and keeps what it was asked."""

    def __init__(self) -> None:
        self.asked: list[Any] = []
        self.status, self.body = 200, b""
        self.drip_seconds = 0.0
        endpoint = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                length = int(self.headers["Content-Length"])
                told = json.loads(self.rfile.read(length))
                endpoint.asked.append((self.path, self.headers["Authorization"], told))
                self.send_response(endpoint.status)
                self.end_headers()
                if not endpoint.drip_seconds:
                    self.wfile.write(endpoint.body)
                    return
                with contextlib.suppress(OSError):
                    for byte in endpoint.body:
                        self.wfile.write(bytes((byte,)))
                        time.sleep(endpoint.drip_seconds)

            def log_message(self, format: str, *args: Any) -> None:
                pass

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/v1/compose?model=x"


@pytest.fixture
def endpoint() -> Iterator[Endpoint]:
    made = Endpoint()
    thread = threading.Thread(target=made.server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield made
    made.server.shutdown()
    made.server.server_close()
    thread.join()


def test_another_composer_is_asked_by_http(endpoint: Endpoint) -> None:
    endpoint.body = json.dumps(GOOD).encode()
    made = RemoteComposer(endpoint.url, "secret")(REQUEST)
    assert made.name == "A talk"
    assert made.scenes[1] == ComposedScene("And shown.", "1_talk0001", 12.5)
    [(path, authorization, told)] = endpoint.asked
    assert (path, authorization) == ("/v1/compose?model=x", "Bearer secret")
    assert told["sources"][0]["captions"] == [{"start": 0, "end": 5, "text": "Hello."}]
    assert (told["formatType"], told["maxScenes"]) == ("video-explainer", 20)


@pytest.mark.parametrize(
    ("status", "body", "code"),
    [
        (500, "{}", "composer-failed"),
        (302, "{}", "composer-not-there"),
        (404, "{}", "composer-not-there"),
        (401, "{}", "composer-refused"),
        (413, "{}", "composer-too-much"),
        (429, "{}", "composer-busy"),
        (200, json.dumps(GOOD).replace("And shown", "And shown " * 60), "composer-length"),
        (200, "oops", "composer-nonsense"),
        (200, "[" * 100_000, "composer-nonsense"),
        (200, json.dumps({"scenes": []}), "composer-nonsense"),
        (200, json.dumps({"scenes": GOOD["scenes"] * 11}), "composer-nonsense"),
        (200, json.dumps({"scenes": [{"narration": {"text": " "}}]}), "composer-nonsense"),
        (200, json.dumps(GOOD).replace("1_talk0001", "1_other000"), "composer-nonsense"),
        (200, json.dumps(GOOD).replace("12.5", "91"), "composer-nonsense"),
        (200, json.dumps(GOOD).replace("12.5", "NaN"), "composer-nonsense"),
        (200, json.dumps(GOOD).replace('"broll",', '"split",'), "composer-nonsense"),
        (200, json.dumps(GOOD).replace("12.5", "1e999"), "composer-nonsense"),
        (200, json.dumps(GOOD).replace("12.5", "true"), "composer-nonsense"),
        (200, json.dumps(GOOD).replace("12.5", '"12"'), "composer-nonsense"),
        (200, json.dumps(GOOD).replace("12.5", "-1"), "composer-nonsense"),
        (200, json.dumps(GOOD).replace("12.5", "9" * 5000), "composer-nonsense"),
        (200, json.dumps(GOOD).replace("shown", r"\ud800"), "composer-nonsense"),
        (200, json.dumps(GOOD).replace("shown", "s" * MAX_NARRATION), "composer-nonsense"),
        (200, json.dumps(GOOD).replace("A talk", r"\u0000"), "composer-nonsense"),
        (200, json.dumps([GOOD]), "composer-nonsense"),
        (200, "null", "composer-nonsense"),
        (200, " " * 2_000_001, "composer-nonsense"),
    ],
)
def test_nonsense_is_refused(endpoint: Endpoint, status: int, body: str, code: str) -> None:
    endpoint.status, endpoint.body = status, body.encode()
    with pytest.raises(ComposeError) as caught:
        RemoteComposer(endpoint.url)(REQUEST)
    assert caught.value.code == code
    assert code in FAILURE_HINTS


@pytest.mark.parametrize(
    ("cue", "language", "words"),
    [
        ("We change the filters of the pumps each week in spring.", "en", range(130, 190)),
        ("Wir wechseln die Filter der Pumpen im Frühling jede Woche.", "de", range(110, 170)),
    ],
)
def test_an_endpoint_is_told_language_and_budget(cue: str, language: str, words: range) -> None:
    source = Source("1_talk0001", "talk", 90.0, (Cue(0, 5, cue),))
    told = question(ComposeRequest(Format.VIDEO_EXPLAINER, 60, (source,)))
    assert told["language"] == language
    assert told["words"] in words
    assert 600 < told["characters"] < 1200


def test_an_answer_of_another_length_is_an_error(endpoint: Endpoint) -> None:
    endpoint.body = json.dumps(GOOD).encode()
    with pytest.raises(ComposeError) as caught:
        RemoteComposer(endpoint.url)(replace(REQUEST, duration=120))
    assert caught.value.code == "composer-length"
    assert str(caught.value).endswith("s, not 120 s")


def test_b_roll_that_would_be_over_too_soon_is_not_shown(endpoint: Endpoint) -> None:
    endpoint.body = json.dumps(GOOD).replace("12.5", "89.5").encode()
    made = RemoteComposer(endpoint.url)(REQUEST)
    assert made.scenes[1] == ComposedScene("And shown.")


def test_an_answer_that_drips_is_left_at_the_deadline(endpoint: Endpoint) -> None:
    endpoint.body, endpoint.drip_seconds = json.dumps(GOOD).encode(), 0.1
    with pytest.raises(ComposeError) as caught:
        RemoteComposer(endpoint.url, timeout=0.5)(REQUEST)
    assert caught.value.code == "composer-slow"


def test_who_does_not_answer_is_left_at_the_deadline() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/"
        with pytest.raises(ComposeError) as caught:
            RemoteComposer(url, timeout=0.3)(REQUEST)
    assert str(caught.value) == "the composer did not answer within 0.3 s"


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (b"", "composer-unreachable"),
        (b"SSH-2.0-OpenSSH_9.6\r\n", "composer-unreachable"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n{", "composer-nonsense"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz", "composer-unreachable"),
        (b"HTTP/1.1 200 OK\r\n" + b"a: b\r\n" * 200, "composer-unreachable"),
        (b"HTTP/1.1 200 OK\r\n\r\n\xff\xfe\x00", "composer-nonsense"),
    ],
)
def test_what_is_hardly_http_is_an_error_with_a_code(answer: bytes, code: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def answer_once() -> None:
            connection, _ = listener.accept()
            with connection:
                connection.recv(65_536)
                connection.sendall(answer)
                connection.shutdown(socket.SHUT_WR)
                while connection.recv(65_536):
                    pass

        thread = threading.Thread(target=answer_once, daemon=True)
        thread.start()
        with pytest.raises(ComposeError) as caught:
            RemoteComposer(f"http://127.0.0.1:{listener.getsockname()[1]}/", timeout=60)(REQUEST)
        thread.join()
    assert caught.value.code == code


def test_nobody_there_is_an_error_with_a_code() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        url = f"http://127.0.0.1:{listener.getsockname()[1]}/"
    with pytest.raises(ComposeError) as caught:
        RemoteComposer(url)(REQUEST)
    assert caught.value.code == "composer-unreachable"


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "compose",
        "http://a:b@host/",
        "http://",
        "http://host:99999/",
        "http://host:x/",
        "http://[::1/",
        "http://host/a path",
        "http://host/ü",
        "http://2130706433/",
        "http:/\\host/",
    ],
)
def test_only_http_addresses_are_taken(url: str) -> None:
    with pytest.raises(UsageError):
        RemoteComposer(url)


def test_a_token_is_sent_to_another_machine_by_https_alone() -> None:
    with pytest.raises(UsageError, match="without encryption") as raised:
        RemoteComposer("http://10.0.0.7:8099/compose", "hunter2")
    assert "hunter2" not in f"{raised.value.message} {raised.value.hint}"
    RemoteComposer("http://10.0.0.7:8099/compose")
    RemoteComposer("https://10.0.0.7:8099/compose?a=b@c", "t")
    RemoteComposer("http://[::1]:8099/compose", "t")


@pytest.mark.parametrize("token", ["a\nb", "ключ", "a\0"])
def test_only_tokens_for_headers_are_taken(token: str) -> None:
    with pytest.raises(UsageError):
        RemoteComposer("http://127.0.0.1/", token)
