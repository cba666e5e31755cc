"""The engine finds what is planted: a fault, a slow input, a crash, a process that hangs."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.fuzz.__main__ import fuzz
from tests.fuzz.mutation import made
from tests.fuzz.surface import Law, Surface, load, names, without_folder
from tests.fuzz.trial import Trial, shrunk

KEPT = [b"key: value\n", b"- one\n- two\n"]


def trial(law: Law, folder: Path, cpu_seconds: float = 5.0) -> Trial:
    surface = Surface("planted", without_folder(law), (), cpu_seconds=cpu_seconds)
    return Trial(surface, law, folder / "current", folder / "found")


def test_an_input_follows_from_its_number() -> None:
    first = [made(1, "a", number, (b"word",), KEPT, 100) for number in range(200)]
    again = [made(1, "a", number, (b"word",), KEPT, 100) for number in range(200)]
    other = [made(2, "a", number, (b"word",), KEPT, 100) for number in range(200)]
    assert first == again
    assert sum(one != two for one, two in zip(first, other, strict=True)) > 150
    assert len(set(first)) > 150
    assert all(len(text) <= 100 for text in first)


def test_a_planted_fault_is_found_and_made_small(tmp_path: Path) -> None:
    def law(text: bytes) -> None:
        if b"{{" in text and b"value" in text:
            raise KeyError("planted")

    run = trial(law, tmp_path)
    for number in range(2000):
        run.give(made(1, "planted", number, (b"{{",), KEPT, 1000))
    (found,) = (tmp_path / "found").iterdir()
    assert sorted(found.read_bytes()) == sorted(b"{{value")


def test_an_input_that_takes_too_long_is_found(tmp_path: Path) -> None:
    def law(text: bytes) -> None:
        until = time.process_time() + (0.2 if b"slow" in text else 0.0)
        while time.process_time() < until:
            pass

    run = trial(law, tmp_path, cpu_seconds=0.1)
    run.give(b"a slow one")
    run.give(b"a fast one")
    assert [path.read_bytes() for path in (tmp_path / "found").iterdir()] == [b"slow"]


def test_shrinking_leaves_what_fails() -> None:
    assert shrunk(b"a" * 1000 + b"xy" + b"b" * 1000, lambda text: b"xy" in text) == b"xy"


CHILD = """
import ctypes, sys, time
from pathlib import Path
folder, how = Path(sys.argv[1]), sys.argv[2:]
text = Path(how[3]).read_bytes() if how[2] == "replay" else b"one CRASH two"
(folder / "current").write_bytes(text)
if b"CRASH" in text:
    {fault}
"""


@pytest.mark.parametrize("fault", ["ctypes.string_at(0)", "time.sleep(60)"], ids=["crash", "hang"])
def test_what_ends_a_process_is_kept(
    fault: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.fuzz.__main__._REPLAY_SECONDS", 1.0)
    monkeypatch.setattr("tests.fuzz.__main__._SHRINK_SECONDS", 1.0)

    def start(name: str, folder: Path, how: list[str]) -> subprocess.Popen[bytes]:
        code = CHILD.replace("{fault}", fault)
        return subprocess.Popen([sys.executable, "-X", "faulthandler=0", "-c", code, folder, *how])

    (tmp_path / "planted").mkdir()
    how = ["1", "1", "same"]
    assert not fuzz("planted", tmp_path, how, start=start, corpus=tmp_path, stuck=2.0)
    (found,) = (tmp_path / "planted").iterdir()
    assert b"CRASH" in found.read_bytes()


def test_what_a_process_found_counts_however_it_ends(tmp_path: Path) -> None:
    def start(name: str, folder: Path, how: list[str]) -> subprocess.Popen[bytes]:
        code = "import sys; open(sys.argv[1], 'w').close()"
        return subprocess.Popen([sys.executable, "-c", code, folder / name / "found-1"])

    (tmp_path / "planted").mkdir()
    assert not fuzz("planted", tmp_path, ["1", "1", "guided"], start=start, corpus=tmp_path)
    assert fuzz("planted", tmp_path, ["1", "1", "guided"], start=start, corpus=tmp_path)


def test_every_surface_has_a_seed_and_a_law_by_its_name() -> None:
    for name in names():
        assert any(path.name.startswith("seed-") for path in load(name).corpus()), name
