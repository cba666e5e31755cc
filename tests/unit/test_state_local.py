"""The state file on good and bad days: whole or not at all, never overwritten in ignorance."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from dataclasses import fields, replace
from pathlib import Path

import jsonschema
import pytest

from storyboard.errors import LockedError, StateError
from storyboard.kaltura.objects import Principal
from storyboard.source.schema import schema_text
from storyboard.state import local_names
from storyboard.state.format import format_state, parse_state
from storyboard.state.local import LocalStore, next_serial
from storyboard.state.local_spool import keep_in_spool
from storyboard.state.model import (
    SCENE_FIELDS,
    ClosedAdd,
    FieldRecord,
    FilmRecord,
    ObjectRecord,
    Operation,
    OperationKind,
    Refusals,
    SavedFile,
    SceneRecord,
    State,
    VideoRecord,
)
from storyboard.video import Address, digest
from tests.support.tiny_studio import PRINCIPAL

ROOT = Path(__file__).parents[2]
FIELDS = {name: FieldRecord("s", "m" if name == "narration" else "") for name in SCENE_FIELDS}
FULL = replace(
    State.fresh(PRINCIPAL, lineage="ab" * 16),
    serial=3,
    avatars={"sha256:" + "1" * 64: "av1"},
    videos={
        Address("q1", "fr"): VideoRecord(
            ObjectRecord("v1", "sha256:" + "2" * 64, "sha256:" + "3" * 64, FieldRecord("n", "m")),
            ObjectRecord(
                "v2",
                avatar=FieldRecord("a"),
                scenes=(SceneRecord("intro", "0123"), SceneRecord("end", "4567", FIELDS)),
            ),
            (FilmRecord("sha256:" + "4" * 64, "1_e", "2026-01-01T00:00:00Z", 1.5, None),),
            protect=True,
            saved=SavedFile("1_e", "films/q1@fr.mp4"),
        )
    },
    operations=(
        Operation(OperationKind.GENERATE, Address("q1", "fr"), "n1", "2026", "v2"),
        Operation(
            OperationKind.COMPOSE, Address("q2"), "n2", "2026", "v3", previous_updated_at="1"
        ),
    ),
    retired=((Address("q1"), "v0"),),
    refused_edits=Refusals(2, "2026-01-01"),
    closed_adds=(ClosedAdd("n0", Address("q1", "fr"), "2026-01-01T00:00:00Z"),),
    epoch=4,
    applied_plans=("sha256:used",),
    policy={"maxDelete": ("5 and 20 %",), "protect": ("legal-*", "tour@de")},
)


EMPTY = State("", Principal(0, "", ""))


@pytest.fixture
def store(tmp_path: Path) -> LocalStore:
    return LocalStore(tmp_path / "deep" / "state.json")


def test_a_state_comes_back_as_it_went(store: LocalStore) -> None:
    assert store.read() is None
    store.write(FULL)
    assert store.read() == FULL
    assert LocalStore(store.path).read() == FULL


def test_a_refusal_that_an_older_program_met_is_one_of_edits() -> None:
    body = json.loads(format_state(FULL))
    del body["readyRefusals"], body["checksum"]
    text = json.dumps({**body, "checksum": digest(body)})
    assert parse_state(text, where="x").refused_edits == Refusals(1)
    body["readyRefusesEdits"] = False
    text = json.dumps({**body, "checksum": digest(body)})
    assert not parse_state(text, where="x").ready_refuses_edits


def test_a_state_is_what_its_schema_says() -> None:
    schema = json.loads(schema_text("state"))
    jsonschema.Draft7Validator.check_schema(schema)
    jsonschema.validate(json.loads(format_state(FULL)), schema)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "damaged: it is not JSON"),
        ("{}", "not a state of storyboard"),
        ("[1]", "not a state of storyboard"),
        ('{"version": 4, "lineage": "x", "resources": []}', "not a state of storyboard"),
        ('{"format_version": 3, "lineage": "x"}', "knows formats up to 2"),
        (format_state(FULL).replace('"v1"', '"v9"'), "checksum does not match"),
        (format_state(FULL)[:-40], "damaged: it is not JSON"),
    ],
)
def test_what_is_no_state_of_ours_is_refused_and_kept(
    store: LocalStore, text: str, message: str
) -> None:
    store.path.parent.mkdir()
    store.path.write_text(text)
    with pytest.raises(StateError, match=message):
        store.read()
    with pytest.raises(StateError, match=message), store.locked():
        store.write(FULL)
    assert store.path.read_text() == text


def test_every_part_of_a_state_is_told_of_in_its_schema_and_kept() -> None:
    """A part that is new in the model and not in the file would be lost with each run."""
    parts = {field.name for field in fields(State)}
    assert [part for part in parts if getattr(FULL, part) == getattr(EMPTY, part)] == [
        "refused_films"
    ]
    assert parse_state(format_state(FULL), where="x") == FULL


def test_copies_of_earlier_runs_are_kept(store: LocalStore) -> None:
    state = FULL
    for _ in range(14):
        with LocalStore(store.path).locked():
            state = next_serial(state)
            LocalStore(store.path).write(state)
    copies = sorted((store.path.parent / "state.json.backup").iterdir())
    assert len(copies) == 10
    assert parse_state(copies[-1].read_text(), where="copy").serial == state.serial - 1


def test_a_copy_is_of_the_very_bytes_that_were_found(store: LocalStore) -> None:
    """A large state is not read and written a second time for it."""
    store.write(FULL)
    by_hand = json.dumps(json.loads(store.path.read_text()), indent=2)
    store.path.write_text(by_hand)
    with store.locked():
        found = store.read()
        assert found is not None
        store.write(next_serial(found))
    assert store.copies.found()[0].path.read_text() == by_hand


def test_a_state_that_is_gone_is_missed_while_a_copy_knows_of_videos(store: LocalStore) -> None:
    with store.locked():
        store.write(FULL)
    [copy] = store.copies.found()
    assert copy.state == FULL
    store.path.unlink()
    with pytest.raises(StateError, match=r"is gone; a backup of .* knows 1 video that") as caught:
        store.read()
    assert "storyboard state restore" in (caught.value.hint or "")
    with store.locked():
        store.write(replace(FULL, serial=4, videos={}, operations=()))
    store.path.unlink()
    assert store.read() is None


def test_a_damaged_state_is_put_aside_by_a_restored_one(store: LocalStore) -> None:
    store.path.parent.mkdir()
    store.path.write_text("{")
    aside = store.replace(FULL)
    assert aside is not None
    assert aside.read_text() == "{"
    assert store.read() == FULL
    assert store.replace(next_serial(FULL)) is None
    assert [copy.state for copy in store.copies.found()] == [FULL]


def test_copies_that_cannot_be_read_are_passed_by(store: LocalStore) -> None:
    with store.locked():
        store.write(FULL)
    (store.copies.folder / "000000099.json").write_text(format_state(FULL)[:-9])
    assert [copy.state.serial for copy in store.copies.found()] == [3]


def test_no_temporary_file_stays(store: LocalStore) -> None:
    store.write(FULL)
    store.write(next_serial(FULL))
    names = {path.name for path in store.path.parent.iterdir()}
    assert names == {"state.json", "state.json.backup"}


def test_a_spool_is_taken_up_and_goes_with_the_next_write(store: LocalStore) -> None:
    store.write(FULL)
    spool = store.path.with_name("state.json.spool")
    spool.write_text(format_state(next_serial(FULL)))
    assert store.read() == next_serial(FULL)
    store.write(next_serial(next_serial(FULL)))
    assert not spool.exists()


def test_a_damaged_spool_is_put_aside_by_its_hint(store: LocalStore) -> None:
    """The hint was to restore a backup, though the state itself was whole."""
    store.write(FULL)
    spool = store.path.with_name("state.json.spool")
    spool.write_text(format_state(next_serial(FULL))[:-9])
    with pytest.raises(StateError, match="is damaged: it has what an earlier run") as caught:
        store.read()
    assert f"`mv {spool} {spool}.damaged`" in (caught.value.hint or "")
    spool.rename(f"{spool}.damaged")
    assert store.read() == FULL


def test_what_could_not_be_read_again_is_not_written(
    store: LocalStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.write(FULL)
    monkeypatch.setattr(local_names, "MAX_STATE_BYTES", 1000)
    with pytest.raises(StateError, match="would be larger than 0 MB, and is not written"):
        store.write(replace(next_serial(FULL), avatars={"a": "1" * 1000}))
    monkeypatch.undo()
    assert store.read() == FULL


@pytest.mark.parametrize("change", [{"lineage": "cd" * 16, "serial": 9}, {"serial": 3}])
def test_a_spool_of_another_life_is_not(store: LocalStore, change: dict[str, object]) -> None:
    store.write(FULL)
    foreign = replace(FULL, **change, refused_edits=Refusals())  # type: ignore[arg-type]
    store.path.with_name("state.json.spool").write_text(format_state(foreign))
    assert store.read() == FULL


def test_a_folder_in_the_files_place_spools_beside(store: LocalStore) -> None:
    store.path.mkdir(parents=True)
    with pytest.raises(StateError, match="could not be written") as caught:
        store.write(FULL)
    assert str(store.path) + ".spool" in (caught.value.hint or "")
    store.path.rmdir()
    assert store.read() == FULL


@pytest.mark.parametrize("is_first", [True, False])
def test_the_first_state_is_kept_nowhere_that_no_run_looks(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, is_first: bool
) -> None:
    """A run without a state cannot know what name one would have elsewhere."""
    near, elsewhere = tmp_path / "near", tmp_path / "elsewhere"
    near.mkdir()
    elsewhere.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(elsewhere))
    hint = keep_in_spool(near, FULL, inside=tmp_path, is_first=is_first)
    assert ("takes it up" not in hint) is is_first
    assert bool(list(elsewhere.iterdir())) is not is_first


HOLDER = """
import sys, time
from pathlib import Path
from storyboard.state.local import LocalStore
with LocalStore(Path(sys.argv[1])).locked():
    print("held", flush=True)
    time.sleep(60)
"""


def hold(path: Path) -> subprocess.Popen[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", HOLDER, str(path)]
    holder = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    return holder


def test_the_lock_names_its_holder_and_dies_with_it(store: LocalStore) -> None:
    holder = hold(store.path)
    try:
        with pytest.raises(LockedError, match=f"process {holder.pid}"), store.locked():
            raise AssertionError("two hold the lock")
    finally:
        holder.send_signal(signal.SIGKILL)
        holder.communicate()
    with store.locked(), store.locked():
        pass
