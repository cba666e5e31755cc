"""A file that keeps a decoder busy for hours is given up, wherever it is looked into."""

from __future__ import annotations

import struct
import subprocess
import sys
import threading
import time
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import pytest

from storyboard.language.clip import Unusable
from storyboard.local_studio.media import look_at_stand_ins
from storyboard.source.file_facts import FileFacts
from storyboard.source.files import ProjectFiles
from storyboard.source.span import Span
from storyboard.stand_in import StandIn, Use
from storyboard.studio.behavior.refusal import Refusal
from storyboard.studio.jobs.uploads import recognize
from storyboard.studio.media import opening, patience
from storyboard.studio.media.opening import MediaError, MediaTooSlow, probe_media
from storyboard.studio.media.patience import TooSlow, within
from tests.contract.studio_rig import write_movie


def part(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + bytes(4)


def crowded_picture(texts: int) -> bytes:
    """A PNG with so many texts, each under a key of its own: FFmpeg compares each with all."""
    head = b"\x89PNG\r\n\x1a\n" + part(b"IHDR", struct.pack(">IIBBBBB", 8, 8, 8, 2, 0, 0, 0))
    told = b"".join(part(b"tEXt", b"k%d\0v" % number) for number in range(texts))
    rows = zlib.compress((b"\0" + bytes(24)) * 8)
    return head + told + part(b"IDAT", rows) + part(b"IEND", b"")


def segment(marker: int, content: bytes) -> bytes:
    return bytes([0xFF, marker]) + struct.pack(">H", len(content) + 2) + content


def picture_over_picture(side: int, scans: int) -> bytes:
    """A progressive JPEG that is refined so often, by nothing: 84 bytes for a million blocks."""
    blocks = (side // 8) ** 2
    run = "0" + "10" * 7
    bits = run * (blocks // ((1 << 14) + int("10" * 7, 2)) + 1)
    nothing = int(bits.ljust(-(-len(bits) // 8) * 8, "1"), 2).to_bytes(-(-len(bits) // 8))
    scan = segment(0xDA, b"\x01\x01\x00\x01\x3f\x00") + nothing
    return b"".join((
        b"\xff\xd8",
        segment(0xDB, b"\0" + bytes([1] * 64)),
        segment(0xC2, b"\x08" + struct.pack(">HH", side, side) + b"\x01\x01\x11\x00"),
        segment(0xC4, b"\x00" + bytes([1] + [0] * 15) + b"\x00"),
        segment(0xC4, b"\x10" + bytes([1] + [0] * 15) + b"\xe0"),
        segment(0xDA, b"\x01\x01\x00\x00\x00\x00") + bytes(-(-blocks // 8)),
        scan * scans,
        b"\xff\xd9",
    ))  # fmt: skip


BUSY: dict[str, Callable[[], bytes]] = {
    "texts.png": lambda: crowded_picture(15_000),
    "scans.jpg": lambda: picture_over_picture(4096, 1_000),
}


@pytest.mark.parametrize("name", BUSY)
def test_a_picture_that_keeps_a_decoder_busy_is_given_up(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "LOOK_SECONDS", 0.01)
    monkeypatch.setattr(patience, "_PAUSE", 0.02)
    path = tmp_path / name
    path.write_bytes(BUSY[name]())
    with pytest.raises(MediaTooSlow, match="busy"):
        probe_media(path)
    with pytest.raises(Refusal, match="busy"):
        recognize(path, name)


def test_what_is_found_and_what_is_raised_comes_back(tmp_path: Path) -> None:
    assert within(1.0, lambda: "found") == "found"
    with pytest.raises(MediaError):
        probe_media(tmp_path / "nothing.mp4")
    assert probe_media(write_movie(tmp_path / "clip.mp4", 1)).seconds == 1.0


def test_only_what_a_processor_does_counts() -> None:
    """A film on a disk in the network may take its time."""
    assert within(0.05, lambda: time.sleep(0.6)) is None


def test_where_no_thread_tells_its_time_it_is_waited_longer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delattr(time, "pthread_getcpuclockid", raising=False)
    monkeypatch.setattr(patience, "_WAITED", 1000)
    assert within(0.1, lambda: time.sleep(0.3)) is None
    over = threading.Event()
    with pytest.raises(TooSlow):
        within(0.0001, lambda: over.wait(60))
    over.set()


def test_a_crowd_of_such_files_is_not_looked_through(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def given_up(seconds: float, look: object) -> NoReturn:
        raise TooSlow

    monkeypatch.setattr(opening, "within", given_up)
    for number in range(8):
        (tmp_path / f"{number}.png").write_bytes(crowded_picture(number))
    place = Span("a.yaml", 1, 1, 1, 1)
    look = look_at_stand_ins(ProjectFiles(tmp_path), FileFacts.of_project(tmp_path))
    found = [look(StandIn("1_x", f"{number}.png", place), Use.BACKGROUND) for number in range(8)]
    told = [each.reason for each in found if isinstance(each, Unusable)]
    assert [("busy" in reason, "not looked into" in reason) for reason in told] == [
        *[(True, False)] * 3,
        *[(False, True)] * 5,
    ]


LOOK = """
import sys
from pathlib import Path
from typing import NoReturn
from storyboard.studio.media import opening
opening.LOOK_SECONDS = 0.1
try:
    opening.probe_media(Path(sys.argv[1]))
except opening.MediaTooSlow:
    sys.exit(3)
"""


def test_a_command_ends_beside_a_look_that_goes_on(tmp_path: Path) -> None:
    """It would take a quarter of an hour."""
    path = tmp_path / "wall.jpg"
    path.write_bytes(picture_over_picture(8192, 100_000))
    done = subprocess.run([sys.executable, "-c", LOOK, path], check=False, timeout=60)
    assert done.returncode == 3
