"""A case whose applies are commands: its files are written, and what is printed is judged, too."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from storyboard.errors import ExitCode, FailureCode
from storyboard.state.local import LocalStore
from storyboard.video import Address, Video
from tests.proof.case import Case
from tests.proof.network import Day
from tests.proof.scenarios import SCENARIOS, Scenario
from tests.support.forking import ROOT
from tests.support.json_outputs import read_printed

_NAMES: Final = {"q1@en": "q1", "q1@fr": "q2", "q2@en": "q3"}
"""The scenarios' addresses, as storyboards without locales."""

_OPTIONS: Final = ("--prune", "--allow-empty", "--max-delete", "10", "--download", "films")

_PROJECT: Final = """\
storyboards: ["q*.yaml"]
checks: {narration-too-short: "off"}
"""

ENDINGS: Final = frozenset(
    {
        ExitCode.OK,
        ExitCode.FAILURE,
        ExitCode.CREDENTIALS,
        ExitCode.REFUSED,
        ExitCode.CONFLICT,
        ExitCode.PARTIAL,
        ExitCode.GENERATION_FAILED,
        ExitCode.DETACHED,
    }
)
"""What a command may end with that lives through a bad network: never as a bug of ours."""


def _renamed(videos: tuple[Video, ...]) -> tuple[Video, ...]:
    return tuple(replace(v, address=Address.parse(_NAMES[str(v.address)])) for v in videos)


def _written(video: Video) -> dict[str, Any]:
    """Return the storyboard that is compiled to a video; JSON is YAML."""
    body: dict[str, Any] = {"id": video.address.storyboard, "name": video.name}
    if video.compose is not None:
        return {**body, "compose": video.compose.payload()}
    scenes = [{"id": scene.id, "narration": scene.narration} for scene in video.scenes]
    return {**body, "avatar": {"templateId": "jane", "background": "#CEEEDB"}, "scenes": scenes}


@dataclass
class CommandCase(Case):
    """`as_json` says whether the disturbed command is asked for JSON."""

    as_json: bool = True

    @property
    def scenario(self) -> Scenario:
        """What is applied: the same, as storyboards without locales."""
        told = SCENARIOS[self.name]
        return replace(told, before=_renamed(told.before), wanted=_renamed(told.wanted))

    @property
    def state_path(self) -> Path:
        """Where the program keeps it."""
        return self.folder / ".storyboard" / "state" / "kaltura.json"

    def has_changes(self) -> bool:
        """Whether `plan` says so; after a destroy, the files have everything yet."""
        if self.name == "destroy":
            return False
        return self._command(Day(), "plan", "--prune", "--detailed-exitcode")[0] != ExitCode.OK

    def _apply(self, wanted: tuple[object, ...], store: LocalStore | None = None) -> str:
        del store
        code, out, err = self._applied(wanted, self.network.day, as_json=False)
        return "OK" if code == 0 else f"{code}\n{out}\n{err}"

    def _in_a_process(self, day: Day, *, fatal: int = 0, after: bool = False) -> int:
        """Apply, and judge what is printed of a run that was not killed."""
        wanted = self.scenario.wanted
        code, out, err = self._applied(wanted, day, as_json=self.as_json, fatal=fatal, after=after)
        if code >= 0:
            self._judge(code, out, err)
        return code

    def disturbed(self, day: Day) -> str:
        """Apply under a bad day, in a process of its own whatever happens to it."""
        self._begin("disturbed", day)
        code = self._in_a_process(day)
        self.settle()
        self.logs.append(f"ended: {code}")
        return "killed" if code < 0 else str(code)

    def _judge(self, code: int, out: str, err: str) -> None:
        """Hold a command to its word: what failed is told with its kind and what to do."""
        told = f"exit {code}\n{out}\n{err}"
        assert code in ENDINGS, told
        assert "Traceback" not in out + err, told
        if not self.as_json:
            assert out or err.startswith("error: "), told
            assert code == 0 or "error: " in err or out.splitlines()[-1] != "nothing to do", told
            return
        words = "destroy" if self.name == "destroy" else "apply"
        value, events = read_printed(words, code, out, err)
        assert value is None or value["exitCode"] == code, told
        errors = [event for event in events if event["event"] == "error"]
        assert bool(errors) is (code != 0), told
        for error in errors:
            assert FailureCode(error["code"]).exit == code, told
            # of a code that no guide has, nothing is known that helps
            assert error["hint"] or error["code"] == "studio-refused", told
        actions = [] if value is None else value["actions"]
        for action in actions:
            is_bad = action["status"] in ("failed", "skipped", "detached")
            assert bool(action["message"]) is is_bad, told

    def _applied(
        self,
        wanted: tuple[object, ...],
        day: Day,
        *,
        as_json: bool,
        fatal: int = 0,
        after: bool = False,
    ) -> tuple[int, str, str]:
        told = ("--json",) if as_json else ()
        if not wanted:
            return self._command(day, "destroy", "--yes", *told, fatal=fatal, after=after)
        self._write(wanted)
        return self._command(day, "apply", "--yes", *_OPTIONS, *told, fatal=fatal, after=after)

    def _write(self, wanted: tuple[object, ...]) -> None:
        """Write the files: a storyboard that is wanted no more is gone."""
        (self.folder / "storyboard.yaml").write_text(_PROJECT)
        for old in self.folder.glob("q*.yaml"):
            old.unlink()
        for video in wanted:
            assert isinstance(video, Video)
            path = self.folder / f"{video.address.storyboard}.yaml"
            path.write_text(json.dumps(_written(video)))

    def _command(
        self, day: Day, *arguments: str, fatal: int = 0, after: bool = False
    ) -> tuple[int, str, str]:
        out, err = self.folder / "printed.out", self.folder / "printed.err"
        code = self.appliers.run(
            lambda pid: setattr(day, "pid", pid),
            folder=str(self.folder),
            arguments=[*arguments, "-e", "kaltura"],
            env=self._variables(),
            out=str(out),
            err=str(err),
            fatal=fatal,
            after=after,
        )
        return code, out.read_text(), err.read_text()

    def _variables(self) -> Mapping[str, str]:
        kept = ("PATH", "HOME", "LANG", "TMPDIR")
        return {name: os.environ[name] for name in kept if name in os.environ} | {
            "PYTHONPATH": str(ROOT),
            "KALTURA_VOD_AVATAR_URL": f"{self.network.url}/api/v1",
            "KALTURA_SERVICE_URL": f"{self.network.url}/api_v3",
            "KALTURA_KS": "a-session",
            "KALTURA_PARTNER_ID": "101",
            "KALTURA_USER_ID": "maker",
        }
