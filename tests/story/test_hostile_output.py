"""Files and servers that want the terminal, or the pipeline that reads the log, to obey them."""

from __future__ import annotations

import json
import os
import re
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from storyboard.cli import run

SPELLED = (
    "x\n::error file=a,line=1::h\n  ::stop-commands::t\n\u200b::add-mask::a\u001b]8;;http://a\u0007h"
    "\u001b[2J\u009b2J\u202e\u2066##[error]h ##vso[task.complete]h\r::warning::h\u2028::notice::h"
    "\u001b[0Ksection_start:1:h"
)
"""What YAML, JSON and PO can spell; `RAW` is what files may have as it is."""
RAW = "x \u202e\u2066 ##[error]h ##vso[task.complete]h\n::error::h\n  ::stop-commands::t"

NOT_PRINTED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")

GOOD: dict[str, object] = {
    "id": "tour",
    "name": "Tour",
    "scenes": [{"id": "one", "narration": "Hello and welcome to this rather short film of ours."}],
}
SCENE = {"id": "one", "narration": "Hello and welcome to this rather short film of ours."}


def storyboards(hostile: str) -> dict[str, dict[str, object]]:
    """Return a storyboard with the text at each place that an author can write to."""
    return {
        "id": GOOD | {"id": hostile},
        "name": GOOD | {"name": hostile},
        "key": GOOD | {hostile: 1},
        "narration": GOOD
        | {"scenes": [SCENE | {"narration": f"Hello and welcome to all. {hostile}"}]},
        "scene id": GOOD | {"scenes": [SCENE | {"id": hostile}]},
        "scene key": GOOD | {"scenes": [SCENE | {hostile: 1}]},
        "notes": GOOD | {"scenes": [SCENE | {"notes": hostile}]},
        "avatar": GOOD | {"avatar": hostile},
        "avatars": GOOD | {"avatars": {hostile: hostile}},
        "background": GOOD | {"avatar": {"templateId": hostile, "background": hostile}},
        "entries": GOOD | {"entries": {hostile: {"entryId": hostile}}},
        "clip": GOOD | {"scenes": [SCENE | {"broll": hostile}]},
        "start": GOOD | {"scenes": [SCENE | {"broll": {"entryId": "1_a", "startTime": hostile}}]},
        "locales": GOOD | {"locales": [hostile, "de"]},
        "vars": GOOD | {"vars": {hostile: hostile, "v": hostile}, "name": "{{ v }}"},
        "expression": GOOD | {"name": "{{ " + hostile + " }}"},
        "filter": GOOD | {"name": "{{ 'a'|" + hostile + " }}"},
        "literal": GOOD | {"name": "{{ " + json.dumps(hostile) + " }} {{ nothing }}"},
        "when": GOOD | {"scenes": [SCENE | {"when": hostile}]},
        "include": GOOD | {"scenes": [{"include": hostile}]},
        "compose": GOOD | {"scenes": [], "compose": {"entryIds": [hostile], "formatType": hostile}},
    }


def project(folder: Path, storyboard: object, **settings: object) -> Path:
    (folder / "storyboards").mkdir(exist_ok=True)
    (folder / "storyboards" / "tour.yaml").write_text(json.dumps(storyboard))
    (folder / "storyboard.yaml").write_text(json.dumps(settings or {"checks": {}}))
    return folder


def assert_harmless(printed: str, told: str) -> None:
    """Assert that no terminal and no pipeline would obey what was printed."""
    found = NOT_PRINTED.search(printed)
    assert found is None, (told, printed[max(0, found.start() - 80) :][:120])
    for line in printed.split("\n"):
        seen = re.sub("[\u00ad\u200b-\u200f\ufe00-\ufe0f\ufeff]", "", line).strip()
        assert not seen.startswith("::"), (told, line)
        assert not re.search(r"##\w*\[", seen), (told, line)


def say(capfd: pytest.CaptureFixture[str], *words: str) -> str:
    """Run a command and return all that it printed, by whatever way."""
    run(words)
    return "".join(capfd.readouterr())


