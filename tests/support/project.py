"""A project on disk and a person at its command line: a user's story in a few lines."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.support.command_server import OURS, run_command
from tests.support.json_outputs import all_commands, read_printed, words_of

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Ran:
    """How a command ended and what it printed."""

    code: int
    out: str
    err: str

    def check(self, arguments: Sequence[str]) -> None:
        """Hold what was printed with `--json` against its schema, whatever a test looks at."""
        if "--json" in arguments and "exec" not in arguments:
            words = words_of(arguments, all_commands())
            read_printed(words, self.code, self.out, self.err)

    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def error(self) -> Any:
        """What a command with `--json` failed with: the last line of stderr."""
        return json.loads(self.err.splitlines()[-1])


@dataclass(frozen=True)
class Project:
    """A folder with files, and the command run in it as a process of its own."""

    path: Path

    @classmethod
    def of(cls, path: Path, files: dict[str, str]) -> Project:
        project = cls(path)
        for name, text in files.items():
            project.write(name, text)
        return project

    def write(self, name: str, text: str) -> None:
        target = self.path / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")

    def edit(self, name: str, before: str, after: str) -> None:
        text = (self.path / name).read_text(encoding="utf-8")
        assert text.count(before) == 1, f"'{before}' stands {text.count(before)} times"
        self.write(name, text.replace(before, after))

    def run(self, *arguments: str, **variables: str) -> Ran:
        kept = {k: v for k, v in os.environ.items() if not k.startswith(OURS)}
        env = {**kept, "PYTHONPATH": str(ROOT), **variables}
        done = run_command(arguments, self.path, env)
        ran = Ran(done.returncode, done.stdout, done.stderr)
        ran.check(arguments)
        return ran

    def run_for_real(self, *arguments: str) -> Ran:
        """Run in a process of its own, which films as users see it."""
        return self.run(*arguments, PYTHONHASHSEED="0")  # a fork of one that runs cannot have this
