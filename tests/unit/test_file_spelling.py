"""A file whose name is spelled otherwise is named; one of git-annex holds its video alone."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from storyboard.cli import run
from storyboard.nearest import did_you_mean, meant
from storyboard.source.file_spelling import other_spelling

APART = unicodedata.normalize("NFD", "Zürich")
BOARD = """\
name: T
entries:
  one: {entryId: 1_one, media: MEDIA}
scenes:
- {narration: 'This is the only clip of all of them.', broll: one}
"""
OTHER = "name: O\nscenes:\n- {narration: 'This is a film without any clip at all.'}\n"


def checked(root: Path, media: str, capfd: pytest.CaptureFixture[str]) -> tuple[int, str]:
    (root / "storyboards").mkdir(exist_ok=True)
    (root / "storyboards/t.yaml").write_text(BOARD.replace("MEDIA", media), "utf-8")
    (root / "storyboards/o.yaml").write_text(OTHER, "utf-8")
    code = run(["-C", str(root), "check"])
    return code, "".join(capfd.readouterr())


def placed(root: Path, name: str) -> None:
    (root / "media").mkdir(exist_ok=True)
    (root / "media" / name).write_bytes(b"x")
    if not (root / "media" / name).is_file() or (root / "media/ZüRICH.MP4").is_file():
        pytest.skip("this file system takes both spellings for one name")


@pytest.mark.parametrize(
    ("there", "asked", "hint"),
    [
        ("Big.MP4", "media/big.mp4", "did you mean 'media/Big.MP4'?\n"),
        ("Big.mp4", "Media/big.mp4", "did you mean 'media/Big.mp4'?\n"),
        (f"{APART}.mp4", "media/Zürich.mp4", "it has 'ü' as 2 characters"),
        ("Zürich.mp4", f"media/{APART}.mp4", "it has 'ü' as 1 character,"),
        ("other.mp4", "media/big.mp4", "put the file there"),
    ],
)
def test_a_missing_clip_names_the_file_of_nearly_its_name(
    there: str, asked: str, hint: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    placed(tmp_path, there)
    code, told = checked(tmp_path, asked, capfd)
    assert code == 0
    assert "warning[media-missing]" in told
    assert hint in told


def test_so_does_a_storyboard_of_the_command_line(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    placed(tmp_path, "Big.mp4")
    checked(tmp_path, "media/Big.mp4", capfd)
    assert run(["-C", str(tmp_path), "check", "storyboards/T.yaml"]) == 64
    assert "hint: did you mean 'storyboards/t.yaml'?" in capfd.readouterr().err


def test_an_include_in_another_unicode_form_is_told_apart(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    placed(tmp_path, "Big.mp4")
    (tmp_path / f"{APART}.yaml").write_text("- This is the end of it all.\n", "utf-8")
    (tmp_path / "i.storyboard.yaml").write_text("name: I\nscenes: [{include: Zürich.yaml}]\n")
    assert run(["-C", str(tmp_path), "check"]) == 3
    assert "it has 'ü' as 2 characters" in "".join(capfd.readouterr())


def test_names_behind_a_link_out_are_not_looked_at(tmp_path: Path) -> None:
    outside, root = tmp_path / "outside", tmp_path / "root"
    outside.mkdir()
    root.mkdir()
    (outside / "Big.mp4").write_bytes(b"x")
    (root / "media").symlink_to(outside)
    assert other_spelling(root, "media/big.mp4") is None


def test_words_that_look_alike_are_told_apart_everywhere() -> None:
    assert did_you_mean("Zürich", [APART]) == meant("Zürich", APART)
    assert "2 characters" in meant("Zürich", APART)
    assert meant("zurich", "Zürich") == "did you mean 'Zürich'?"


@pytest.mark.parametrize("is_there", [False, True])
def test_a_link_of_git_annex_holds_its_video_alone(
    is_there: bool, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "media").mkdir()
    content = tmp_path / ".git/annex/objects/Xx/Yy/SHA256E-s1--ab.mp4"
    if is_there:
        content.mkdir(parents=True)
        (content / content.name).write_bytes(b"x")
    target = f"../.git/annex/objects/Xx/Yy/{content.name}/{content.name}"
    (tmp_path / "media/a b.mp4").symlink_to(target)
    code, told = checked(tmp_path, "media/a b.mp4", capfd)
    assert code == 0
    assert "warning[media-missing]" in told
    assert "held: t" in told
    assert ("git annex get 'media/a b.mp4' && " in told) is not is_there
    assert "git annex unlock 'media/a b.mp4'" in told
