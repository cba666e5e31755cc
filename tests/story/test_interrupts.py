"""Whoever interrupts an apply learns what is done, what is under way, and what to run next."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from storyboard.apply.run import Run
from storyboard.errors import ExitCode
from tests.support.desk import Desk, at_desk
from tests.support.office import TWO_TOURS
from tests.support.project import ROOT, Ran
from tests.support.tiny_studio import TinyStudio

GO_ON = "go on with `storyboard {} -e kaltura`: it finds what was made"
AGAIN = "resume with: storyboard {} --yes -e kaltura"
ENDS = [signal.SIGINT, signal.SIGTERM, signal.SIGHUP]


@dataclass
class Interrupting(TinyStudio):
    """Sends this process a signal when an action is carried out for the n-th time.

    Of two calls at once both are asked for before the first is carried out.
    """

    at: str = ""
    number: int = 1
    end: signal.Signals = signal.SIGTERM
    sent: list[str] = field(default_factory=list)
    acted: Counter[str] = field(default_factory=Counter)

    def _act(self, action: str, body: dict[str, Any]) -> Any:
        answer = super()._act(action, body)
        self.acted[action] += 1
        if action == self.at and self.acted[action] == self.number:
            self.sent.append(action)
            os.kill(os.getpid(), self.end)
        return answer


@pytest.fixture
def desk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> Iterator[Desk]:
    """Two tours, whose films are made for ever."""
    studio = Interrupting(film_polls=1_000_000)
    with at_desk(tmp_path, TWO_TOURS, studio, monkeypatch, capfd) as made:
        yield made


def interrupting(desk: Desk, at: str, number: int, end: signal.Signals) -> Interrupting:
    studio = desk.studio
    assert isinstance(studio, Interrupting)
    studio.at, studio.number, studio.end = at, number, end
    return studio


def code_of(end: signal.Signals) -> int:
    return 143 if end is signal.SIGTERM else 130


def said(ran: Ran) -> list[str]:
    return [line for line in ran.err.splitlines() if line]


def converges(desk: Desk) -> bool:
    """One more apply ends with one video an address and one film each."""
    studio = interrupting(desk, "", 0, signal.SIGTERM)
    studio.film_polls = 1
    studio._looks = dict.fromkeys(studio._looks, 1)
    assert desk.run("apply", "--yes").code == 0
    return (len(studio.videos), len(studio.films)) == (2, 2)


@pytest.mark.parametrize("end", ENDS)
def test_a_first_one_detaches_and_says_where_things_stand(desk: Desk, end: signal.Signals) -> None:
    before = signal.getsignal(end)
    interrupting(desk, "video/generate", 2, end)
    ran = desk.run("apply", "--yes")
    assert ran.code == 10, ran.err
    # The signal comes while both are asked for: the studio may not have answered yet.
    told = "goodbye: film in the making: (still being made|asked for, and not answered yet);"
    assert re.search(told, ran.out), ran.out
    assert "interrupt again to end at once" in ran.err
    assert AGAIN.format("apply") in ran.out
    assert signal.getsignal(end) is before
    assert converges(desk)


@pytest.mark.parametrize("end", ENDS)
def test_a_second_one_says_where_things_stand_too(desk: Desk, end: signal.Signals) -> None:
    interrupting(desk, "video/generate", 1, end)
    closing = Run.close

    async def close(run: Run) -> None:
        os.kill(os.getpid(), end)
        await closing(run)

    desk.patch.setattr(Run, "close", close)
    ran = desk.run("apply", "--yes")
    desk.patch.setattr(Run, "close", closing)
    assert ran.code == code_of(end), ran.out
    lines = said(ran)
    assert "2 actions done: create goodbye, create hello" in lines
    # The second film may not be asked for yet when the first is carried out.
    left = [line for line in lines if re.match(r"\d actions? (in progress|not begun): ", line)]
    assert re.match(r"\d actions? in progress: generate", left[0])
    assert all(f"generate {name}" in "; ".join(left) for name in ("goodbye", "hello"))
    assert "the studio goes on with what it is making" in lines
    assert lines[-2].startswith(GO_ON.format("apply"))
    assert lines[-1] == "interrupted"
    assert converges(desk)


class Left(BaseException):
    """What the end of the process is here."""


def test_a_third_one_waits_for_nothing(desk: Desk) -> None:
    """Not even for what a second one has to end, such as a film of this machine."""
    interrupting(desk, "video/generate", 1, signal.SIGTERM)

    def leave(code: int) -> None:
        raise Left(code)

    async def close(run: Run) -> None:
        try:
            os.kill(os.getpid(), signal.SIGTERM)
        finally:
            os.kill(os.getpid(), signal.SIGTERM)

    desk.patch.setattr(Run, "close", close)
    desk.patch.setattr(os, "_exit", leave)
    with pytest.raises(Left, match="143"):
        desk.run("apply", "--yes")


@pytest.mark.parametrize("end", ENDS)
def test_before_anything_was_begun_nothing_was_changed(desk: Desk, end: signal.Signals) -> None:
    interrupting(desk, "video/list", 1, end)
    ran = desk.run("apply", "--yes")
    assert (ran.code, desk.studio.videos) == (code_of(end), {})
    assert said(ran)[-2:] == ["no video was changed", "interrupted"]


@pytest.mark.parametrize("end", ENDS)
def test_a_question_is_ended(desk: Desk, end: signal.Signals) -> None:
    class Terminal:
        encoding = "utf-8"

        def isatty(self) -> bool:
            return True

        def readline(self) -> str:
            os.kill(os.getpid(), end)
            return "y\n"

    desk.patch.setattr(sys, "stdin", Terminal())
    ran = desk.run("apply")
    assert (ran.code, desk.studio.videos) == (code_of(end), {})
    assert said(ran)[-2:] == ["no video was changed", "interrupted"]
    assert desk.run("lock", "status").out.endswith("not held\n")


def test_a_destruction_is_gone_on_with_by_its_own_command(desk: Desk) -> None:
    assert desk.run("apply", "--yes", "--no-generate").code == 0
    interrupting(desk, "video/delete", 1, signal.SIGTERM)
    ran = desk.run("destroy", "--yes")
    assert (ran.code, AGAIN.format("destroy") in ran.out) == (143, True)
    assert desk.run("destroy", "--yes").code == 0
    assert not desk.studio.videos


def test_a_program_is_told_the_ids_and_the_command_that_goes_on(desk: Desk) -> None:
    digest = desk.run("plan", "--json").json()["digest"]
    interrupting(desk, "video/generate", 2, signal.SIGTERM)
    ran = desk.run("apply", "--yes", "--expect-digest", digest, "--json")
    ids = {name: desk.studio.by_name(name.title())["id"] for name in ("goodbye", "hello")}
    again = {"command": "storyboard wait -e kaltura goodbye hello", "videos": ids}
    assert (ran.code, ran.error["code"]) == (10, "detached")
    assert (ran.error["resume"], ran.json()["resume"]) == (again, again), "no digest: it is used up"
    assert ran.error["hint"] == f"go on with: {again['command']}"
    assert {each["videoId"] for each in ran.error["videos"].values()} == set(ids.values())
    lists = interrupting(desk, "", 0, signal.SIGTERM).acted["video/list"]
    interrupting(desk, "video/list", lists + 1, signal.SIGTERM)
    waited = desk.run("wait", "--json")
    assert (waited.code, waited.error["code"], waited.error["retryable"]) == (
        143, "terminated", True,
    )  # fmt: skip
    assert converges(desk)
    interrupting(desk, "video/delete", 1, signal.SIGTERM)
    ran = desk.run("destroy", "--yes", "--json")
    assert (ran.code, ran.json()["exitCode"], ran.error["code"]) == (143, 143, "terminated")
    assert ran.error["resume"]["command"] == "storyboard destroy --yes --json -e kaltura"


def test_what_is_ignored_stays_ignored(desk: Desk) -> None:
    """As in the background of a shell, or under nohup."""
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        studio = interrupting(desk, "video/add", 1, signal.SIGHUP)
        ran = desk.run("apply", "--yes", "--no-generate")
    finally:
        signal.signal(signal.SIGHUP, before)
    assert (ran.code, studio.sent) == (0, ["video/add"])


@pytest.mark.slow
@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM])
def test_a_process_that_is_interrupted_twice(desk: Desk, end: signal.Signals) -> None:
    """Whichever it comes to: its outcome, or where things stood, and the command to run next."""
    process = subprocess.Popen(
        [sys.executable, "-m", "storyboard", "apply", "--yes", "-e", "kaltura"],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        text=True,
    )
    deadline = time.monotonic() + 120
    while desk.studio.count("video/generate") < 2:
        assert process.poll() is None
        assert time.monotonic() < deadline
        time.sleep(0.05)
    process.send_signal(end)
    process.send_signal(end)
    out, _ = process.communicate(timeout=120)
    assert process.returncode in (10, code_of(end)), out
    assert GO_ON.format("apply") in out or AGAIN.format("apply") in out
    assert re.search(
        "still being made|asked for, and not answered yet"
        "|2 actions in progress: generate goodbye, generate hello",
        out,
    )
    assert converges(desk)


HANGING = """
import asyncio, os, threading
from storyboard.cli.held_run import run_held

async def work():
    try:
        await asyncio.gather(*(asyncio.to_thread(wait) for _ in range(2)))
    except asyncio.CancelledError:
        print("canceled", flush=True)
        raise

def wait():
    os.write(1, b"hangs\\n")  # one write: `print` has two, and there are two threads
    threading.Event().wait()

run_held(work())
"""


@pytest.mark.slow
def test_a_second_one_waits_for_no_place_that_hangs() -> None:
    """A state's place that takes a call and says nothing holds the thread that asked it."""
    with subprocess.Popen(
        [sys.executable, "-c", HANGING],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            assert process.stdout is not None
            assert [process.stdout.readline() for _ in range(2)] == ["hangs\n"] * 2
            process.send_signal(signal.SIGTERM)
            assert process.stdout.readline() == "canceled\n"  # so that the two are not one
            process.send_signal(signal.SIGTERM)
            assert process.wait(60) == ExitCode.TERMINATED
        finally:
            process.kill()
