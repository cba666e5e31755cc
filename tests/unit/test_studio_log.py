"""The log of a served studio: lines for people, or objects for what collects them; no secrets."""

from __future__ import annotations

import json
import logging
import sys
from typing import Any

import pytest

from storyboard.cli.studio_log import JSON, TEXT, JsonLines, Lines, tell
from storyboard.kaltura.secrets import Secret

KS = "djJ8MTAyfGFiY2RlZmdoaWprbG1ub3A="


def record(message: str, *values: Any, **about: Any) -> logging.LogRecord:
    made = logging.LogRecord("storyboard.studio", 30, __file__, 1, message, values, None)
    made.created = 1_700_000_000.25
    vars(made).update(about)
    return made


def test_an_object_tells_when_how_grave_and_what_about() -> None:
    line = JsonLines().format(record("video %s is ready", "a1", videoId="a1", job="generate"))
    assert json.loads(line) == {
        "time": "2023-11-14T22:13:20.250+00:00",
        "level": "warning",
        "logger": "storyboard.studio",
        "message": "video a1 is ready",
        "videoId": "a1",
        "job": "generate",
    }


@pytest.mark.parametrize("said", ["two\nlines", 'a "quote" and \u2028', "half \ud800", "\x1b[2J"])
def test_whatever_is_said_is_one_line(said: str) -> None:
    line = JsonLines().format(record("%s", said))
    assert "\n" not in line
    assert json.loads(line)["message"] == said.replace("\ud800", "?")


@pytest.mark.parametrize("formatter", [JsonLines(), Lines()], ids=["json", "text"])
def test_no_format_tells_a_secret(formatter: logging.Formatter) -> None:
    secret = Secret("b7a1c3d5e7f9b7a1c3d5e7f9b7a1c3d5")
    made = record("%s of Bearer abc.def with %s", KS, secret.reveal())
    try:
        raise ValueError(f"{KS} and {secret.reveal()}")
    except ValueError:
        made.exc_info = sys.exc_info()
    line = formatter.format(made)
    assert "ValueError" in line
    for told in (KS, "abc.def", secret.reveal()):
        assert told not in line


def test_what_is_no_event_is_said_in_the_form_of_the_log(
    caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    """A line of text amid objects is one that a collector cannot read."""
    caplog.set_level(logging.INFO)
    for grave in (False, True):
        tell(JSON, "said", grave=grave)
        tell(TEXT, "said", grave=grave)
    assert [(record.levelname, record.message) for record in caplog.records] == [
        ("INFO", "said"),
        ("WARNING", "said"),
    ]
    assert capsys.readouterr().err == "said\nwarning: said\n"
