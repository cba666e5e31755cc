"""A voice of the tests' own: an ONNX model of a dozen nodes that hums, and its settings.

It has the inputs of a Piper voice, and lasts four frames of 256 samples for each of its ids. The
file is written by hand, since a package that writes such files is larger than all that we test.
"""

from __future__ import annotations

import json
import math
import struct
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

RATE = 16_000
HOP = 256
FRAMES = 4
"""Frames of an id, at a length scale of 1."""

_LETTERS = (
    "_^$ .,!?;:ˈˌːabcdefhijklmnopqrstuvwxyzæçðøŋœɐɑɒɔəɛɜɡɪɲɾʁʃʊʌʏʒʔθχ\u0329\u0303\u032f\u0327"
)

FLOAT, INT64, BOOL = 1, 7, 9


def write_voice(
    folder: Path,
    name: str = "de_DE-hum-low",
    *,
    hertz: float = 440.0,
    noise: float = 0.0,
    speakers: int = 1,
    model: bytes | None = None,
    **settings: Any,
) -> Path:
    """Write a voice of German that hums at so many hertz; return its model's path."""
    folder.mkdir(exist_ok=True)
    path = folder / f"{name}.onnx"
    path.write_bytes(voice_model(hertz, speakers=speakers) if model is None else model)
    told = {
        "audio": {"sample_rate": RATE, "quality": "low"},
        "espeak": {"voice": "de"},
        "inference": {"noise_scale": noise, "length_scale": 1, "noise_w": 0.8},
        "phoneme_type": "espeak",
        "phoneme_id_map": {letter: [at] for at, letter in enumerate(_LETTERS)},
        "num_symbols": 256,
        "num_speakers": speakers,
        "speaker_id_map": {f"p{n}": n for n in range(speakers)} if speakers > 1 else {},
        "language": {"code": "de_DE"},
    }
    (folder / f"{name}.onnx.json").write_text(json.dumps(told | settings), "utf-8")
    return path


def voice_model(
    hertz: float = 440.0,
    *,
    speakers: int = 1,
    tells: bool = True,
    silence: float = 0.0,
    nodes: Iterable[bytes] | None = None,
    numbers: Iterable[bytes] = (),
    inputs: Sequence[str] = ("input", "input_lengths", "scales"),
) -> bytes:
    """Return the model; a speaker more hums 100 Hz higher, `tells` has it name its durations.
    It is silent for so many seconds at each end of a sentence, whose letters it counts there, too.

    Its `nodes` may be others; with `numbers`, encoded tensors, the usual shape is not among them.
    """
    if speakers > 1:
        inputs = (*inputs, "sid")
    kinds = {
        "input": (INT64, (1, "letters")),
        "input_lengths": (INT64, (1,)),
        "scales": (FLOAT, (3,)),
        "sid": (INT64, (1,)),
    }
    return model_of(
        graph(
            nodes or _humming(speakers, tells),
            [value(name, *kinds.get(name, (FLOAT, (1,)))) for name in inputs],
            [value("output", FLOAT, (1, 1, 1, "samples"))],
            (*numbers, *_numbers(hertz, silence, without=numbers)),
        )
    )


def graph(
    nodes: Iterable[bytes],
    inputs: Iterable[bytes],
    outputs: Iterable[bytes],
    numbers: Iterable[bytes] = (),
) -> bytes:
    """Encode a graph of encoded parts."""
    parts = ((1, nodes), (2, (b"hum",)), (5, numbers), (11, inputs), (12, outputs))
    return b"".join(_field(number, each) for number, some in parts for each in some)


def model_of(encoded: bytes) -> bytes:
    """Return a model of an encoded graph."""
    return number_field(1, 8) + _field(8, _field(1, b"") + number_field(2, 13)) + _field(7, encoded)


