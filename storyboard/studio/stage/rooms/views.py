"""Draws what is no room: a city, a garden, flowing color. Knows no presenter."""

from __future__ import annotations

from random import Random

from storyboard.studio.stage.figure.palette import darker, lighter
from storyboard.studio.stage.rooms.furniture import backcloth, slab
from storyboard.studio.stage.vector import Sheet, dot, fill


def city_lights(sheet: Sheet) -> None:
    """Draw a city at dusk behind tall windows."""
    backcloth(
        sheet,
        sheet.linear(
            0,
            0,
            0,
            820,
            (0, "#27325e", 1),
            (0.5, "#7a5a8c", 1),
            (0.8, "#e79a7b", 1),
            (1, "#f6c58f", 1),
        ),
    )
    sheet.glow(1380, 640, 620, 330, "#ffd9a0", 0.7)
    random = Random("city")
    _skyline(sheet, random)
    for _ in range(46):
        x, y, r = random.random() * 1920, 760 + random.random() * 300, 10 + random.random() * 26
        sheet.add(
            dot(
                x,
                y,
                r,
                r,
                random.choice(("#ffcf7d", "#ff9d6b", "#fff0c9", "#8fd0ff")),
                0.16 + 0.22 * random.random(),
            )
        )
    for x in (-10, 630, 1270, 1910):
        sheet.add(slab(x, -20, 26, 1140, "#161a30"))
    sheet.add(
        slab(
            -20, 960, 1960, 140, sheet.linear(0, 960, 0, 1080, (0, "#20243f", 1), (1, "#12142a", 1))
        )
    )


def _skyline(sheet: Sheet, random: Random) -> None:
    """Draw three rows of houses, the near ones with lit windows."""
    for depth, (count, tone, low) in enumerate(
        ((17, "#6f5d8b", 330), (14, "#4a4675", 260), (11, "#2b2f57", 150))
    ):
        for i in range(count):
            w = 1980 / count
            h = low + random.randint(0, 290 - 40 * depth)
            x = -20 + i * w
            sheet.add(slab(x, 900 - h, w * (0.72 + 0.3 * random.random()), h + 200, tone))
            for _ in range(9 * depth):
                wx, wy = x + 10 + random.random() * (w * 0.6), 920 - h + random.random() * (h - 20)
                sheet.add(
                    slab(
                        wx,
                        wy,
                        13,
                        17,
                        random.choice(("#ffd98a", "#ffe9bd", "#ffb86b")),
                        0.5 + 0.4 * random.random(),
                    )
                )


def greenery(sheet: Sheet) -> None:
    """Draw a garden far out of focus."""
    backcloth(
        sheet,
        sheet.linear(0, 0, 400, 1080, (0, "#d7ecc0", 1), (0.5, "#7fb374", 1), (1, "#3f7350", 1)),
    )
    random = Random("garden")
    for _ in range(120):
        x, y = random.random() * 1960 - 20, random.random() * 1100
        r = 30 + random.random() * 90
        tone = random.choice(("#9ccb7a", "#5f9a5c", "#c7e3a0", "#3f7a4c", "#eaf5c8"))
        sheet.add(dot(x, y, r, r, tone, 0.16 + 0.24 * random.random() * (1.3 - y / 1300)))
    sheet.glow(500, 120, 760, 480, "#fffbd9", 0.75)
    sheet.glow(1500, 900, 700, 400, "#1f4a33", 0.5)


def _flow(sheet: Sheet, base: str, tones: tuple[str, str, str]) -> None:
    backcloth(
        sheet,
        sheet.linear(0, 0, 1920, 1080, (0, lighter(base, 0.18), 1), (1, darker(base, 0.22), 1)),
    )
    for i, tone in enumerate(tones):
        y = 240 + i * 240
        wave = (
            f"M-80,{y}C380,{y - 260 + i * 60} 760,{y + 240} 1180,{y + 20}S1760,{y - 220} "
            f"2010,{y - 40}L2010,1180L-80,1180Z"
        )
        paint = sheet.linear(0, y - 160, 1400, y + 560, (0, tone, 0.85), (1, tone, 0.15))
        sheet.add(fill(wave, paint))
    sheet.glow(480, 150, 760, 520, "#ffffff", 0.30)


def flow_blue(sheet: Sheet) -> None:
    """Draw blue waves."""
    _flow(sheet, "#6f9bd6", ("#8fc2e8", "#5f7fd0", "#3f5aa8"))


def flow_coral(sheet: Sheet) -> None:
    """Draw coral waves."""
    _flow(sheet, "#f0a889", ("#f7c6a3", "#e58a86", "#b9648f"))


def flow_mint(sheet: Sheet) -> None:
    """Draw mint waves."""
    _flow(sheet, "#9fd4c0", ("#c8ead6", "#79bfae", "#4f93a0"))
