"""What was written where is found again later, and never told of files that have changed since."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from storyboard.compile_cache.plain_videos import Recall, plain_of, video_of
from storyboard.compiler import compile_project
from storyboard.scene_origin import Definition
from storyboard.source.files import ProjectFiles
from storyboard.video import Video

TOUR = """name: Tour
vars: {product: Acme}
scenes:
  - {id: first, narration: Hello.}
  - {id: second, narration: 'This is {{ product }}.'}
"""


def compiled(root: Path) -> tuple[Video, ...]:
    return compile_project(ProjectFiles(root)).videos


def written(root: Path) -> Path:
    (root / "storyboard.yaml").write_text("locales: [en]\n")
    path = root / "tour.storyboard.yaml"
    path.write_text(TOUR)
    return path


def remove(path: Path) -> None:
    path.unlink()


def rename(path: Path) -> None:
    path.rename(path.with_name("other.storyboard.yaml"))


def shorten(path: Path) -> None:
    path.write_text("".join(TOUR.splitlines(keepends=True)[:4]))


def change(path: Path) -> None:
    path.write_text(TOUR.replace("Hello", "Good morning to all of you"))


def spoil(path: Path) -> None:
    path.write_text("name: [\n")


def found(video: Video) -> tuple[list[str], Definition | None]:
    scene = video.scenes[1]
    assert scene.narration_source is not None
    return sorted(scene.origin.fields), scene.narration_source.definition_of("Acme")


def test_a_plain_video_finds_what_it_does_not_have(tmp_path: Path) -> None:
    written(tmp_path)
    (whole,) = compiled(tmp_path)
    plain = video_of(plain_of(whole), Recall(lambda: compiled(tmp_path)))
    assert found(plain) == found(whole)
    assert found(whole)[1] is not None


@pytest.mark.parametrize("edit", [remove, rename, shorten, change, spoil])
def test_of_files_that_changed_since_nothing_is_told(
    edit: Callable[[Path], None], tmp_path: Path
) -> None:
    path = written(tmp_path)
    (whole,) = compiled(tmp_path)
    plain = video_of(plain_of(whole), Recall(lambda: compiled(tmp_path)))
    edit(path)
    assert found(plain) == ([], None)
    assert plain.scenes[1].origin.of("narration") == whole.scenes[1].origin.span
