"""A command that a hint names can be typed as it stands, wherever the failed one was called."""

from __future__ import annotations

import ast
import errno
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from storyboard.cli import COMMANDS, run, storyboard
from storyboard.cli.recovery import Place
from tests.support.python_names import modules_with, nodes


@pytest.mark.parametrize(
    ("arguments", "hint", "spelled"),
    [
        ([], "`storyboard apply`", "`storyboard apply`"),
        (["-C", "a b", "plan"], "`storyboard apply`", "`storyboard -C 'a b' apply`"),
        (["plan", "-e", "prod"], "storyboard apply again", "storyboard apply -e prod again"),
        (["plan", "-eprod"], "`storyboard state mv a b`", "`storyboard state mv -e prod a b`"),
        (
            ["--directory=x", "plan", "--environment=prod"],
            "`storyboard apply --allow-missing`; or `storyboard studio journal`",
            "`storyboard -C x apply -e prod --allow-missing`; or `storyboard -C x studio journal`",
        ),
        (["studio", "exec", "--", "x", "-e", "prod"], "`storyboard plan`", "`storyboard plan`"),
        (
            ["plan", "-e", "p"],
            "no storyboard is in storyboard.yaml",
            "no storyboard is in storyboard.yaml",
        ),
        (
            ["-C", "x", "apply", "-e", "local", "--yes", "a b"],
            "`storyboard studio exec -- storyboard COMMAND -e kaltura`",
            "`storyboard -C x studio exec -- storyboard -C x apply --yes 'a b' -e kaltura`",
        ),
        (
            ["plan", "--environment=local"],
            "storyboard COMMAND -e kaltura",
            "storyboard plan -e kaltura",
        ),
    ],
)
def test_commands_are_spelled_for_the_place(arguments: list[str], hint: str, spelled: str) -> None:
    assert Place.of(arguments).spelled(hint, storyboard) == spelled


def test_a_hint_of_a_command_says_where(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "storyboard.yaml").write_text(
        "environments:\n  draft: {studio: local, state: states/draft.json}\n"
    )
    (tmp_path / "states").mkdir()
    (tmp_path / "states" / "draft.json").write_text("damaged")
    assert run(["-C", str(tmp_path), "outputs", "-e", "draft"]) == 11
    assert f"`storyboard -C {tmp_path} state restore -e draft`" in capsys.readouterr().err


PROJECT = """\
locales: [en, de]
storyboards: ["*.yaml"]
environments:
  rehearsal: {studio: local, state: rehearsal.json}
"""
TOUR = (
    "name: 'Tour, {{ who }}'\nvars: {who: you}\n"
    "scenes: [{id: hi, narration: Hello to all of you.}]\n"
)


def test_findings_name_commands_for_the_place(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`doctor -e rehearsal` hinted an apply that made all videos in `local`."""
    (tmp_path / "storyboard.yaml").write_text(PROJECT)
    (tmp_path / "tour.yaml").write_text(TOUR)
    at = ("-C", str(tmp_path))
    run([*at, "check", "-e", "rehearsal", "--var", "who=the world"])
    sync = f"`storyboard -C {tmp_path} locale sync -e rehearsal --var 'who=the world'`"
    assert sync in capsys.readouterr().out
    run([*at, "check", "-e", "rehearsal", "--format=json"])
    assert f"`storyboard -C {tmp_path} locale sync -e rehearsal`" in capsys.readouterr().out
    run([*at, "plan", "-e", "rehearsal"])
    assert f"`storyboard -C {tmp_path} locale sync -e rehearsal`" in capsys.readouterr().err
    for form in ((), ("--json",)):
        run([*at, "doctor", "-e", "rehearsal", *form])
        told = capsys.readouterr().out
        assert f"storyboard -C {tmp_path} check -e rehearsal" in told


def _texts() -> Iterator[str]:
    """Every text of the package that may be shown: no docstrings, f-strings with `x` for values."""
    for _, tree in modules_with():
        told = {id(node.value) for node in nodes(tree) if isinstance(node, ast.Expr)}
        for node in nodes(tree):
            if isinstance(node, ast.JoinedStr):
                parts = (p.value if isinstance(p, ast.Constant) else "x" for p in node.values)
                yield "".join(str(part) for part in parts)
            elif isinstance(node, ast.Constant) and id(node) not in told:
                yield str(node.value)


@pytest.mark.slow
def test_every_command_in_a_text_is_spelled_for_the_place() -> None:
    place = Place("here", "prod", (("--var", "a=b"),))
    found = set()
    for text in _texts():
        for command in re.findall(r"(?:`|: )storyboard ((?!-C\b)[a-z]+(?: [a-z]+)?)", text):
            words = command.split()
            assert words[0] in COMMANDS, text
            spelled = place.spelled(f"`storyboard {command}`", storyboard)
            assert spelled.startswith("`storyboard -C here "), text
            if words[0] in ("apply", "plan", "status", "doctor", "state", "destroy", "check"):
                assert " -e prod" in spelled or words == ["state"], text
            found.add(words[0])
    assert {"apply", "locale", "state", "doctor", "check"} <= found


def test_an_environment_that_a_hint_names_stays() -> None:
    hint = "check another one: storyboard doctor -e ENVIRONMENT"
    assert Place(environment="prod").spelled(hint, storyboard) == hint


def test_a_workspace_that_cannot_be_written_has_a_way_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "tour.storyboard.yaml").write_text(TOUR)
    (tmp_path / ".storyboard").mkdir()
    (tmp_path / ".storyboard/studio").touch()
    assert run(["-C", str(tmp_path), "plan"]) != 0
    told = capsys.readouterr().err
    assert f"`storyboard -C {tmp_path} studio exec --workspace FOLDER -- " in told
    assert "-e kaltura`" in told


@pytest.mark.parametrize("command", [("apply", "--yes"), ("plan",), ("status",)])
def test_a_workspace_that_cannot_be_written_names_the_command_that_ran(
    command: tuple[str, ...],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (tmp_path / "a.storyboard.yaml").write_text(TOUR)

    def refused(*_: object, **__: object) -> None:
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr("storyboard.studio.workspaces.made_folder", refused)
    monkeypatch.chdir(tmp_path)
    assert run([*command]) == 1
    told = capsys.readouterr().err
    assert f"-- storyboard {' '.join(command)} -e kaltura`" in told


@pytest.mark.parametrize(
    ("command", "text"),
    [
        (("fmt", "--ids"), "name: Tour\nscenes: [Hello to all of you.]\n"),
        (
            ("locale", "sync"),
            "name: Tour\nlocales: [en, de]\nscenes: [{id: hi, narration: Hello to all.}]\n",
        ),
    ],
)
def test_a_file_that_cannot_be_written_has_a_hint(
    command: tuple[str, ...],
    text: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (tmp_path / "a.storyboard.yaml").write_text(text)

    def refused(*_: object, **__: object) -> None:
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr("storyboard.commands.rewriting_files.write_whole", refused)
    assert run(["-C", str(tmp_path), *command]) == 1
    told = capsys.readouterr().err
    assert "cannot be written: Read-only file system" in told
    assert "hint: make the file and its folder writable" in told
