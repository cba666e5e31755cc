"""Files that claim to be huge are refused by what they say, before anything is unpacked."""

from __future__ import annotations

import os
import struct
import subprocess
import sys
import zlib
from collections.abc import Callable, Iterable
from pathlib import Path

import av
import numpy as np
import pytest

from storyboard.studio.media.claims import MAX_ROWS, TooLarge, check_claims
from storyboard.studio.media.opening import MediaError, open_media, probe_media
from storyboard.studio.media.probe import MediaRefused, examine
from tests.contract.studio_rig import write_movie, write_picture
from tests.support.project import ROOT

PEAK_MEGABYTES = 64
"""More than `check` takes for the same project with an honest file; the files claim gigabytes."""


def png(width: int, height: int) -> bytes:
    def chunk(name: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        )

    packer = zlib.compressobj(9)
    body = [packer.compress(b"\0" * (3 * width + 1)) for _ in range(height)]
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = chunk(b"IHDR", head), chunk(b"IDAT", b"".join(body) + packer.flush())
    return b"\x89PNG\r\n\x1a\n" + b"".join((*parts, chunk(b"IEND", b"")))


def jpeg(width: int, height: int, before: int = 0) -> bytes:
    """The head of a JPEG with this many kilobytes of profile before its size."""
    profile = b"\xff\xe2\xff\xff" + bytes(65_533)
    frame = b"\xff\xc0\x00\x11\x08" + struct.pack(">HH", height, width) + b"\x03" + bytes(9)
    return b"\xff\xd8" + profile * (before // 64) + frame + b"\xff\xd9"


def webp(kind: bytes, body: bytes) -> bytes:
    return b"RIFF" + struct.pack("<I", 4 + len(body)) + b"WEBP" + kind + bytes(4) + body


LARGE: dict[str, Callable[[], bytes]] = {
    "png": lambda: png(15_000, 15_000),
    "gif": lambda: b"GIF89a" + struct.pack("<HH", 60_000, 60_000) + bytes(30),
    "jpeg": lambda: jpeg(15_000, 15_000),
    "jpeg with a long profile": lambda: jpeg(15_000, 15_000, before=512),
    "webp, extended": lambda: webp(b"VP8X", bytes(4) + b"\x97\x3a\x00" * 2 + bytes(20)),
    "webp, lossless": lambda: webp(
        b"VP8L", b"\x2f" + (15_999 | 15_999 << 14).to_bytes(4, "little") + bytes(20)
    ),
    "webp, lossy": lambda: webp(b"VP8 ", bytes(6) + struct.pack("<HH", 15_000, 15_000) + bytes(20)),
}


@pytest.mark.parametrize(
    "kind", [pytest.param(kind, marks=pytest.mark.slow if kind == "png" else ()) for kind in LARGE]
)
def test_a_picture_is_refused_by_its_head(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "picture"
    path.write_bytes(LARGE[kind]())
    with pytest.raises(TooLarge, match="wide or high, at most 8192"):
        check_claims(path)
    with pytest.raises(MediaError):
        open_media(path)


@pytest.mark.parametrize("suffix", [".png", ".jpg"])
def test_honest_pictures_pass(suffix: str, tmp_path: Path) -> None:
    assert examine(write_picture(tmp_path / f"picture{suffix}")).facts.width == 64


def count(content: bytes, name: bytes, *rows: int) -> bytes:
    """Write numbers behind a table's name, version and flags."""
    at = content.index(name) + 8
    return content[:at] + struct.pack(f">{len(rows)}I", *rows) + content[at + 4 * len(rows) :]


def many_samples(content: bytes) -> bytes:
    """One line in each table that stands for a thousand million frames of a byte each."""
    lot = 1_000_000_000
    content = count(content, b"stsz", 1, lot)
    content = count(content, b"stsc", 1, 1, lot)
    return count(content, b"stts", 1, lot)


def plain_sound(path: Path, seconds: int) -> Path:
    with av.open(str(path), "w", format="mov") as out:
        stream = out.add_stream("pcm_s16le", rate=48_000, layout="mono")
        block = np.zeros((1, 48_000), np.int16)
        for index in range(seconds):
            frame = av.AudioFrame.from_ndarray(block, "s16", "mono")
            frame.sample_rate, frame.pts = 48_000, index * 48_000
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
    return path


def sounding(path: Path, options: dict[str, str]) -> Path:
    """Write two seconds of picture and sound, as encoders usually do."""
    with av.open(str(path), "w", format="mp4", options=options) as out:
        picture = out.add_stream("libx264", rate=25)
        picture.thread_count = 1  # the same bytes on any machine
        picture.width, picture.height, picture.pix_fmt = 64, 36, "yuv420p"
        sound = out.add_stream("aac", rate=48_000, layout="mono")
        for index in range(50):
            shown = np.full((36, 64, 3), index, np.uint8)
            out.mux(picture.encode(av.VideoFrame.from_ndarray(shown, format="rgb24")))
        for index in range(94):
            heard = av.AudioFrame.from_ndarray(np.zeros((1, 1024), np.float32), "fltp", "mono")
            heard.sample_rate, heard.pts = 48_000, 1024 * index
            out.mux(sound.encode(heard))
        out.mux(picture.encode(None))
        out.mux(sound.encode(None))
    return path


@pytest.mark.parametrize("flags", ["", "faststart", "frag_keyframe+empty_moov", "dash", "cmaf"])
def test_honest_clips_pass(flags: str, tmp_path: Path) -> None:
    clip = sounding(tmp_path / "clip.mp4", {"movflags": flags} if flags else {})
    assert examine(clip).facts.has_audio


def test_an_index_that_stands_for_too_much_is_not_read(tmp_path: Path) -> None:
    path = write_movie(tmp_path / "clip.mp4", 2)
    content = path.read_bytes()
    for name, rows in {
        b"stsz": (1, MAX_ROWS + 1),
        b"stts": (MAX_ROWS + 1,),
        b"stco": (MAX_ROWS + 1,),
        b"stsc": (2**32 - 1,),
    }.items():
        path.write_bytes(count(content, name, *rows))
        with pytest.raises(MediaRefused, match="index has more than 5,000,000 rows"):
            examine(path)
    path.write_bytes(content.replace(b"stbl", b"cmov"))
    with pytest.raises(MediaRefused, match="compressed"):
        examine(path)


def test_a_piece_that_stands_for_too_much_is_not_read(tmp_path: Path) -> None:
    run = struct.pack(">I4sIII", 20, b"trun", 0, 2**31, 0)
    traf = struct.pack(">I4s", 8 + len(run), b"traf") + run
    moof = struct.pack(">I4s", 8 + len(traf), b"moof") + traf
    path = write_movie(tmp_path / "clip.mp4", 2)
    path.write_bytes(path.read_bytes() + moof)
    with pytest.raises(MediaRefused, match="index has more"):
        examine(path)


@pytest.mark.parametrize("cut", range(0, 60, 7))
def test_an_index_that_breaks_off_is_no_error_of_ours(cut: int, tmp_path: Path) -> None:
    path = write_movie(tmp_path / "clip.mp4", 2)
    content = path.read_bytes()
    path.write_bytes(content[: content.index(b"moov") + cut])
    check_claims(path)


def with_sound(path: Path) -> Path:
    """A film as FFmpeg writes it, with AAC: its samples are in a group named `roll`."""
    with av.open(path, "w") as container:
        picture = container.add_stream("libx264", rate=25)
        picture.thread_count = 1  # the same bytes on any machine
        picture.width, picture.height, picture.pix_fmt = 64, 64, "yuv420p"
        sound = container.add_stream("aac", rate=48_000, layout="mono")
        for number in range(25):
            frame = av.VideoFrame.from_ndarray(np.full((64, 64, 3), number, np.uint8), "rgb24")
            container.mux(picture.encode(frame))
        tone = av.AudioFrame.from_ndarray(np.zeros((1, 48_000), np.float32), "fltp", "mono")
        tone.sample_rate = 48_000
        container.mux(sound.encode(tone))
        for stream in (picture, sound):
            container.mux(stream.encode(None))
    return path


def test_a_film_with_sound_passes(tmp_path: Path) -> None:
    film = with_sound(tmp_path / "film.mp4")
    assert b"sbgp" in film.read_bytes()
    check_claims(film)
    assert examine(film).suffix == "mp4"


@pytest.mark.parametrize("version", [0, 1])
def test_a_group_of_too_many_samples_is_refused(version: int, tmp_path: Path) -> None:
    film = with_sound(tmp_path / "film.mp4")
    content = film.read_bytes()
    at = content.index(b"sbgp") + 4
    rows = (0, MAX_ROWS + 1) if version else (MAX_ROWS + 1, 0)
    lie = struct.pack(">B3x4sII", version, b"roll", *rows)
    film.write_bytes(content[:at] + lie + content[at + len(lie) :])
    with pytest.raises(TooLarge):
        check_claims(film)


def test_long_plain_sound_passes(tmp_path: Path) -> None:
    """Its samples are counted one by one, and there are more of them than frames in any film."""
    path = plain_sound(tmp_path / "sound.mov", 120)
    assert probe_media(path).seconds == 120


def with_pictures(path: Path, streams: int) -> None:
    with av.open(str(path), "w", format="matroska") as out:
        made = [out.add_stream("mpeg4", rate=25) for _ in range(streams)]
        for stream in made:
            stream.width, stream.height, stream.pix_fmt = 64, 36, "yuv420p"
        for stream in made:
            picture = av.VideoFrame.from_ndarray(np.zeros((36, 64, 3), np.uint8), format="rgb24")
            out.mux(stream.encode(picture))
        for stream in made:
            out.mux(stream.encode(None))


@pytest.mark.parametrize("streams", [5, 90, 300])
def test_many_streams_are_refused_before_all_are_decoded(streams: int, tmp_path: Path) -> None:
    with_pictures(tmp_path / "clip.mkv", streams)
    with pytest.raises(MediaRefused, match="more than 4 streams of pictures"):
        examine(tmp_path / "clip.mkv")


BOARD = """\
name: Numbers
locales: [en]
entries: {clip: {entryId: 1_clip, media: media/clip}}
scenes:
  - {narration: Here we see the numbers of this quarter., broll: clip}
"""
HUGE: dict[str, Callable[[bytes], bytes]] = {
    "picture": lambda _: png(15_000, 15_000),
    "index": many_samples,
}


def peak(project: Path, environment: Iterable[str]) -> tuple[float, str]:
    """Run `check` and return its peak in MB, and what it said."""
    child = subprocess.Popen(
        [sys.executable, "-m", "storyboard", "check", *environment],
        cwd=project,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert child.stdout is not None
    said = child.stdout.read()
    child.stdout.close()
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    return used.ru_maxrss / 1024, said


@pytest.mark.skipif(sys.platform != "linux", reason="others count memory otherwise")
@pytest.mark.parametrize("kind", [pytest.param("picture", marks=pytest.mark.slow), "index"])
def test_check_takes_no_memory_for_what_a_file_claims(kind: str, tmp_path: Path) -> None:
    (tmp_path / "media").mkdir()
    (tmp_path / "tour.storyboard.yaml").write_text(BOARD)
    clip = write_movie(tmp_path / "media" / "clip", 6)
    usual, _ = peak(tmp_path, ())
    clip.write_bytes(HUGE[kind](clip.read_bytes()))
    taken, said = peak(tmp_path, ())
    assert "[media-unusable]" in said
    assert "at most 8192" in said or "5,000,000 rows" in said
    assert taken < usual + PEAK_MEGABYTES


def box(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I4s", 8 + len(body), name) + body


@pytest.mark.parametrize("rows", [1, MAX_ROWS + 1])
@pytest.mark.parametrize(
    "table",
    [
        lambda rows: box(b"sbgp", bytes(4) + b"roll" + struct.pack(">III", rows, 1, 1)),
        lambda rows: box(b"sbgp", b"\1\0\0\0roll" + struct.pack(">4I", 7, rows, 1, 1)),
        lambda rows: box(b"tfra", bytes(4) + struct.pack(">III", 2, 0x3F, rows)),
        lambda rows: box(b"stts", bytes(4) + struct.pack(">III", rows, 1, 1)),
    ],
    ids=["groups", "groups with a parameter", "pieces", "times"],
)
def test_rows_are_counted_where_each_table_has_its_count(
    table: Callable[[int], bytes], rows: int, tmp_path: Path
) -> None:
    """A table of groups, as beside each AAC sound, begins with a word: `roll`."""
    content = table(rows)
    for name in (b"stbl", b"minf", b"mdia", b"trak", b"moov"):
        content = box(name, content)
    path = tmp_path / "film.mp4"
    path.write_bytes(box(b"ftyp", b"isom" + bytes(4)) + content)
    if rows > MAX_ROWS:
        with pytest.raises(TooLarge):
            check_claims(path)
    else:
        check_claims(path)
