"""`samples/composer/adapter.py`, between the studio's remote composer and a model's server."""

from __future__ import annotations

import http.client
import json
import threading
from collections.abc import Iterator
from http.server import HTTPServer
from typing import Any
from urllib.parse import urlsplit

import pytest

from samples.composer.adapter import Handler, read
from storyboard.studio.compose.remote import RemoteComposer
from storyboard.studio.compose.request import (
    ComposedScene,
    ComposeError,
    ComposeRequest,
    Cue,
    Format,
    Source,
)
from tests.support.wire_server import Answer, wire_server

CUES = (Cue(0, 8, "The pumps bring water into the hall, day and night, all through the year."),)
REQUEST = ComposeRequest(
    Format.SESSION_HIGHLIGHTS,
    12,
    (Source("1_pumps001", "pumps", 90.0, CUES),),
    "the pumps",
    wants_name=True,
)
SPOKEN = "Two pumps bring cold water into hall two, day and night, and nobody hears them at all."


@pytest.fixture
def adapter() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/compose"
    server.shutdown()
    thread.join()
    server.server_close()


def said(*scenes: dict[str, Any]) -> Answer:
    told = json.dumps({"name": "Two pumps", "scenes": scenes})
    return Answer({"choices": [{"message": {"content": f"Here it is:\n```json\n{told}\n```"}}]})


GOOD = said(
    {"narration": SPOKEN},
    {"narration": SPOKEN, "entryId": "1_pumps001", "startTime": 3},
    {"narration": "That is all.", "entryId": "1_unknown1", "startTime": 3},
)


def test_a_model_writes_the_scenes(adapter: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with wire_server(GOOD) as model:
        monkeypatch.setenv("LLM_URL", f"{model.url}/v1/")
        monkeypatch.setenv("LLM_KEY", "sk-test")
        made = RemoteComposer(adapter)(REQUEST)
    assert made.name == "Two pumps"
    assert made.scenes == (
        ComposedScene(SPOKEN),
        ComposedScene(SPOKEN, "1_pumps001", 3.0),
        ComposedScene("That is all."),
    )
    [asked] = model.requests
    path, headers, body = asked
    assert (path, headers["authorization"]) == ("/v1/chat/completions", "Bearer sk-test")
    rules, material = (message["content"] for message in json.loads(body)["messages"])
    assert 'language "en"' in rules
    assert "[0] The pumps bring water" in material


def test_a_model_that_writes_too_little_is_asked_once_more(
    adapter: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with wire_server(said({"narration": "Pumps run."}), GOOD) as model:
        monkeypatch.setenv("LLM_URL", f"{model.url}/v1")
        assert len(RemoteComposer(adapter)(REQUEST).scenes) == 3
    assert "with about" in json.loads(model.requests[1][2])["messages"][-1]["content"]


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (Answer({}, status=401), "composer-refused"),
        (Answer({}, status=429), "composer-busy"),
        (Answer({"choices": []}), "composer-failed"),
        (Answer({"choices": [{"message": {"content": "I cannot do that."}}]}), "composer-failed"),
        (said({"narration": SPOKEN * 9}), "composer-length"),
    ],
)
def test_what_the_model_does_wrong_is_told(
    adapter: str, monkeypatch: pytest.MonkeyPatch, answer: Answer, code: str
) -> None:
    with wire_server(answer) as model:
        monkeypatch.setenv("LLM_URL", f"{model.url}/v1")
        with pytest.raises(ComposeError) as caught:
            RemoteComposer(adapter)(REQUEST)
    assert caught.value.code == code


def test_a_page_in_a_browser_is_refused(adapter: str) -> None:
    connection = http.client.HTTPConnection(urlsplit(adapter).netloc)
    connection.request("POST", "/compose", "{}", {"Origin": "http://evil.example"})
    assert connection.getresponse().status == 403
    connection.close()


def test_words_around_the_json_are_left_out() -> None:
    assert read('So: {"scenes": [{"narration": " A. "}]} done')["scenes"] == [{"narration": "A."}]
