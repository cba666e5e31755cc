"""A secret that was made is shown by nothing, whoever says it and however it is quoted."""

from __future__ import annotations

import base64
import gc
import hashlib
import io
import json
import re
import sys
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest

from storyboard.errors import StoryboardError
from storyboard.hidden import masked_value
from storyboard.kaltura.credentials import AppTokenLogin, Credentials, GivenSession, SecretLogin
from storyboard.kaltura.secrets import Secret, redact
from storyboard.printing import GuardedStream, guarded_streams
from tests.support.passing_time import soon
from tests.support.wire_server import Answer, wire_server
from tests.unit.test_kaltura_client import ACTIONS, VIDEO, call

VALUE = 'Abc/123+x"y\\z%secret'
SPELLINGS: dict[str, Callable[[str], str]] = {
    "plain": str,
    "in quotes": repr,
    "in JSON": json.dumps,
    "in an address": lambda value: quote(value, safe=""),
    "in an address of small letters": lambda value: re.sub(
        "%..", lambda found: found[0].lower(), quote(value, safe="")
    ),
    "in base64": lambda value: base64.b64encode(value.encode()).decode(),
    "in base64 after one": lambda value: base64.b64encode(b"u" + value.encode() + b"v").decode(),
    "in base64 after a user": lambda value: base64.b64encode(b"me3:" + value.encode()).decode(),
    "in base64 for addresses": lambda value: base64.urlsafe_b64encode(
        b"\xff\xfe" + value.encode()
    ).decode(),
    "twice": lambda value: value + value,
}


