"""Traces: a film's life from `apply` to its entry as one trace, and no word of a user in it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass, field
from functools import partial
from itertools import chain, repeat
from pathlib import Path

import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.trace.v1.trace_pb2 import Span
from opentelemetry.trace import StatusCode

from storyboard.tracing import opening
from storyboard.tracing.exporting import ExportedTraces
from storyboard.tracing.opening import ENDPOINT, PARENT, traces_of
from storyboard.tracing.spans import HEADER, Side, Untraced, is_context, spanning
from tests.contract.studio_rig import HELLO, TinyFilmMaker, caller, open_test_studio
from tests.contract.test_uploads import new_entry
from tests.support.project import Project
from tests.support.served import Answer, Asked, served

TRACE, SPAN = "4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"
CONTEXT = f"00-{TRACE}-{SPAN}-01"
SECRET = "a quarterly secret that only its author knows"


@dataclass
class Collector:
    """What was sent to it."""

    bodies: list[bytes] = field(default_factory=list)
    headers: list[Mapping[str, str]] = field(default_factory=list)

    def answer(self, asked: Asked) -> Answer:
        assert (asked.method, asked.path) == ("POST", "/v1/traces")
        self.bodies.append(asked.body)
        self.headers.append(asked.headers)
        return Answer(headers=(("content-type", "application/x-protobuf"),))

    @property
    def spans(self) -> list[Span]:
        sent = map(ExportTraceServiceRequest.FromString, self.bodies)
        scopes = [s for each in sent for r in each.resource_spans for s in r.scope_spans]
        return [span for scope in scopes for span in scope.spans]

    def only(self, name: str) -> Span:
        [found] = [span for span in self.spans if span.name == name]
        return found


@pytest.fixture
def collector(monkeypatch: pytest.MonkeyPatch) -> Iterator[Collector]:
    collector = Collector()
    with served(collector.answer) as url:
        monkeypatch.setenv(ENDPOINT, url)
        monkeypatch.setenv("OTEL_EXPORTER_OTLP_COMPRESSION", "none")
        monkeypatch.setenv("OTEL_EXPORTER_OTLP_TIMEOUT", "60")  # a busy machine loses no span
        yield collector


def test_a_film_is_part_of_the_request_that_asked_for_it(
    tmp_path: Path, collector: Collector
) -> None:
    gate = threading.Event()
    with (
        closing(ExportedTraces("studio")) as traces,
        open_test_studio(tmp_path / "w", film=TinyFilmMaker(gate), traces=traces) as studio,
    ):
        user = caller(studio)
        video = user.video(HELLO | {"narration": {"text": SECRET}}, HELLO, name=SECRET)
        with spanning(traces.begin("storyboard apply", CONTEXT, Side.CALLS)) as span:
            user.raw("video/generate", {"id": video}, headers={HEADER: span.context})
        gate.set()
        entry = user.wait(video, "ready")["entryId"]
    applied, asked = (
        collector.only("storyboard apply"),
        collector.only("POST /api/v1/video/generate"),
    )
    film = collector.only("generate")
    scenes = [span for span in collector.spans if span.name == "scene"]
    assert applied.parent_span_id.hex() == SPAN
    assert asked.parent_span_id == applied.span_id
    assert film.parent_span_id == asked.span_id
    assert [scene.parent_span_id for scene in scenes] == [film.span_id] * 2
    assert {each.trace_id.hex() for each in (applied, asked, film, *scenes)} == {TRACE}
    facts = {each.key: each.value.string_value or each.value.int_value for each in film.attributes}
    assert facts == {
        "storyboard.video": video,
        "storyboard.entry": entry,
        "storyboard.attempt": 1,
        "storyboard.outcome": "made",
    }
    sent = b"".join(collector.bodies)
    for word in (SECRET, user.ks, studio.admin_secret, "creator@example.com"):
        assert word.encode() not in sent


def test_a_film_that_fails_is_a_span_that_failed(tmp_path: Path, collector: Collector) -> None:
    with (
        closing(ExportedTraces("studio")) as traces,
        open_test_studio(tmp_path / "w", traces=traces) as studio,
    ):
        user = caller(studio)
        shown = {"entryId": new_entry(user, mediaType=1), "startTime": 0}
        video = user.video(HELLO | {"layoutType": "broll", "broll": shown})
        user("video/generate", id=video)
        user.wait(video, "generate-error")
    assert collector.only("generate").status.code == StatusCode.ERROR.value


def test_apply_is_one_trace_with_its_calls(
    tmp_path: Path, collector: Collector, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A pipeline tells its own span, and what the local studio does is below that of `apply`."""
    monkeypatch.setenv(PARENT, CONTEXT)
    project = Project.of(
        tmp_path, {"tour.storyboard.yaml": f"name: Tour\navatar: jane\nscenes: [{SECRET}]\n"}
    )
    ran = project.run("apply", "--yes", "--no-generate")
    assert ran.code == 0, ran.err
    applied = collector.only("storyboard apply")
    assert (applied.trace_id.hex(), applied.parent_span_id.hex()) == (TRACE, SPAN)
    calls = [span for span in collector.spans if span.parent_span_id == applied.span_id]
    assert "POST /api/v1/video/add" in {span.name for span in calls}
    assert SECRET.encode() not in b"".join(collector.bodies)


