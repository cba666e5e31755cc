"""The fast acceptor and jsonschema are of one mind, under both dialects, on good and bad files."""

from __future__ import annotations

import copy
import re
from functools import cache
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator, Draft202012Validator
from jsonschema.validators import extend

from storyboard.language.timecode import parse_timecode
from storyboard.source.acceptor import compile_pattern
from storyboard.source.schema import accepts, explain, read_schema
from storyboard.wire import MAX_START_SECONDS
from tests.support.examples import examples
from tests.support.timecode_patterns import above

GOOD: dict[str, Any] = {
    "storyboard": {
        "id": "q1-training",
        "name": "{{ product }} training",
        "avatar": "host",
        "avatars": {
            "host": {"templateId": "jane", "background": "#CEEEDB"},
            "expert": {"templateId": "{{x}}", "background": {"type": "library", "id": "office-1"}},
            "guest": {"templateId": "adam", "background": {"type": "color", "color": "#000000"}},
            "short": "maya",
            "film": {"templateId": "tim", "background": {"type": "entry", "entryId": "1_abc"}},
        },
        "entries": {
            "metrics": {"entryId": "1_xyz789", "media": "media/m.mp4", "duration": "1:02"},
            "short": "1_abc",
        },
        "vars": {"product": "Acme", "features": [{"id": "a", "pitch": "b"}], "n": 1.5},
        "locales": ["en", "pt-BR", "zh-Hant-TW"],
        "scenes": [
            "Welcome to {{ product }}.",
            {"id": "m", "layoutType": "broll", "narration": {"text": "x", "avatar": "host"},
             "broll": {"entry": "metrics", "startTime": "0:30"}, "avatar": "expert",
             "when": "{{ locale != 'de' }}", "notes": "n"},
            {"narration": "x", "broll": "metrics@0:30"},
            {"narration": "x", "broll": {"entryId": "1_a", "startTime": 1.5}, "when": False},
            {"include": "shared/outro.yaml"},
            {"for_each": "{{ features }}", "id": "f-{{ item.id }}", "narration": "{{ item.x }}"},
            {"for_each": [1, 2], "narration": "{{ item }}"},
        ],
        "localize": {"fr": {"avatar": "host", "entries": {"metrics": {"entryId": "1_fr"}},
                            "vars": {}, "scenes": {"m": {"broll": {"startTime": 12}}}}},
        "protect": True,
        "composed": {"formatType": "video-explainer", "duration": 30, "entryIds": ["1_a"]},
    },
    "scenes": ["a", {"narration": "b", "broll": "m@1:02:03.5"}],
    "project": {
        "name": "Acme",
        "locales": ["en"],
        "avatars": {"host": "jane"},
        "entries": {"m": {"entryId": "1_a"}},
        "vars": {"product": "Acme"},
        "storyboards": ["storyboards/*.yaml", "more/**/*.yaml"],
        "environments": {
            "production": {
                "studio": "kaltura", "region": "irp2", "avatarUrl": "https://a.example",
                "serviceUrl": "https://b.example", "partnerId": 12, "userId": "u",
                "adminSecretEnv": "SECRET", "ksEnv": "KS", "appTokenId": "1_x",
                "appTokenEnv": "TOKEN", "state": "state/x.json", "download": "films",
                "vars": {"product": "Real"}, "entries": {"m": {"entryId": "1_b"}},
            },
        },
        "checks": {"narration-short": "error", "unused-variable": "off"},
        "policy": {"maxGenerate": 5, "maxMinutes": 12.5, "maxDelete": 0, "maxReplace": 1},
    },
    "diagnostics": {
        "diagnostics": [
            {"code": "x-y", "severity": "error", "file": "a.yaml", "line": 1, "column": 2,
             "endLine": 1, "endColumn": 3, "message": "m", "hint": None, "notes": []},
        ]
    },
}  # fmt: skip
NAMES = sorted(GOOD)
STRAY = st.sampled_from([
    None, True, False, 0, -1, 1.0, 1.5, 1201, "", "x", "Bad Id!", "a\n", "{{ x }}", "1:30", "1:99",
    "#CEEED", "#CEEEDB", "1_a", "janee", "broll", "{% x %}", [], ["x", "x"], [1, True], {},
    {"x": 1}, {"type": "color"}, {"include": "x", "narration": "y"}, {"entry": "a", "entryId": "b"},
    "x" * 6000,
])  # fmt: skip
KEYS = st.sampled_from([
    "id", "name", "scenes", "compose", "avatar", "broll", "entry", "entryId", "startTime", "type",
    "include", "for_each", "narration", "text", "1x", "x", "", "a b", "ks", "fr", "english!",
])  # fmt: skip


