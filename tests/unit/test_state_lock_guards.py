"""The lock guards the state, not a path: no second writer, and no write over another's."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from storyboard.errors import LockedError, StateError
from storyboard.state.format import format_state, parse_state
from storyboard.state.local import LocalStore, next_serial
from storyboard.state.model import State
from tests.support.tiny_studio import PRINCIPAL

FIRST = State.fresh(PRINCIPAL, lineage="ab" * 16)


def serials(first: State, count: int) -> list[State]:
    states = [first]
    for number in range(count):
        states.append(next_serial(replace(states[-1], avatars={"a": str(number)})))
    return states


@pytest.mark.parametrize("before", [1, 2, 3])
def test_a_deleted_lock_lets_nobody_write_over_another_run(tmp_path: Path, before: int) -> None:
    path = tmp_path / "state.json"
    one, other = LocalStore(path), LocalStore(path)
    states = serials(FIRST, 5)
    with one.locked():
        for state in states[:before]:
            one.write(state)
        (tmp_path / "state.json.lock").unlink()
        with other.locked():
            seen = other.read()
            assert seen == states[before - 1]
            other.write(next_serial(replace(seen, avatars={"other": "run"})))
            with pytest.raises(LockedError, match="the lock was deleted; another run holds"):
                one.write(states[before])
        with pytest.raises(StateError, match="was replaced by another program") as caught:
            one.write(states[before + 1])
    assert "state.json.conflict" in (caught.value.hint or "")
    kept = LocalStore(path).read()
    assert kept is not None
    assert kept.avatars == {"other": "run"}
    conflict = parse_state((tmp_path / "state.json.conflict").read_text(), where="it")
    assert conflict == states[before + 1]


def test_a_deleted_lock_alone_stops_nothing(tmp_path: Path) -> None:
    path = tmp_path / "state.json"
    store, other = LocalStore(path), LocalStore(path)
    with store.locked():
        for state in serials(FIRST, 3):
            (tmp_path / "state.json.lock").unlink()
            store.write(state)
            with pytest.raises(LockedError), other.locked():
                raise AssertionError("two hold the lock")
    assert store.read() == serials(FIRST, 3)[-1]


def test_a_state_that_was_replaced_meanwhile_is_not_written_over(tmp_path: Path) -> None:
    path = tmp_path / "state.json"
    store, states = LocalStore(path), serials(FIRST, 3)
    brought = replace(FIRST, avatars={"by": "git"})
    with store.locked():
        store.write(states[0])
        store.write(states[1])
        path.with_suffix(".new").write_text(format_state(brought))
        path.with_suffix(".new").replace(path)
        with pytest.raises(StateError, match="was replaced by another program"):
            store.write(states[2])
    assert LocalStore(path).read() == brought


def test_a_state_that_is_deleted_meanwhile_is_written_again(tmp_path: Path) -> None:
    store, states = LocalStore(tmp_path / "state.json"), serials(FIRST, 3)
    with store.locked():
        for state in states:
            store.write(state)
            store.path.unlink()
        store.write(next_serial(states[-1]))
        assert store.read() == next_serial(states[-1])


def test_a_state_behind_a_link_is_written_through_it(tmp_path: Path) -> None:
    real, link = tmp_path / "real.json", tmp_path / "state.json"
    real.write_text(format_state(FIRST))
    link.symlink_to("real.json")
    store, direct = LocalStore(link), LocalStore(real)
    with store.locked():
        with pytest.raises(LockedError), direct.locked():
            raise AssertionError("two hold the lock")
        store.write(next_serial(FIRST))
    assert link.is_symlink()
    assert direct.read() == next_serial(FIRST)
