"""A tutorial on neural networks: signals that run through layers of nodes."""

from __future__ import annotations

import math
from collections.abc import Iterable

import numpy as np
from PIL import ImageDraw

from samples.broll.canvas import BLUE, GREEN, INK, MUTED, ORANGE, VIOLET, font, frames, still

_LAYERS = (6, 8, 8, 5)
_COLORS = (BLUE, VIOLET, ORANGE, GREEN)
_NAMES = ("pixels", "edges", "shapes", "answer")


def captions(seconds: float) -> list[tuple[float, float, str]]:
    """Return what the tutorial says: start, end, words."""
    lines = (
        "A network reads the picture as numbers, one for each pixel.",
        "The first layers find edges, the next ones find shapes.",
        "Every layer mixes what the layer before has found.",
        "The last layer weighs the shapes and gives an answer.",
    )
    each = seconds / len(lines)
    return [(i * each, (i + 1) * each - 0.5, line) for i, line in enumerate(lines)]


def tutorial(seconds: float, fps: int) -> Iterable[np.ndarray]:
    """Yield the frames of the network at work."""

    def ground(draw: ImageDraw.ImageDraw) -> None:
        draw.text((60, 36), "How a network sees", INK, font(40))
        for layer in range(len(_LAYERS) - 1):
            for x0, y0 in _nodes(layer):
                for x1, y1 in _nodes(layer + 1):
                    draw.line((x0, y0, x1, y1), fill="#dfe3ee", width=2)
        for layer, name in enumerate(_NAMES):
            draw.text((_x(layer), 660), name, MUTED, font(24), anchor="ma")

    def paint(draw: ImageDraw.ImageDraw, time: float) -> None:
        _digit(draw, time)
        for layer in range(len(_LAYERS) - 1):
            here, there = _nodes(layer), _nodes(layer + 1)
            for index, (x0, y0) in enumerate(here):
                x1, y1 = there[(index * 3 + int(time / 2)) % len(there)]
                share = (time / 2 + index * 0.13) % 1.0
                x, y = x0 + (x1 - x0) * share, y0 + (y1 - y0) * share
                draw.ellipse((x - 5, y - 5, x + 5, y + 5), fill=_COLORS[layer])
        for layer, color in enumerate(_COLORS):
            for index, (x, y) in enumerate(_nodes(layer)):
                size = 19 + 4 * math.sin(time * 2 + index * 1.3 - layer)
                draw.ellipse((x - size, y - size, x + size, y + size), fill=color)

    return frames(still(ground), paint, seconds, fps)


def _x(layer: int) -> float:
    return 470 + layer * 230


def _nodes(layer: int) -> list[tuple[float, float]]:
    count = _LAYERS[layer]
    return [(_x(layer), 380 + (index - (count - 1) / 2) * 66) for index in range(count)]


def _digit(draw: ImageDraw.ImageDraw, time: float) -> None:
    """A seven-segment figure on a grid of pixels, another one every four seconds."""
    figure = "0123456789"[int(time / 4) % 10]
    lit = _SEGMENTS[figure]
    for row in range(9):
        for column in range(6):
            on = any((column, row) in _CELLS[name] for name in lit)
            shade = 30 if on else 226 + round(8 * math.sin(time * 2 + row + column))
            x, y = 70 + column * 40, 200 + row * 40
            draw.rectangle((x, y, x + 36, y + 36), fill=(shade, shade, min(255, shade + 14)))


_SEGMENTS = {
    "0": "abcdef", "1": "bc", "2": "abged", "3": "abgcd", "4": "fgbc",
    "5": "afgcd", "6": "afgedc", "7": "abc", "8": "abcdefg", "9": "abcdfg",
}  # fmt: skip
_CELLS = {
    "a": {(c, 1) for c in range(1, 5)},
    "b": {(4, r) for r in range(1, 5)},
    "c": {(4, r) for r in range(4, 8)},
    "d": {(c, 7) for c in range(1, 5)},
    "e": {(1, r) for r in range(4, 8)},
    "f": {(1, r) for r in range(1, 5)},
    "g": {(c, 4) for c in range(1, 5)},
}
