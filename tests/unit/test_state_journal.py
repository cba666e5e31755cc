"""What a run did since it wrote its state: a line an effect, whole or not there, or damaged."""

from __future__ import annotations

import errno
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storyboard.errors import StateError
from storyboard.source.schema import schema_text
from storyboard.state.format import format_body, parse_state, state_body
from storyboard.state.journal import Journal, replay_journal
from storyboard.state.local import LocalStore, next_serial
from storyboard.state.model import (
    ObjectRecord,
    Operation,
    OperationKind,
    Refusals,
    SavedFile,
    State,
    VideoRecord,
)
from storyboard.video import Address, digest
from tests.support.passing_time import soon
from tests.support.tiny_studio import PRINCIPAL

ROOT = Path(__file__).parents[2]
START = replace(State.fresh(PRINCIPAL, lineage="ab" * 16), serial=3)


def with_video(state: State, number: int, **fields: object) -> State:
    record = VideoRecord(ObjectRecord(f"v{number}"), **fields)  # type: ignore[arg-type]
    return next_serial(state.with_video(Address(f"q{number}", "fr"), record))


def states(count: int) -> list[State]:
    found = [START]
    for number in range(count):
        found.append(with_video(found[-1], number))
    return found


@pytest.fixture
def store(tmp_path: Path) -> LocalStore:
    return LocalStore(tmp_path / "deep" / "state.json")


@contextmanager
def killed(store: LocalStore, *written: State) -> Iterator[bytes]:
    """Leave what a run leaves that is killed after these writes; yields its journal."""
    with store.locked():
        for state in written:
            store.write(state)
        journal, state_file = store.files.journal.read_bytes(), store.path.read_bytes()
    store.files.journal.write_bytes(journal)
    store.path.write_bytes(state_file)
    yield journal


def test_an_effect_costs_a_line_and_the_end_folds_all(store: LocalStore) -> None:
    first, *rest = states(5)
    with store.locked():
        store.write(first)
        whole = store.path.read_bytes()
        for number, state in enumerate(rest, 1):
            store.write(state)
            assert store.path.read_bytes() == whole
            lines = store.files.journal.read_text().splitlines()
            assert len(lines) == 1 + number
            assert list(json.loads(lines[-1])["videos"]) == [f"q{number - 1}@fr"]
            assert LocalStore(store.path).read() == state
    assert not store.files.journal.exists()
    assert parse_state(store.path.read_text(), where="x") == rest[-1]
    assert store.copies.found()[-1].state == rest[-1]


