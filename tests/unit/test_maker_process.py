"""Speech and portraits by a program of its own, which ends once nobody uses it."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from storyboard.errors import StudioError
from storyboard.studio.film.request import Cancelled, FilmError
from storyboard.studio.jobs import makers
from storyboard.studio.jobs.maker_process import MakerProcess
from storyboard.studio.stage.rooms.backdrop import Backdrop, BackdropKind
from tests.support.passing_time import eventually
from tests.unit.test_film_process_pool import linux

ROOT = Path(__file__).parents[2]
PLAIN = Backdrop(BackdropKind.COLOR, "#CEEEDB")
LONG = 3600.0

QUICK = """
import os, time
from storyboard.errors import StudioError
from storyboard.studio.film.request import FilmError
from storyboard.studio.jobs import maker_worker

def draw(given, cancelled):
    tally, presenter = given[1], given[0]
    with open(tally, "a") as file:
        file.write("x")
    if len(open(tally).read()) <= int(presenter):
        os._exit(3)
    yield b"drawn"

def speak(given, cancelled):
    narration, presenter, narrations = given
    if narration == "refused":
        raise FilmError("no-voice", "there is none")
    for piece in narration.split():
        if piece == "die":
            os._exit(3)
        if piece == "bug":
            raise ZeroDivisionError("a bug")
        yield f"{os.getpid()} {piece}".encode()

def time_scenes(given, cancelled):
    while not cancelled():
        time.sleep(0.01)
    open(given[2], "w").close()
    yield ()

maker_worker.main({"speech": speak, "timing": time_scenes, "portrait": draw})
"""
"""Run as a program: says the words of a narration after its own number, one a piece."""


@pytest.fixture
def quick() -> Iterator[MakerProcess]:
    with closing(MakerProcess((sys.executable, "-c", QUICK), LONG)) as process:
        yield process


def said(process: MakerProcess, words: str) -> list[bytes]:
    return [piece.partition(b" ")[2] for piece in process.speech(words, "jane", [words])]


def program_of(process: MakerProcess) -> bytes:
    return next(process.speech("x", "jane", [])).partition(b" ")[0]


def test_calls_go_on_beside_each_other_in_one_program(quick: MakerProcess) -> None:
    one, two = (quick.speech(words, "jane", []) for words in ("a b", "c d"))
    pieces = [next(one), next(two), next(one), next(two)]
    assert [piece.partition(b" ")[2] for piece in pieces] == [b"a", b"c", b"b", b"d"]
    assert len({piece.partition(b" ")[0] for piece in pieces}) == 1
    assert [*one, *two] == []


def test_a_refusal_is_told_as_it_is(quick: MakerProcess) -> None:
    with pytest.raises(FilmError, match="there is none") as refused:
        said(quick, "refused")
    assert refused.value.code == "no-voice"
    with pytest.raises(FilmError, match="ZeroDivisionError: a bug"):
        said(quick, "bug")
    assert said(quick, "goes on") == [b"goes", b"on"]


def test_another_takes_the_place_of_one_that_died(quick: MakerProcess) -> None:
    before, other = program_of(quick), quick.speech("a b", "jane", [])
    next(other)
    with pytest.raises(FilmError, match="died; try again"):
        said(quick, "a die b")
    with pytest.raises(FilmError, match="died; try again"):
        next(other)
    assert program_of(quick) != before


@pytest.mark.parametrize("deaths", [1, 2])
def test_a_picture_is_drawn_again_by_another_program(
    quick: MakerProcess, tmp_path: Path, deaths: int
) -> None:
    """A call beside it may have killed the first; what kills two is told to the log, as it is."""
    given: Any = (str(deaths), tmp_path / "tally")
    if deaths == 2:
        with pytest.raises(StudioError, match="could not be drawn"):
            quick.portrait(*given)
    assert quick.portrait(*given) == b"drawn"


@pytest.mark.skipif(os.name == "nt", reason="signals are Unix's")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_to_all_processes_is_the_parents(quick: MakerProcess, number: int) -> None:
    """`systemctl stop` sends SIGTERM to each process of a service: films in work may end."""
    program = int(program_of(quick))
    os.kill(program, number)
    assert int(program_of(quick)) == program


def test_who_cancels_is_heard_there(quick: MakerProcess, tmp_path: Path) -> None:
    over = threading.Event()
    threading.Timer(0.05, over.set).start()
    with pytest.raises(Cancelled):
        quick.timing(["a"], "jane", tmp_path / "heard", over.is_set)
    eventually((tmp_path / "heard").exists)


@linux
def test_an_idle_program_ends_and_one_in_use_does_not() -> None:
    with closing(MakerProcess((sys.executable, "-c", QUICK), 0.05)) as process:
        first = program_of(process)
        eventually(lambda: not Path(f"/proc/{int(first)}").exists())
        held = process.speech("a b", "jane", [])
        number = next(held).partition(b" ")[0]
        assert number != first
        assert program_of(process) == number
        assert next(held).partition(b" ")[0] == number


@linux
def test_no_program_outlives_its_owner(quick: MakerProcess) -> None:
    number = int(program_of(quick))
    quick.close()
    assert not Path(f"/proc/{number}").exists()


@pytest.mark.slow
def test_the_same_speech_portraits_and_lengths_as_in_this_process(tmp_path: Path) -> None:
    words = "Welcome to the training overview. It is good to have you here."
    with closing(MakerProcess()) as process:
        given = (words, "jane", [words])
        assert [*process.speech(*given)] == [*makers.speech(*given)]
        assert process.portrait("jane", PLAIN) == makers.portrait("jane", PLAIN)
        there = process.timing([words], "jane", tmp_path / "there", lambda: False)
        assert there == makers.timing([words], "jane", tmp_path / "here", lambda: False)
