"""Arrays that a stranger put into the cache take no more memory than their file has bytes."""

from __future__ import annotations

import ast
import io
import math
import tracemalloc
import zipfile
from pathlib import Path

import numpy as np
import pytest
from numpy.lib import format as npy

from storyboard.studio.film.ambience import ambience
from storyboard.studio.film.audio import encode_sound
from storyboard.studio.film.cache import Cache
from storyboard.studio.film.film_cache import find_film
from storyboard.studio.film.kept_arrays import load_array, load_arrays
from storyboard.studio.film.request import Clip
from storyboard.studio.film.speaking import speak
from storyboard.studio.media.opening import MediaError, open_kept
from storyboard.studio.voice.speech import Phone, Speech, Word
from tests.support.film_crew import humming_clip, numbered_clip

NAMES = ("samples", "rate", "phones", "phone_times", "words", "word_times")
MANY = 100_000_000


def header(shape: tuple[int, ...], kind: str, *, columns: bool = False) -> bytes:
    file = io.BytesIO()
    npy.write_array_header_1_0(file, {"descr": kind, "fortran_order": columns, "shape": shape})
    return file.getvalue()


def renamed(head: bytes, kind: bytes, to: bytes) -> bytes:
    """Return a header of the same length that tells of another kind."""
    return head.replace(kind, to).replace(b" " * (len(to) - len(kind)) + b"\n", b"\n")


HOSTILE = {
    "more than there is": header((MANY,), "<i2") + bytes(10),
    "no bytes": header((MANY, 1 << 60), "<U0"),
    "two negative sides": header((-5, -1), "<i2") + bytes(10),
    "objects": header((1,), "|O") + bytes(8),
    "a letter that is none": header((1,), "<U1") + b"\xff\xff\xff\x7f",
    "by columns": header((2, 3), "<i2", columns=True) + bytes(range(12)),
    "cut off": header((9,), "<i2")[:40],
    "numbers of three bytes": renamed(header((1,), "<i2"), b"<i2", b"<u3") + bytes(3),
    "more letters than NumPy counts": renamed(header((0,), "<U9"), b"<U9", b"<U%d" % 10**12),
    "nothing": b"",
}


class Silent:
    """A voice that says nothing, and counts how often."""

    key = ("silent",)

    def __init__(self) -> None:
        self.spoken = 0

    def speak(self, text: str) -> Speech:
        self.spoken += 1
        tone = np.sin(np.arange(24_000, dtype=np.float32) / 20) / 9
        return Speech(tone, 24_000, (Phone("a", 0.0, 0.5),), (Word(text, 0.0, 0.5),))


def peak(path: Path) -> int:
    tracemalloc.start()
    try:
        assert load_arrays(path, NAMES) is None
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def packed(path: Path, pcm: bytes, method: int) -> Path:
    with zipfile.ZipFile(path, "w", method) as kept:
        for name in NAMES[1:]:
            kept.writestr(f"{name}.npy", header((0, 2), "<f8"))
        kept.writestr("samples.npy", pcm)
    return path


