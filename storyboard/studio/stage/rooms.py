"""The library of drawn backgrounds: rooms, a city, light. Knows no presenter and no files.

Each room is SVG, 1920 by 1080, that is meant to be seen out of focus.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import sin
from random import Random
from types import MappingProxyType

from storyboard.studio.stage.palette import darker, lighter, mix
from storyboard.studio.stage.vector import Sheet, dot, fill, stroke

ROOM_WIDTH, ROOM_HEIGHT = 1920, 1080


def room_svg(name: str) -> str:
    """Return a room's SVG; raises KeyError for an id that is not in the library."""
    sheet = Sheet("z")
    _ROOMS[name](sheet)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{ROOM_WIDTH}" height="{ROOM_HEIGHT}" '
        f'viewBox="0 0 {ROOM_WIDTH} {ROOM_HEIGHT}">{sheet.text()}</svg>'
    )


def _box(
    x: float, y: float, w: float, h: float, paint: str, opacity: float = 1.0, r: float = 0
) -> str:
    return (
        f'<rect x="{x:g}" y="{y:g}" width="{w:g}" height="{h:g}" rx="{r:g}" fill="{paint}" '
        f'fill-opacity="{opacity:g}"/>'
    )


def _wall(sheet: Sheet, top: str, bottom: str, lit: str, x: float = 620) -> None:
    sheet.add(
        _box(-60, -60, 2040, 1200, sheet.linear(0, 0, 300, 1080, (0, top, 1), (1, bottom, 1)))
    )
    sheet.glow(x, 320, 1100, 760, lit, 0.55)


def _floor(sheet: Sheet, y: float, colour: str) -> None:
    sheet.add(
        _box(
            -60,
            y,
            2040,
            1140 - y,
            sheet.linear(0, y, 0, 1080, (0, darker(colour, 0.1), 1), (1, lighter(colour, 0.06), 1)),
        )
    )


def _plant(sheet: Sheet, x: float, y: float, size: float, leaf: str, pot: str) -> None:
    random = Random(f"{x}")
    for i in range(22):
        a = (i - 10.5) * 0.15
        length = size * (0.72 + 0.4 * random.random())
        tx, ty = x + length * sin(a * 1.1), y - length * (1.0 - 0.25 * abs(a))
        w = size * 0.10
        tone = mix(leaf, "#0f2b1a" if i % 2 else "#b9d98a", 0.12 + 0.3 * random.random())
        sheet.add(
            fill(
                (
                    f"M{x:.0f},{y:.0f}Q{(x + tx) / 2 - w:.0f},{(y + ty) / 2 - w:.0f} {tx:.0f},{ty:.0f}"
                    f"Q{(x + tx) / 2 + w * 1.4:.0f},{(y + ty) / 2 + w:.0f} {x:.0f},{y:.0f}Z"
                ),
                tone,
            )
        )
    half = size * 0.26
    tone = sheet.linear(
        x - half, 0, x + half, 0, (0, lighter(pot, 0.2), 1), (1, darker(pot, 0.35), 1)
    )
    sheet.add(
        fill(
            (
                f"M{x - half:.0f},{y - 12:.0f}L{x + half:.0f},{y - 12:.0f}"
                f"L{x + half * 0.74:.0f},{y + size * 0.5:.0f}"
                f"L{x - half * 0.74:.0f},{y + size * 0.5:.0f}Z"
            ),
            tone,
        )
    )


def _window(
    sheet: Sheet,
    x: float,
    y: float,
    w: float,
    h: float,
    sky: str,
    ground: str,
    frame: str,
    panes: int,
) -> None:
    sheet.add(_box(x - 14, y - 14, w + 28, h + 28, frame))
    sheet.add(
        _box(
            x,
            y,
            w,
            h,
            sheet.linear(0, y, 0, y + h, (0, sky, 1), (0.7, lighter(sky, 0.5), 1), (1, ground, 1)),
        )
    )
    for i in range(1, panes):
        sheet.add(_box(x + w * i / panes - 6, y, 12, h, frame))


def _lamp(sheet: Sheet, x: float, drop: float, shade: str) -> None:
    sheet.add(stroke(f"M{x},-20L{x},{drop - 60}", darker(shade, 0.4), 5))
    sheet.add(
        fill(
            (
                f"M{x - 26},{drop - 62}L{x + 26},{drop - 62}C{x + 50},{drop - 40} "
                f"{x + 74},{drop - 10} {x + 80},{drop}L{x - 80},{drop}C{x - 74},{drop - 10} "
                f"{x - 50},{drop - 40} {x - 26},{drop - 62}Z"
            ),
            shade,
        )
    )
    sheet.add(dot(x, drop + 2, 66, 12, "#fff3cf"))
    sheet.glow(x, drop + 40, 240, 190, "#ffe9b8", 0.5)


