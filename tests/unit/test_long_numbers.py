"""Numbers of 5,000 digits, wherever files and command lines can have a number: never a traceback.

Python refuses to read or write a number of more than 4,300 digits.
"""

from __future__ import annotations

import base64
import json
from pathlib import Path

import pytest

from storyboard.apply.reasons import read_reason
from storyboard.cli import run
from storyboard.errors import StateError
from storyboard.kaltura.credentials import partner_of
from storyboard.kaltura.secrets import Secret
from storyboard.state.format import parse_state

DIGITS = "9" * 5000
SCENE = {"id": "one", "narration": "Hello and welcome to this rather short film of ours."}

TEXTS = (
    "{{ %s }}", "{{ 1.%s }}", "{{ 1e%s }}", "{{ 0x%s }}", "{{ '%s'|int }}", "{{ '%s'|float }}",
    "{{ a[%s] }}", "{{ a|map(attribute='%s')|list }}", "{{ 'x'|truncate(%s) }}", "{{ 2 ** %s }}",
    "{{ 1|round(%s) }}", "{{ '%s'|number }}", "{{ '%s'|date }}", "{{ n }}", "{{ n|int + 1 }}", "%s",
)  # fmt: skip
PLACES = (
    "scenes/0/broll/startTime", "scenes/0/broll/entryId", "scenes/0/id", "scenes/0/include", "id",
    "avatar", "locales", "n",
)  # fmt: skip


def checked(
    folder: Path, storyboard: object, capfd: pytest.CaptureFixture[str], *words: str
) -> str:
    """Check a storyboard, written as JSON; numbers stand in it as `"#…"`."""
    (folder / "storyboards").mkdir(exist_ok=True)
    text = json.dumps(storyboard).replace(f'"#{DIGITS}"', DIGITS)
    (folder / "storyboards" / "tour.yaml").write_text(text)
    code = run(["-C", str(folder), *(words or ("check",))])
    told = "".join(capfd.readouterr())
    assert code != 70, told[-600:]
    assert "Traceback" not in told
    return told


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("form", [DIGITS, f"#{DIGITS}"], ids=["text", "number"])
def test_in_a_text(text: str, form: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    name = text % DIGITS if "%s" in text else text
    variables = {"n": form, "a": [{"b": 1}]}
    storyboard = {"name": name, "vars": variables, "scenes": [SCENE]}
    checked(tmp_path, storyboard, capfd)
    checked(tmp_path, storyboard, capfd, "show", "--json")


@pytest.mark.parametrize("form", [DIGITS, f"#{DIGITS}", f"1:{DIGITS}", f"#-{DIGITS}"])
@pytest.mark.parametrize("place", PLACES)
def test_in_a_field(
    place: str, form: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    storyboard: dict[str, object] = {"name": "x", "scenes": [dict(SCENE)]}
    *path, last = place.split("/")
    inner = storyboard
    for step in path:
        inner = inner[int(step)] if step.isdigit() else inner.setdefault(step, {"entryId": "1_a"})  # type: ignore[index, assignment, call-overload]
    inner[last] = form
    checked(tmp_path, storyboard, capfd)


def test_on_a_command_line(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    storyboard = {"name": "{{ n }}", "vars": {"n": 1}, "scenes": [SCENE]}
    for words in (
        ("check", "--var", f"n={DIGITS}"),
        ("check", f"tour@{DIGITS}"),
        ("check", f"{DIGITS}.yaml"),
        ("check", "--var-file", f"{DIGITS}.yaml"),
        ("listen", "tour", "--scene", DIGITS),
        ("listen", "tour", "--scene", "²"),
        ("apply", "--yes", "--no-generate", "--max-delete", DIGITS),
        ("wait", "--timeout", DIGITS),
        ("studio", "serve", "--port", DIGITS),
    ):
        checked(tmp_path, storyboard, capfd, *words)
    monkeypatch.setenv("KALTURA_VOD_AVATAR_URL", "http://127.0.0.1:9/api/v1")
    monkeypatch.setenv("KALTURA_SERVICE_URL", "http://127.0.0.1:9/api_v3")
    monkeypatch.setenv("KALTURA_KS", "x")
    for number in (DIGITS, "²", "١٢٣"):
        monkeypatch.setenv("KALTURA_PARTNER_ID", number)
        told = checked(tmp_path, storyboard, capfd, "plan", "-e", "kaltura")
        assert "expected a number" in told


def test_in_what_a_server_says_of_a_failure() -> None:
    told = read_reason(f"disk-full: scene {DIGITS}: full", ["one"])
    assert told is not None
    assert DIGITS in told.text


@pytest.mark.parametrize("partner", [DIGITS, "²", "", "-1"])
def test_in_a_session(partner: str) -> None:
    ks = base64.b64encode(f"v2|{partner}|xyz".encode()).decode()
    assert partner_of(Secret(ks)) is None


@pytest.mark.parametrize("key", ["format_version", "serial", "lineage"])
def test_in_a_state(key: str) -> None:
    body = {"lineage": "a", "format_version": 1, "serial": 1, key: 0}
    text = json.dumps(body).replace(f'"{key}": 0', f'"{key}": {DIGITS}')
    with pytest.raises(StateError, match="damaged: it has a number of more than 40 digits"):
        parse_state(text, where="state.json")
