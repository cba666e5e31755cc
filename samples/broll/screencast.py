"""A screen recording: a pointer that fills a form in, in the language of the form."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from PIL import ImageDraw

from samples.broll.canvas import BLUE, GREEN, INK, MUTED, ease, font, frames, still


@dataclass(frozen=True)
class Form:
    """The words of the form, and what is typed into it."""

    title: str
    fields: tuple[tuple[str, str], ...]
    button: str
    done: str


FORMS = {
    "en": Form("New report", (("Name", "Weekly sales"), ("Period", "Last seven days"),
                              ("Send to", "The whole team")), "Create", "Report created"),
    "de": Form("Neuer Bericht", (("Name", "Wochenumsatz"), ("Zeitraum", "Letzte sieben Tage"),
                                 ("Senden an", "Das ganze Team")), "Anlegen", "Bericht angelegt"),
    "fr": Form("Nouveau rapport", (("Nom", "Ventes par semaine"), ("Dates", "Sept derniers jours"),
                                   ("Envoyer vers", "Tout le groupe")),
                "Valider", "Rapport en ligne"),
}  # fmt: skip
_LOOP = 14.0


def screencast(language: str, seconds: float, fps: int) -> Iterable[np.ndarray]:
    """Yield the frames of the recording, which starts anew every 14 s."""
    form = FORMS[language]

    def ground(draw: ImageDraw.ImageDraw) -> None:
        draw.rounded_rectangle((90, 50, 1190, 670), 16, fill="#ffffff")
        draw.rounded_rectangle((90, 50, 1190, 106), 16, fill="#e9ecf4")
        for index, color in enumerate(("#e0675d", "#e6b84a", "#63b661")):
            draw.ellipse((114 + index * 30, 70, 132 + index * 30, 88), fill=color)
        draw.text((160, 136), form.title, INK, font(36))
        for row, (name, _) in enumerate(form.fields):
            draw.text((160, 206 + row * 110), name, MUTED, font(22))
            draw.rounded_rectangle((160, 238 + row * 110, 760, 290 + row * 110), 10,
                                   fill="#f6f7fb", outline="#d4d9e6", width=2)  # fmt: skip

    def paint(draw: ImageDraw.ImageDraw, moment: float) -> None:
        time = moment % _LOOP
        for row, (_, typed) in enumerate(form.fields):
            begun = 1.4 + row * 3.0
            count = int(max(0.0, time - begun) * 10)
            if time >= begun - 0.3 and count <= len(typed) + 4:
                draw.rounded_rectangle((160, 238 + row * 110, 760, 290 + row * 110), 10,
                                       outline=BLUE, width=3)  # fmt: skip
            draw.text((180, 250 + row * 110), typed[:count], INK, font(26))
        pressed = time > 11.0
        draw.rounded_rectangle((160, 566, 380, 622), 12, fill=GREEN if pressed else BLUE)
        draw.text((270, 594), form.button, "#ffffff", font(26), anchor="mm")
        if pressed:
            y = 620 - 70 * ease(time, 11.2, 0.6)
            draw.rounded_rectangle((800, y, 1150, y + 60), 12, fill="#e3f5ec")
            draw.text((830, y + 30), form.done, GREEN, font(26), anchor="lm")
        _pointer(draw, time, len(form.fields))

    return frames(still(ground, paper="#c9d3e6"), paint, seconds, fps)


def _pointer(draw: ImageDraw.ImageDraw, time: float, rows: int) -> None:
    stops = [(900.0, 420.0)]
    stops += [(420.0, 268.0 + row * 110) for row in range(rows)] + [(300.0, 600.0)]
    leg = min(len(stops) - 2, int(max(0.0, time - 0.4) / 3.0))
    share = ease(time, 0.4 + leg * 3.0, 0.9)
    x = stops[leg][0] + (stops[leg + 1][0] - stops[leg][0]) * share
    y = stops[leg][1] + (stops[leg + 1][1] - stops[leg][1]) * share
    shape = [(0, 0), (0, 30), (8, 23), (13, 34), (18, 32), (13, 21), (23, 21)]
    draw.polygon([(x + dx, y + dy) for dx, dy in shape], fill="#ffffff", outline=INK)
