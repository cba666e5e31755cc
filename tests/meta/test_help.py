"""The help of the command line: each line an act in the imperative, short, and said alike."""

from __future__ import annotations

from pathlib import Path

import click
import pytest

from reference_tables.commands import below, command_of
from storyboard.cli import COMMANDS, run
from storyboard.errors import ExitCode

LONGEST = 60
VERBS = frozenset(
    (
        *("Add", "Allow", "Answer", "Apply", "Bring", "Check", "Choose", "Compare", "Continue"),
        *("Correct", "Count", "Create", "Deduct", "Delay", "Delete", "Draw", "Exit", "Explain"),
        *("Filter", "Force", "Forget", "Freeze", "Generate", "Give", "Hold", "Include", "Inject"),
        *(
            "Keep",
            "Limit",
            "List",
            "Listen",
            "Make",
            "Measure",
            "Move",
            "Name",
            "Play",
            "Print",
            "Put",
        ),
        *("Read", "Record", "Refuse", "Release", "Remove", "Repeat", "Replace", "Report"),
        *(
            "Restore",
            "Return",
            "Revoke",
            "Run",
            "Save",
            "Send",
            "Serve",
            "Set",
            "Show",
            "Skip",
            "Speak",
            "Start",
        ),
        *("Stop", "Take", "Update", "Use", "Wait", "Write"),
    )
)
"""What a help line may begin with; a new verb is added here on purpose."""

ALL = [pair for name in COMMANDS for pair in below(name, command_of(name))]
OPTIONS = [
    (f"{words} {option.opts[-1]}", option)
    for words, command in ALL
    for option in command.params
    if isinstance(option, click.Option)
]


def first_paragraph(command: click.Command) -> str:
    return " ".join((command.help or "").split("\n\n")[0].split())


def check(words: str, line: str) -> None:
    told = f"{words}: {line}"
    assert 0 < len(line) <= LONGEST, f"{len(line)} characters: {told}"
    assert line.endswith("."), told
    assert ". " not in line.replace("e.g. ", ""), f"one sentence only: {told}"
    assert line.split()[0].rstrip(".,") in VERBS, told


def test_a_command_and_an_option_say_what_they_do() -> None:
    for words, command in ALL:
        check(words, first_paragraph(command))
    for words, option in OPTIONS:
        check(words, option.help or "")


def test_the_list_says_what_the_command_says() -> None:
    assert {name: first_paragraph(command_of(name)) for name in COMMANDS} == COMMANDS


def test_a_usage_is_read_in_one_look() -> None:
    """A choice of fifty names in it would be cut in the middle of words."""
    for words, command in ALL:
        usage = " ".join(command.collect_usage_pieces(click.Context(command)))
        assert len(usage) <= 100, f"{words}: {usage}"


TAKING = {
    words: argument.make_metavar(click.Context(command))
    for words, command in ALL
    for argument in command.params
    if isinstance(argument, click.Argument) and argument.name in ("targets", "files")
}


@pytest.mark.parametrize("words", [words for words in TAKING if not words.startswith("studio")])
def test_a_command_takes_files_where_its_help_says_so(
    words: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """The file has an error, so that no command that takes it goes on to a studio."""
    (tmp_path / "a.yaml").write_text("name: 7\n", encoding="utf-8")
    options = {"fmt": ["--ids"], "apply": ["--yes"], "destroy": ["--yes"]}.get(words, [])
    code = run(["-C", str(tmp_path), *words.split(), str(tmp_path / "a.yaml"), *options])
    if "FILE" in TAKING[words]:
        assert code == ExitCode.FILES_HAVE_ERRORS, capfd.readouterr()
    else:
        assert code == ExitCode.USAGE
        assert "hint: name addresses" in capfd.readouterr().err
