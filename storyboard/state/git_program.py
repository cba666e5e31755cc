"""Runs the `git` of this machine, with its credentials: no shell, no question, no hook, no end.

Whatever it is told comes from this program alone, or was looked at before: see `git_blobs`.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from storyboard.errors import StateError

SETTINGS: Final = (
    f"core.hooksPath={os.devnull}",
    "gc.auto=0",
    "maintenance.auto=false",
    "fetch.prune=false",
    "fetch.writeCommitGraph=false",
    "push.followTags=false",
    "push.gpgSign=false",
    "push.recurseSubmodules=no",
    "safe.bareRepository=explicit",
    "submodule.recurse=false",
)
"""What a user may have set for work of their own, and what would do more here than asked. The last
one keeps a newer git from a folder of the project that only looks like a repository."""

_OWN: Final = (
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_PREFIX",
    "GIT_OBJECT_DIRECTORY",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_COMMON_DIR",
    "GIT_NAMESPACE",
)
"""What git tells the hooks that it runs: this program may be run by one, for another folder."""

_SAID: Final = 400
"""Characters of what git says that a message repeats."""


@dataclass(frozen=True, slots=True)
class Said:
    """What git ended with, and what it wrote."""

    code: int
    output: bytes
    errors: str

    @property
    def text(self) -> str:
        """Its output as one line of text."""
        return self.output.decode("utf-8", "replace").strip()

    @property
    def reason(self) -> str:
        """What it says went wrong, in one line."""
        lines = [line.strip() for line in self.errors.splitlines() if line.strip()]
        told = [line for line in lines if line.startswith(("fatal:", "error:", "remote:"))]
        return "; ".join(told or lines)[:_SAID] or f"it ended with {self.code}"


@dataclass(frozen=True, slots=True)
class GitProgram:
    """Runs git in a folder; `variables` are the operator's, and credentials may be among them.

    The folder is the top of a clone: in one below, git would take files that a stranger committed
    for a repository, and run what their `config` says.
    """

    folder: Path
    variables: Mapping[str, str] = field(default_factory=lambda: dict(os.environ), repr=False)
    program: str = "git"

    def run(
        self,
        *words: str,
        seconds: float,
        given: bytes = b"",
        more: Mapping[str, str] | None = None,
    ) -> Said:
        """Run a command to its end, or end it; raises `StateError` where it cannot run, or is slow.

        It has no terminal: nothing that it starts can ask for a password, and no Ctrl-C ends it in
        the middle of a push. `given` is its input, `more` are variables of this command.
        """
        settings = [word for setting in SETTINGS for word in ("-c", setting)]
        try:
            process = subprocess.Popen(
                [self.program, "--no-optional-locks", *settings, *words],
                cwd=self.folder,
                env=self._environment(more or {}),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                start_new_session=True,
            )
        except OSError as cause:
            raise StateError(
                f"cannot run 'git': {cause.strerror}",
                hint="install git, or keep the state in a file: see `state` of the environment",
            ) from cause
        with process:
            try:
                output, errors = process.communicate(given, timeout=max(seconds, 0.1))
            except subprocess.TimeoutExpired as cause:
                _kill(process)
                raise StateError(
                    f"'git {words[0]}' did not end within {seconds:.0f} s",
                    hint="check that git reaches the remote here without a question: git ls-remote",
                ) from cause
            except BaseException:
                _kill(process)
                raise
        return Said(process.returncode, output, errors.decode("utf-8", "replace"))

    def _environment(self, more: Mapping[str, str]) -> dict[str, str]:
        kept = {name: value for name, value in self.variables.items() if name not in _OWN}
        return {**kept, "GIT_TERMINAL_PROMPT": "0", "GCM_INTERACTIVE": "never", "LC_ALL": "C"} | {
            **more
        }


def _kill(process: subprocess.Popen[bytes]) -> None:
    """End git and what it started: an ssh that goes on would hold the pipes open."""
    with suppress(ProcessLookupError, PermissionError):
        if sys.platform == "win32":
            process.kill()
        else:
            os.killpg(process.pid, signal.SIGKILL)
