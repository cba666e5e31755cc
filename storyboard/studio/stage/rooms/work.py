"""Draws rooms to work in: offices, studios, a classroom. Knows no presenter."""

from __future__ import annotations

from math import sin

from storyboard.studio.stage.figure.palette import darker, lighter
from storyboard.studio.stage.rooms.furniture import (
    desk_with_screen,
    floorboards,
    hanging_lamp,
    potted_plant,
    slab,
    walls,
    window_view,
)
from storyboard.studio.stage.vector import Sheet, dot, fill, stroke


def office_light(sheet: Sheet) -> None:
    """Draw a bright office with a chart on the wall."""
    walls(sheet, "#e6e9e8", "#c9cfce", "#ffffff", 500)
    window_view(sheet, 70, 70, 620, 560, "#a9cfe8", "#cfe0cf", "#f4f5f3", 3)
    for i, (x, h) in enumerate(((110, 210), (210, 300), (330, 180), (430, 330), (560, 240))):
        sheet.add(slab(x, 630 - h, 86, h, ("#9db8c9", "#b3c8d4", "#8eabbd")[i % 3], 0.8))
    sheet.add(slab(1240, 90, 620, 430, "#d7dcdb", r=10), slab(1262, 112, 576, 386, "#f3f4f2", r=6))
    for i, (w, tone) in enumerate(
        ((360, "#f2c46d"), (460, "#7fb6b0"), (280, "#e48f74"), (410, "#8aa4cf"))
    ):
        sheet.add(slab(1300, 156 + 80 * i, w, 40, tone, 0.85, 8))
    floorboards(sheet, 800, "#b9a88f")
    desk_with_screen(sheet, 40, 700, 560, "#c49a6c")
    desk_with_screen(sheet, 1340, 720, 560, "#c49a6c")
    potted_plant(sheet, 760, 720, 260, "#4f8a57", "#e9e4da")
    potted_plant(sheet, 1230, 740, 230, "#5b9560", "#c56b4b")
    hanging_lamp(sheet, 860, 150, "#4a5158")
    hanging_lamp(sheet, 1120, 120, "#4a5158")


def office_dark(sheet: Sheet) -> None:
    """Draw a lounge with wood and a view."""
    walls(sheet, "#39434d", "#232a31", "#6c7f8f", 1250)
    for i in range(26):
        x = -20 + i * 34
        tone = ("#8a5f3d", "#7b5335", "#946846")[i % 3]
        sheet.add(
            slab(
                x,
                -20,
                26,
                830,
                sheet.linear(0, 0, 0, 800, (0, lighter(tone, 0.12), 1), (1, darker(tone, 0.4), 1)),
            )
        )
    sheet.glow(420, 210, 520, 420, "#ffd79a", 0.35)
    window_view(sheet, 1010, 60, 860, 620, "#6d93b8", "#ffcf9e", "#1d2329", 4)
    for i in range(13):
        h = 120 + 150 * abs(sin(i * 1.7))
        sheet.add(
            slab(1015 + i * 66, 680 - h, 58, h, ("#3c5570", "#4a6683", "#35495f")[i % 3], 0.85)
        )
    floorboards(sheet, 810, "#3a3531")
    sheet.add(
        slab(
            160,
            640,
            760,
            190,
            sheet.linear(0, 640, 0, 830, (0, "#4d565f", 1), (1, "#2f363d", 1)),
            r=36,
        )
    )
    sheet.add(slab(140, 720, 800, 120, "#57616b", r=40))
    potted_plant(sheet, 1000, 730, 280, "#3f7a50", "#20262b")
    potted_plant(sheet, 1840, 760, 240, "#4a8657", "#d9d2c5")
    hanging_lamp(sheet, 1240, 170, "#caa15a")
    hanging_lamp(sheet, 1560, 130, "#caa15a")


