"""Run as a program: takes a large file into a bucket and back, and prints the megabytes it needed.

`python -m tests.support.large_file FOLDER MEGABYTES`; the variables name the bucket.
"""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

from storyboard.studio.film.cache import Cache
from storyboard.studio.records.blobs import Blobs
from storyboard.studio.records.bucket_files import BucketFiles
from tests.support.bucket_server import BucketServer
from tests.support.objects import objects_of

_READ = 8 << 20
"""Bytes: moto takes a whole object into memory to answer with a part of it."""


def peak() -> int:
    """Return the most memory that this process ever had, in megabytes."""
    # Not `getrusage`, which begins with what the parent had.
    [line] = re.findall("VmHWM:\\s+([0-9]+) kB", Path("/proc/self/status").read_text())
    return int(line) >> 10


def taken(blobs: Blobs, size: int) -> None:
    """Keep a file of so many bytes, read its end as a player does, and fetch it."""
    draft = blobs.draft(".mp4")
    with draft.open("wb") as file:
        file.truncate(size)
    blob = blobs.measure(draft, "mp4")
    blobs.send(draft, blob)
    blobs.keep(draft, blob)
    blobs.path(blob.name).unlink()
    some = min(size, _READ)
    assert sum(map(len, blobs.read(blob.name, size - some, some))) == some
    assert blobs.path(blob.name).stat().st_size == size


def main() -> None:
    """Warm up with a small file, then take the large one."""
    folder, megabytes = Path(sys.argv[1]), int(sys.argv[2])
    objects = objects_of(BucketServer(url=os.environ["AWS_ENDPOINT_URL"]))
    blobs = Blobs(folder, folder, BucketFiles(objects, Cache(folder / "cache")))
    taken(blobs, 9 << 20)
    before = peak()
    taken(blobs, megabytes << 20)
    print(peak() - before)


if __name__ == "__main__":
    main()