def _desk(sheet: Sheet, x: float, y: float, w: float, wood: str) -> None:
    sheet.add(
        _box(x, y, w, 22, sheet.linear(0, y, 0, y + 22, (0, lighter(wood, 0.2), 1), (1, wood, 1)))
    )
    sheet.add(
        _box(x + 24, y + 22, 16, 260, darker(wood, 0.4)),
        _box(x + w - 40, y + 22, 16, 260, darker(wood, 0.4)),
    )
    sheet.add(
        _box(x + w * 0.3, y - 150, 230, 134, "#2b323c", r=8),
        _box(
            x + w * 0.3 + 8,
            y - 142,
            214,
            118,
            sheet.linear(0, y - 142, 0, y, (0, "#8fb7d8", 1), (1, "#4c7396", 1)),
        ),
    )
    sheet.add(_box(x + w * 0.3 + 104, y - 18, 22, 18, "#2b323c"))


def _office_light(sheet: Sheet) -> None:
    _wall(sheet, "#e6e9e8", "#c9cfce", "#ffffff", 500)
    _window(sheet, 70, 70, 620, 560, "#a9cfe8", "#cfe0cf", "#f4f5f3", 3)
    for i, (x, h) in enumerate(((110, 210), (210, 300), (330, 180), (430, 330), (560, 240))):
        sheet.add(_box(x, 630 - h, 86, h, ("#9db8c9", "#b3c8d4", "#8eabbd")[i % 3], 0.8))
    sheet.add(_box(1240, 90, 620, 430, "#d7dcdb", r=10), _box(1262, 112, 576, 386, "#f3f4f2", r=6))
    for i, (w, tone) in enumerate(
        ((360, "#f2c46d"), (460, "#7fb6b0"), (280, "#e48f74"), (410, "#8aa4cf"))
    ):
        sheet.add(_box(1300, 156 + 80 * i, w, 40, tone, 0.85, 8))
    _floor(sheet, 800, "#b9a88f")
    _desk(sheet, 40, 700, 560, "#c49a6c")
    _desk(sheet, 1340, 720, 560, "#c49a6c")
    _plant(sheet, 760, 720, 260, "#4f8a57", "#e9e4da")
    _plant(sheet, 1230, 740, 230, "#5b9560", "#c56b4b")
    _lamp(sheet, 860, 150, "#4a5158")
    _lamp(sheet, 1120, 120, "#4a5158")


def _office_dark(sheet: Sheet) -> None:
    _wall(sheet, "#39434d", "#232a31", "#6c7f8f", 1250)
    for i in range(26):
        x = -20 + i * 34
        tone = ("#8a5f3d", "#7b5335", "#946846")[i % 3]
        sheet.add(
            _box(
                x,
                -20,
                26,
                830,
                sheet.linear(0, 0, 0, 800, (0, lighter(tone, 0.12), 1), (1, darker(tone, 0.4), 1)),
            )
        )
    sheet.glow(420, 210, 520, 420, "#ffd79a", 0.35)
    _window(sheet, 1010, 60, 860, 620, "#6d93b8", "#ffcf9e", "#1d2329", 4)
    for i in range(13):
        h = 120 + 150 * abs(sin(i * 1.7))
        sheet.add(
            _box(1015 + i * 66, 680 - h, 58, h, ("#3c5570", "#4a6683", "#35495f")[i % 3], 0.85)
        )
    _floor(sheet, 810, "#3a3531")
    sheet.add(
        _box(
            160,
            640,
            760,
            190,
            sheet.linear(0, 640, 0, 830, (0, "#4d565f", 1), (1, "#2f363d", 1)),
            r=36,
        )
    )
    sheet.add(_box(140, 720, 800, 120, "#57616b", r=40))
    _plant(sheet, 1000, 730, 280, "#3f7a50", "#20262b")
    _plant(sheet, 1840, 760, 240, "#4a8657", "#d9d2c5")
    _lamp(sheet, 1240, 170, "#caa15a")
    _lamp(sheet, 1560, 130, "#caa15a")


