"""The cache: whole files or none, what was used last stays."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storyboard.disk.writing import replacing
from storyboard.studio.film.cache import Cache, digest

DAY = 86_400.0


def put(cache: Cache, key: str, size: int, kind: str = "segments") -> Path:
    with cache.writing(kind, key, ".bin") as part:
        part.write_bytes(b"x" * size)
    return cache.path(kind, key, ".bin")


def test_nothing_is_found_until_the_writing_ends(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    with cache.writing("segments", "a", ".bin") as part:
        part.write_bytes(b"half")
        assert cache.find("segments", "a", ".bin") is None
    assert cache.find("segments", "a", ".bin") == cache.path("segments", "a", ".bin")


def test_a_failed_writing_leaves_nothing(tmp_path: Path) -> None:
    cache = Cache(tmp_path)

    def fail() -> None:
        with cache.writing("segments", "a", ".bin") as part:
            part.write_bytes(b"half")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert cache.find("segments", "a", ".bin") is None
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_replacing_keeps_the_old_file_on_failure(tmp_path: Path) -> None:
    path = tmp_path / "film.mp4"
    path.write_bytes(b"old")

    def fail() -> None:
        with replacing(path, inside=tmp_path) as part:
            part.write_bytes(b"new")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert path.read_bytes() == b"old"


def test_what_was_used_longest_ago_goes_first(tmp_path: Path) -> None:
    now = 1_700_000_000.0
    cache = Cache(tmp_path, clock=lambda: now)
    paths = [put(cache, key, 100) for key in "abcd"]
    for age, path in zip((4, 3, 2, 1), paths, strict=True):
        os.utime(path, (now - age * DAY, now - age * DAY))
    assert cache.find("segments", "a", ".bin")
    assert cache.trim(200) == 200
    assert [path.exists() for path in paths] == [True, False, False, True]


def test_what_is_in_use_stays_whatever_the_limit(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    path = put(cache, "a", 100)
    assert cache.trim(0) == 0
    assert path.exists()


def test_leftovers_of_killed_runs_go_at_once(tmp_path: Path) -> None:
    """Two of a killed apply were there after three more runs."""
    cache = Cache(tmp_path)
    kept = put(cache, "a", 100)
    left = kept.parent / ".b-abcd1234.storyboard.part"
    earlier = kept.parent / ".c-abcd1234.part"
    for path in (left, earlier):
        path.write_bytes(b"half")
    os.utime(earlier, (time.time() - 2 * DAY,) * 2)
    with cache.writing("segments", "d", ".bin") as part:
        part.write_bytes(b"whole soon")
        cache.trim(10**9)
        assert sorted(kept.parent.iterdir()) == sorted((kept, part))


def test_shelves_are_counted_and_cleaned(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    put(cache, "a", 100)
    put(cache, "b", 50)
    put(cache, "c", 7, kind="speech")
    rows = [(shelf.kind, shelf.files, shelf.size) for shelf in cache.shelves()]
    assert rows == [("segments", 2, 150), ("speech", 1, 7)]
    assert cache.clean() == 157
    assert cache.shelves() == ()


@given(st.lists(st.text(), min_size=2, max_size=4))
def test_a_key_depends_on_where_its_parts_end(parts: list[str]) -> None:
    assert digest(*parts) == digest(*parts)
    assert digest(*parts) != digest(parts[0] + parts[1], *parts[2:])