def test_a_packed_array_is_not_unpacked(tmp_path: Path) -> None:
    zeros = header((MANY // 5,), "<i2") + bytes(MANY // 5 * 2)
    path = packed(tmp_path / "a.npz", zeros, zipfile.ZIP_DEFLATED)
    assert peak(path) < 5_000_000


@pytest.mark.parametrize("kind", sorted(set(HOSTILE) - {"a letter that is none"}))
def test_what_an_array_claims_is_not_believed(kind: str, tmp_path: Path) -> None:
    assert peak(packed(tmp_path / "a.npz", HOSTILE[kind], zipfile.ZIP_STORED)) < 5_000_000
    (tmp_path / "a.npy").write_bytes(HOSTILE[kind])
    assert load_array(tmp_path / "a.npy") is None


@pytest.mark.parametrize("kind", ["<i2", "<f4", "<f8", "<i8", "|b1", "<U3", "|u1"])
@pytest.mark.parametrize("shape", [(), (0,), (1,), (7,), (2, 3), (0, 2), (2, 1, 3)])
def test_an_array_is_read_without_the_parser_of_python(
    shape: tuple[int, ...], kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Python 3.11's fails now and then where several threads use it."""

    def fail(*_: object, **__: object) -> None:
        raise SystemError("AST constructor recursion depth mismatch (before=45, after=42)")

    array = np.arange(math.prod(shape)).reshape(shape).astype(kind)
    np.save(tmp_path / "a.npy", array)
    np.savez(tmp_path / "a.npz", words=array)
    monkeypatch.setattr(ast, "parse", fail)
    alone, kept = load_array(tmp_path / "a.npy"), load_arrays(tmp_path / "a.npz", ("words",))
    assert alone is not None
    assert kept is not None
    for found in (alone, kept["words"]):
        assert found.dtype == array.dtype
        assert np.array_equal(found, array)


def test_speech_is_read_as_it_was_written(tmp_path: Path) -> None:
    cache, voice = Cache(tmp_path), Silent()
    first, again = speak(cache, voice, "Hello"), speak(cache, voice, "Hello")
    assert voice.spoken == 1
    assert np.array_equal(first.pcm, again.pcm)
    assert (first.phones, first.words) == (again.phones, again.words)


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_speech_is_spoken_anew(kind: str, tmp_path: Path) -> None:
    cache, voice = Cache(tmp_path), Silent()
    speak(cache, voice, "Hello")
    (path,) = tmp_path.glob("speech/*.npz")
    arrays = {name: header((0, 2), "<f8") for name in NAMES}
    arrays |= {
        "samples": header((3,), "<i2") + bytes(6),
        "rate": header((), "<i8") + (48_000).to_bytes(8, "little"),
        "phones": header((0,), "<U1"),
        "words": HOSTILE[kind],
        "word_times": header((1, 2), "<f8") + bytes(16),
    }
    with zipfile.ZipFile(path, "w") as kept:
        for name, content in arrays.items():
            kept.writestr(f"{name}.npy", content)
    assert speak(cache, voice, "Hello").words == (Word("Hello", 0.0, 0.5),)
    assert voice.spoken == 2


NO_SPEECH = {
    "no samples": {"samples": np.zeros(0, np.int16)},
    "an endless rate": {"rate": np.array(np.inf)},
    "a sample a second": {"rate": np.array(1)},
    "a rate beyond all sounds": {"rate": np.array(1 << 62)},
    "two rates": {"rate": np.array([48_000, 48_000])},
    "a time that is no number": {"word_times": np.array([[np.nan, 1.0]])},
    "an endless time": {"phone_times": np.array([[0.0, np.inf]])},
    "three times": {"phone_times": np.zeros((1, 3))},
    "numbers for words": {"words": np.zeros(1)},
    "half a character": {"words": np.array(["\ud800"])},
}


@pytest.mark.parametrize("kind", NO_SPEECH)
def test_what_no_voice_can_have_given_is_spoken_anew(kind: str, tmp_path: Path) -> None:
    cache, voice = Cache(tmp_path), Silent()
    first = speak(cache, voice, "Hello")
    (path,) = tmp_path.glob("speech/*.npz")
    with np.load(path) as kept:
        np.savez(path, **{**kept, **NO_SPEECH[kind]})
    again = speak(cache, voice, "Hello")
    assert voice.spoken == 2
    assert np.array_equal(first.pcm, again.pcm)
    assert (first.phones, first.words) == (again.phones, again.words)


@pytest.mark.parametrize("content", [header((MANY,), "<i2"), header((3,), "<i2") + bytes(6), b""])
def test_hostile_ambience_is_made_anew(content: bytes, tmp_path: Path) -> None:
    clip = humming_clip(tmp_path / "hum.mp4", numbered_clip(tmp_path / "mute.mp4"), 1_000)
    cache = Cache(tmp_path / "c")
    first = ambience(cache, Clip(clip, 0.5), "m", 48_000)
    (path,) = (tmp_path / "c").glob("ambience/*.npy")
    path.write_bytes(content)
    assert np.array_equal(ambience(cache, Clip(clip, 0.5), "m", 48_000), first)


def test_the_facts_of_a_film_are_bounded(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    with cache.writing("films", "a", ".mp4") as part:
        part.write_bytes(b"film")
    with cache.writing("films", "a", ".json") as part:
        part.write_bytes(b"[" + b"{}," * 4_000_000 + b"0]")
    tracemalloc.start()
    assert find_film(cache, "a") is None
    assert tracemalloc.get_traced_memory()[1] < 20_000_000
    tracemalloc.stop()


def test_a_playlist_is_no_segment(tmp_path: Path) -> None:
    """FFmpeg would take it for one by its words, and open the files that it names."""
    numbered_clip(tmp_path / "other.mp4")
    (tmp_path / "a.mp4").write_text(f"ffconcat version 1.0\nfile {tmp_path / 'other.mp4'}\n")
    with pytest.raises(MediaError):
        open_kept(tmp_path / "a.mp4").close()


def test_a_sound_that_is_a_playlist_is_encoded_anew(tmp_path: Path) -> None:
    cache, sound = Cache(tmp_path), np.zeros(48_000, np.int16)
    path = encode_sound(cache, sound)
    good = path.read_bytes()
    (tmp_path / "good.mp4").write_bytes(good)
    path.write_text("ffconcat version 1.0\nfile ../good.mp4\n")
    assert encode_sound(cache, sound).read_bytes()[4:8] == b"ftyp"