def studio_blue(sheet: Sheet) -> None:
    """Draw a blue news studio."""
    walls(sheet, "#0f2550", "#0a1630", "#2f66c4", 960)
    for i in range(7):
        x = 90 + i * 290
        sheet.add(
            slab(
                x,
                40,
                210,
                740,
                sheet.linear(x, 0, x + 210, 780, (0, "#2a59ad", 0.75), (1, "#122d63", 0.35)),
                r=14,
            )
        )
        sheet.add(slab(x + 216, 40, 7, 740, "#66c3ff", 0.8, 4))
    sheet.add(
        slab(560, 130, 800, 460, "#0b1c3e", r=18),
        slab(
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
    sheet.add(slab(-60, 800, 2040, 340, floor), slab(-60, 796, 2040, 8, "#59b7ff", 0.7))
    sheet.glow(960, 860, 820, 130, "#63b8ff", 0.4)
    for x in (240, 700, 1220, 1680):
        sheet.glow(x, -20, 320, 240, "#cfe9ff", 0.55)


def studio_warm(sheet: Sheet) -> None:
    """Draw a dark studio lit from both sides."""
    walls(sheet, "#4b4f6b", "#2b2c40", "#8d86b8", 960)
    sheet.glow(120, 520, 760, 900, "#ff8a5c", 0.6)
    sheet.glow(1820, 460, 760, 900, "#3fb6c9", 0.6)
    for i in range(9):
        x = 40 + i * 220
        sheet.add(
            fill(f"M{x},60L{x + 150},60L{x + 190},330L{x + 40},330Z", "#ffffff", 0.045),
            fill(f"M{x + 60},360L{x + 210},360L{x + 180},660L{x + 20},660Z", "#ffffff", 0.035),
        )
    floor = sheet.linear(0, 790, 0, 1080, (0, "#26263a", 1), (1, "#3b3a55", 1))
    sheet.add(slab(-60, 790, 2040, 340, floor))
    for x, tone in ((300, "#ffb27d"), (1620, "#7fe0ea")):
        sheet.add(slab(x - 9, 120, 18, 640, tone, 0.95, 9))
        sheet.glow(x, 440, 220, 480, tone, 0.5)
        sheet.glow(x, 850, 300, 80, tone, 0.35)


def _blackboard(sheet: Sheet) -> None:
    """Draw a blackboard with writing and a curve."""
    sheet.add(
        slab(330, 90, 1120, 520, "#a77848", r=8),
        slab(
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
                "M1130,500L1130,200M1110,480L1380,480M1130,470C1200,460 1240,360 1270,300"
                "S1340,240 "
                "1370,230"
            ),
            chalk,
            6,
            0.55,
        )
    )
    sheet.add(slab(330, 600, 1120, 20, "#8d6238"))


def schoolroom(sheet: Sheet) -> None:
    """Draw a classroom with a blackboard."""
    walls(sheet, "#e9e2cf", "#cfc6b0", "#fffaf0", 700)
    _blackboard(sheet)
    sheet.add(
        slab(1540, 110, 320, 260, "#f8f5ec", r=6),
        dot(1700, 240, 120, 90, "#9fc7de"),
        dot(1670, 220, 44, 36, "#8fb877"),
        dot(1742, 258, 34, 40, "#8fb877"),
    )
    sheet.add(
        slab(40, 130, 230, 300, "#f2c14e", r=6),
        slab(60, 150, 190, 260, "#fdf7e8"),
        dot(155, 280, 64, 64, "#e2725b"),
    )
    floorboards(sheet, 820, "#b98d5c")
    sheet.add(slab(1480, 620, 400, 230, "#9a6d42", r=8), slab(1470, 606, 420, 22, "#c08e5b", r=4))
    sheet.add(
        dot(1610, 540, 62, 62, "#5f9fcb"),
        dot(1596, 522, 26, 22, "#8fb877"),
        slab(1600, 598, 20, 12, "#6b4a2e"),
    )
    for i, tone in enumerate(("#c85a46", "#e8b64c", "#4b7f8f")):
        sheet.add(slab(1710 + 4 * i, 584 - 24 * i, 130, 22, tone, r=3))
    sheet.add(slab(40, 560, 250, 300, "#a77848", r=8))
    potted_plant(sheet, 165, 560, 190, "#5f9a58", "#d9694e")
