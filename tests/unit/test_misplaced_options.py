"""An option on the wrong side of its command is taken where it stands."""

from __future__ import annotations

from pathlib import Path

import click
import pytest

from storyboard.cli import run, storyboard
from storyboard.cli.misplaced import in_place
from storyboard.errors import ExitCode

PROJECT = "environments:\n  production: {studio: local, state: production.json}\n"
TOUR = "name: 'Tour, {{ who }}'\nscenes: [{id: hi, narration: 'Hello to all of you, {{ who }}.'}]\n"


@pytest.mark.parametrize(
    ("given", "moved"),
    [
        ("-e production plan", "plan -e production"),
        ("-eproduction plan a@de", "plan -eproduction a@de"),
        ("--environment=x --var a=1 plan --json", "plan --environment=x --var a=1 --json"),
        ("plan -C there a", "-C there plan a"),
        ("plan a -Cthere", "-Cthere plan a"),
        ("plan --directory there", "--directory there plan"),
        ("locale sync -C there --check", "-C there locale sync --check"),
        ("locale -C there --check sync", "-C there locale sync --check"),
        ("--json locale status x", "locale status --json x"),
        ("studio exec -C there -- python -C x", "-C there studio exec -- python -C x"),
        ("-C there -e x plan", "-C there plan -e x"),
        ("--json plan plan", "plan --json plan"),
    ],
)
def test_every_option_is_given_to_its_command(given: str, moved: str) -> None:
    assert in_place(given.split(), storyboard) == moved.split()


@pytest.mark.parametrize(
    "given",
    [
        "plan -e x",
        "-C x plan",
        "plan --nonsense",
        "-e x",
        "-e x chekc",
        "studio exec python -C x",
        "plan -- -C x",
    ],
)
def test_what_is_right_or_unknown_stays(given: str) -> None:
    assert in_place(given.split(), storyboard) is None


def test_both_places_of_every_option_do_the_same(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "storyboard.yaml").write_text(PROJECT)
    (tmp_path / "tour.storyboard.yaml").write_text(TOUR)
    here, settings = ["-C", str(tmp_path)], ["-e", "production", "--var", "who=you"]
    outcomes = set()
    for line in (
        [*here, "show", *settings],
        [*here, *settings, "show"],
        [*settings, "show", *here],
        ["show", *here, *settings],
    ):
        assert run(line) == ExitCode.OK
        outcomes.add(tuple(capsys.readouterr()))
    ((shown, _),) = outcomes
    assert "Hello to all of you, you." in shown


def test_an_option_that_no_command_has_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--nonsense", "plan"]) == ExitCode.USAGE
    assert "there is no option '--nonsense'" in capsys.readouterr().err


def test_no_command_has_an_option_that_the_root_has_too() -> None:
    """Otherwise it would be unclear which of the two is meant."""
    own = {name for option in storyboard.params for name in option.opts}
    context = click.Context(storyboard)
    waiting = [storyboard.get_command(context, name) for name in storyboard.list_commands(context)]
    while waiting:
        command = waiting.pop()
        assert command is not None
        if isinstance(command, click.Group):
            waiting += command.commands.values()
        assert not own & {name for option in command.params for name in option.opts}


def test_a_shell_completes_words(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """click writes bytes, which no guarded stream took: every completion was a traceback."""
    for name, value in {
        "_STORYBOARD_COMPLETE": "bash_complete",
        "COMP_WORDS": "storyboard pl",
        "COMP_CWORD": "1",
    }.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("click.core._detect_program_name", lambda: "storyboard")
    assert run([]) == ExitCode.OK
    printed = capsys.readouterr()
    assert (printed.out, printed.err) == ("plain,plan\n", "")
