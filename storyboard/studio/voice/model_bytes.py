"""What is looked up in the bytes of an ONNX model before anything runs it. Knows no voice.

A model is a protobuf message. No package that reads it whole is needed for a walk over its nodes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

_MOST_PARTS: Final = 1_000_000
"""Messages of one model: the largest voices have some 10,000 nodes."""

_WITHIN: Final = {
    "model": {7: "graph", 20: "training", 25: "function"},
    "graph": {1: "node", 5: "tensor", 15: "sparse"},
    "training": {1: "graph", 2: "graph"},
    "function": {7: "node", 11: "attribute"},
    "node": {5: "attribute"},
    "attribute": {
        5: "tensor",
        6: "graph",
        10: "tensor",
        11: "graph",
        22: "sparse",
        23: "sparse",
    },
    "sparse": {1: "tensor", 2: "tensor"},
}
"""Which fields of a message hold which messages (onnx.proto)."""

_NODE_OUTPUT, _NODE_KIND = 2, 4
_ELSEWHERE = 13, 14
"""Of a tensor, unless 0 or empty: where its numbers are, if not in the model."""

_EIGHT_BYTES, _COUNTED = 1, 2

_MOST_KEY: Final = 2**32 - 1
"""Protobuf keeps 32 bits of a field's key: one with more would be another field there."""


class NoModel(Exception):
    """The bytes are no model that a voice may have; says why."""


@dataclass(frozen=True, slots=True)
class ModelFacts:
    """What a model's bytes tell: the tensor of how long each of its letters lasts, if one does."""

    durations: str | None


def model_facts(model: bytes) -> ModelFacts:
    """Walk over a model; raises `NoModel`, also for one whose numbers lie in another file.

    A network of the VITS kind rounds the durations of its letters up, and nothing else: the output
    of its only `Ceil` is what they are.
    """
    waiting = [("model", memoryview(model))]
    parts, graphs = 0, 0
    rounded: list[str] = []
    while waiting:
        kind, message = waiting.pop()
        within = _WITHIN.get(kind, {})
        parts += 1
        if parts > _MOST_PARTS:
            raise NoModel("it has too many parts")
        graphs += kind == "graph"
        output = operation = b""
        for number, told in _fields(message):
            if kind == "tensor" and number in _ELSEWHERE and told:
                raise NoModel("it has its weights in another file, and has to be one file")
            if isinstance(told, int):
                continue
            if number in within:
                waiting.append((within[number], told))
            elif kind == "node" and number == _NODE_OUTPUT:
                output = bytes(told)
            elif kind == "node" and number == _NODE_KIND:
                operation = bytes(told)
        if operation == b"Ceil":
            rounded.append(output.decode("utf-8", "replace"))
    if not graphs:
        raise NoModel("it has no graph")
    return ModelFacts(rounded[0] if len(rounded) == 1 else None)


def one_more_output(tensor: str) -> bytes:
    """Encode `ModelProto{graph: {output: [{name: tensor}]}}`.

    A repeated field of a protobuf message may be appended to its bytes, so naming a tensor as one
    more output of the graph takes no package that edits ONNX files.
    """
    return _field(7, _field(12, _field(1, tensor.encode())))


def _field(number: int, payload: bytes) -> bytes:
    length, encoded = len(payload), b""
    while length > 127:
        encoded += bytes([length & 127 | 128])
        length >>= 7
    return bytes([number << 3 | _COUNTED]) + encoded + bytes([length]) + payload


def _fields(message: memoryview) -> Iterator[tuple[int, int | memoryview]]:
    """Yield number and content of each field; raises `NoModel` for what is no message."""
    at = 0
    while at < len(message):
        key, at = _varint(message, at)
        if key > _MOST_KEY:
            raise NoModel("it is no ONNX model")
        match key & 7:
            case 0:
                told, at = _varint(message, at)
                yield key >> 3, told
            case 2:
                length, at = _varint(message, at)
                if length > len(message) - at:
                    raise NoModel("it is cut off")
                yield key >> 3, message[at : at + length]
                at += length
            case 1 | 5 as kind:
                at += 8 if kind == _EIGHT_BYTES else 4
            case _:
                raise NoModel("it is no ONNX model")
    if at > len(message):
        raise NoModel("it is cut off")


def _varint(message: memoryview, at: int) -> tuple[int, int]:
    told = shift = 0
    while at < len(message) and shift < 70:
        byte = message[at]
        told |= (byte & 127) << shift
        at, shift = at + 1, shift + 7
        if byte < 128:
            return told, at
    raise NoModel("it is no ONNX model")