KILLED = """
import os, signal, sys
from pathlib import Path
from storyboard.state.local import LocalStore
from tests.unit.test_state_journal import states
store = LocalStore(Path(sys.argv[1]))
with store.locked():
    for state in states(4):
        store.write(state)
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.slow
def test_the_next_run_folds_what_a_killed_one_left(store: LocalStore) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", KILLED, str(store.path)], env=environment, check=False
    )
    assert done.returncode == -signal.SIGKILL
    assert store.files.journal.exists()
    assert store.read() == states(4)[-1]
    assert store.files.journal.exists(), "who reads without the lock changes nothing"
    with store.locked():
        assert store.read() == states(4)[-1]
        assert not store.files.journal.exists()
    assert parse_state(store.path.read_text(), where="x") == states(4)[-1]


def test_a_line_that_is_cut_off_loses_nothing_that_was_confirmed(store: LocalStore) -> None:
    written = states(3)
    with killed(store, *written) as journal:
        ends = [index + 1 for index, byte in enumerate(journal) if byte == ord("\n")]
        for cut in {*range(0, len(journal), 5), *ends, *(end - 1 for end in ends)}:
            store.files.journal.write_bytes(journal[:cut])
            complete = sum(end <= cut for end in ends)
            assert store.read() == written[max(0, complete - 1)], cut


def test_a_line_of_which_the_disk_holds_no_bytes_yet_is_cut_off_too(store: LocalStore) -> None:
    written = states(3)
    with killed(store, *written) as journal:
        last = journal.rindex(b"\n", 0, -1) + 1
        for start in (last, last + 20):
            torn = journal[:start] + b"\0" * (len(journal) - start - 1) + b"\n"
            store.files.journal.write_bytes(torn)
            assert store.read() == written[-2]


def test_damage_is_told_from_a_line_that_is_cut_off(store: LocalStore) -> None:
    with killed(store, *states(3)) as journal:
        for index in range(0, len(journal), 9):
            harmed = bytearray(journal)
            harmed[index] = ord("#") if harmed[index] != ord("#") else ord("+")
            store.files.journal.write_bytes(bytes(harmed))
            if index == len(journal) - 1:
                continue  # a last line without its end is one that is cut off
            with pytest.raises(StateError) as caught:
                store.read()
            assert "journal" in caught.value.message
            assert "`storyboard state repair`" in (caught.value.hint or "")
            assert store.files.journal.read_bytes() == bytes(harmed)


def test_lines_left_out_or_swapped_are_damage(store: LocalStore) -> None:
    with killed(store, *states(4)) as journal:
        head, one, two, *rest = journal.splitlines(keepends=True)
        for lines in ([head, two, *rest], [head, two, one, *rest], [head, one, one, two, *rest]):
            store.files.journal.write_bytes(b"".join(lines))
            with pytest.raises(StateError, match="is damaged"):
                store.read()


def test_a_kill_between_the_fold_and_the_end_of_the_journal(store: LocalStore) -> None:
    written = states(3)
    with killed(store, *written) as journal:
        store.path.write_text(format_body(state_body(written[-1]))[0])
        assert store.files.journal.read_bytes() == journal
        assert store.read() == written[-1]
        with store.locked():
            assert store.read() == written[-1]
            assert not store.files.journal.exists()


def test_an_older_state_that_was_put_back_is_not_taken_for_the_journals(store: LocalStore) -> None:
    written = states(3)
    with killed(store, *written[1:]):
        store.path.write_text(format_body(state_body(written[0]))[0])
        with pytest.raises(StateError, match=r"continues another state .* serial 4, this has 3"):
            store.read()
        store.path.unlink()
        with pytest.raises(StateError, match="is gone, and the journal of a run beside it is not"):
            store.read()
        copy = next_serial(written[-1])
        with store.locked():
            store.replace(copy)
        assert store.read() == copy
        assert store.files.beside(".journal.damaged").exists()


def test_a_full_disk_leaves_whole_lines_and_a_spool(
    store: LocalStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Half of a line is written before the disk is full, and nothing whole has room any more."""
    written = states(4)
    write = os.write
    with store.locked():
        for state in written[:-1]:
            store.write(state)
        before = store.files.journal.read_bytes()

        def full(descriptor: int, content: memoryview) -> int:
            if len(content) < 40:
                raise OSError(errno.ENOSPC, "No space left on device")
            return write(descriptor, content[: len(content) // 2])

        def no_room(*_: object, **__: object) -> None:
            raise OSError(errno.ENOSPC, "No space left on device")

        monkeypatch.setattr(os, "write", full)
        monkeypatch.setattr(LocalStore, "_write_whole", no_room)
        with pytest.raises(StateError, match="No space left") as caught:
            store.write(written[-1])
        assert "state.json.spool" in (caught.value.hint or "")
        assert store.files.journal.read_bytes() == before
    monkeypatch.undo()
    assert store.read() == written[-1]
    with store.locked():
        store.write(next_serial(written[-1]))
    assert sorted(path.name for path in store.path.parent.iterdir()) == [
        "state.json",
        "state.json.backup",
        "state.json.lock",
    ]


def test_a_journal_that_is_deleted_meanwhile_is_written_as_a_whole(store: LocalStore) -> None:
    *before, last = states(4)
    with store.locked():
        for state in before:
            store.write(state)
        store.files.journal.unlink()
        store.write(last)
        assert parse_state(store.path.read_text(), where="x") == last


def test_a_journal_that_grew_long_goes_into_the_file(
    store: LocalStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storyboard.state.local._LEAST_JOURNAL", 2_000)
    with store.locked():
        for state in states(60):
            store.write(state)
            size = store.files.journal.stat().st_size if store.files.journal.exists() else 0
            assert size <= max(2_000, store.path.stat().st_size) + 1_000
    assert store.read() == states(60)[-1]


def test_a_link_in_the_journals_place_is_not_followed(store: LocalStore, tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text("mine")
    with store.locked():
        store.write(START)
        store.files.journal.symlink_to(other)
        store.write(states(1)[-1])
        assert not store.files.journal.is_symlink()
    assert other.read_text() == "mine"
    store.files.journal.symlink_to(other)
    inside = LocalStore(store.path, inside=store.path.parent)
    with pytest.raises(StateError, match="leads out of the project through a link"):
        inside.read()


@pytest.mark.parametrize(
    ("journal", "message"),
    [
        (b"{}\n", "is damaged: line 1"),
        (b"[" * 100_000 + b"\n", "is damaged: line 1"),
        (b'{"journal": 9, "lineage": "x", "serial": 1, "checksum": "x"}\n', "has format 9"),
        (b'{"journal": 1, "lineage": "x", "serial": 1, "checksum": "x"}\n', "another state"),
    ],
)
def test_what_is_no_journal_of_ours_is_refused(
    store: LocalStore, journal: bytes, message: str
) -> None:
    store.write(START)
    store.files.journal.write_bytes(journal)
    with pytest.raises(StateError, match=message):
        store.read()


def operation(number: int) -> Operation:
    return Operation(OperationKind.ADD, Address(f"q{number}"), f"n{number}", "2026")


NUMBERS = st.integers(0, 5)
REFUSALS = st.sampled_from([Refusals(), Refusals(1, "2026-01-01"), Refusals(2, "2026-01-02")])
CHANGES = st.one_of(
    NUMBERS.map(lambda n: lambda s: with_video(s, n)),
    NUMBERS.map(lambda n: lambda s: with_video(s, n, saved=SavedFile("1_e", "a.mp4"))),
    NUMBERS.map(lambda n: lambda s: s.with_video(Address(f"q{n}", "fr"), None)),
    NUMBERS.map(lambda n: lambda s: s.with_operation(operation(n))),
    NUMBERS.map(lambda n: lambda s: s.without_operation(f"n{n}")),
    NUMBERS.map(lambda n: lambda s: replace(s, avatars={**s.avatars, f"a{n}": str(n)})),
    NUMBERS.map(lambda n: lambda s: replace(s, retired=(*s.retired, (Address("q"), f"v{n}")))),
    REFUSALS.map(lambda r: lambda s: replace(s, refused_edits=r)),
    REFUSALS.map(lambda r: lambda s: replace(s, refused_films=r)),
    NUMBERS.map(lambda n: lambda s: replace(s, epoch=n)),
    st.just(lambda s: s.readdressed({Address("q1", "fr"): Address("q1", "de")})),
)


@pytest.fixture(autouse=True)
def few_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let ended adds be forgotten after a few."""
    monkeypatch.setattr("storyboard.state.model._MOST_CLOSED", 3)


@given(st.lists(CHANGES, max_size=30))
@settings(max_examples=25, deadline=None)
def test_a_journal_tells_what_the_state_is(
    tmp_path_factory: pytest.TempPathFactory, changes: list[object]
) -> None:
    folder = tmp_path_factory.mktemp("journal")
    text, checksum = format_body(state_body(START))
    journal = Journal(folder / "j", START, checksum, inside=folder)
    state = START
    for change in changes:
        state = next_serial(change(state).remembering_ended(state))  # type: ignore[operator]
        journal.append(state)
    journal.close()
    if changes:
        body = json.loads(text)
        body.pop("checksum")
        replayed = replay_journal((folder / "j").read_bytes(), body, checksum, where="j")
        assert (replayed.records, replayed.torn, replayed.damage) == (len(changes), 0, None)
        told = format_body(replayed.body)[0]
        assert parse_state(told, where="told") == state
        jsonschema.validate(json.loads(told), json.loads(schema_text("state")))


def test_a_line_is_as_long_as_what_changed(store: LocalStore) -> None:
    many = START
    for number in range(2_000):
        many = with_video(many, number)
    with store.locked():
        store.write(many)
        for number in range(50):
            many = with_video(many, number, protect=True)
            store.write(many)
        assert store.files.journal.stat().st_size < 50 * 600
    assert store.path.stat().st_size > 50 * 5_000


FIRST_FORMAT = """\
{
 "avatars": {},
 "checksum": "sha256:%s",
 "format_version": 1,
 "lineage": "abc",
 "operations": [],
 "principal": {
  "partnerId": 101,
  "studio": "http://studio.test/api/v1",
  "userId": "maker"
 },
 "readyRefusesEdits": false,
 "retired": [],
 "serial": 4,
 "videos": {
  "q1": {
   "current": {
    "applied": "",
    "id": "v1",
    "name": "",
    "observed": "",
    "scenes": [
     {
      "fingerprint": "0123",
      "id": "intro"
     }
    ]
   },
   "file": null,
   "films": [],
   "protect": false,
   "successor": null
  }
 }
}
"""


def test_a_state_of_the_first_format_is_read_and_written_anew(store: LocalStore) -> None:
    checksum = "7acdb6f93fa6b419dfe118ca557348236229ae75e5b2fda8a5dd2a38d9c2a963"
    store.path.parent.mkdir()
    store.path.write_text(FIRST_FORMAT % checksum)
    with store.locked():
        state = store.read()
        assert state is not None
        assert state.videos[Address("q1")].current.scenes[0].id == "intro"
        store.write(next_serial(state))
    assert json.loads(store.path.read_text())["format_version"] == 2
    assert store.read() == next_serial(state)


def sealed(value: dict[str, object]) -> dict[str, object]:
    return {**value, "checksum": digest(value)}


ODD: tuple[object, ...] = (None, 5, "x", [], {}, [{}], {"a": 1}, [[]], True, ["lineage"], 1e300)


@pytest.mark.parametrize("part", ["state", "head", "record"])
def test_what_others_write_in_the_place_of_a_state_is_told_in_words(
    part: str, store: LocalStore
) -> None:
    """Whoever may commit files can write a state and a journal with the right checksums."""
    store.path.parent.mkdir()
    journal = store.path.with_name(f"{store.path.name}.journal")
    body = state_body(START)
    keys = {"state": [*body, "closedAdds"], "head": ["journal", "lineage", "serial", "checksum"],
            "record": ["serial", "videos", "operations", "head", "closedAdds", "lost"]}  # fmt: skip
    for key in keys[part]:
        for odd in (*ODD, *({"cut": odd, "add": odd} for odd in ODD), *({"q": odd} for odd in ODD)):
            state = sealed({**body, key: odd} if part == "state" else body)
            head = {"journal": 1, "lineage": START.lineage, "serial": 3}
            head |= {"checksum": state["checksum"]} | ({key: odd} if part == "head" else {})
            record: dict[str, object] = {"serial": 4} | ({key: odd} if part == "record" else {})
            record["checksum"] = digest([state["checksum"], dict(record)])
            store.path.write_text(json.dumps(state))
            journal.write_text(f"{json.dumps(head)}\n{json.dumps(record)}\n")
            with suppress(StateError):
                store.read()


def test_a_journal_costs_what_it_says(store: LocalStore) -> None:
    """Half a minute for each megabyte of it, where each line copied all that came before it."""
    head = {"journal": 1, "lineage": START.lineage, "serial": 3, "checksum": "c"}
    before, lines = "c", [json.dumps(head)]
    for number in range(6_000):
        record: dict[str, object] = {"serial": number + 4}
        record["closedAdds"] = {"cut": 0, "add": ["x"] * (1 if number else 500_000)}
        before = digest([before, dict(record)])
        lines.append(json.dumps({**record, "checksum": before}))
    content = "\n".join((*lines, "")).encode()
    body = state_body(START)
    with soon(8):
        replayed = replay_journal(content, body, "c", where="journal")
    assert len(replayed.body["closedAdds"]) == 505_999
    assert "closedAdds" not in body