def _humming(speakers: int, tells: bool) -> Iterable[bytes]:
    yield node("Cast", ["input"], ["ids"], to=FLOAT)
    yield node("Mul", ["ids", "zero"], ["none"])
    yield node("Gather", ["scales", "first"], ["length"])
    yield node("Mul", ["length", "frames"], ["long"])
    yield node("Add", ["none", "long"], ["lasting"])
    yield node("Ceil" if tells else "Floor", ["lasting"], ["durations"])
    yield node("ReduceSum", ["durations"], ["total"], keepdims=0)
    yield node("Mul", ["total", "hop"], ["samples"])
    yield node("Range", ["zero", "samples", "one"], ["time"])
    if speakers > 1:
        yield node("Cast", ["sid"], ["speaker"], to=FLOAT)
        yield node("Mul", ["speaker", "step"], ["higher"])
        yield node("Add", ["pitch", "higher"], ["own"])
    else:
        yield node("Identity", ["pitch"], ["own"])
    yield node("Mul", ["time", "own"], ["phase"])
    yield node("Sin", ["phase"], ["wave"])
    yield node("Gather", ["scales", "zeroth"], ["hiss"])
    yield node("RandomNormalLike", ["wave"], ["random"], dtype=FLOAT)
    yield node("Mul", ["random", "hiss"], ["noise"])
    yield node("Add", ["wave", "noise"], ["both"])
    yield node("Greater", ["time", "silent"], ["begun"])
    yield node("Sub", ["samples", "silent"], ["last"])
    yield node("Less", ["time", "last"], ["lasts"])
    yield node("And", ["begun", "lasts"], ["sounds"])
    yield node("Cast", ["sounds"], ["gate"], to=FLOAT)
    yield node("Mul", ["both", "gate"], ["heard"])
    yield node("Mul", ["heard", "quiet"], ["flat"])
    yield node("Reshape", ["flat", "shape"], ["output"])


def _numbers(hertz: float, silence: float, without: Iterable[bytes]) -> Iterable[bytes]:
    turn = 2 * math.pi / RATE
    floats = {
        "zero": 0.0,
        "one": 1.0,
        "frames": float(FRAMES),
        "hop": float(HOP),
        "pitch": turn * hertz,
        "step": turn * 100.0,
        "quiet": 0.3,
        "silent": silence * RATE - 1,
    }
    for name, number in floats.items():
        yield tensor(name, FLOAT, (), struct.pack("<f", number))
    for name, index in (("zeroth", 0), ("first", 1)):
        yield tensor(name, INT64, (), struct.pack("<q", index))
    if not without:
        yield tensor("shape", INT64, (4,), struct.pack("<4q", 1, 1, 1, -1))


def node(kind: str, takes: Sequence[str], gives: Sequence[str], **attributes: Any) -> bytes:
    """Encode a node; an attribute is a whole number, or an encoded tensor or graph."""
    return b"".join(
        (
            *(_field(1, name.encode()) for name in takes),
            *(_field(2, name.encode()) for name in gives),
            _field(4, kind.encode()),
            *(_field(5, _attribute(name, each)) for name, each in attributes.items()),
        )
    )


def tensor(
    name: str,
    kind: int,
    shape: Sequence[int],
    data: bytes = b"",
    elsewhere: Mapping[str, str] | None = None,
    beyond: int = 0,
) -> bytes:
    """Encode a tensor; one that is `elsewhere` has its numbers in another file.

    The keys of the fields that tell where have these bits `beyond` the 32 that protobuf reads.
    """
    encoded = b"".join(number_field(1, side) for side in shape) + number_field(2, kind)
    encoded += _field(8, name.encode())
    if elsewhere is None:
        return encoded + _field(9, data)
    for key, told in elsewhere.items():
        place = _field(1, key.encode()) + _field(2, told.encode())
        encoded += _varint(beyond << 32 | 13 << 3 | 2) + _varint(len(place)) + place
    return encoded + _varint(beyond << 32 | 14 << 3) + _varint(1)


def value(name: str, kind: int, shape: Sequence[int | str]) -> bytes:
    """Encode the name and the type of an input or an output."""
    sides = b"".join(
        _field(1, number_field(1, side) if isinstance(side, int) else _field(2, side.encode()))
        for side in shape
    )
    return _field(1, name.encode()) + _field(2, _field(1, number_field(1, kind) + _field(2, sides)))


def _attribute(name: str, told: Any) -> bytes:
    if isinstance(told, int):
        return _field(1, name.encode()) + number_field(3, told) + number_field(20, 2)
    kind, number = (5, 6) if name in ("body", "then_branch", "else_branch") else (4, 5)
    return _field(1, name.encode()) + _field(number, told) + number_field(20, kind)


def _field(number: int, payload: bytes) -> bytes:
    return _varint(number << 3 | 2) + _varint(len(payload)) + payload


def number_field(number: int, told: int) -> bytes:
    """Encode a field that is a whole number."""
    return _varint(number << 3) + _varint(told)


def _varint(told: int) -> bytes:
    encoded = b""
    while told > 127:
        encoded += bytes([told & 127 | 128])
        told >>= 7
    return encoded + bytes([told])
