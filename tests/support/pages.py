"""Reads Markdown pages as a reader would use them: writes their files, runs their commands.

Blocks of a page, in order:

- any block whose first line is a comment with a path, or that has `<!-- file: PATH -->` before it:
  a file of the reader's project
- ``sh``: commands, one a line, which all have to succeed; a line may say `# exit code N`
- ``text`` right behind ``sh``: what the last command prints; `…` stands for any text
- any other ``text``: an illustration
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import takewhile
from pathlib import Path

ROOT = Path(__file__).parents[2]
_FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.M | re.S)
_INSTALLS = ("pipx ", "uv ", ".venv/bin/pip ", "python3 -m venv ", "make ")
"""Commands that change the machine or need the internet; `test_docs` looks at them instead."""


@dataclass(frozen=True)
class Block:
    """One fenced block; `after` is what stands between the block before it and this one."""

    kind: str
    text: str
    line: int
    after: str

    @property
    def path(self) -> str | None:
        """Return where the block's file belongs, if it is one."""
        told = re.search(r"<!-- file: (\S+) -->\s*$", self.after)
        first = self.text.partition("\n")[0]
        found = told or re.fullmatch(r"# ([\w./@-]+\.\w+)", first)
        return found.group(1) if found and self.kind not in ("sh", "text") else None


def blocks_of(page: str) -> tuple[Block, ...]:
    """Return the fenced blocks of a page."""
    found, end = [], 0
    for match in _FENCE.finditer(page):
        line = page.count("\n", 0, match.start()) + 1
        found.append(Block(match.group(1), match.group(2), line, page[end : match.start()]))
        end = match.end()
    return tuple(found)


@dataclass
class Reader:
    """Somebody who follows a page in a folder, with this checkout's `storyboard` on the path."""

    folder: Path
    variables: Mapping[str, str] = field(default_factory=dict)
    times: int = 1

    def __post_init__(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        self.place = self.folder / "project"
        self.place.mkdir(exist_ok=True)
        tools = self.folder / "bin"
        tools.mkdir(exist_ok=True)
        self.add_tool("storyboard", f'exec "{sys.executable}" -m storyboard "$@"')
        self.add_tool("ffmpeg", f'exec "{sys.executable}" -m tests.support.clip_maker "$@"')
        self.exports: dict[str, str] = {}

    def add_tool(self, name: str, script: str) -> None:
        """Put a program in front of the path."""
        tool = self.folder / "bin" / name
        tool.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        tool.chmod(0o755)

    def follow(self, page: str) -> int:
        """Do what a page says, and return how many commands ran; fails with the page's line."""
        ran, output = 0, ""
        for block in blocks_of(page):
            if block.path is not None:
                target = self.place / block.path
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_text(block.text, encoding="utf-8")
            elif block.kind == "sh":
                for _ in range(self.times):
                    output = ""
                    for command in commands_of(block.text):
                        output = self._run(command, block)
                        ran += 1
            elif block.kind == "text" and output and not block.after.strip():
                assert matches(block.text, output), (
                    f"line {block.line} tells:\n{block.text}\n{output}"
                )
            output = output if block.kind == "sh" else ""
        return ran

    def _run(self, command: str, block: Block) -> str:
        if command.startswith("export "):
            name, _, value = command.removeprefix("export ").partition("=")
            if not name.startswith("KALTURA_"):
                self.exports[name] = self.run(f"printf %s {value}")
            return ""
        if command.startswith("cd "):
            self.place = (self.place / command.removeprefix("cd ")).resolve()
            return ""
        return self.run(command, f"line {block.line}: {command}")

    def run(self, command: str, told: str = "") -> str:
        """Run a command as the page's reader would, and return all that it prints."""
        expected = int(found[1]) if (found := re.search(r"# exit code (\d+)$", command)) else 0
        done = subprocess.run(
            ["bash", "-c", command],
            cwd=self.place,
            env=self.environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            encoding="utf-8",
            timeout=300,
        )
        assert done.returncode == expected, f"{told or command}\n{done.stdout}"
        return done.stdout

    def environment(self) -> dict[str, str]:
        """Return the variables of the commands."""
        own = ("KALTURA_", "STORYBOARD_")
        kept = {name: value for name, value in os.environ.items() if not name.startswith(own)}
        path = f"{self.folder / 'bin'}{os.pathsep}{os.environ['PATH']}"
        told = {"PATH": path, "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "error", "COLUMNS": "100"}
        return kept | told | dict(self.variables) | self.exports


def commands_of(text: str) -> Iterator[str]:
    """Yield the commands of a shell block: joined lines, without installs and comments."""
    lines = iter(text.replace("\\\n", " ").splitlines())
    for line in lines:
        here = re.search(r"<<'(\w+)'$", line)
        if here is not None:
            rest = list(takewhile(here[1].__ne__, lines))
            yield "\n".join((line, *rest, here[1], ""))
        elif line.strip() and not line.startswith(("#", *_INSTALLS)):
            yield line


def matches(told: str, printed: str) -> bool:
    """Whether a page's output is what was printed; `…` stands for any text, also of lines."""
    pattern = r".*?".join(re.escape(part) for part in _trimmed(told).split("…"))
    return re.fullmatch(pattern, _trimmed(printed), re.S) is not None


def _trimmed(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.strip("\n").splitlines())
