"""Draws rooms to sit in: a living room, a library, a café. Knows no presenter."""

from __future__ import annotations

from random import Random

from storyboard.studio.stage.figure.palette import darker, lighter, mix
from storyboard.studio.stage.rooms.furniture import (
    floorboards,
    hanging_lamp,
    potted_plant,
    slab,
    walls,
    window_view,
)
from storyboard.studio.stage.vector import Sheet, dot, fill, stroke


def living_room(sheet: Sheet) -> None:
    """Draw a living room by day."""
    walls(sheet, "#d8c9b4", "#bba88e", "#fff0d4", 380)
    window_view(sheet, 60, 60, 430, 600, "#bfe0ee", "#b6d3a1", "#f7f2e8", 2)
    for x in (20, 500):
        sheet.add(
            fill(
                (
                    f"M{x - 20},20L{x + 70},20C{x + 56},300 {x + 90},520 {x + 66},770L{x - 30},770"
                    f"C{x - 10},500 {x - 26},260 {x - 20},20Z"
                ),
                "#efe3cf",
            )
        )
    for x, y, w, h, tone in (
        (700, 150, 190, 240, "#7d9a8c"),
        (1010, 110, 230, 170, "#c98964"),
        (1010, 310, 150, 190, "#50657d"),
        (1190, 320, 110, 140, "#d8b365"),
    ):
        sheet.add(
            slab(x, y, w, h, "#5a4634", r=4),
            slab(x + 12, y + 12, w - 24, h - 24, "#f6efe2"),
            slab(x + 40, y + 40, w - 80, h - 80, tone),
        )
    _bookcase(sheet)
    floorboards(sheet, 850, "#9a7650")
    sheet.add(slab(540, 640, 780, 190, "#6f8a86", r=46), slab(500, 730, 860, 150, "#7f9b96", r=46))
    sheet.add(slab(620, 660, 150, 120, "#e2b35f", r=26), slab(1090, 664, 150, 118, "#f1e6d3", r=26))
    potted_plant(sheet, 470, 790, 290, "#5b8a4e", "#e6ddd0")
    sheet.add(
        stroke("M1360,860L1360,470", "#4a3b2e", 9),
        fill("M1300,480L1420,480L1396,370L1324,370Z", "#fff0cb"),
    )
    sheet.glow(1360, 450, 330, 310, "#ffdf9e", 0.6)


def _bookcase(sheet: Sheet) -> None:
    """Draw a case of books at the right."""
    sheet.add(slab(1400, 120, 460, 700, "#8b6543", r=8))
    random = Random("books")
    for row in range(4):
        sheet.add(slab(1420, 140 + row * 166, 420, 146, "#5c422c"))
        spine = 1430.0
        while spine < 1800:
            w, h = random.randint(16, 34), random.randint(80, 128)
            sheet.add(
                slab(
                    spine,
                    286 + row * 166 - h,
                    w,
                    h,
                    random.choice(
                        ("#b5543f", "#d9a74e", "#3f6b73", "#e5d8bf", "#6d7f52", "#7b4a5b")
                    ),
                )
            )
            spine += w + random.choice((3, 3, 5, 26))


def bookshelves(sheet: Sheet) -> None:
    """Draw the shelves of a library."""
    walls(sheet, "#4a3323", "#2c1d14", "#a2744a", 960)
    random = Random("library")
    tones = (
        "#8c2f2b",
        "#b5813c",
        "#2f4f4a",
        "#c9b48a",
        "#34456b",
        "#5d6b3a",
        "#6b3049",
        "#8a5a37",
        "#d8c9a6",
    )
    for bay in range(6):
        left = -10 + bay * 326
        sheet.add(slab(left, -20, 326, 1130, "#6b4a2e"), slab(left + 18, -20, 290, 1130, "#2d1d12"))
        for row in range(6):
            base = 150 + row * 176
            x = left + 24.0
            while x < left + 280:
                w, h = random.randint(14, 34), random.randint(92, 142)
                tone = random.choice(tones)
                sheet.add(
                    slab(
                        x,
                        base - h,
                        w,
                        h,
                        sheet.linear(
                            x, 0, x + w, 0, (0, lighter(tone, 0.12), 1), (1, darker(tone, 0.3), 1)
                        ),
                    )
                )
                sheet.add(slab(x + 3, base - h + 18, w - 6, 8, "#e8cf94", 0.5))
                x += w + random.choice((2, 2, 2, 4, 30))
            sheet.add(
                slab(
                    left + 10,
                    base,
                    306,
                    16,
                    sheet.linear(0, base, 0, base + 16, (0, "#a5764a", 1), (1, "#5d3f27", 1)),
                )
            )
    sheet.glow(420, 220, 700, 480, "#ffc97d", 0.42)
    sheet.glow(1560, 180, 620, 420, "#ffc97d", 0.34)


def coffee_house(sheet: Sheet) -> None:
    """Draw a café with a brick wall."""
    walls(sheet, "#5a3d2f", "#33231c", "#b87b4c", 900)
    for y in range(0, 640, 44):
        for k in range(14):
            x = k * 150 - (75 if (y // 44) % 2 else 0)
            tone = mix("#7a4f3a", ("#9a6a4c", "#5d3a2b", "#8a5c42")[(k * 7 + y) % 3], 0.6)
            sheet.add(slab(x, y, 142, 38, tone, 0.55, 3))
    sheet.add(slab(1200, 200, 640, 20, "#c39a67"), slab(1200, 400, 640, 20, "#c39a67"))
    random = Random("cafe")
    for base in (200, 400):
        jar = 1220.0
        while jar < 1800:
            w, h = random.randint(30, 54), random.randint(60, 130)
            sheet.add(
                slab(
                    jar,
                    base - h,
                    w,
                    h,
                    random.choice(("#e9dcc3", "#7fa08c", "#c8553d", "#3f5560", "#dba651")),
                    0.95,
                    9,
                )
            )
            jar += w + 16
    sheet.add(
        slab(
            -20, 760, 1960, 50, sheet.linear(0, 760, 0, 810, (0, "#d0a36b", 1), (1, "#8d6238", 1))
        ),
        slab(-20, 810, 1960, 300, "#3f2b20"),
    )
    for at, drop in ((220, 260), (560, 200), (900, 250), (1240, 150), (1600, 170)):
        hanging_lamp(sheet, at, drop, "#262a2e")
    for _ in range(26):
        left, top = random.random() * 1200, 300 + random.random() * 420
        r = 14 + random.random() * 24
        sheet.add(dot(left, top, r, r, "#ffce85", 0.14 + 0.2 * random.random()))
    potted_plant(sheet, 90, 700, 260, "#5a8a52", "#d8c9b0")