def test_the_apply_of_a_merged_pull_request_is_a_trace_too(
    tmp_path: Path, collector: Collector
) -> None:
    board = f"name: Tour\navatar: jane\nscenes: [{SECRET}]\n"
    ran = Project.of(tmp_path, {"tour.storyboard.yaml": board}).run("ci", "apply")
    assert ran.code, "no pipeline runs it"
    assert collector.only("storyboard ci apply")


def test_what_a_stranger_sends_is_no_context(tmp_path: Path, collector: Collector) -> None:
    with (
        closing(ExportedTraces("studio")) as traces,
        open_test_studio(tmp_path / "w", workers=0, traces=traces) as studio,
    ):
        user = caller(studio)
        user.raw("video/made-up", {}, headers={HEADER: f"{CONTEXT}\u00e9".encode()})
        user.raw("video/list", {}, headers={HEADER: "00-0-0-00"})
    assert {span.name for span in collector.spans} >= {"POST other", "POST /api/v1/video/list"}
    assert not any(span.parent_span_id for span in collector.spans)


@pytest.mark.parametrize(
    "text", ["", "00", CONTEXT.upper(), CONTEXT + "-x", f"00-{'0' * 32}-{SPAN}-01", CONTEXT + "\n"]
)
def test_a_context_is_of_one_form(text: str) -> None:
    assert is_context(CONTEXT)
    assert not is_context(text)


def test_the_operator_says_how_long_a_collector_may_take(
    collector: Collector, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "_SECONDS", 1e-9)  # in which none can answer
    with closing(traces_of(os.environ, "studio")) as traces:
        traces.begin("one", "", Side.WORKS).end()
    assert collector.only("one")


@pytest.mark.slow
def test_nothing_is_traced_or_imported_unless_an_address_is_set(tmp_path: Path) -> None:
    assert isinstance(traces_of({}, "x"), Untraced)
    assert isinstance(traces_of({ENDPOINT: "http://x", "OTEL_SDK_DISABLED": "TRUE"}, "x"), Untraced)
    looks = "import sys, storyboard.cli.apply, storyboard.cli.studio; print([*sys.modules])"
    told = subprocess.run([sys.executable, "-c", looks], capture_output=True, text=True, check=True)
    assert "opentelemetry" not in told.stdout


@pytest.mark.slow
def test_a_collector_that_is_away_is_no_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(ENDPOINT, "http://127.0.0.1:1")
    project = Project.of(
        tmp_path, {"tour.storyboard.yaml": "name: Tour\navatar: jane\nscenes: [This is a tour.]\n"}
    )
    ran = project.run("apply", "--yes", "--no-generate")
    assert (ran.code, "opentelemetry" in ran.err.lower()) == (0, False)


HEAD = b"HTTP/1.1 200 OK\r\n"
MIB = b"x" * (1 << 20)


def dripping(first: bytes) -> Iterator[bytes]:
    yield HEAD + first
    while True:
        time.sleep(0.05)
        yield b"x"


ANSWERS = {
    "a body": partial(dripping, b"Content-Length: 100000\r\n\r\n"),
    "a head": partial(dripping, b"X-Slow: "),
    "an endless body": lambda: chain([HEAD + b"Connection: close\r\n\r\n"], repeat(MIB)),
}


@pytest.mark.parametrize("kind", ANSWERS)
def test_a_collector_is_left_in_time_and_unread(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its answer may be slow or endless: neither time nor memory is given to it."""
    sent, left = 0, threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            nonlocal sent
            connection, _ = listening.accept()
            with connection, suppress(OSError):
                connection.recv(1 << 16)
                for piece in ANSWERS[kind]():
                    connection.sendall(piece)
                    sent += len(piece)
            left.set()

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        monkeypatch.setenv(ENDPOINT, f"http://127.0.0.1:{listening.getsockname()[1]}")
        with closing(traces_of(os.environ, "studio")) as traces:
            traces.begin("one", "", Side.WORKS).end()
        assert left.wait(30), "it is still listened to"
        thread.join()
    assert sent < 64 << 20


def test_a_collector_gets_no_login_of_another_program(
    collector: Collector, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text(f"machine 127.0.0.1 login ann password {SECRET.replace(' ', '-')}\n")
    monkeypatch.setenv("NETRC", str(netrc))
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_HEADERS", "x-team=films")
    with closing(traces_of(os.environ, "studio")) as traces:
        traces.begin("one", "", Side.WORKS).end()
    assert collector.only("one")
    [headers] = collector.headers
    assert (headers.get("x-team"), headers.get("authorization")) == ("films", None)
