"""For programs: every command prints JSON that its schema describes, and fails with one object."""

from __future__ import annotations

import io
import json
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import click
import pytest

from reference_tables.commands import below, command_of
from storyboard import cli
from storyboard.cli import COMMANDS, run, storyboard
from storyboard.cli.printed import NOTHING, schema_of
from storyboard.errors import ExitCode
from storyboard.source.schema import schema_names
from storyboard.state.lease import Holder, Lease, Status
from tests.support.forge_server import forge_server
from tests.support.json_outputs import all_commands, read_printed, words_of
from tests.support.json_walks import (
    ELSEWHERE,
    FILES,
    IN_A_STUDIO,
    WITH_A_STUDIO,
    WITHOUT_STUDIO,
)
from tests.support.tiny_studio import Fault, TinyStudio, serving

ALL = all_commands()
PRINTING = [words for words in ALL if words not in NOTHING]
BY_WORDS = dict(pair for name in COMMANDS for pair in below(name, command_of(name)))
Told = tuple[int, Any, list[dict[str, Any]]]
Asks = Callable[..., Told]


@pytest.fixture
def asks(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Asks:
    """Run a command line in a folder; returns its code, its result and its events, all checked."""
    monkeypatch.chdir(tmp_path)

    def ask(line: str) -> Told:
        arguments = line.split()
        capsys.readouterr()
        code = run(arguments)
        printed = capsys.readouterr()
        words = words_of(arguments, ALL)
        return code, *read_printed(words, code, printed.out, printed.err)

    return ask


@pytest.fixture
def office(monkeypatch: pytest.MonkeyPatch) -> Iterator[TinyStudio]:
    studio = TinyStudio(film_polls=1)
    with serving(studio) as url:
        monkeypatch.setenv("KALTURA_VOD_AVATAR_URL", f"{url}/api/v1")
        monkeypatch.setenv("KALTURA_SERVICE_URL", f"{url}/api_v3")
        monkeypatch.setenv("KALTURA_KS", "a-session")
        monkeypatch.setenv("KALTURA_PARTNER_ID", "101")
        monkeypatch.setenv("KALTURA_USER_ID", "maker")
        yield studio


def write(folder: Path, files: dict[str, str] = FILES) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


def test_every_command_prints_json_or_says_why_not() -> None:
    have = {words for words in ALL if any("--json" in p.opts for p in BY_WORDS[words].params)}
    assert have == set(PRINTING)
    assert set(NOTHING) <= set(ALL)


def test_every_command_has_a_schema_and_is_tried() -> None:
    assert {schema_of(words) for words in PRINTING} <= set(schema_names())
    lines = (*WITHOUT_STUDIO, *WITH_A_STUDIO, *IN_A_STUDIO)
    tried = {words_of(line.split(), ALL) for line in lines} | set(ELSEWHERE)
    assert set(PRINTING) - tried == set(), "see tests/support/json_walks.py"


def test_what_needs_no_studio(tmp_path: Path, asks: Asks) -> None:
    write(tmp_path)
    for line in WITHOUT_STUDIO:
        code, value, _ = asks(line)
        assert code in (0, 3), line
        assert value is not None, line


def test_what_asks_a_studio(tmp_path: Path, asks: Asks, office: TinyStudio) -> None:
    write(tmp_path)
    for line in WITH_A_STUDIO:
        tour = next((id_ for id_, v in office.videos.items() if v["name"] == "Tour"), "")
        code, value, _ = asks(f"{line.replace('VIDEO-ID', tour)} -e kaltura")
        assert code == 0, (line, value)
        assert value is not None, line
        if line.startswith("state pull"):
            (tmp_path / "pulled.json").write_text(json.dumps(value))


def test_what_needs_another_program(
    tmp_path: Path, asks: Asks, monkeypatch: pytest.MonkeyPatch
) -> None:
    lease = Lease(Status.BROKEN, "abc", 3, Holder("ana", "laptop"))
    monkeypatch.setattr("storyboard.cli.lock.break_lock", lambda *_: lease)
    assert asks("lock break --id abc --json")[1]["broken"]["host"] == "laptop"
    (tmp_path / "plan.md").write_text("<!-- storyboard plan: production -->\n\n1 to create\n")
    (tmp_path / "empty.md").write_text("")
    with forge_server("github") as forge:
        for name, value in forge.variables.items():
            monkeypatch.setenv(name, value)
        code, value, _ = asks("ci comment --body plan.md --json")
        assert (code, value["posting"]) == (0, "written")
        assert asks("ci comment --body empty.md --json")[1]["posting"] == "none"
        plan = (tmp_path / "plan.md").read_text()
        for encoding in ("utf-8-sig", "utf-16"):  # as PowerShell 5 writes what is printed
            (tmp_path / "shell.md").write_bytes(plan.replace("\n", "\r\n").encode(encoding))
            assert asks("ci comment --body shell.md --json")[1]["posting"] == "unchanged"
        monkeypatch.setenv("GITHUB_TOKEN", "another")
        assert asks("ci comment --body plan.md --json")[0] == ExitCode.CREDENTIALS


def test_a_wrong_option_is_one_object(asks: Asks) -> None:
    for words in PRINTING:
        code, value, events = asks(f"{words} --json --qqq")
        assert (code, value, len(events)) == (ExitCode.USAGE, None, 1)
        assert (events[0]["code"], events[0]["retryable"]) == ("usage", False)
        assert "--qqq" in events[0]["message"]
        assert events[0]["hint"] == f"see the options: storyboard {words} --help"


def test_a_broken_project_fails_every_command_alike(tmp_path: Path, asks: Asks) -> None:
    """Whatever it is that fails: one object, with the exit code, and no half result."""
    write(tmp_path, {"storyboard.yaml": "{", "tour.yaml": "name: 7\n"})
    state = tmp_path / ".storyboard" / "state" / "local.json"
    state.parent.mkdir(parents=True)
    state.write_text("{")
    failed = 0
    for line in (*WITHOUT_STUDIO, *WITH_A_STUDIO):
        code, _, _ = asks(line)
        failed += code not in (0, 2)
    assert failed > 20


@pytest.mark.parametrize(
    ("line", "code", "name", "retryable"),
    [
        ("", 64, None, False),
        ("--json", 64, "usage", False),
        ("state --json", 64, "usage", False),
        ("plam --json", 64, "usage", False),
        ("plan --json nothing", 64, "usage", False),
        ("apply --json", 64, "confirmation-needed", False),
        ("destroy --json", 64, "confirmation-needed", False),
        ("state rm tour --json", 64, "confirmation-needed", False),
        ("studio reset --json", 64, "confirmation-needed", False),
        ("studio journal --json", 1, "studio-not-served", False),
        ("plan -e kaltura --json", 4, "credentials", False),
        ("plan -C nowhere --json", 64, "usage", False),
        ("apply --yes --max-generate 0 --json", 5, "refused", False),
        ("plan --fail-on create --json", 5, "fail-on", False),
        ("plan --max-generate 0 --json", 5, "refused", False),
        ("locale status --check --json", 3, "files-outdated", False),
        ("fmt --ids --check --json", 3, "files-outdated", False),
        ("lock break --json", 64, "usage", False),
        ("show none.plan.json --json", 64, "usage", False),
        ("explain nothing --json", 64, "usage", False),
    ],
)
def test_the_codes_of_failures(
    tmp_path: Path, asks: Asks, monkeypatch: pytest.MonkeyPatch, line: str, code: int,
    name: str | None, retryable: bool,
) -> None:  # fmt: skip
    for variable in ("KALTURA_REGION", "KALTURA_VOD_AVATAR_URL", "KALTURA_KS"):
        monkeypatch.delenv(variable, raising=False)
    write(tmp_path)
    if name is None:
        assert run([]) == code
        return
    ended, _, events = asks(line)
    assert (ended, events[-1]["code"], events[-1]["retryable"]) == (code, name, retryable)


def test_findings_are_in_the_error_and_the_result_stays_empty(tmp_path: Path, asks: Asks) -> None:
    write(tmp_path)
    (tmp_path / "bad.yaml").write_text("name: 7\n")
    code, value, events = asks("plan --json")
    assert (code, value) == (3, None)
    (error,) = events
    errors = [each for each in error["diagnostics"] if each["severity"] == "error"]
    found = [(each["file"], each["code"]) for each in errors]
    assert found == [("bad.yaml", "missing-key"), ("bad.yaml", "wrong-type")]
    assert error["message"] == "2 errors in the files"
    code, value, events = asks("check --json")
    assert (code, len(value["diagnostics"])) == (3, len(error["diagnostics"]))
    assert (events[-1]["message"], "diagnostics" in events[-1]) == (error["message"], False)


def test_a_question_is_refused_before_anything_is_read(tmp_path: Path, asks: Asks) -> None:
    (tmp_path / "bad.yaml").write_text("name: 7\n")
    for words in ("apply", "destroy", "state rm bad", "studio reset"):
        code, _, events = asks(f"{words} --json")
        assert (code, events[0]["code"], events[0]["hint"]) == (
            64, "confirmation-needed", "pass --yes",
        ), words  # fmt: skip


def test_whoever_asks_looks_for_a_terminal_first() -> None:
    asking = {
        path.name: path.read_text(encoding="utf-8")
        for path in Path(cli.__file__).parent.glob("*.py")
        if path.name not in ("asking.py", "applying.py")
        and re.search(r"\b(confirm|approving)\(", path.read_text(encoding="utf-8"))
    }
    assert len(asking) >= 6
    assert [name for name, text in asking.items() if "require_answer(" not in text] == []


def test_guards_are_named_and_a_hint_can_be_typed(
    tmp_path: Path, asks: Asks, office: TinyStudio
) -> None:
    write(tmp_path)
    code, _, events = asks("apply --yes --max-generate 0 -e kaltura --json")
    assert (code, events[-1]["rules"]) == (5, ["max-generate"])
    assert events[0]["event"] == "planned"
    assert not office.videos


def test_the_plan_is_an_event_too_where_the_result_is_text(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    office: TinyStudio,
) -> None:
    write(tmp_path)
    monkeypatch.chdir(tmp_path)
    assert run(["apply", "--yes", "--no-generate", "--progress", "json", "-e", "kaltura"]) == 0
    printed = capsys.readouterr()
    kinds = [json.loads(line)["event"] for line in printed.err.splitlines()]
    assert kinds.count("planned") == 1
    assert kinds.index("planned") < kinds.index("started")
    assert "to create" in printed.out


def test_the_studios_own_code_is_told(tmp_path: Path, asks: Asks, office: TinyStudio) -> None:
    write(tmp_path)
    office.faults.append(Fault("video/list", "before:INVALID_KS", times=9))
    code, _, events = asks("plan -e kaltura --json")
    assert (code, events[-1]["code"], events[-1]["studioCode"]) == (4, "credentials", "INVALID_KS")


def test_an_apply_that_fails_tells_what_is_there(
    tmp_path: Path, asks: Asks, office: TinyStudio
) -> None:
    write(tmp_path)
    office.failing_films = 10
    code, value, events = asks("apply --yes -e kaltura --json")
    error = events[-1]
    assert (code, error["code"], value["exitCode"]) == (9, "film-failed", 9), (value, events)
    assert {each["videoId"] for each in error["videos"].values()} == set(office.videos)
    kinds = [event["event"] for event in events]
    assert (kinds[0], kinds[-1]) == ("planned", "error")
    assert {"started", "progressed", "ended"} <= set(kinds)
    ended = next(e for e in events if e["event"] == "ended" and e["status"] == "failed")
    assert (ended["action"], ended["code"]) == ("generate", "film-failed")
    assert ended in [{"event": "ended", **action} for action in value["actions"]]


def test_a_wait_that_is_over_tells_how_to_go_on(
    tmp_path: Path, asks: Asks, office: TinyStudio, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path)
    assert asks("apply --yes --no-generate -e kaltura --json")[0] == 0
    (video_id,) = (id_ for id_, each in office.videos.items() if each["name"] == "Tour")
    office.film_polls = 1_000_000
    office._video_generate({"id": video_id})
    code, value, events = asks("wait tour@en --timeout 0 -e kaltura --json")
    again = "storyboard wait tour@en --timeout 0 -e kaltura --json"
    resume = {"command": again, "videos": {"tour@en": video_id}}
    assert (code, value["resume"], events[-1]["resume"]) == (10, resume, resume)
    assert (events[-1]["code"], events[-1]["retryable"]) == ("detached", True)
    assert run(["wait", "tour@en", "--timeout", "0", "-e", "kaltura"]) == 10
    assert capsys.readouterr().out.splitlines()[-1] == (
        f"in the making: tour@en (video {video_id}); "
        "resume with: storyboard wait tour@en --timeout 0 -e kaltura"
    )


def test_a_bug_is_one_object_too(asks: Asks, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError("nobody thought of it")

    monkeypatch.setattr("storyboard.cli.explain.render_codes_json", fail)
    code, value, events = asks("explain --json")
    assert (code, value, events[0]["code"]) == (70, None, "bug")
    assert events[0]["message"] == "ZeroDivisionError: nobody thought of it"
    assert "render_codes_json" in events[0]["traceback"]


@pytest.mark.parametrize(("sent", "name", "code"), [("SIGINT", "interrupted", 130),
                                                    ("SIGTERM", "terminated", 143)])  # fmt: skip
def test_a_signal_is_one_object_too(
    asks: Asks, monkeypatch: pytest.MonkeyPatch, sent: str, name: str, code: int
) -> None:
    import signal

    from storyboard.cli import terminate

    def fail(*_: object) -> None:
        signal.raise_signal(getattr(signal, sent))

    before = signal.signal(signal.SIGTERM, terminate)
    try:
        monkeypatch.setattr("storyboard.cli.explain.render_codes_json", fail)
        ended, value, events = asks("explain --json")
    finally:
        signal.signal(signal.SIGTERM, before)
    assert (ended, value, events[0]["code"], events[0]["retryable"]) == (code, None, name, True)


def test_what_others_print_on_stderr_is_an_event(
    asks: Asks, monkeypatch: pytest.MonkeyPatch
) -> None:
    def warned() -> str:
        print("UserWarning: the library is old\n", file=sys.stderr)
        print('{"event": "error", "exit": 0}', file=sys.stderr)
        print("half a line", end="", file=sys.stderr)
        return '{"schemas": [], "written": []}'

    monkeypatch.setattr("storyboard.cli.explain.render_codes_json", warned)
    monkeypatch.setattr("tests.support.json_outputs.schema_of", lambda words: "schemas")
    code, _, events = asks("explain --json")
    assert code == 0
    told = [event["message"] for event in events]
    forged = '{"event": "error", "exit": 0}'
    assert told == ["UserWarning: the library is old", forged, "half a line"]


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("line", "is_terminal", "kinds"),
    [
        ("outputs nothing --json", True, ["error"]),
        ("wait --progress json nothing", False, ["error"]),
        ("wait --progress json nothing", True, ["error"]),
        ("wait --progress=plain nothing", False, []),
        ("wait nothing", False, []),
        ("wait --progress plain nothing --json", False, ["error"]),
    ],
)
def test_who_asks_for_json_gets_the_error_in_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, line: str, is_terminal: bool, kinds: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    err = Terminal() if is_terminal else io.StringIO()
    monkeypatch.setattr(sys, "stderr", err)
    assert run(line.split()) == 64
    lines = err.getvalue().splitlines()
    if kinds:
        assert [json.loads(each)["event"] for each in lines] == kinds
    else:
        assert lines[0] == "error: 'nothing' names no applied video"


@pytest.mark.parametrize(
    "line",
    ["--json locale status", "locale --json status", "locale status --json",
     "--json studio contract", "studio --json contract", "studio contract --json",
     "--json check", "--format json check"],
)  # fmt: skip
def test_json_may_stand_before_a_command_or_behind_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, line: str
) -> None:
    write(tmp_path)
    monkeypatch.chdir(tmp_path)
    assert run(line.split()) == 0
    assert json.loads(capsys.readouterr().out)


def test_words_of_another_program_are_not_read(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["studio", "exec", "--contract", "gravity=off", "true", "--json"]) == 64
    assert capsys.readouterr().err.startswith("error: unknown contract switch")
    assert isinstance(storyboard, click.Group)
