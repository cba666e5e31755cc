"""What a stand-in is for each use, by the studio's own answer; asked once a file."""

from __future__ import annotations

import errno
from collections.abc import Callable
from importlib import metadata
from importlib.metadata import PackageNotFoundError
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from storyboard.language.clip import Clip, Unusable
from storyboard.local_studio.media import look_at_stand_ins, measure_stand_ins
from storyboard.source.file_facts import FileFacts
from storyboard.source.files import ProjectFiles
from storyboard.source.span import Span
from storyboard.stand_in import StandIn, Use
from storyboard.studio.jobs import uploads
from tests.contract.studio_rig import write_movie, write_picture
from tests.support.film_crew import spoiled_clip


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "media").mkdir()
    write_movie(tmp_path / "media" / "clip.mp4", 4)
    write_picture(tmp_path / "media" / "photo.png")
    (tmp_path / "media" / "notes.md").write_text("# Notes\n\nWe have many stands.\n")
    (tmp_path / "media" / "clip one.avi").write_bytes(b"RIFF\0\0\0\0AVI LIST")
    return tmp_path


def look(root: Path, path: str, use: Use) -> Clip | Unusable | None:
    return look_at_stand_ins(ProjectFiles(root), FileFacts(None))(stand_in(path), use)


def stand_in(path: str) -> StandIn:
    return StandIn("1_x", path, Span("a.yaml", 1, 1, 1, 1))


GOOD = [
    ("media/clip.mp4", Use.BROLL), ("media/clip.mp4", Use.SOURCE), ("media/clip.mp4", Use.NAMED),
    ("media/photo.png", Use.BACKGROUND), ("media/photo.png", Use.NAMED),
    ("media/notes.md", Use.SOURCE),
]  # fmt: skip


@pytest.mark.parametrize(("path", "use"), GOOD)
def test_what_serves(root: Path, path: str, use: Use) -> None:
    found = look(root, path, use)
    assert found == (Clip(4.0, 25.0) if path.endswith(".mp4") else None)


@pytest.mark.parametrize(
    ("path", "use", "reason", "hint"),
    [
        (
            "media/photo.png",
            Use.BROLL,
            "is a still picture, and b-roll",
            "write `media: media/photo.mp4`",
        ),
        ("media/notes.md", Use.BROLL, "is a document, and b-roll", "moving picture"),
        ("media/clip.mp4", Use.BACKGROUND, "is a video, and a background", "PNG, JPEG or WebP"),
        ("media/clip one.avi", Use.BROLL, "not a format", "-i 'media/clip one.avi' -r 30"),
        ("media/clip one.avi", Use.NAMED, "not a format", "then write `media: media/clip one.mp4`"),
    ],
)
def test_what_does_not(root: Path, path: str, use: Use, reason: str, hint: str) -> None:
    found = look(root, path, use)
    assert isinstance(found, Unusable)
    assert found.code == "media-unusable"
    assert reason in found.reason
    assert hint in (found.hint or "")
    assert measure_stand_ins(ProjectFiles(root), FileFacts(None))(stand_in(path), use) is None


POINTER = "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n"


@pytest.mark.parametrize(
    ("name", "use"),
    [("tour.mp4", Use.BROLL), ("tour.png", Use.BACKGROUND), ("tour.mp4", Use.SOURCE),
     ("tour.pdf", Use.SOURCE), ("tour.md", Use.SOURCE), ("clip.vtt", Use.SOURCE)],
)  # fmt: skip
def test_a_pointer_of_git_lfs_is_no_damaged_file(root: Path, name: str, use: Use) -> None:
    """A checkout without LFS was told to convert its clips with ffmpeg."""
    (root / "media" / name).write_text(POINTER)
    found = look(root, f"media/{'clip.mp4' if name == 'clip.vtt' else name}", use)
    assert isinstance(found, Unusable)
    assert name in found.reason
    assert "Git LFS pointer" in found.reason
    assert found.hint == "run `git lfs pull`; in CI, check out with `lfs: true`"


@pytest.mark.parametrize("path", ["../clip.mp4", "/etc/hostname", "media", "media/none.mp4", ""])
def test_what_is_no_file_of_the_project(root: Path, path: str) -> None:
    found = look(root, path, Use.BROLL)
    assert isinstance(found, Unusable)
    assert found.code == ("media-missing" if path.startswith("media") else "media-outside")


