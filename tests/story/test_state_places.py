"""States in a bucket and on a server, from the command line: two machines, one studio."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest

from storyboard.errors import ExitCode
from storyboard.state.lease import parse_lease
from storyboard.strict_json import parse_json
from tests.support.bucket_server import BUCKET, SECRET, BucketServer, bucket_server
from tests.support.bucket_server import refused as unavailable
from tests.support.gitlab_states import PASSWORD, StateServerHere, state_server
from tests.support.gitlab_states import refused as forbidden
from tests.support.project import Project, Ran
from tests.support.served import Answer, Asked
from tests.support.tiny_studio import TinyStudio, serving

STORYBOARD = (
    "name: Q1\navatar: {templateId: jane, background: '#CEEEDB'}\n"
    "scenes:\n  - Welcome to the overview of this quarter.\n"
)
ROOT = Path(__file__).parents[2]
THERE = ("-e", "production")


@dataclass
class Office:
    """A studio, the place of a state, and three machines with the project and the variables."""

    studio: TinyStudio
    place: BucketServer | StateServerHere
    address: str
    machines: tuple[Project, ...]
    variables: dict[str, str]

    def run(self, *words: str, on: int = 0, **variables: str) -> Ran:
        return self.machines[on].run(*words, *THERE, **{**self.variables, **variables})

    @property
    def state(self) -> bytes:
        if isinstance(self.place, BucketServer):
            return self.place.objects["films/production/state.json"]
        return self.place.state or b""


@pytest.fixture(params=["bucket", "server"])
def office(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Office]:
    with ExitStack() as stack:
        place: BucketServer | StateServerHere
        if request.param == "bucket":
            place = stack.enter_context(bucket_server())
            address, variables, hosts = f"s3://{BUCKET}/films/production", place.variables, ()
        else:
            place = stack.enter_context(state_server())
            address, hosts = str(place.place), (place.url.removeprefix("http://"),)
            variables = {
                "STORYBOARD_STATE_USERNAME": "ana",
                "STORYBOARD_STATE_PASSWORD": PASSWORD,
            }
        studio = TinyStudio()
        url = stack.enter_context(serving(studio))
        files = {
            "storyboard.yaml": "environments:\n  production:\n    studio: kaltura\n"
            f"    state: {address}\n",
            "storyboards/q1.yaml": STORYBOARD,
        }
        machines = tuple(Project.of(tmp_path / name, files) for name in ("one", "two", "three"))
        yield Office(
            studio,
            place,
            address,
            machines,
            {
                **variables,
                "KALTURA_VOD_AVATAR_URL": f"{url}/api/v1",
                "KALTURA_SERVICE_URL": f"{url}/api_v3",
                "KALTURA_KS": "a-session",
                "KALTURA_PARTNER_ID": "101",
                "KALTURA_USER_ID": "maker",
                "STORYBOARD_ALLOW_HOSTS": ",".join((url.removeprefix("http://"), *hosts)),
            },
        )


def test_two_machines_work_on_one_state(office: Office) -> None:
    ran = office.run("apply", "--yes", "--no-generate")
    assert (ran.code, office.studio.count("video/add")) == (0, 1), ran.err
    assert b"Welcome" not in office.state
    assert not (office.machines[0].path / ".storyboard" / "state").exists()
    assert office.run("plan", "--no-generate", "--json", on=1).json()["actions"] == []
    assert office.run("lock", "status", on=1).out == f"production ({office.address}): not held\n"
    moved = office.run("state", "mv", "q1", "q2", on=1)
    assert moved.code == 0, moved.err
    assert list(parse_json(office.state)["videos"]) == ["q2"]
    told = office.run("doctor", on=1)
    assert (told.code, f"1 video, serial {parse_json(office.state)['serial']}" in told.out) == (
        0,
        True,
    ), told.out
    if isinstance(office.place, StateServerHere):
        office.place.lock = {"ID": "5f0c", "Who": "ana", "Created": "2026-03-02"}
        held = office.run("lock", "status")
        assert "held by ana\n  id 5f0c, since 2026-03-02\n" in held.out
        assert "its lock stays; break it:\n  storyboard lock break --id 5f0c" in held.out
        lease = office.run("lock", "status", "--json").json()["lease"]
        assert (lease["id"], lease["ttlSeconds"]) == ("5f0c", None)
        assert office.run("apply", "--yes", "--lock-timeout", "0").code == ExitCode.LOCKED
    history = office.run("state", "history")
    assert history.code == ExitCode.USAGE
    assert "storyboard state push -e production FILE --force" in history.err


def test_what_is_in_the_way_of_a_state_is_said_before_anything_is_made(office: Office) -> None:
    bucket = isinstance(office.place, BucketServer)
    name = "AWS_ACCESS_KEY_ID" if bucket else "STORYBOARD_STATE_PASSWORD"
    for words in (("plan",), ("apply", "--yes")):
        ran = office.run(*words, **{name: "wrong-one-0123456789"})
        assert ran.code == ExitCode.CREDENTIALS, ran.err
        assert name in ran.err
        assert "\nDebug" not in ran.err + ran.out
    told = office.run("doctor", **{name: "wrong-one-0123456789"})
    assert told.code == ExitCode.CREDENTIALS
    office.place.ignores = "if-match" if bucket else "lock"
    ran = office.run("apply", "--yes")
    assert (ran.code, "cannot keep a state" in ran.err) == (ExitCode.STATE_NOT_WRITTEN, True)
    assert not office.studio.videos
    for each in (ran, told):
        assert not any(secret in each.out + each.err for secret in (SECRET, PASSWORD))


@pytest.mark.slow
def test_a_place_that_goes_away_keeps_what_was_made(office: Office) -> None:
    """The state goes to a file here, and the next run takes it up: one video, not two."""
    away = (unavailable if isinstance(office.place, BucketServer) else forbidden)(403, "Denied")

    def once_made(asked: Asked, right: Callable[[], Answer]) -> Answer:
        return away(asked, right) if office.studio.count("video/add") else right()

    office.place.always = once_made
    ran = office.run("apply", "--yes", "--no-generate")
    assert (ran.code, "was kept in" in ran.out) == (ExitCode.STATE_NOT_WRITTEN, True), ran.out
    office.place.always = None
    if isinstance(office.place, StateServerHere):
        id_ = office.place.lock["ID"] if office.place.lock else ""
        assert f"storyboard lock break -e production --id {id_}" in ran.err
        assert office.run("lock", "break", "--id", id_).code == 0
    else:
        left = parse_lease(office.place.objects["films/production/state.lock.json"])
        assert office.run("lock", "break", "--id", left.id).code == 0
    ran = office.run("apply", "--yes", "--no-generate")
    assert (ran.code, office.studio.count("video/add")) == (0, 1), ran.err


@pytest.mark.slow
def test_three_runners_at_once_make_nothing_twice(office: Office) -> None:
    """Each was born a minute ago, and waits for the others; the last two have nothing to do."""
    running = [
        subprocess.Popen(
            [sys.executable, "-m", "storyboard", "apply", *THERE, "--yes", "--lock-timeout", "300"],
            cwd=machine.path,
            env={**os.environ, "PYTHONPATH": str(ROOT), **office.variables},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        for machine in office.machines
    ]
    told = [process.communicate(timeout=300)[0] for process in running]
    assert [process.returncode for process in running] == [0, 0, 0], told
    assert (office.studio.count("video/add"), office.studio.count("video/generate")) == (1, 1)
    state = parse_json(office.state)
    assert (list(state["videos"]), state["operations"]) == (["q1"], [])
    assert office.run("plan", "--detailed-exitcode").code == 0