@pytest.fixture(autouse=True)
def no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [n for n in os.environ if n.startswith(("KALTURA_", "STORYBOARD_"))]:
        monkeypatch.delenv(name)


@pytest.mark.parametrize("form", [SPELLED, RAW], ids=["spelled", "raw"])
@pytest.mark.parametrize("place", storyboards(""))
def test_no_text_of_a_file_is_obeyed(
    place: str, form: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    folder = str(project(tmp_path, storyboards(form)[place]))
    commands = ("check", "check --format json", "show", "show --json", "fmt --check")
    commands += ("locale status", "avatars --json", "plan", "plan --json")
    seen = ""
    for command in commands:
        printed = say(capfd, "-C", folder, *command.split())
        assert_harmless(printed, command)
        seen += printed
    assert "Traceback" not in seen


@pytest.mark.parametrize("place", ["state", "download", "catalogs", "checks", "environments", "k"])
def test_no_setting_of_a_project_is_obeyed(
    place: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    value: object = SPELLED
    if place in ("checks", "environments"):
        value = {SPELLED: {SPELLED: SPELLED}}
    folder = str(project(tmp_path, GOOD, **{place: value}))
    for command in ("check", "plan", "doctor", "outputs", f"plan -e {'a::b'}", "status"):
        assert_harmless(say(capfd, "-C", folder, *command.split()), command)


def test_no_name_of_a_file_is_obeyed(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    project(tmp_path, GOOD)
    name = SPELLED.replace("/", "-")[:60]
    (tmp_path / "storyboards" / f"{name}.yaml").write_text("name: 1\nscenes: {}\n")
    (tmp_path / "locale").mkdir()
    (tmp_path / "locale" / "de.po").write_text('msgid "a\\u001b"\nmsgstr "::error::x')
    for command in ("check", "fmt --check", "plan", "locale status", "locale sync"):
        assert_harmless(say(capfd, "-C", str(tmp_path), *command.split()), command)


def test_no_word_of_a_command_line_is_obeyed(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    folder = str(project(tmp_path, GOOD))
    for words in (
        (SPELLED,), ("plan", SPELLED), ("plan", "-e", SPELLED), ("plan", f"--{SPELLED}"),
        ("check", "--var", SPELLED), ("check", "--var", f"a={SPELLED}"), ("explain", SPELLED),
        ("check", "--var-file", SPELLED), ("show", f"tour@{SPELLED}"), ("schema", SPELLED),
    ):  # fmt: skip
        assert_harmless(say(capfd, "-C", folder, *words), words[0])
    assert_harmless(say(capfd, "-C", SPELLED, "check"), "-C")


class Liar(BaseHTTPRequestHandler):
    """A studio that has nothing but hostile words, in the shapes of its right replies."""

    status = 400

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("content-length", 0)))
        error = {"code": SPELLED, "message": SPELLED, "objectType": "KalturaAPIException"}
        video = {"id": SPELLED, "name": SPELLED, "status": SPELLED, "scenes": [{"text": SPELLED}]}
        body = {
            **error,
            "objects": [video],
            "totalCount": 1,
            "error": error,
            "result": error,
            "id": SPELLED,
            "name": SPELLED,
        }
        content = json.dumps(body).encode()
        self.send_response(self.status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    do_GET = do_POST

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def liar() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Liar)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("status", [200, 400, 403])
def test_no_word_of_a_server_is_obeyed(
    status: int,
    liar: str,
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(Liar, "status", status)
    monkeypatch.setenv("KALTURA_VOD_AVATAR_URL", f"{liar}/api/v1")
    monkeypatch.setenv("KALTURA_SERVICE_URL", f"{liar}/api_v3")
    monkeypatch.setenv("KALTURA_PARTNER_ID", "101")
    monkeypatch.setenv("KALTURA_KS", "a-session")
    folder = str(project(tmp_path, GOOD))
    seen = ""
    for command in ("plan", "apply --yes", "status", "doctor", "avatars", "destroy --yes"):
        printed = say(capfd, "-C", folder, *command.split(), "-e", "kaltura")
        assert_harmless(printed, command)
        seen += printed
    assert "\\u001b" in seen, "the server's words were to be shown"
