"""A command that a hint names can be typed as it stands, wherever the failed one was called."""

from __future__ import annotations

from pathlib import Path

import pytest

from storyboard.cli import run, storyboard
from storyboard.cli.recovery import Place


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