def _studio_blue(sheet: Sheet) -> None:
    _wall(sheet, "#0f2550", "#0a1630", "#2f66c4", 960)
    for i in range(7):
        x = 90 + i * 290
        sheet.add(
            _box(
                x,
                40,
                210,
                740,
                sheet.linear(x, 0, x + 210, 780, (0, "#2a59ad", 0.75), (1, "#122d63", 0.35)),
                r=14,
            )
        )
        sheet.add(_box(x + 216, 40, 7, 740, "#66c3ff", 0.8, 4))
    sheet.add(
        _box(560, 130, 800, 460, "#0b1c3e", r=18),
        _box(
            576,
            146,
            768,
            428,
            sheet.linear(
                576, 146, 1344, 574, (0, "#2f7bd8", 1), (0.55, "#194f9d", 1), (1, "#56b4e8", 1)
            ),
            r=10,
        ),
    )
    for i in range(6):
        sheet.add(
            stroke(
                f"M576,{250 + 54 * i}C800,{180 + 50 * i} 1080,{360 + 30 * i} 1344,{220 + 52 * i}",
                "#bfe6ff",
                3,
                0.24,
            )
        )
    floor = sheet.linear(0, 800, 0, 1080, (0, "#0a1733", 1), (0.2, "#1a3a78", 1), (1, "#0b1730", 1))
    sheet.add(_box(-60, 800, 2040, 340, floor), _box(-60, 796, 2040, 8, "#59b7ff", 0.7))
    sheet.glow(960, 860, 820, 130, "#63b8ff", 0.4)
    for x in (240, 700, 1220, 1680):
        sheet.glow(x, -20, 320, 240, "#cfe9ff", 0.55)


def _studio_warm(sheet: Sheet) -> None:
    _wall(sheet, "#4b4f6b", "#2b2c40", "#8d86b8", 960)
    sheet.glow(120, 520, 760, 900, "#ff8a5c", 0.6)
    sheet.glow(1820, 460, 760, 900, "#3fb6c9", 0.6)
    for i in range(9):
        x = 40 + i * 220
        sheet.add(
            fill(f"M{x},60L{x + 150},60L{x + 190},330L{x + 40},330Z", "#ffffff", 0.045),
            fill(f"M{x + 60},360L{x + 210},360L{x + 180},660L{x + 20},660Z", "#ffffff", 0.035),
        )
    floor = sheet.linear(0, 790, 0, 1080, (0, "#26263a", 1), (1, "#3b3a55", 1))
    sheet.add(_box(-60, 790, 2040, 340, floor))
    for x, tone in ((300, "#ffb27d"), (1620, "#7fe0ea")):
        sheet.add(_box(x - 9, 120, 18, 640, tone, 0.95, 9))
        sheet.glow(x, 440, 220, 480, tone, 0.5)
        sheet.glow(x, 850, 300, 80, tone, 0.35)


def _living_room(sheet: Sheet) -> None:
    _wall(sheet, "#d8c9b4", "#bba88e", "#fff0d4", 380)
    _window(sheet, 60, 60, 430, 600, "#bfe0ee", "#b6d3a1", "#f7f2e8", 2)
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
            _box(x, y, w, h, "#5a4634", r=4),
            _box(x + 12, y + 12, w - 24, h - 24, "#f6efe2"),
            _box(x + 40, y + 40, w - 80, h - 80, tone),
        )
    sheet.add(_box(1400, 120, 460, 700, "#8b6543", r=8))
    random = Random("books")
    for row in range(4):
        sheet.add(_box(1420, 140 + row * 166, 420, 146, "#5c422c"))
        x = 1430.0
        while x < 1800:
            w, h = random.randint(16, 34), random.randint(80, 128)
            sheet.add(
                _box(
                    x,
                    286 + row * 166 - h,
                    w,
                    h,
                    random.choice(
                        ("#b5543f", "#d9a74e", "#3f6b73", "#e5d8bf", "#6d7f52", "#7b4a5b")
                    ),
                )
            )
            x += w + random.choice((3, 3, 5, 26))
    _floor(sheet, 850, "#9a7650")
    sheet.add(_box(540, 640, 780, 190, "#6f8a86", r=46), _box(500, 730, 860, 150, "#7f9b96", r=46))
    sheet.add(_box(620, 660, 150, 120, "#e2b35f", r=26), _box(1090, 664, 150, 118, "#f1e6d3", r=26))
    _plant(sheet, 470, 790, 290, "#5b8a4e", "#e6ddd0")
    sheet.add(
        stroke("M1360,860L1360,470", "#4a3b2e", 9),
        fill("M1300,480L1420,480L1396,370L1324,370Z", "#fff0cb"),
    )
    sheet.glow(1360, 450, 330, 310, "#ffdf9e", 0.6)


