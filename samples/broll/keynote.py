"""A keynote recording: slides that build up, one after the other."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable

import numpy as np
from PIL import ImageDraw

from samples.broll.canvas import BLUE, GREEN, ORANGE, VIOLET, ease, font, frames, still

SLIDES = (
    ("A cloud for learning machines", ("Built for training", "Built for answers", "Open to all")),
    ("Chips with one purpose", ("Train faster", "Answer cheaper", "Use less power")),
    ("A week of training, in a day", ("Many accelerators", "One fast network", "One bill")),
    ("Models next to the data", ("Private by design", "Close to the source", "Ready to audit")),
    ("From one to a thousand", ("Start on one chip", "Grow to a rack", "Grow to a region")),
    ("What customers built", ("Search that understands", "Support that listens", "Code reviewed")),
    ("Where it goes from here", ("Smaller models", "Longer memory", "Everywhere")),
)
_ACCENTS = (BLUE, GREEN, ORANGE, VIOLET)


def captions(seconds: float) -> list[tuple[float, float, str]]:
    """Return what is said on each slide: start, end, words."""
    each = seconds / len(SLIDES)
    return [
        (index * each, (index + 1) * each - 0.5, f"{title}. {', '.join(points)}.")
        for index, (title, points) in enumerate(SLIDES)
    ]


def keynote(seconds: float, fps: int) -> Iterable[np.ndarray]:
    """Yield the frames of the whole talk."""
    each = seconds / len(SLIDES)
    return itertools.chain.from_iterable(_slide(index, each, fps) for index in range(len(SLIDES)))


def _slide(index: int, seconds: float, fps: int) -> Iterable[np.ndarray]:
    title, points = SLIDES[index]
    accent = _ACCENTS[index % len(_ACCENTS)]

    def ground(draw: ImageDraw.ImageDraw) -> None:
        draw.rectangle((0, 0, 18, 720), fill=accent)
        draw.text((90, 90), title, "#ffffff", font(62))
        draw.text((90, 660), f"{index + 1} / {len(SLIDES)}", "#7f8aa8", font(22))

    def paint(draw: ImageDraw.ImageDraw, time: float) -> None:
        for row, point in enumerate(points):
            shown = ease(time, 1.0 + row * 2.2, 0.9)
            if shown > 0.02:
                x, y = 90 + 60 * (1 - shown), 240 + row * 96
                draw.ellipse((x, y + 12, x + 22, y + 34), fill=accent)
                gray = round(20 + 215 * shown)
                draw.text((x + 48, y), point, (gray, gray, gray), font(40))
        for dot in range(28):
            angle = dot * 2 * math.pi / 28 + time * 0.35
            radius = 150 + 26 * math.sin(dot * 1.7 + time)
            x, y = 1010 + radius * math.cos(angle), 420 + radius * math.sin(angle)
            size = 5 + 3 * math.sin(dot + time * 2)
            draw.ellipse((x - size, y - size, x + size, y + size), fill=accent)
        draw.rectangle((0, 712, 1280 * time / seconds, 720), fill=accent)

    return frames(still(ground, paper="#141a2b"), paint, seconds, fps)
