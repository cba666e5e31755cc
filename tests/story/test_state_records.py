"""The state looked at, forgotten in part, carried about, mended and made anew."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest

from storyboard.source.schema import schema_text
from storyboard.state.format import format_state, parse_state
from storyboard.state.local import LocalStore, next_serial
from storyboard.state.model import Operation, OperationKind, State
from storyboard.video import Address
from tests.support.office import TOUR, TWO_TOURS, Office, applied_office
from tests.support.tiny_studio import TinyStudio


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with applied_office(tmp_path, TWO_TOURS, TinyStudio(film_polls=1)) as office:
        yield office


def stored(office: Office) -> State:
    state = LocalStore(office.state).read()
    assert state is not None
    return state


def write(office: Office, state: State) -> None:
    office.state.write_text(format_state(next_serial(state)))


def test_what_is_recorded_is_listed_and_shown(office: Office) -> None:
    made = office.studio.by_name("Hello")
    opened = Operation(OperationKind.ADD, Address("third"), "n9", "2026-01-01T00:00:00+00:00")
    write(office, stored(office).with_operation(opened))
    ran = office.run("state", "list")
    assert [line.split()[0] for line in ran.out.splitlines()] == ["goodbye", "hello", "third"]
    assert ran.out.splitlines()[1].split() == ["hello", made["id"], made["entryId"]]
    assert ran.out.splitlines()[2].split()[1:] == [
        "no",
        "video",
        "yet",
        "no",
        "film",
        "open",
        "add",
    ]
    listed = office.run("state", "list", "hello", "--json").json()
    assert listed["videos"] == {
        "hello": {
            "videoId": made["id"],
            "successorId": None,
            "entryId": made["entryId"],
            "films": 1,
            "protect": False,
            "open": [],
            "retired": [],
        }
    }
    shown = office.run("state", "show", "hello")
    assert shown.out.startswith(f"hello\n  video {made['id']}, 1 scene\n  film {made['entryId']}")
    assert office.run("state", "show", "third").out == (
        "third\n  open add since 2026-01-01T00:00:00+00:00, nonce n9\n"
    )
    told = office.run("state", "show", "hello", "--json").json()
    assert told["record"]["current"]["id"] == made["id"]
    ran = office.run("state", "show", "helo")
    assert (ran.code, "did you mean 'hello'?" in ran.err) == (64, True)
    assert office.run("state", "list", "nobody").code == 64


def test_what_is_forgotten_stays_in_the_studio(office: Office) -> None:
    made = office.studio.by_name("Hello")["id"]
    ran = office.run("state", "rm", "hello")
    assert (ran.code, "pass --yes" in ran.err) == (64, True)
    assert Address("hello") in stored(office).videos
    ran = office.run("state", "rm", "hello", "--yes")
    assert ran.out == f"forgot 'hello': {made} stays in the studio\n"
    assert set(stored(office).videos) == {Address("goodbye")}
    assert len(office.studio.videos) == 2
    ran = office.run("apply", "--yes")
    assert (ran.code, "storyboard state adopt" in ran.err) == (5, True)
    assert office.run("state", "adopt").code == 0
    assert office.actions() == []
    assert office.run("state", "rm", "nobody", "--yes").code == 64


def test_a_state_goes_out_and_comes_back(office: Office, tmp_path: Path) -> None:
    pulled = office.run("state", "pull").out
    jsonschema.validate(json.loads(pulled), json.loads(schema_text("state")))
    assert parse_state(pulled, where="pulled") == stored(office)
    file = tmp_path / "pulled.json"
    file.write_text(pulled)
    ran = office.run("state", "push", str(file))
    assert (ran.code, stored(office).serial) == (0, parse_state(pulled, where="x").serial)
    office.project.write("third.yaml", TOUR.format(name="Third"))
    assert office.run("apply", "--yes").code == 0
    newest = stored(office)
    ran = office.run("state", "push", str(file))
    assert ran.code == 5
    assert f"serial {parse_state(pulled, where='x').serial}, the stored one" in ran.err
    file.write_text(format_state(replace(newest, lineage="other", serial=99)))
    ran = office.run("state", "push", str(file))
    assert (ran.code, "lineage other" in ran.err) == (5, True)
    file.write_text(format_state(replace(newest, videos={})))
    ran = office.run("state", "push", str(file))
    assert (ran.code, "and is another" in ran.err) == (5, True)
    assert stored(office) == newest
    file.write_text(pulled)
    assert office.run("state", "push", str(file), "--force").code == 0
    assert stored(office).serial == newest.serial + 1
    assert len(stored(office).videos) == 2
    assert LocalStore(office.state).copies.found()[-2].state == newest
    file.write_text(pulled[:-30])
    assert office.run("state", "push", str(file), "--force").code == 11
    assert office.run("state", "push", str(tmp_path / "none.json")).code == 64


@pytest.mark.parametrize(("encoding", "line_end"), [("utf-8-sig", "\n"), ("utf-16", "\r\n")])
def test_a_state_that_a_shell_wrote_comes_back(
    office: Office, tmp_path: Path, encoding: str, line_end: str
) -> None:
    """PowerShell 5 writes UTF-16 with `>`, and a mark with `Set-Content -Encoding utf8`."""
    file = tmp_path / "pulled.json"
    pulled = office.run("state", "pull").out.replace("\n", line_end)
    file.write_bytes(pulled.encode(encoding))
    ran = office.run("state", "push", str(file))
    assert (ran.code, len(stored(office).videos)) == (0, 2), ran.err


@pytest.mark.parametrize("content", [b"{", b"\xe9", b"\xff\xfe{"])
def test_a_file_that_is_no_state_is_not_pushed(
    office: Office, tmp_path: Path, content: bytes
) -> None:
    file = tmp_path / "other.json"
    file.write_bytes(content)
    ran = office.run("state", "push", str(file), "--force")
    assert ran.code == 11
    assert "other.json' is" in ran.err
    assert "hint: give the file that `storyboard state pull -e kaltura` printed" in ran.err
    assert "restore" not in ran.err


def test_a_damaged_state_is_pushed_over(office: Office, tmp_path: Path) -> None:
    file = tmp_path / "pulled.json"
    file.write_text(office.run("state", "pull").out)
    office.state.write_text("{")
    assert office.run("state", "push", str(file)).code == 11
    ran = office.run("state", "push", str(file), "--force")
    assert (ran.code, "kaltura.json.damaged" in ran.err) == (0, True)
    assert office.actions() == []


def test_the_history_tells_what_changed(office: Office) -> None:
    office.project.write("third.yaml", TOUR.format(name="Third"))
    office.project.edit("hello.yaml", "our office", "our new office")
    assert office.run("apply", "--yes").code == 0
    (office.project.path / "third.yaml").unlink()
    assert office.run("apply", "--yes", "--prune").code == 0
    told = office.run("state", "history", "--json").json()["history"]
    differences = [(row["added"], row["removed"], row["changed"]) for row in told]
    assert differences == [
        (["goodbye", "hello"], [], []),
        (["third"], [], ["hello"]),
        ([], ["third"], []),
    ]
    ran = office.run("state", "history")
    assert ran.out.splitlines()[1].endswith("3 videos  added third; changed hello")


def test_a_journal_that_a_kill_left_is_repaired(office: Office) -> None:
    state = stored(office)
    lost = Operation(OperationKind.GENERATE, Address("hello"), "n9", "2026", "v99")
    open_add = Operation(OperationKind.ADD, Address("third"), "n8", "2026")
    store = LocalStore(office.state)
    with store.locked():
        store.write(next_serial(state))
        whole = office.state.read_bytes()
        store.write(next_serial(next_serial(state)).with_operation(lost))
        journal = store.files.journal.read_bytes()
    office.state.write_bytes(whole)
    store.files.journal.write_bytes(journal + b'{"serial": 9')
    spooled = replace(state, serial=state.serial + 5).with_operation(open_add)
    store.files.spool.write_text(format_state(spooled.with_operation(lost)))
    ran = office.run("state", "repair")
    assert ran.code == 0, ran.err
    first, second, third, fourth = ran.out.splitlines()
    assert first == "took 1 record of the journal into the file"
    assert second.startswith("left out 12 bytes at the journal's end")
    assert third.startswith("took up '")
    assert fourth == "dropped the open generate of 'hello': its video 'v99' is no more recorded"
    assert not store.files.journal.exists()
    assert not store.files.spool.exists()
    assert [o.nonce for o in stored(office).operations] == ["n8"]
    assert stored(office).serial == state.serial + 6
    assert office.run("state", "repair").out == "nothing to repair\n"


def test_a_damaged_journal_is_put_aside(office: Office) -> None:
    state = stored(office)
    store = LocalStore(office.state)
    with store.locked():
        store.write(next_serial(state))
        whole = office.state.read_bytes()
        one = next_serial(next_serial(state))
        record = state.videos[Address("hello")]
        store.write(one.with_video(Address("good"), record))
        store.write(next_serial(one).with_video(Address("bad"), record))
        journal = store.files.journal.read_bytes()
    office.state.write_bytes(whole)
    harmed = journal.replace(b'"bad": {"current"', b'"bad": {"Current"') + b"{}\n"
    store.files.journal.write_bytes(harmed)
    ran = office.run("plan")
    assert (ran.code, "`storyboard state repair -e kaltura`" in ran.err) == (11, True)
    told = office.run("state", "repair", "--json").json()
    assert told["repaired"][0] == "took 1 record of the journal into the file"
    assert "put the journal aside: line 3 is damaged" in told["repaired"][1]
    assert Path(told["aside"]).name == "kaltura.json.journal.damaged"
    assert (office.project.path / told["aside"]).read_bytes() == harmed
    assert {str(address) for address in stored(office).videos} == {"hello", "goodbye", "good"}


def test_a_journal_of_another_state_is_put_aside(office: Office) -> None:
    state = stored(office)
    store = LocalStore(office.state)
    before = office.state.read_bytes()
    with store.locked():
        store.write(next_serial(state))
        record = state.videos[Address("hello")]
        store.write(next_serial(next_serial(state)).with_video(Address("new"), record))
        journal = store.files.journal.read_bytes()
    office.state.write_bytes(before)
    store.files.journal.write_bytes(journal)
    assert "continues another state" in office.run("plan").err
    [told] = office.run("state", "repair", "--json").json()["repaired"]
    assert "put the journal aside" in told
    assert f"it names new ({record.current.id})" in told
    assert office.actions() == []


def test_a_state_is_made_anew_from_the_studio(office: Office) -> None:
    ran = office.run("state", "rebuild")
    assert (ran.code, "pass --force to replace it" in ran.err) == (5, True)
    before = stored(office)
    shutil.rmtree(office.state.parent)
    told = office.run("state", "rebuild", "--json").json()
    assert told["written"] is True
    assert {a: v["by"] for a, v in told["videos"].items()} == dict.fromkeys(
        ("goodbye", "hello"), "name and scenes"
    )
    assert stored(office).lineage != before.lineage
    assert office.actions() == []
    assert len(office.studio.videos) == 2


def test_a_rebuild_asks_unless_it_is_exact(office: Office) -> None:
    """One is found by the mark of an add, one by its name alone, one name has two videos."""
    studio = office.studio
    shutil.rmtree(office.state.parent)
    office.project.write("third.yaml", TOUR.format(name="Third"))
    hello, goodbye = studio.by_name("Hello"), studio.by_name("Goodbye")
    studio.edit(hello["id"], name="sb-0123456789abcdef Hello", status="draft", entryId=None)
    studio.edit(goodbye["id"], scenes=[{"narration": {"text": "So long."}}])
    for number in (1, 2):
        other = {**goodbye, "id": f"x{number}", "name": "Third"}
        studio.videos[other["id"]] = {**other, "scenes": [{"narration": {"text": "Else."}}]}
    ran = office.run("state", "rebuild")
    assert (ran.code, "pass --yes" in ran.err) == (64, True)
    assert f"goodbye: video {goodbye['id']}" in ran.err
    assert not office.state.exists()
    told = office.run("state", "rebuild", "--yes", "--json").json()
    assert {a: v["by"] for a, v in told["videos"].items()} == {
        "hello": "mark of an interrupted add",
        "goodbye": "name alone",
    }
    assert told["ambiguous"] == {"third": ["x1", "x2"]}
    assert office.run("state", "adopt", "third", "x1").code == 0
    assert office.run("apply", "--yes").code == 0
    assert studio.videos[hello["id"]]["name"] == "Hello"
    assert len(studio.videos) == 4
    assert office.actions() == []


@pytest.mark.parametrize("command", ["rebuild", "adopt"])
def test_what_is_taken_in_as_the_files_say_is_known_field_by_field(
    office: Office, command: str
) -> None:
    """An edit after a rebuild was one scene gone and one more, and no drift."""
    shutil.rmtree(office.state.parent)
    assert office.run("state", command).code == 0
    hello = office.studio.by_name("Hello")
    office.studio.edit(hello["id"], scenes=[{"narration": {"text": "Edited by hand, all of it."}}])
    told = office.run("plan", "--json", "--fail-on", "drift")
    [update] = [item for item in told.json()["actions"] if item["action"] in ("update", "replace")]
    assert [(item["path"], item["drift"]) for item in update["changes"]] == [
        ("scenes[hi].narration.text", True)
    ]
    assert told.code == 5


def test_what_is_taken_in_otherwise_is_a_changed_text_of_nobody(office: Office) -> None:
    shutil.rmtree(office.state.parent)
    hello = office.studio.by_name("Hello")
    office.studio.edit(hello["id"], scenes=[{"narration": {"text": "Edited by hand, all of it."}}])
    ran = office.run("state", "adopt")
    assert "it is not as the files say, and who changed it is not known" in ran.out
    told = office.run("plan", "--json").json()
    [update] = [item for item in told["actions"] if item["action"] in ("update", "replace")]
    assert [(item["path"], item["drift"]) for item in update["changes"]] == [
        ("scenes[hi].narration.text", False)
    ]
