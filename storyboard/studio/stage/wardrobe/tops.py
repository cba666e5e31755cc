"""Sews shirts, knits and dresses. Knows not who wears them."""

from __future__ import annotations

from storyboard.studio.stage.figure.palette import darker, lighter
from storyboard.studio.stage.figure.person import Clothes
from storyboard.studio.stage.vector import Sheet, dot, fill, group, mirrored, stroke
from storyboard.studio.stage.wardrobe.cloth import (
    FLOOR,
    Build,
    button,
    drape,
    round_neck,
    shirt_collar,
)
from storyboard.studio.stage.wardrobe.trimmings import (
    blouse_front,
    necklace,
    placket,
    ribbing,
    shirt_front,
    woven,
)


def shirt_outfit(sheet: Sheet, build: Build, clothes: Clothes) -> None:
    """Dress in a shirt."""
    color = clothes.cloth
    shirt_front(sheet, build, color, 712, 0, clothes.pattern)
    placket(sheet, color, 730)
    shirt_collar(sheet, build, color, 724, 80)
    s = build.shoulder
    pocket = f"M{s - 214},900L{s - 126},896L{s - 126},976Q{s - 166},1000 {s - 212},980Z"
    sheet.add(stroke(pocket, darker(color, 0.5), 2.4, 0.4))


def polo_outfit(sheet: Sheet, build: Build, clothes: Clothes) -> None:
    """Dress in a polo shirt."""
    color = clothes.cloth
    shirt_front(sheet, build, color, 702, 0)
    sheet.add(
        fill("M-19,724L19,724L19,866Q0,872 -19,866Z", darker(color, 0.10)),
        stroke("M-19,724L-19,866L19,866L19,724", darker(color, 0.5), 2.2, 0.45),
    )
    sheet.add(button(0, 766, clothes.trim, 5.5), button(0, 822, clothes.trim, 5.5))
    shirt_collar(sheet, build, clothes.under, 714, 84)


def turtleneck_outfit(sheet: Sheet, build: Build, clothes: Clothes) -> None:
    """Dress in a turtleneck."""
    color, n = clothes.cloth, build.neck
    drape(sheet, build.torso(round_neck(build, 660)), color, build)
    d = (
        f"M{-n - 7},586C-40,606 40,606 {n + 7},586C{n + 12},616 {n + 18},640 {n + 30},662"
        f"C40,690 -40,690 {-n - 30},662C{-n - 18},640 {-n - 12},616 {-n - 7},586Z"
    )
    tone = sheet.linear(
        -n,
        0,
        n + 20,
        0,
        (0, lighter(color, 0.14), 1),
        (0.45, color, 1),
        (1, darker(color, 0.42), 1),
    )
    under = sheet.linear(0, 584, 0, 640, (0, darker(color, 0.7), 0.6), (1, darker(color, 0.7), 0.0))
    sheet.add(
        group(fill(d, darker(color, 0.8), 0.3), 'transform="translate(2 8)"'),
        fill(d, tone),
        fill(d, under),
    )
    ribs = "".join(
        stroke(
            f"M{x},{594 + 8 * (1 - abs(x) / n):.1f}L{x * 1.3:.1f},{680 - 12 * abs(x) / n:.1f}",
            darker(color, 0.5),
            2,
            0.25,
        )
        for x in range(-int(n) + 4, int(n), 11)
    )
    sheet.add(
        ribs, stroke(f"M{-n - 5},588C-40,608 40,608 {n + 5},588", lighter(color, 0.3), 2.4, 0.4)
    )


def knit_outfit(sheet: Sheet, build: Build, clothes: Clothes) -> None:
    """Dress in a round-necked jumper."""
    color = clothes.cloth
    clip = drape(sheet, build.torso(round_neck(build, 698)), color, build)
    dark = darker(color, 0.5)
    rows = "".join(
        stroke(f"M{x},{720 + abs(x) * 0.02:.0f}L{x * 1.05:.0f},{FLOOR}", dark, 2.2, 0.13)
        for x in range(-300, 301, 20)
    )
    sheet.add(group(rows, clip))
    ribbing(sheet, build, color, 698, 12)


def v_neck_outfit(sheet: Sheet, build: Build, clothes: Clothes) -> None:
    """Dress in a V-necked jumper over a shirt."""
    shirt_front(sheet, build, clothes.under, 676)
    placket(sheet, clothes.under, 690, 860)
    shirt_collar(sheet, build, clothes.under, 690, 72)
    n, color, deep = build.neck + 20, clothes.cloth, 862
    edge = (
        f"L{n + 14},660C{n - 6},730 40,{deep - 40} 0,{deep}C-40,{deep - 40} {-n + 6},730 "
        f"{-n - 14},660L{-n},634"
    )
    drape(sheet, build.torso(edge, spread=4), color, build)
    rim = (
        f"M{n + 12},656C{n - 6},730 40,{deep - 40} 0,{deep}C-40,{deep - 40} {-n + 6},730 "
        f"{-n - 12},656"
    )
    sheet.add(stroke(rim, darker(color, 0.3), 15), stroke(rim, lighter(color, 0.12), 4, 0.5))


