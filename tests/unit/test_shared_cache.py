"""A cache that machines share through a bucket: what one made, no other makes again."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from pathlib import Path

import pytest

from storyboard.studio.film.cache import Cache
from storyboard.studio.records.bucket_cache import BucketCache
from tests.support.bucket_server import BucketServer, bucket_server, refused
from tests.support.objects import AT_ONCE, objects_of
from tests.support.served import Answer, Asked


@pytest.fixture
def server() -> Iterator[BucketServer]:
    with bucket_server() as server:
        yield server


def test_what_one_machine_made_another_has(server: BucketServer, tmp_path: Path) -> None:
    here, there = (Cache(tmp_path / name, BucketCache(objects_of(server))) for name in "ab")
    assert here.find("segments", "key", ".mp4") is None
    with here.writing("segments", "key", ".mp4") as part:
        part.write_bytes(b"a scene")
    found = there.find("segments", "key", ".mp4")
    assert found is not None
    assert found == there.path("segments", "key", ".mp4")
    assert found.read_bytes() == b"a scene"
    server.objects.clear()
    assert there.find("segments", "key", ".mp4") == found
    with pytest.raises(ZeroDivisionError), here.writing("segments", "torn", ".mp4") as part:
        part.write_bytes(b"half a sc" * (1 // 0))
    assert server.objects == {}
    assert list((tmp_path / "b").glob("*/*")) == [found]


def test_a_film_process_gets_it_by_a_pipe(server: BucketServer, tmp_path: Path) -> None:
    shared = pickle.loads(pickle.dumps(BucketCache(objects_of(server))))
    (tmp_path / "scene").write_bytes(b"a scene")
    shared.send(tmp_path / "scene", "segments/key.mp4")
    assert shared.fetch("segments/key.mp4", tmp_path / "copy")
    assert (tmp_path / "copy").read_bytes() == b"a scene"


def test_a_bucket_that_is_away_is_asked_once_a_minute(server: BucketServer, tmp_path: Path) -> None:
    now = 0.0
    cache = Cache(tmp_path, BucketCache(objects_of(server, patience=AT_ONCE), lambda: now))
    server.always = refused(503, "SlowDown")
    for number in range(5):
        assert cache.find("segments", str(number), ".mp4") is None
        with cache.writing("segments", str(number), ".mp4") as part:
            part.write_bytes(b"a scene")
        assert cache.find("segments", str(number), ".mp4") is not None
    assert len(server.asked) == 1
    server.always, now = None, 61.0
    with cache.writing("segments", "later", ".mp4") as part:
        part.write_bytes(b"a scene")
    assert set(server.objects) == {"studio/one/segments/later.mp4"}


def test_an_object_that_ends_too_early_is_not_there(server: BucketServer, tmp_path: Path) -> None:
    def shrunk(asked: Asked, right: object) -> Answer:
        return Answer(206, b"a sc", (("content-range", "bytes 0-3/7"), ("etag", '"x"')))

    server.objects["studio/one/segments/key.mp4"] = b"a scene"
    server.faults[:] = [lambda asked, right: right(), shrunk]
    cache = Cache(tmp_path, BucketCache(objects_of(server, patience=AT_ONCE)))
    assert cache.find("segments", "key", ".mp4") is None
    assert list(tmp_path.glob("*/*")) == []