def _library(sheet: Sheet) -> None:
    _wall(sheet, "#4a3323", "#2c1d14", "#a2744a", 960)
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
        sheet.add(_box(left, -20, 326, 1130, "#6b4a2e"), _box(left + 18, -20, 290, 1130, "#2d1d12"))
        for row in range(6):
            base = 150 + row * 176
            x = left + 24.0
            while x < left + 280:
                w, h = random.randint(14, 34), random.randint(92, 142)
                tone = random.choice(tones)
                sheet.add(
                    _box(
                        x,
                        base - h,
                        w,
                        h,
                        sheet.linear(
                            x, 0, x + w, 0, (0, lighter(tone, 0.12), 1), (1, darker(tone, 0.3), 1)
                        ),
                    )
                )
                sheet.add(_box(x + 3, base - h + 18, w - 6, 8, "#e8cf94", 0.5))
                x += w + random.choice((2, 2, 2, 4, 30))
            sheet.add(
                _box(
                    left + 10,
                    base,
                    306,
                    16,
                    sheet.linear(0, base, 0, base + 16, (0, "#a5764a", 1), (1, "#5d3f27", 1)),
                )
            )
    sheet.glow(420, 220, 700, 480, "#ffc97d", 0.42)
    sheet.glow(1560, 180, 620, 420, "#ffc97d", 0.34)


def _classroom(sheet: Sheet) -> None:
    _wall(sheet, "#e9e2cf", "#cfc6b0", "#fffaf0", 700)
    sheet.add(
        _box(330, 90, 1120, 520, "#a77848", r=8),
        _box(
            352,
            112,
            1076,
            476,
            sheet.linear(
                352, 112, 1428, 588, (0, "#3f6b58", 1), (0.5, "#356050", 1), (1, "#2a4d40", 1)
            ),
        ),
    )
    chalk = "#eef3ea"
    for i in range(4):
        sheet.add(stroke(f"M420,{190 + 62 * i}q60,-16 120,0t{90 - i * 12},0", chalk, 7, 0.5))
    sheet.add(
        stroke(
            (
                "M1130,500L1130,200M1110,480L1380,480M1130,470C1200,460 1240,360 1270,300S1340,240 "
                "1370,230"
            ),
            chalk,
            6,
            0.55,
        )
    )
    sheet.add(_box(330, 600, 1120, 20, "#8d6238"))
    sheet.add(
        _box(1540, 110, 320, 260, "#f8f5ec", r=6),
        dot(1700, 240, 120, 90, "#9fc7de"),
        dot(1670, 220, 44, 36, "#8fb877"),
        dot(1742, 258, 34, 40, "#8fb877"),
    )
    sheet.add(
        _box(40, 130, 230, 300, "#f2c14e", r=6),
        _box(60, 150, 190, 260, "#fdf7e8"),
        dot(155, 280, 64, 64, "#e2725b"),
    )
    _floor(sheet, 820, "#b98d5c")
    sheet.add(_box(1480, 620, 400, 230, "#9a6d42", r=8), _box(1470, 606, 420, 22, "#c08e5b", r=4))
    sheet.add(
        dot(1610, 540, 62, 62, "#5f9fcb"),
        dot(1596, 522, 26, 22, "#8fb877"),
        _box(1600, 598, 20, 12, "#6b4a2e"),
    )
    for i, tone in enumerate(("#c85a46", "#e8b64c", "#4b7f8f")):
        sheet.add(_box(1710 + 4 * i, 584 - 24 * i, 130, 22, tone, r=3))
    sheet.add(_box(40, 560, 250, 300, "#a77848", r=8))
    _plant(sheet, 165, 560, 190, "#5f9a58", "#d9694e")


