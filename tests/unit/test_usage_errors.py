"""What a wrong command line is told: in our words, with what to do, whoever found it wrong."""

from __future__ import annotations

import json
import re

import click
import pytest

from storyboard.cli import COMMANDS, run, storyboard

WRONG = {
    "plann": ("there is no command 'plann'", "did you mean 'plan'?"),
    "xyzzy": ("there is no command 'xyzzy'", "see the commands: storyboard --help"),
    "state foo": ("there is no command 'state foo'", "see the commands: storyboard state --help"),
    "state pul": ("there is no command 'state pul'", "did you mean 'pull'?"),
    "plan --ful": ("there is no option '--ful'", "did you mean '--full'?"),
    "plan --xyzzy": ("there is no option '--xyzzy'", "see the options: storyboard plan --help"),
    "plan -e": ("option '-e' requires an argument", "see the options: storyboard plan --help"),
    "plan --full=3": (
        "option '--full' does not take a value",
        "see the options: storyboard plan --help",
    ),
    "plan --format jsn": (
        "invalid value 'jsn' for '--format': expected one of: text, json, markdown",
        "did you mean 'json'?",
    ),
    "plan --fail-on creat": (
        "invalid value for '--fail-on': 'creat' is not one of: create",
        "see the options: storyboard plan --help",
    ),
    "wait --timeout abc": (
        "invalid value 'abc' for '--timeout': expected a number, 0 or more",
        "see the options: storyboard wait --help",
    ),
    "wait --timeout=-3": ("invalid value '-3.0' for '--timeout': expected a number, 0 or more", ""),
    "studio --port 99999": (
        "invalid value '99999' for '--port': expected a whole number from 0 to 65535",
        "see the options: storyboard studio --help",
    ),
    "state restore abc": ("invalid value 'abc' for SERIAL: expected a whole number", ""),
    "plan -o /": ("invalid value for '--out': file '/' is a directory", ""),
    "-C nope plan": (
        "invalid value for '--directory': directory 'nope' does not exist",
        "see the options: storyboard --help",
    ),
    "import tour": ("VIDEO-ID is missing", "write: storyboard import ADDRESS VIDEO-ID"),
    "export --all": ("option '--output' is missing", "see the options: storyboard export --help"),
    "explain a b c": ("got unexpected extra arguments (b c)", "write: storyboard explain [CODE]"),
}


@pytest.mark.parametrize("typed", WRONG)
def test_it_is_told_in_a_line_with_a_hint(typed: str, capsys: pytest.CaptureFixture[str]) -> None:
    said, hint = WRONG[typed]
    assert run(typed.split()) == 64
    printed = capsys.readouterr()
    assert printed.out == ""
    error, way = printed.err.splitlines()
    assert error.startswith(f"error: {said}")
    assert way.startswith(f"hint: {hint}")

    if typed.startswith("plan "):
        assert run(["plan", "--json", *typed.split()[1:]]) == 64
        told = json.loads(capsys.readouterr().err)
        assert (told["code"], told["exit"]) == ("usage", 64)
        assert (told["message"], told["hint"]) == (error[7:], way[6:])


def test_a_group_alone_prints_its_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["state"]) == 64
    assert "Print the state, as its file has it" in capsys.readouterr().err


def commands() -> list[tuple[str, ...]]:
    found = []
    for name in COMMANDS:
        command = storyboard.get_command(click.Context(storyboard), name)
        assert command is not None
        found.append((name,))
        if isinstance(command, click.Group):
            found += [(name, inner) for inner in command.list_commands(click.Context(command))]
    return found


def test_no_command_tells_it_as_click_does(capsys: pytest.CaptureFixture[str]) -> None:
    for words in commands():
        if words == ("studio", "exec"):
            continue  # what follows is of another program
        assert run([*words, "--no-such-option"]) == 64
        printed = capsys.readouterr().err
        assert re.match(r"error: [a-z].*[^.]\nhint: .*\n\Z", printed), (words, printed)
