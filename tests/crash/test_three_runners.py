"""Three fresh clones as three runners of one studio, for each store of the state: one law.

They apply in turn, at once, and with one of them killed, each as a process of the command line.
After that there is one video an address, and no film was made that nothing asked for.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest

from tests.support.bucket_server import BUCKET, bucket_server
from tests.support.counted_studio import ROOT, USER, CountedStudio, counted_studio
from tests.support.gitlab_states import GITLAB, PASSWORD, TERRAFORM, state_server
from tests.support.project import Project, Ran
from tests.support.served import Answer, Asked, served
from tests.support.state_places import git, new_clone

pytestmark = pytest.mark.slow
FILES = {
    "hello.yaml": "name: Hello\nscenes: [{id: hi, narration: Hello and welcome to our office.}]\n",
    "bye.yaml": "name: Goodbye\nscenes: [{id: bye, narration: Goodbye and come back to us.}]\n",
    "then.yaml": "name: Later\nscenes: [{id: so, narration: We will see you here again soon.}]\n",
}
EDITED = FILES["bye.yaml"].replace("come back", "do come back")


@dataclass(frozen=True)
class Kept:
    """Where a state is kept: the line of the project file, and what the operator sets."""

    line: str
    variables: Mapping[str, str] = field(default_factory=dict)


@contextmanager
def nowhere() -> Iterator[Kept]:
    yield Kept("identity: name")


@contextmanager
def in_git() -> Iterator[Kept]:
    yield Kept("state: git")


@contextmanager
def in_bucket() -> Iterator[Kept]:
    with bucket_server() as bucket:
        yield Kept(f"state: s3://{BUCKET}/project/production", bucket.variables)


@contextmanager
def on_server(path: str) -> Iterator[Kept]:
    with state_server(path) as server:
        login = {"STORYBOARD_STATE_USERNAME": "ci", "STORYBOARD_STATE_PASSWORD": PASSWORD}
        allowed = {"STORYBOARD_ALLOW_HOSTS": server.url.removeprefix("http://")}
        yield Kept(f"state: {server.place}", login | allowed)


STORES: dict[str, Callable[[], object]] = {
    "names": nowhere,
    "git": in_git,
    "bucket": in_bucket,
    "gitlab": lambda: on_server(GITLAB),
    "terraform": lambda: on_server(TERRAFORM),
}


@dataclass
class Line:
    """The network between runners and studio: counts requests, and kills a runner at one."""

    studio: CountedStudio
    kill_at: int = 0
    after: bool = False
    requests: int = 0
    process: subprocess.Popen[bytes] | None = None

    def answer(self, asked: Asked) -> Answer:
        self.requests += 1
        kills = self.requests == self.kill_at
        if kills and not self.after:
            return self._kill()
        told = httpx.request(
            asked.method,
            self.studio.url + asked.path,
            content=asked.body,
            headers={k: v for k, v in asked.headers.items() if k not in ("host", "connection")},
            timeout=60,
        )
        if kills:
            return self._kill()
        kind = told.headers.get("content-type", "application/json")
        return Answer(told.status_code, told.content, (("content-type", kind),))

    def _kill(self) -> Answer:
        assert self.process is not None
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(60)
        return Answer(is_reset=True)


@dataclass
class Runners:
    """A repository, and runners that were born a minute ago: each has a clone, and nothing else."""

    folder: Path
    studio: CountedStudio
    line: Line
    url: str
    kept: Kept

    def push(self, files: Mapping[str, str]) -> None:
        """Be a person who merges a change."""
        clone = new_clone(self.folder)
        for name, text in files.items():
            (clone / name).write_text(text)
        git(clone, "add", ".")
        git(clone, "commit", "--quiet", "--message", "change")
        git(clone, "push", "--quiet", "origin", "HEAD:main")

    def run(self, *arguments: str) -> Ran:
        """Run a command on a new runner."""
        clone = Project(new_clone(self.folder, "--depth=1"))
        return clone.run(*arguments, "-e", "production", **self.variables)

    def apply(self) -> Ran:
        """Apply on a new runner, which waits for the lock as a pipeline does."""
        ran = self.run("apply", "--yes", "--lock-timeout", "240")
        assert ran.code == 0, ran.out + ran.err
        return ran

    def start(self) -> subprocess.Popen[bytes]:
        """Begin an apply on a new runner, to be killed."""
        self.line.process = subprocess.Popen(
            [sys.executable, "-m", "storyboard", "apply", "--yes", "-e", "production"],
            cwd=new_clone(self.folder, "--depth=1"),
            env={**os.environ, "PYTHONPATH": str(ROOT), **self.variables},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        return self.line.process

    def break_lock(self) -> None:
        """Be the operator who knows that the runner is dead, if it held a lock that stays."""
        if self.kept.line.startswith("identity"):
            return
        lease = self.run("lock", "status", "--json").json()["lease"]
        if lease is not None and lease.get("id"):
            self.run("lock", "break", "--id", lease["id"])

    @property
    def variables(self) -> dict[str, str]:
        return {
            "KALTURA_VOD_AVATAR_URL": f"{self.url}/api/v1",
            "KALTURA_SERVICE_URL": f"{self.url}/api_v3",
            **self.studio.credentials,
            **self.kept.variables,
        }

    def hold_law(self, *, films: int) -> None:
        """One video an address, each ready, nothing left to do, and no needless film."""
        told = self.run("outputs", "--json").json()
        assert {video["status"] for video in told.values()} == {"ready"}, told
        plan = self.run("plan", "--prune")
        assert f"no changes: {len(FILES)} videos" in plan.out, plan.out + plan.err
        names = sorted(video["name"] for video in self.studio.videos())
        assert names == ["Goodbye", "Hello", "Later"]
        assert self.studio.films == films


@pytest.fixture(params=sorted(STORES))
def runners(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Runners]:
    with ExitStack() as stack:
        kept = stack.enter_context(STORES[request.param]())  # type: ignore[arg-type]
        studio = stack.enter_context(counted_studio(tmp_path))
        line = Line(studio)
        url = stack.enter_context(served(line.answer))
        git(tmp_path, "init", "--quiet", "--bare", "--initial-branch=main", "server.git")
        made = Runners(tmp_path, studio, line, url, kept)
        project = (
            'storyboards: ["*.yaml"]\n'
            f"environments:\n  production: {{studio: kaltura, userId: {USER}, {kept.line}}}\n"
        )
        made.push({"storyboard.yaml": project, **FILES})
        yield made


def test_in_turn(runners: Runners) -> None:
    """The first makes all; the next two make what was changed, once, and then nothing."""
    runners.studio.open_gate()
    runners.apply()
    runners.hold_law(films=3)
    runners.push({"bye.yaml": EDITED})
    runners.apply()
    ran = runners.apply()
    assert "no changes" in ran.out, ran.out + ran.err
    runners.hold_law(films=4)


def test_at_once(runners: Runners) -> None:
    """All three begin before the first film has ended."""
    with ThreadPoolExecutor(4) as pool:
        applies = [pool.submit(runners.apply) for _ in range(3)]
        runners.studio.wait_for_film()
        runners.studio.open_gate()
        for apply in applies:
            apply.result()
    runners.hold_law(films=3)


@pytest.mark.parametrize("half", range(2))
def test_one_is_killed_and_the_next_goes_on(
    runners: Runners, request: pytest.FixtureRequest, half: int
) -> None:
    """At a request of the first or of the second half, before or after its effect."""
    chance = random.Random(request.node.name)
    runners.studio.open_gate()
    runners.line.kill_at = 9 * half + chance.randrange(1, 10)
    runners.line.after = chance.random() < 0.5
    process = runners.start()
    assert process.wait(120) == -signal.SIGKILL, f"{runners.line.requests} requests"
    runners.break_lock()
    runners.apply()
    runners.hold_law(films=3)


def test_one_is_killed_while_films_are_made(runners: Runners) -> None:
    process = runners.start()
    runners.studio.wait_for_film()
    process.send_signal(signal.SIGKILL)
    process.wait(60)
    runners.studio.open_gate()
    runners.break_lock()
    runners.apply()
    runners.hold_law(films=3)