def _city(sheet: Sheet) -> None:
    sheet.add(
        _box(
            -60,
            -60,
            2040,
            1200,
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
    )
    sheet.glow(1380, 640, 620, 330, "#ffd9a0", 0.7)
    random = Random("city")
    for depth, (count, tone, low) in enumerate(
        ((17, "#6f5d8b", 330), (14, "#4a4675", 260), (11, "#2b2f57", 150))
    ):
        for i in range(count):
            w = 1980 / count
            h = low + random.randint(0, 290 - 40 * depth)
            x = -20 + i * w
            sheet.add(_box(x, 900 - h, w * (0.72 + 0.3 * random.random()), h + 200, tone))
            for _ in range(9 * depth):
                wx, wy = x + 10 + random.random() * (w * 0.6), 920 - h + random.random() * (h - 20)
                sheet.add(
                    _box(
                        wx,
                        wy,
                        13,
                        17,
                        random.choice(("#ffd98a", "#ffe9bd", "#ffb86b")),
                        0.5 + 0.4 * random.random(),
                    )
                )
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
        sheet.add(_box(x, -20, 26, 1140, "#161a30"))
    sheet.add(
        _box(
            -20, 960, 1960, 140, sheet.linear(0, 960, 0, 1080, (0, "#20243f", 1), (1, "#12142a", 1))
        )
    )


def _garden(sheet: Sheet) -> None:
    sheet.add(
        _box(
            -60,
            -60,
            2040,
            1200,
            sheet.linear(
                0, 0, 400, 1080, (0, "#d7ecc0", 1), (0.5, "#7fb374", 1), (1, "#3f7350", 1)
            ),
        )
    )
    random = Random("garden")
    for _ in range(120):
        x, y = random.random() * 1960 - 20, random.random() * 1100
        r = 30 + random.random() * 90
        tone = random.choice(("#9ccb7a", "#5f9a5c", "#c7e3a0", "#3f7a4c", "#eaf5c8"))
        sheet.add(dot(x, y, r, r, tone, 0.16 + 0.24 * random.random() * (1.3 - y / 1300)))
    sheet.glow(500, 120, 760, 480, "#fffbd9", 0.75)
    sheet.glow(1500, 900, 700, 400, "#1f4a33", 0.5)


def _cafe(sheet: Sheet) -> None:
    _wall(sheet, "#5a3d2f", "#33231c", "#b87b4c", 900)
    for y in range(0, 640, 44):
        for k in range(14):
            x = k * 150 - (75 if (y // 44) % 2 else 0)
            tone = mix("#7a4f3a", ("#9a6a4c", "#5d3a2b", "#8a5c42")[(k * 7 + y) % 3], 0.6)
            sheet.add(_box(x, y, 142, 38, tone, 0.55, 3))
    sheet.add(_box(1200, 200, 640, 20, "#c39a67"), _box(1200, 400, 640, 20, "#c39a67"))
    random = Random("cafe")
    for base in (200, 400):
        x = 1220.0
        while x < 1800:
            w, h = random.randint(30, 54), random.randint(60, 130)
            sheet.add(
                _box(
                    x,
                    base - h,
                    w,
                    h,
                    random.choice(("#e9dcc3", "#7fa08c", "#c8553d", "#3f5560", "#dba651")),
                    0.95,
                    9,
                )
            )
            x += w + 16
    sheet.add(
        _box(
            -20, 760, 1960, 50, sheet.linear(0, 760, 0, 810, (0, "#d0a36b", 1), (1, "#8d6238", 1))
        ),
        _box(-20, 810, 1960, 300, "#3f2b20"),
    )
    for at, drop in ((220, 260), (560, 200), (900, 250), (1240, 150), (1600, 170)):
        _lamp(sheet, at, drop, "#262a2e")
    for _ in range(26):
        x, y, r = random.random() * 1200, 300 + random.random() * 420, 14 + random.random() * 24
        sheet.add(dot(x, y, r, r, "#ffce85", 0.14 + 0.2 * random.random()))
    _plant(sheet, 90, 700, 260, "#5a8a52", "#d8c9b0")


def _flow(sheet: Sheet, base: str, tones: tuple[str, str, str]) -> None:
    sheet.add(
        _box(
            -60,
            -60,
            2040,
            1200,
            sheet.linear(0, 0, 1920, 1080, (0, lighter(base, 0.18), 1), (1, darker(base, 0.22), 1)),
        )
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


def _flow_blue(sheet: Sheet) -> None:
    _flow(sheet, "#6f9bd6", ("#8fc2e8", "#5f7fd0", "#3f5aa8"))


def _flow_coral(sheet: Sheet) -> None:
    _flow(sheet, "#f0a889", ("#f7c6a3", "#e58a86", "#b9648f"))


def _flow_mint(sheet: Sheet) -> None:
    _flow(sheet, "#9fd4c0", ("#c8ead6", "#79bfae", "#4f93a0"))


_ROOMS: Mapping[str, Callable[[Sheet], None]] = MappingProxyType(
    {
        "office-1": _office_light,
        "office-2": _office_dark,
        "studio-1": _studio_blue,
        "studio-2": _studio_warm,
        "living-room-1": _living_room,
        "library-1": _library,
        "classroom-1": _classroom,
        "city-1": _city,
        "garden-1": _garden,
        "cafe-1": _cafe,
        "gradient-1": _flow_blue,
        "gradient-2": _flow_coral,
        "gradient-3": _flow_mint,
    }
)

LIBRARY_IDS: tuple[str, ...] = tuple(_ROOMS)
"""The ids of the drawn backgrounds."""