def test_captions_that_lead_out_are_not_read(root: Path) -> None:
    (root / "media" / "clip.srt").symlink_to("/etc/hostname")
    found = look(root, "media/clip.mp4", Use.SOURCE)
    assert isinstance(found, Unusable)
    assert "out of the project" in found.reason
    assert look(root, "media/clip.mp4", Use.BROLL) == Clip(4.0, 25.0)


def test_a_file_that_may_not_be_read(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path, name: str) -> Any:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(uploads, "recognize", refuse)
    found = look(root, "media/clip.mp4", Use.BROLL)
    assert isinstance(found, Unusable)
    assert found.reason == "'media/clip.mp4' cannot be read: permission denied"


def test_a_file_is_asked_about_once_in_all_runs(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    recognize: Callable[..., Any] = uploads.recognize
    monkeypatch.setattr(
        uploads, "recognize", lambda path, name: (asked.append(name), recognize(path, name))[1]
    )
    for _ in range(2):
        facts = FileFacts(root / "cache", clock=lambda: 1e12)
        seen = look_at_stand_ins(ProjectFiles(root), facts)
        for _, use in GOOD:
            seen(stand_in("media/clip.mp4"), use)
            seen(stand_in("media/clip one.avi"), use)
        facts.save()
    assert sorted(asked) == ["clip one.avi", "clip.mp4"]


def test_a_damaged_tail_is_told_where_the_film_is_made_here(root: Path) -> None:
    spoiled_clip(root / "media" / "torn.mp4", frames=100, first=50)
    found = look(root, "media/torn.mp4", Use.BROLL)
    assert isinstance(found, Clip)
    assert found.breaks_at == pytest.approx(2.0, abs=0.5)
    measure = measure_stand_ins(ProjectFiles(root), FileFacts(None))
    assert measure(stand_in("media/torn.mp4"), Use.BROLL) == Clip(found.seconds, found.fps)


def test_nobody_can_tell_where_the_studio_is_not_installed(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def not_there(name: str) -> str:
        raise PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "version", not_there)
    assert look(root, "media/clip.mp4", Use.BACKGROUND) is None
    missing = look(root, "media/none.mp4", Use.BROLL)
    assert isinstance(missing, Unusable)


def test_an_animated_webp_is_no_damaged_one(tmp_path: Path) -> None:
    pictures = [Image.new("RGB", (64, 48), (40 * step, 0, 0)) for step in range(4)]
    pictures[0].save(tmp_path / "a.webp", save_all=True, append_images=pictures[1:], duration=100)
    found = look(tmp_path, "a.webp", Use.BROLL)
    assert isinstance(found, Unusable)
    assert found.reason == "'a.webp' is refused: an animated WebP, which is not read here"
    assert found.hint == "save it as MP4 with what made it: FFmpeg does not read it either"


@pytest.mark.parametrize("brand", ["heic", "heix", "mif1", "avif", "avis"])
@pytest.mark.parametrize("name", ["photo.heic", "photo.jpg", "photo.mp4"])
@pytest.mark.parametrize("use", [Use.BROLL, Use.BACKGROUND])
def test_a_photo_of_a_phone_is_called_one_whatever_its_name(
    tmp_path: Path, brand: str, name: str, use: Use
) -> None:
    (tmp_path / name).write_bytes(b"\0\0\0\x18ftyp" + brand.encode() + bytes(80))
    found = look(tmp_path, name, use)
    assert isinstance(found, Unusable)
    assert found.reason == f"'{name}' is refused: a HEIC or AVIF photo, which is not read here"
    assert found.hint == "export it as JPEG; `heif-convert` of libheif does that"


def test_a_broken_file_is_not_told_to_be_converted(root: Path) -> None:
    whole = (root / "media/clip.mp4").read_bytes()
    (root / "media/cut.mp4").write_bytes(whole[: whole.index(b"moov") - 8])
    (root / "media/dice.mp4").write_bytes(bytes(range(7, 256)) * 20)
    for name, hint in (("cut", "no conversion mends it"), ("dice", "does not begin like one")):
        found = look(root, f"media/{name}.mp4", Use.BROLL)
        assert isinstance(found, Unusable)
        assert hint in (found.hint or ""), found
        assert "ffmpeg" not in (found.hint or "")
    assert "ffmpeg" in str(look(root, "media/clip one.avi", Use.BROLL))
