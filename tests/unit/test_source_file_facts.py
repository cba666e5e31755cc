"""What is kept of files serves as long as they are the same, and never longer."""

from __future__ import annotations

import json
import os
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest

from storyboard.source.file_facts import FileFacts

LATER = time.time() + 3600


class Counting:
    """Looks at a file's first byte, and counts how often."""

    def __init__(self) -> None:
        self.looks = 0

    def __call__(self, path: Path) -> str:
        self.looks += 1
        return path.read_text()[:1]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "clip.mp4"
    path.write_text("a film")
    return path


def facts(tmp_path: Path, now: float = LATER) -> FileFacts:
    return FileFacts(tmp_path / "cache", clock=lambda: now)


def test_a_file_is_looked_at_once(tmp_path: Path, file: Path) -> None:
    look = Counting()
    for _ in range(2):
        found = facts(tmp_path)
        assert [found.find(file, "first", look) for _ in range(3)] == ["a"] * 3
        found.save()
    assert look.looks == 1
    assert (tmp_path / "cache" / ".gitignore").read_text() == "*\n"


def rewrite(file: Path) -> None:
    file.write_text("b film, another")


def rewrite_in_the_same_size_and_time(file: Path) -> None:
    told = file.stat()
    file.write_text("b film")
    os.utime(file, ns=(told.st_atime_ns, told.st_mtime_ns))


def replace(file: Path) -> None:
    other = file.with_name("other")
    other.write_text("b film")
    other.replace(file)


@pytest.mark.parametrize("change", [rewrite, rewrite_in_the_same_size_and_time, replace])
def test_another_content_is_looked_at_anew(
    tmp_path: Path, file: Path, change: Callable[[Path], None]
) -> None:
    look, found = Counting(), facts(tmp_path)
    found.find(file, "first", look)
    found.save()
    change(file)
    assert found.find(file, "first", look) == "b"
    assert facts(tmp_path).find(file, "first", look) == "b"
    assert found.digest(file) == facts(tmp_path).digest(file)


def test_a_file_of_this_moment_is_not_relied_on(tmp_path: Path, file: Path) -> None:
    look = Counting()
    for _ in range(2):
        found = facts(tmp_path, now=time.time())
        found.find(file, "first", look)
        found.save()
    assert look.looks == 2


@pytest.mark.parametrize("kept", ["", "no JSON", "[]", '{"x": 1}', '{"x": {"state": [1, 2]}}',
                                  "[" * 9000, '{"PATH": {"state": ["a", 1, 2, 3]}}'])  # fmt: skip
def test_a_damaged_store_is_begun_anew(tmp_path: Path, file: Path, kept: str) -> None:
    (tmp_path / "cache").mkdir()
    (tmp_path / "cache" / "files.json").write_text(kept.replace("PATH", str(file)))
    look, found = Counting(), facts(tmp_path)
    assert found.find(file, "first", look) == "a"
    found.save()
    assert list(json.loads((tmp_path / "cache" / "files.json").read_text())) == [str(file)]


def test_what_cannot_be_kept_is_no_failure(tmp_path: Path, file: Path) -> None:
    (tmp_path / "cache").write_text("a file where the folder should be")
    found = facts(tmp_path)
    assert found.find(file, "first", Counting()) == "a"
    found.save()


def test_nothing_is_written_where_nothing_was_looked_at(tmp_path: Path) -> None:
    facts(tmp_path).save()
    assert not (tmp_path / "cache").exists()


def test_a_gone_file_is_forgotten(tmp_path: Path, file: Path) -> None:
    found = facts(tmp_path)
    found.find(file, "first", Counting())
    file.unlink()
    found.save()
    assert json.loads((tmp_path / "cache" / "files.json").read_text()) == {}
    with pytest.raises(FileNotFoundError):
        found.find(file, "first", Counting())


@pytest.mark.parametrize(
    "kept", ["[" + "{}," * 2_000_000 + "{}]", "{" + " " * 20_000_000 + "}"], ids=["values", "bytes"]
)
def test_facts_that_a_stranger_sends_cost_little(tmp_path: Path, file: Path, kept: str) -> None:
    (tmp_path / "cache").mkdir()
    (tmp_path / "cache" / "files.json").write_text(kept)
    tracemalloc.start()
    assert facts(tmp_path).find(file, "first", Counting()) == "a"
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 40_000_000


def test_facts_of_many_files_are_kept(tmp_path: Path) -> None:
    """As many as a large project has, under long paths, with a fact and a digest each."""
    kept = {
        f"/home/somebody/projects/{'a folder/' * 12}clip {number}.mp4": {
            "state": [1 << 32, 1 << 60, 1 << 60, 1 << 40],
            "sha256": "0" * 64,
            "media 1": {"seconds": 1.5, "fps": 30.0, "size": [1920, 1080], "sound": True},
        }
        for number in range(10_000)
    }
    path = tmp_path / "cache" / "files.json"
    path.parent.mkdir()
    path.write_text(json.dumps(kept, indent=1))
    found = FileFacts(tmp_path / "cache")
    assert len(found._load()) == 10_000
