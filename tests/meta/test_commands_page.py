"""The page about the commands is whole and true: every option is there, every example runs."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from storyboard.cli import COMMANDS, storyboard

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
INTRODUCTION, *_SECTIONS = re.split(r"^## ", PAGE, flags=re.M)
SECTIONS = {section.partition("\n")[0]: section for section in _SECTIONS}
EVERYWHERE = {"--json"}


def commands(name: str, command: click.Command) -> Iterator[tuple[str, click.Command]]:
    """Yield a command and all below it, by the words that call it."""
    yield name, command
    if isinstance(command, click.Group):
        for word, below in command.commands.items():
            yield from commands(f"{name} {word}", below)


def command_of(name: str) -> click.Command:
    command = storyboard.get_command(click.Context(storyboard), name)
    assert command is not None
    return command


def options_of(command: click.Command) -> set[str]:
    return {
        spelling
        for parameter in command.params
        if isinstance(parameter, click.Option)
        for spelling in (*parameter.opts, *parameter.secondary_opts)
    }


def test_every_command_has_its_section_in_the_order_of_the_help() -> None:
    assert sorted(SECTIONS) == sorted(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_is_explained(name: str) -> None:
    section = SECTIONS[name] + INTRODUCTION
    if name == "apply":
        section += SECTIONS["plan"]
    for words, command in commands(name, command_of(name)):
        assert words.split()[-1] in section, words
        for option in options_of(command) - EVERYWHERE:
            assert re.search(rf"`[^`\n]*(?<![\w-]){option}(?![\w-])", section), f"{words} {option}"


@pytest.mark.parametrize("name", COMMANDS)
def test_no_option_is_made_up(name: str) -> None:
    known = {"-C", "-e", *options_of(storyboard)}
    for other in COMMANDS if name in ("apply", "listen") else (name,):
        for _, command in commands(other, command_of(other)):
            known |= options_of(command)
    told = set(re.findall(r"(?<=[`\s\[])(--?[a-zA-Z][\w-]*)", SECTIONS[name]))
    assert told - known == set()


def test_every_option_tells_what_it_does() -> None:
    for name in COMMANDS:
        for words, command in commands(name, command_of(name)):
            assert command.help, words
            for parameter in command.params:
                if isinstance(parameter, click.Option):
                    assert parameter.help, f"{words} {parameter.opts}"


@pytest.mark.slow
def test_the_examples_run_from_top_to_bottom(tmp_path: Path) -> None:
    command = tmp_path / "bin" / "storyboard"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m storyboard "$@"\n')
    command.chmod(0o755)
    path = f"{command.parent}{os.pathsep}{os.environ['PATH']}"
    shell = {**os.environ, "PATH": path, "PYTHONPATH": str(ROOT)}
    project = tmp_path / "project"
    project.mkdir()
    examples = re.findall(r"^```sh\n(.*?)^```", PAGE, re.M | re.S)
    assert len(examples) == len(COMMANDS)
    for line in "".join(examples).splitlines():
        done = subprocess.run(
            line, shell=True, cwd=project, env=shell, capture_output=True, text=True
        )
        assert done.returncode == 0, f"{line}\n{done.stdout}\n{done.stderr}"
    assert (project / "pictures").is_dir()
    assert list((project / "speech").glob("*.mp3"))
