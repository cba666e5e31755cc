"""An option on the wrong side of its command is taken where it stands."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
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


def _below(command: click.Command, path: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    yield path
    if isinstance(command, click.Group):
        for name, each in command.commands.items():
            yield from _below(each, (*path, name))


STUDIO = storyboard.get_command(click.Context(storyboard), "studio")
assert isinstance(STUDIO, click.Group)
COMMANDS = [path for path in _below(STUDIO, ("studio",)) if len(path) > 1]


VALUES = {
    "--port": ["0"],
    "--films": ["0"],
    "--drain": ["1"],
    "--unload-after": ["1"],
    "--log-format": ["json"],
    "--profile": ["guide"],
    "--tls": [__file__, __file__],
}


def _known(path: Sequence[str]) -> set[str]:
    """Return the options of the command with this path."""
    command: click.Command = storyboard
    for name in path:
        assert isinstance(command, click.Group)
        found = command.get_command(click.Context(command), name)
        assert found is not None
        command = found
    return {name for each in command.params for name in each.opts}


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
@pytest.mark.parametrize(
    "option", [o for o in STUDIO.params if isinstance(o, click.Option)], ids=lambda o: o.opts[0]
)
@pytest.mark.parametrize("is_behind", [False, True], ids=["before", "behind"])
def test_a_hint_names_an_option_only_where_it_is_taken(
    path: tuple[str, ...],
    option: click.Option,
    is_behind: bool,
    capsys: pytest.CaptureFixture[str],
) -> None:
    named = option.opts[0]
    if named in _known(path) and (is_behind or named == "--json"):
        return  # it is where it belongs, and `--json` is taken on either side
    values = [] if option.is_flag else VALUES.get(named, ["x"])
    said = [named, *values]
    line = [*path, *said] if is_behind else ["studio", *said, *path[1:]]
    assert run(line) == ExitCode.USAGE
    told = capsys.readouterr().err
    hint = told.partition("hint: ")[2] or str(json.loads(told).get("hint"))
    behind = re.search(r"put it behind: storyboard (.+) (--\S+) …", hint)
    if named in _known(path):
        assert behind is not None
        assert (tuple(behind[1].split()), behind[2]) == (path, named)
    else:
        assert behind is None, told
        assert f"'{' '.join(path)}' has no option '{named}'" in told
        for each in re.findall(r"'storyboard ([^']+)'", hint):
            assert named in _known(each.split()), told
        assert "give it to one of these" in hint or f"export {option.envvar}=" in hint
