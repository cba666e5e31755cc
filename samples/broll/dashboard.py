"""A dashboard that fills with figures, in the language of its labels."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from PIL import ImageDraw

from samples.broll.canvas import (
    BLUE,
    GREEN,
    INK,
    MUTED,
    ORANGE,
    VIOLET,
    ease,
    font,
    frames,
    still,
)


@dataclass(frozen=True)
class Labels:
    """The words on the screen; `decimal` separates the fraction."""

    title: str
    period: str
    cards: tuple[str, str, str]
    chart: str
    regions: tuple[str, ...]
    decimal: str


LABELS = {
    "en": Labels("Sales overview", "Last quarter", ("Revenue", "New customers", "Satisfaction"),
                 "Revenue by week", ("North", "South", "East", "West"), "."),
    "de": Labels("Umsatz im Blick", "Letztes Quartal", ("Umsatz", "Neukunden", "Zufriedenheit"),
                 "Umsatz pro Woche", ("Nord", "Mitte", "Ost", "West"), ","),
    "fr": Labels("Vue des ventes", "Dernier trimestre",
                 ("Revenus", "Nouveaux clients", "Satisfaction"),
                 "Ventes par semaine", ("Nord", "Sud", "Est", "Ouest"), ","),
}  # fmt: skip

_WEEKS = [0.34, 0.38, 0.36, 0.45, 0.43, 0.52, 0.58, 0.55, 0.66, 0.71, 0.69, 0.82]
_REGIONS = (0.78, 0.52, 0.64, 0.9)
_COLORS = (BLUE, GREEN, ORANGE, VIOLET)


def dashboard(language: str, seconds: float, fps: int) -> Iterable[np.ndarray]:
    """Yield the frames of the dashboard with the labels of a language."""
    labels = LABELS[language]

    def ground(draw: ImageDraw.ImageDraw) -> None:
        draw.rectangle((0, 0, 1280, 64), fill="#ffffff")
        draw.rectangle((0, 0, 88, 720), fill="#20293f")
        for row in range(5):
            fill = BLUE if row == 1 else "#3a4666"
            draw.rounded_rectangle((28, 96 + row * 72, 60, 128 + row * 72), 8, fill=fill)
        draw.text((120, 16), labels.title, INK, font(28))
        draw.text((1250, 20), labels.period, MUTED, font(22), anchor="ra")
        for card, name in enumerate(labels.cards):
            x = 120 + card * 384
            draw.rounded_rectangle((x, 92, x + 360, 236), 14, fill="#ffffff")
            draw.text((x + 24, 112), name, MUTED, font(22))
        draw.rounded_rectangle((120, 260, 820, 692), 14, fill="#ffffff")
        draw.text((144, 280), labels.chart, INK, font(24))
        for line in range(5):
            draw.line((160, 350 + line * 75, 790, 350 + line * 75), fill="#e6e9f2", width=2)
        draw.rounded_rectangle((844, 260, 1248, 692), 14, fill="#ffffff")
        for row, region in enumerate(labels.regions):
            draw.text((868, 300 + row * 94), region, INK, font(24))
            draw.rounded_rectangle((868, 338 + row * 94, 1224, 362 + row * 94), 12, fill="#e6e9f2")

    def paint(draw: ImageDraw.ImageDraw, time: float) -> None:
        grown = ease(time, 0.3, 3.0) * (1 + 0.006 * math.sin(time * 1.7))
        figures = (f"{4.82 * grown:.2f} M", f"{1260 * grown:.0f}", f"{94.6 * grown:.1f} %")
        for card, figure in enumerate(figures):
            text = figure.replace(".", labels.decimal)
            draw.text((144 + card * 384, 154), text, _COLORS[card], font(52))
        _curve(draw, time)
        for row, share in enumerate(_REGIONS):
            wide = 356 * share * ease(time, 1.0 + 0.4 * row, 2.0)
            wide *= 1 + 0.03 * math.sin(time * 0.9 + row)
            if wide > 24:
                y = 338 + row * 94
                draw.rounded_rectangle((868, y, 868 + wide, y + 24), 12, fill=_COLORS[row])

    return frames(still(ground), paint, seconds, fps)


def _curve(draw: ImageDraw.ImageDraw, time: float) -> None:
    reach = ease(time, 0.5, 6.0) * (len(_WEEKS) - 1)
    points = [
        (172 + index * 55, 650 - 300 * week * (1 + 0.02 * math.sin(time + index)))
        for index, week in enumerate(_WEEKS)
    ]
    shown = points[: int(reach) + 1]
    if reach < len(points) - 1:
        (x0, y0), (x1, y1) = points[int(reach)], points[int(reach) + 1]
        part = reach - int(reach)
        shown.append((x0 + (x1 - x0) * part, y0 + (y1 - y0) * part))
    if len(shown) > 1:
        draw.line(shown, fill=BLUE, width=5, joint="curve")
    x, y = shown[-1]
    swell = 9 + 3 * math.sin(time * 5)
    draw.ellipse((x - swell, y - swell, x + swell, y + swell), fill=BLUE)