def core(spelling: Callable[[str], str], value: str) -> str:
    """Return the middle of what a value is spelled as, which nothing else has."""
    spelled = spelling(value)
    return spelled[len(spelled) // 2 - 4 : len(spelled) // 2 + 4]


@pytest.mark.parametrize("spelling", SPELLINGS.values(), ids=SPELLINGS)
def test_a_secret_is_masked_by_its_value_in_each_spelling(spelling: Callable[[str], str]) -> None:
    secret = Secret(VALUE)
    text = f"before {spelling(secret.reveal())} after"
    for shown in (redact(text), printed(text), printed(json.dumps({"a": text}))):
        assert core(spelling, VALUE) not in shown
        assert "[redacted]" in shown
        assert "before" in shown
        assert "after" in shown


def printed(text: str) -> str:
    stream = io.StringIO()
    GuardedStream(stream).write(text)
    return stream.getvalue()


def test_the_longer_of_two_secrets_is_masked_whole() -> None:
    secrets = [Secret("hunter2-hunter2"), Secret("hunter2-hunter2-and-more")]
    assert redact("x hunter2-hunter2-and-more y") == "x [redacted] y"
    assert len(secrets) == 2


def test_a_short_secret_blanks_no_words_and_a_dead_one_no_more() -> None:
    kept, gone = Secret("scenes"), Secret("a-secret-of-a-moment")
    assert printed("2 scenes") == "2 scenes"
    del gone
    gc.collect()
    assert printed("a-secret-of-a-moment") == "a-secret-of-a-moment"
    assert kept


def test_a_run_hides_its_secrets_until_its_end() -> None:
    """A failure is shown when the session of the run is long gone."""
    before, pipe = (sys.stdout, sys.stderr), io.StringIO()
    try:
        sys.stdout = sys.stderr = pipe
        with guarded_streams():
            Secret("a-secret-of-a-moment")
            gc.collect()
            print("refused: a-secret-of-a-moment")
    finally:
        sys.stdout, sys.stderr = before
    assert pipe.getvalue() == "refused: [redacted]\n"


def test_masking_costs_little() -> None:
    secrets = [Secret(f"{at:032x}") for at in range(1, 6)]
    with soon(3):
        for _ in range(10_000):
            printed("a line of a plan\n")
    assert secrets


WIDGET = "WIDGETSESSION12345"
LOGINS: dict[str, Credentials] = {
    "session": GivenSession(Secret("MYGIVENSESSION12345")),
    "secret": SecretLogin(77, Secret("SUPERSECRET0123456789"), "me"),
    "token": AppTokenLogin(77, "1_token", Secret("APPTOKENSECRETVALUE"), "me"),
}
STARTS: dict[str, list[Answer]] = {
    "session": [],
    "secret": [Answer({"ks": "STARTEDSESSION12345"})],
    "token": [Answer({"ks": WIDGET}), Answer({"ks": "STARTEDSESSION12345"})],
}
SENT = {
    "session": "MYGIVENSESSION12345",
    "secret": "STARTEDSESSION12345",
    "token": "STARTEDSESSION12345",
}
ECHOES: dict[str, Callable[[str], Any]] = {
    "a message": lambda sent: {"code": "FOO", "message": f"no rights for '{sent}'"},
    "a code": lambda sent: {"code": f"X{sent}", "message": "no"},
    "a code of a number and a dict": lambda sent: {"code": {"a": sent}, "message": [sent]},
    "a name": lambda sent: {**VIDEO, "name": f"x {sent}"},
    "a user": lambda sent: {**VIDEO, "userId": sent},
    "an id": lambda sent: {**VIDEO, "id": sent},
    "an entry": lambda sent: {**VIDEO, "entryId": sent},
    "a narration": lambda sent: {**VIDEO, "scenes": [{"narration": {"text": f"Say {sent}."}}]},
    "a prompt": lambda sent: {**VIDEO, "composeParams": {"userPrompt": sent, sent: 1}},
    "a status": lambda sent: {**VIDEO, "status": sent},
    "a text": lambda sent: sent,
}


@pytest.mark.parametrize("login", LOGINS)
@pytest.mark.parametrize("echo", ECHOES.values(), ids=ECHOES)
@pytest.mark.parametrize("status", [200, 404])
def test_what_a_studio_sends_back_of_a_session_comes_nowhere(
    login: str, echo: Callable[[str], Any], status: int
) -> None:
    sent = SENT[login]
    with wire_server(*STARTS[login], Answer(echo(sent), status)) as server:
        try:
            told = repr(call(server, ACTIONS["get"], LOGINS[login]))
        except StoryboardError as cause:
            told = f"{cause.message} {cause.hint} {cause!r}"
    assert sent not in told


HASH = hashlib.sha256(f"{WIDGET}APPTOKENSECRETVALUE".encode()).hexdigest()


@pytest.mark.parametrize(
    ("login", "sent"),
    [("secret", "SUPERSECRET0123456789"), ("token", HASH), ("token", WIDGET)],
    ids=["secret", "hash", "widget"],
)
@pytest.mark.parametrize("status", [200, 404, 503])
def test_what_a_service_sends_back_of_a_login_comes_nowhere(
    login: str, sent: str, status: int
) -> None:
    refusal = Answer({"code": "INVALID_SECRET", "message": f"invalid secret '{sent}'"}, status)
    with (
        wire_server(*STARTS[login][:-1], refusal) as server,
        pytest.raises(StoryboardError) as caught,
    ):
        call(server, ACTIONS["get"], LOGINS[login])
    assert sent in server.requests[-1][2].decode()
    assert "invalid secret" in caught.value.message
    assert sent not in f"{caught.value.message} {caught.value.hint}"


def test_a_session_that_is_given_again_is_taken() -> None:
    """A studio may answer with the session that it gave before, and a download may hold it."""
    login, sent = LOGINS["secret"], SENT["secret"]
    entry = {"id": "v1", "downloadUrl": f"https://a.example/ks/{sent}/x.mp4"}
    start = STARTS["secret"][0]
    refused = Answer({"code": "EXPIRED_KS", "message": "no"})
    with wire_server(start, refused, start, Answer(entry)) as server:
        found = call(server, lambda client: client.get_entry("v1"), login)
        assert sent in server.requests[-1][2].decode()
    assert found is not None
    assert found.download_url == entry["downloadUrl"]


@pytest.mark.parametrize("cut", [5, 10, len(VALUE) - 1])
def test_a_secret_is_masked_in_whatever_pieces_it_is_written(cut: int) -> None:
    secret = Secret(VALUE)
    stream = io.StringIO()
    guarded = GuardedStream(stream)
    for piece in ("before ", VALUE[:cut], VALUE[cut:], " after\n"):
        guarded.write(piece)
    assert stream.getvalue() == "before [redacted] after\n"
    assert secret.reveal() == VALUE


def test_what_only_begins_like_a_secret_is_written_all_the_same() -> None:
    secret = Secret(VALUE)
    stream = io.StringIO()
    guarded = GuardedStream(stream)
    guarded.write(VALUE[:6])
    guarded.write("…\n")
    guarded.write(VALUE[:6])
    guarded.flush()
    assert stream.getvalue() == f"{VALUE[:6]}…\n{VALUE[:6]}"
    assert secret.reveal() == VALUE


def test_a_large_reply_is_masked_at_the_cost_of_reading_it() -> None:
    """Half a million texts took 14 seconds, in which nothing else of an apply went on."""
    secrets = [Secret(f"{VALUE}{number}") for number in range(4)]
    crowd = {"objects": [f"text {number}" for number in range(200_000)]}
    begun = time.process_time()
    json.loads(json.dumps(crowd))
    read = time.process_time() - begun
    begun = time.process_time()
    assert masked_value(crowd, frozenset()) is crowd
    assert time.process_time() - begun < 20 * read
    assert len(secrets) == 4
