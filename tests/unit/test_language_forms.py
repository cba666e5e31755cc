"""Short forms and times, where a golden case would say too little."""

from __future__ import annotations

from typing import Any

import pytest

from storyboard.language.forms import (
    is_entry_id,
    long_avatar,
    long_background,
    long_broll,
    long_entry,
)
from storyboard.language.names import did_you_mean, nearest_or_all
from storyboard.language.storyboard import default_id
from storyboard.language.timecode import format_timecode, parse_timecode


@pytest.mark.parametrize(
    ("written", "seconds"),
    [
        (90, 90),
        (90.5, 90.5),
        (0, 0),
        (-3, -3),
        ("90", 90),
        ("90.5", 90.5),
        ("1:30", 90),
        ("0:05", 5),
        ("90:00", 5400),
        ("1:02:03", 3723),
        ("0:00:30.500", 30.5),
        ("0:30.05", 30.05),
        (" 1:30 ", 90),
    ],
)
def test_a_time_is_read(written: Any, seconds: float) -> None:
    assert parse_timecode(written) == seconds


@pytest.mark.parametrize(
    "written",
    [
        "", "soon", "1:60", "1:75", "1:5:00:00", "1:60:00", "1:", ":30", "1:005", "-1:30", "1.5:30",
        "0:30.1234", "1e3", "٣", True, False, None, float("inf"), float("nan"), [90], "9" * 5000,
    ],
)  # fmt: skip
def test_what_is_no_time_is_refused(written: Any) -> None:
    assert parse_timecode(written) is None


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0, "0:00"), (30, "0:30"), (90.5, "1:30.5"), (3723.25, "1:02:03.25"), (59.9996, "1:00")],
)
def test_a_time_is_written(seconds: float, text: str) -> None:
    assert format_timecode(seconds) == text


def test_a_color_is_a_background() -> None:
    assert long_background("#ceeedb") == {"type": "color", "color": "#CEEEDB"}
    assert long_background({"type": "color", "color": "#ceeedb"})["color"] == "#CEEEDB"


def test_a_template_id_is_an_avatar_on_the_default_background() -> None:
    assert long_avatar("adam") == {
        "templateId": "adam",
        "background": {"type": "color", "color": "#CEEEDB"},
    }


def test_the_default_background_is_never_shared() -> None:
    first, second = long_avatar("adam"), long_avatar("adam")
    first["background"]["color"] = "#000000"
    assert second["background"]["color"] == "#CEEEDB"


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("metrics", {"entry": "metrics", "startTime": 0}),
        ("metrics@0:30", {"entry": "metrics", "startTime": 30}),
        ("metrics@soon", {"entry": "metrics", "startTime": "soon"}),
        ({"entryId": "1_a", "startTime": "1:30"}, {"entryId": "1_a", "startTime": 90}),
        ({"entry": "metrics"}, {"entry": "metrics", "startTime": 0}),
        (7, 7),
    ],
)
def test_a_broll_is_written_out(short: Any, long: Any) -> None:
    assert long_broll(short) == long


def test_an_entry_id_is_an_entry() -> None:
    assert long_entry("1_abc") == {"entryId": "1_abc"}
    assert is_entry_id("1_xyz789")
    assert not is_entry_id("metrics")


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("storyboards/q1-training.yaml", "q1-training"),
        ("tour.storyboard.yaml", "tour"),
        ("a/b/tour.v2.yml", "tour.v2"),
    ],
)
def test_a_file_names_its_storyboard(path: str, name: str) -> None:
    assert default_id(path) == name


def test_a_near_name_is_suggested_in_its_own_spelling() -> None:
    assert did_you_mean("METRIC", ["Metrics", "demo"]) == "did you mean 'Metrics'?"
    assert did_you_mean("zzz", ["Metrics", "demo"]) is None
    assert nearest_or_all("zzz", ["Metrics", "demo"], "nothing") == "known: Metrics, demo"
    assert nearest_or_all("zzz", [], "nothing") == "nothing"