def hoodie_outfit(sheet: Sheet, build: Build, clothes: Clothes) -> None:
    """Dress in a hooded jacket over a T-shirt."""
    color, n = clothes.cloth, build.neck
    blouse_front(sheet, build, clothes.under, 690)
    ribbing(sheet, build, clothes.under, 690, 8)
    neckline = f"C{n + 6},700 30,716 0,752C-30,716 {-n - 6},700 {-n - 20},634"
    drape(sheet, build.torso(neckline, spread=6), color, build)
    for k in (-1, 1):
        roll = (
            f"M{k * (n - 6)},594C{k * (n + 60)},596 {k * (n + 92)},650 {k * (n + 84)},690"
            f"C{k * (n + 66)},744 {k * 34},760 {k * -2},772"
            f"C{k * 8},744 {k * (n - 10)},712 {k * (n - 2)},664C{k * n},640 "
            f"{k * (n - 2)},614 {k * (n - 6)},594Z"
        )
        tone = sheet.linear(
            -n - 80,
            600,
            n + 80,
            780,
            (0, lighter(color, 0.22), 1),
            (0.5, color, 1),
            (1, darker(color, 0.4), 1),
        )
        sheet.add(
            group(fill(roll, darker(color, 0.8), 0.34), 'transform="translate(2 11)"'),
            fill(roll, tone),
            stroke(roll, darker(color, 0.5), 2, 0.4),
        )
        x = k * 30
        sheet.add(
            stroke(
                f"M{x},752C{x + k * 4},800 {x - k * 2},840 {x + k * 3},{884 + k * 8}",
                clothes.trim,
                6,
            ),
            dot(x + k * 3, 890 + k * 8, 4.5, 9, darker(clothes.trim, 0.2)),
        )
    sheet.add(
        stroke(f"M0,772L0,{FLOOR}", darker(color, 0.6), 4, 0.5),
        stroke(f"M5,772L5,{FLOOR}", lighter(color, 0.4), 2, 0.4),
    )


def dress_outfit(sheet: Sheet, build: Build, clothes: Clothes) -> None:
    """Dress in a dress with pearls."""
    n, color = build.neck + 70, clothes.cloth
    scoop = f"C{n - 14},730 66,772 0,776C-66,772 {-n + 14},730 {-n},668"
    clip = drape(sheet, build.torso(scoop, collar=70, top=668), color, build)
    woven(sheet, clip, build, color, clothes.pattern)
    rim = f"M{n},668{scoop}"
    sheet.add(stroke(rim, darker(color, 0.35), 5, 0.7))
    waist = "".join(
        stroke(
            f"M{x},1236C{x * 0.9:.0f},1130 {x * 1.3:.0f},1060 {x * 1.5:.0f},990",
            darker(color, 0.55),
            5,
            0.22,
        )
        for x in (-120, -60, 60, 120)
    )
    sheet.add(group(waist, clip))
    necklace(sheet, build, clothes.trim, 716, pendant=False)


def bow_blouse_outfit(sheet: Sheet, build: Build, clothes: Clothes) -> None:
    """Dress in a blouse with a bow."""
    color, n = clothes.cloth, build.neck
    clip = drape(sheet, build.torso(round_neck(build, 664)), color, build)
    woven(sheet, clip, build, color, clothes.pattern)
    shade, light = darker(color, 0.35), lighter(color, 0.3)
    band = f"M{-n - 14},622C-40,652 40,652 {n + 14},622L{n + 20},650C40,684 -40,684 {-n - 20},650Z"
    tone = sheet.linear(-90, 620, 100, 900, (0, light, 1), (0.4, color, 1), (1, shade, 1))
    tails = (
        "M-8,690C-34,760 -52,830 -64,900L-6,912C-4,840 0,760 8,694ZM8,690C30,760 46,820 "
        "70,872L22,902C10,830 0,760 -4,694Z"
    )
    loops = (
        "M0,676C-40,630 -112,640 -116,672C-118,708 -44,722 0,688ZM0,676C40,630 112,640 "
        "116,672C118,708 44,722 0,688Z"
    )
    for d in (band, tails, loops):
        sheet.add(
            group(fill(d, darker(color, 0.8), 0.28), 'transform="translate(2 9)"'),
            fill(d, tone),
            stroke(d, shade, 2, 0.6),
        )
    sheet.add(mirrored(stroke("M14,682C40,668 70,664 100,670", shade, 3, 0.5)))
    sheet.add(
        fill("M-16,664Q0,658 17,664Q21,684 16,704Q0,710 -15,704Q-20,684 -16,664Z", tone),
        stroke("M-16,664Q0,658 17,664Q21,684 16,704Q0,710 -15,704Q-20,684 -16,664Z", shade, 2, 0.7),
    )


def cardigan_outfit(sheet: Sheet, build: Build, clothes: Clothes) -> None:
    """Dress in an open cardigan over a top."""
    blouse_front(sheet, build, clothes.under, 722)
    ribbing(sheet, build, clothes.under, 722, 5)
    n, color = build.neck + 20, clothes.cloth
    edge = f"C{n + 26},720 84,900 58,{FLOOR}L-58,{FLOOR}C-84,900 {-n - 26},720 {-n},634"
    clip = drape(sheet, build.torso(edge, spread=8), color, build)
    rows = "".join(
        stroke(f"M{x},690L{x * 1.04:.0f},{FLOOR}", darker(color, 0.5), 2.2, 0.14)
        for x in range(-320, 321, 22)
    )
    sheet.add(group(rows, clip))
    for k in (-1, 1):
        rim = f"M{k * (n + 2)},622C{k * (n + 28)},720 {k * 86},900 {k * 60},{FLOOR}"
        band = stroke(rim, darker(color, 0.28), 26) + stroke(rim, lighter(color, 0.1), 9, 0.4)
        sheet.add(group(band, clip))
    sheet.add(button(-74, 930, clothes.trim, 8), button(-66, 1030, clothes.trim, 8))
