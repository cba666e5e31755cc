"""One case: a scenario under a bad day, then one plain apply, and the facts that hold after it."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from storyboard.errors import ExitCode, StoryboardError
from storyboard.state.local import LocalStore
from tests.proof.applier import MortalStore, apply, plan
from tests.proof.network import Day, Fault, Network
from tests.proof.scenarios import SCENARIOS, STRANGER, Scenario
from tests.support.forking import Forks
from tests.support.tiny_studio import TinyStudio


@dataclass
class Case:
    """A studio that the scenario's first stage was applied to, and a folder with its state."""

    name: str
    folder: Path
    network: Network
    appliers: Forks
    studio: TinyStudio = field(init=False)
    logs: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.studio = self.scenario.make_studio()
        self.network.open(self.studio)
        self.network.day = Day()
        if self.scenario.before:
            assert self._apply(self.scenario.before) == "OK"
        self.studio.films.clear()

    @property
    def scenario(self) -> Scenario:
        """What is applied."""
        return SCENARIOS[self.name]

    @property
    def state_path(self) -> Path:
        """Where the state is."""
        return self.folder / "state.json"

    def disturbed(self, day: Day) -> str:
        """Apply under a bad day; returns how it ended."""
        self._begin("disturbed", day)
        if any(fault.kills for fault in day.faults.values()):
            code = self._in_a_process(day)
            ended = "killed" if code < 0 else str(code)
        else:
            ended = self._apply(self.scenario.wanted)
        self.settle()
        self.logs.append(f"ended: {ended}")
        return ended

    def settle(self) -> None:
        """Let effects come that are late."""
        asyncio.run(self.network.settle())

    def killed_at_write(self, fatal: int, *, after: bool) -> str:
        """Apply in a process that ends at a write of the state."""
        day = Day()
        self._begin(f"killed at write {fatal}", day)
        code = self._in_a_process(day, fatal=fatal, after=after)
        return "killed" if code < 0 else str(code)

    def another_apply(self) -> bool:
        """Be a second applier with the same state and files; what comes of it is its own affair."""
        self.logs.append("second applier: " + self._apply(self.scenario.wanted))
        return True

    def converges(self, *, films: bool = True) -> None:
        """Apply once more, plainly; with `films`, none was made but those that had to be."""
        day = Day()
        self._begin("plain", day)
        ended = self._apply(self.scenario.wanted)
        try:
            assert ended == "OK", ended
            self._one_of_each()
            if films:
                most = Counter(self.studio.films).most_common(1)
                assert not most or most[0][1] == 1, "a film was made twice"
                assert len(self.studio.films) == self.scenario.films, "films"
            assert not self.has_changes(), "the plan has changes"
        except AssertionError as cause:
            cause.add_note("\n".join(self._told()))
            raise

    def has_changes(self) -> bool:
        """Whether an apply would do anything now."""
        return plan(self.network.url, self.folder, self.scenario.wanted).has_changes

    def _one_of_each(self) -> None:
        """One video an address, with the film that the state says, of what is wanted."""
        state = LocalStore(self.state_path).read()
        assert state is not None
        assert not state.operations, "an intent is open"
        assert not state.retired, "something is still to be deleted"
        theirs = [item for item in self.studio.videos.values() if item["name"] == STRANGER]
        assert [item["updatedAt"] for item in theirs] == [theirs[0]["createdAt"]], "a stranger's"
        wanted = self.scenario.wanted
        names = sorted(item["name"] for item in self.studio.videos.values())
        assert names == sorted([*(item.name for item in wanted), STRANGER])
        assert set(state.videos) == {item.address for item in wanted}
        for item in wanted:
            remote = self.studio.by_name(item.name)
            assert state.videos[item.address].current.id == remote["id"]
            film = state.videos[item.address].entry_id
            assert film is not None
            # An edit by hand that was taken back leaves a draft, and the film that was made of it.
            assert remote["entryId"] == film or remote["status"] == "draft", "another film"
            for said in [] if item.compose else [remote, self.studio.shows[film]]:
                texts = [each["narration"]["text"] for each in said["scenes"]]
                assert texts == [each.narration for each in item.scenes], "something else is said"
            saved = (self.folder / "films" / f"{item.address}.mp4").read_bytes()
            assert saved.endswith(f"film {film}".encode()), "the saved film"

    def _in_a_process(self, day: Day, *, fatal: int = 0, after: bool = False) -> int:
        return self.appliers.run(
            lambda pid: setattr(day, "pid", pid),
            url=self.network.url,
            folder=str(self.folder),
            scenario=self.name,
            fatal=fatal,
            after=after,
        )

    def _apply(self, wanted: tuple[object, ...], store: LocalStore | None = None) -> str:
        store = store or MortalStore(self.state_path)
        try:
            outcome = apply(self.network.url, self.folder, wanted, store)  # type: ignore[arg-type]
        except StoryboardError as cause:
            return f"{type(cause).__name__}: {cause.message}"
        if outcome.exit_code is ExitCode.OK:
            return "OK"
        said = [f"{item.address} {item.action.value}: {item.ending.value} {item.message}"
                for item in outcome.actions]  # fmt: skip
        return "\n    ".join([str(outcome.exit_code), str(outcome.fatal), *said])

    def _begin(self, what: str, day: Day) -> None:
        self.network.day = day
        self.logs.append(f"{what}:")
        self.logs.append("")
        self._days = [*getattr(self, "_days", []), (len(self.logs) - 1, day)]

    def _told(self) -> list[str]:
        """The request log of each run, and what is in the studio now."""
        told = list(self.logs)
        for place, day in self._days:
            told[place] = "\n".join(f"  {i:2} {line}" for i, line in enumerate(day.log, 1))
        return [*told, json.dumps(list(self.studio.videos.values()), indent=1)]


def undisturbed(case: Case) -> tuple[int, int]:
    """Return the requests and the writes of a run that nothing disturbs."""
    day = Day()
    case._begin("undisturbed", day)
    store = MortalStore(case.folder / "state.json")
    assert case._apply(case.scenario.wanted, store) == "OK"
    return day.requests, store.writes


Begin = Callable[[str], Case]
__all__ = ["Begin", "Case", "Day", "Fault", "undisturbed"]