def containers(value: Any) -> list[Any]:
    found = []
    if isinstance(value, dict | list):
        found.append(value)
        for item in value.values() if isinstance(value, dict) else value:
            found += containers(item)
    return found


@st.composite
def documents(draw: st.DrawFn) -> tuple[str, Any]:
    """A good document of some schema, hurt in up to four places."""
    name = draw(st.sampled_from(NAMES))
    value = copy.deepcopy(GOOD[name])
    for _ in range(draw(st.integers(0, 4))):
        places = containers(value)
        if not places:
            break
        place = places[draw(st.integers(0, len(places) - 1))]
        if isinstance(place, dict):
            key = draw(st.one_of(KEYS, st.sampled_from(sorted(place)))) if place else draw(KEYS)
            if key in place and draw(st.booleans()):
                del place[key]
            else:
                place[key] = copy.deepcopy(draw(STRAY))
        elif place:
            place[draw(st.integers(0, len(place) - 1))] = copy.deepcopy(draw(STRAY))
    return name, value


def strict_pattern(_: Any, pattern: str, value: Any, __: Any) -> Any:
    if isinstance(value, str) and not compile_pattern(pattern).search(value):
        yield jsonschema.ValidationError("no match")


@cache
def validator(dialect: Any, name: str) -> Any:
    return extend(dialect, {"pattern": strict_pattern})(read_schema(name))  # type: ignore[no-untyped-call]


@given(documents())
@settings(max_examples=examples(300), deadline=None)
def test_acceptor_and_jsonschema_agree(document: tuple[str, Any]) -> None:
    name, value = document
    accepted = accepts(name, value)
    assert accepted == validator(Draft7Validator, name).is_valid(value)
    assert accepted == validator(Draft202012Validator, name).is_valid(value)
    faults = explain(name, value)
    assert bool(faults) != accepted
    assert all(fault.message for fault in faults)


@pytest.mark.parametrize("name", NAMES)
def test_good_files_are_accepted(name: str) -> None:
    assert explain(name, GOOD[name]) == ()
    assert accepts(name, GOOD[name])


@given(st.text(alphabet="ab\n$[]^", max_size=6))
def test_a_dollar_is_the_very_end(text: str) -> None:
    assert bool(compile_pattern("^[ab$]+$").search(text)) == bool(re.fullmatch("[ab$]+", text))


@given(
    st.integers(0, 30) | st.integers(0, 2000),
    st.integers(0, 99),
    st.integers(0, 59),
    st.sampled_from(["", ".0", ".000", ".5", ".001", ".010"]),
    st.booleans(),
)
@settings(max_examples=examples(500))
def test_a_start_is_refused_from_a_day_on(
    first: int, second: int, third: int, fraction: str, has_hours: bool
) -> None:
    """A pattern says what `parse_timecode` and the limit say, to the thousandth."""
    minutes, time = divmod(second, 60)[1], f"{first}:{third:02}"
    time = (f"{first}:{minutes:02}:{third:02}" if has_hours else time) + fraction
    seconds = parse_timecode(time)
    assert seconds is not None
    for written in ({"entryId": "1_a", "startTime": time}, f"metrics@{time}"):
        scene = {"narration": "x", "broll": written}
        assert accepts("scenes", [scene]) == (seconds <= MAX_START_SECONDS), time


@pytest.mark.parametrize("limit", [0, 9, 10, 59, 99, 1439, 1440, 86_400])
def test_a_pattern_for_larger_numbers(limit: int) -> None:
    larger = re.compile(above(limit))
    for number in (*range(max(0, limit - 1200), limit + 1200), limit * 10, limit * 11 + 1):
        assert bool(larger.fullmatch(str(number))) == (number > limit), number
