"""Dresses a body: one function an outfit. Knows the cloth's colours, not who wears it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from storyboard.studio.stage.cloth import (
    FLOOR,
    Build,
    button,
    drape,
    lapels,
    round_neck,
    shirt_collar,
    v_neck,
)
from storyboard.studio.stage.palette import darker, lighter
from storyboard.studio.stage.person import Clothes, Outfit, Presenter
from storyboard.studio.stage.vector import Sheet, dot, fill, group, mirrored, stroke


def draw_clothes(presenter: Presenter) -> str:
    """Draw what a presenter wears, over the neck."""
    sheet = Sheet("o")
    _TAILORS[presenter.clothes.outfit](sheet, Build.of(presenter), presenter.clothes)
    return sheet.text()


def _jacket(sheet: Sheet, build: Build, colour: str, close: float) -> None:
    n = build.neck + 20
    neckline = f"C{n + 10},700 40,{close - 120} 0,{close}C-40,{close - 120} {-n - 10},700 {-n},634"
    clip = drape(sheet, build.torso(neckline, spread=8), colour, build)
    dark = darker(colour, 0.6)
    front = f"M0,{close}C-6,{close + 60} -8,1040 -10,{FLOOR}"
    sheet.add(
        group(
            stroke(front, dark, 4, 0.6)
            + group(stroke(front, lighter(colour, 0.3), 2, 0.3), 'transform="translate(-4 0)"'),
            clip,
        )
    )
    pocket = f"M{-build.shoulder + 148},936l96,-12"
    sheet.add(stroke(pocket, dark, 4, 0.5))
    sheet.add(button(10, close + 46, darker(colour, 0.45), 9))


def _blouse_front(sheet: Sheet, build: Build, colour: str, depth: float, v: bool) -> None:
    line = v_neck(build, depth) if v else round_neck(build, depth)
    drape(sheet, build.torso(line, spread=-22), colour, build, folds=False)


def _shirt_front(
    sheet: Sheet, build: Build, colour: str, open_to: float, spread: float = -22.0
) -> str:
    clip = drape(
        sheet, build.torso(v_neck(build, open_to), spread=spread), colour, build, folds=spread > -10
    )
    return clip


def _placket(sheet: Sheet, colour: str, top: float, end: float = FLOOR) -> None:
    dark = darker(colour, 0.5)
    sheet.add(
        stroke(f"M-15,{top + 18}L-16,{end}", dark, 2, 0.35),
        stroke(f"M15,{top + 18}L15,{end}", dark, 2.4, 0.5),
    )
    y = top + 62
    while y < end:
        sheet.add(button(0, y, lighter(colour, 0.35), 5.5))
        y += 88


def _blazer_shirt(sheet: Sheet, build: Build, clothes: Clothes) -> None:
    _shirt_front(sheet, build, clothes.under, 748)
    _placket(sheet, clothes.under, 748)
    _jacket(sheet, build, clothes.cloth, 958)
    shirt_collar(sheet, build, clothes.under, 738, 74)
    lapels(sheet, build, clothes.cloth, 958)


def _blazer_tie(sheet: Sheet, build: Build, clothes: Clothes) -> None:
    _shirt_front(sheet, build, clothes.under, 684)
    _tie(sheet, clothes.trim, 676)
    _jacket(sheet, build, clothes.cloth, 968)
    shirt_collar(sheet, build, clothes.under, 676, 70)
    _knot(sheet, clothes.trim, 676)
    lapels(sheet, build, clothes.cloth, 968)
    s = build.shoulder
    x = s - 196
    sheet.add(
        fill(
            f"M{x},900L{x + 16},876L{x + 36},892L{x + 58},872L{x + 72},890L{x + 70},900Z",
            lighter(clothes.trim, 0.6),
        )
    )
    sheet.add(stroke(f"M{x - 10},904l94,-7", darker(clothes.cloth, 0.6), 4, 0.6))


def _tie(sheet: Sheet, colour: str, top: float) -> None:
    d = f"M-17,{top + 40}L17,{top + 40}L40,1080L0,{FLOOR}L-40,1080Z"
    tone = sheet.linear(
        -36, 0, 40, 0, (0, lighter(colour, 0.14), 1), (0.5, colour, 1), (1, darker(colour, 0.35), 1)
    )
    clip = sheet.clip(d)
    stripes = "".join(
        stroke(f"M-60,{y + 50}L60,{y}", lighter(colour, 0.5), 5, 0.30) for y in range(700, 1130, 46)
    )
    sheet.add(fill(d, tone), group(stripes, clip))


def _knot(sheet: Sheet, colour: str, top: float) -> None:
    d = f"M-27,{top - 4}Q0,{top - 12} 27,{top - 4}L17,{top + 44}Q0,{top + 50} -17,{top + 44}Z"
    tone = sheet.linear(
        -20, top, 24, top + 40, (0, lighter(colour, 0.18), 1), (1, darker(colour, 0.35), 1)
    )
    sheet.add(
        fill(d, tone),
        stroke(f"M-16,{top + 45}Q0,{top + 50} 16,{top + 45}", darker(colour, 0.6), 3, 0.6),
    )


def _blazer_top(sheet: Sheet, build: Build, clothes: Clothes) -> None:
    _blouse_front(sheet, build, clothes.under, 772, v=False)
    _jacket(sheet, build, clothes.cloth, 974)
    lapels(sheet, build, clothes.cloth, 974, 84, peak=True)
    _necklace(sheet, build, clothes.trim, 724, pendant=True)


def _blazer_tee(sheet: Sheet, build: Build, clothes: Clothes) -> None:
    _blouse_front(sheet, build, clothes.under, 694, v=False)
    _rib(sheet, build, clothes.under, 694, 9)
    _jacket(sheet, build, clothes.cloth, 978)
    lapels(sheet, build, clothes.cloth, 978, 86)


def _shirt(sheet: Sheet, build: Build, clothes: Clothes) -> None:
    colour = clothes.cloth
    _shirt_front(sheet, build, colour, 730, 0)
    _placket(sheet, colour, 730)
    shirt_collar(sheet, build, colour, 724, 80)
    s = build.shoulder
    pocket = f"M{s - 214},900L{s - 126},896L{s - 126},976Q{s - 166},1000 {s - 212},980Z"
    sheet.add(stroke(pocket, darker(colour, 0.5), 2.4, 0.4))


def _polo(sheet: Sheet, build: Build, clothes: Clothes) -> None:
    colour = clothes.cloth
    _shirt_front(sheet, build, colour, 716, 0)
    sheet.add(
        fill("M-19,724L19,724L19,866Q0,872 -19,866Z", darker(colour, 0.10)),
        stroke("M-19,724L-19,866L19,866L19,724", darker(colour, 0.5), 2.2, 0.45),
    )
    sheet.add(button(0, 766, clothes.trim, 5.5), button(0, 822, clothes.trim, 5.5))
    shirt_collar(sheet, build, clothes.under, 714, 84)


def _turtleneck(sheet: Sheet, build: Build, clothes: Clothes) -> None:
    colour, n = clothes.cloth, build.neck
    drape(sheet, build.torso(round_neck(build, 660)), colour, build)
    d = (
        f"M{-n - 7},586C-40,606 40,606 {n + 7},586C{n + 12},616 {n + 18},640 {n + 30},662"
        f"C40,690 -40,690 {-n - 30},662C{-n - 18},640 {-n - 12},616 {-n - 7},586Z"
    )
    tone = sheet.linear(
        -n,
        0,
        n + 20,
        0,
        (0, lighter(colour, 0.14), 1),
        (0.45, colour, 1),
        (1, darker(colour, 0.42), 1),
    )
    under = sheet.linear(
        0, 584, 0, 640, (0, darker(colour, 0.7), 0.6), (1, darker(colour, 0.7), 0.0)
    )
    sheet.add(
        group(fill(d, darker(colour, 0.8), 0.3), 'transform="translate(2 8)"'),
        fill(d, tone),
        fill(d, under),
    )
    ribs = "".join(
        stroke(
            f"M{x},{594 + 8 * (1 - abs(x) / n):.1f}L{x * 1.3:.1f},{680 - 12 * abs(x) / n:.1f}",
            darker(colour, 0.5),
            2,
            0.25,
        )
        for x in range(-int(n) + 4, int(n), 11)
    )
    sheet.add(
        ribs, stroke(f"M{-n - 5},588C-40,608 40,608 {n + 5},588", lighter(colour, 0.3), 2.4, 0.4)
    )


def _rib(sheet: Sheet, build: Build, colour: str, depth: float, width: float) -> None:
    n = build.neck + 20
    edge = (
        f"M{-n},634C{-n + 8},{depth - 12} {-n * 0.5:.1f},{depth} 0,{depth}"
        f"C{n * 0.5:.1f},{depth} {n - 8},{depth - 12} {n},634"
    )
    sheet.add(
        group(stroke(edge, darker(colour, 0.8), width + 4, 0.22), 'transform="translate(0 7)"')
    )
    sheet.add(
        stroke(edge, darker(colour, 0.20), width * 2),
        stroke(edge, lighter(colour, 0.10), width * 1.2, 0.5),
    )


def _knit(sheet: Sheet, build: Build, clothes: Clothes) -> None:
    colour = clothes.cloth
    clip = drape(sheet, build.torso(round_neck(build, 698)), colour, build)
    dark = darker(colour, 0.5)
    rows = "".join(
        stroke(f"M{x},{720 + abs(x) * 0.02:.0f}L{x * 1.05:.0f},1120", dark, 2.2, 0.13)
        for x in range(-300, 301, 20)
    )
    sheet.add(group(rows, clip))
    _rib(sheet, build, colour, 698, 12)


def _v_neck(sheet: Sheet, build: Build, clothes: Clothes) -> None:
    _shirt_front(sheet, build, clothes.under, 690)
    _placket(sheet, clothes.under, 690, 860)
    shirt_collar(sheet, build, clothes.under, 690, 72)
    n, colour, deep = build.neck + 20, clothes.cloth, 862
    edge = (
        f"L{n + 14},660C{n - 6},730 40,{deep - 40} 0,{deep}C-40,{deep - 40} {-n + 6},730 "
        f"{-n - 14},660L{-n},634"
    )
    drape(sheet, build.torso(edge, spread=4), colour, build)
    rim = (
        f"M{n + 12},656C{n - 6},730 40,{deep - 40} 0,{deep}C-40,{deep - 40} {-n + 6},730 "
        f"{-n - 12},656"
    )
    sheet.add(stroke(rim, darker(colour, 0.3), 15), stroke(rim, lighter(colour, 0.12), 4, 0.5))


def _hoodie(sheet: Sheet, build: Build, clothes: Clothes) -> None:
    colour, n = clothes.cloth, build.neck
    _blouse_front(sheet, build, clothes.under, 690, v=False)
    _rib(sheet, build, clothes.under, 690, 8)
    neckline = f"C{n + 6},700 30,716 0,752C-30,716 {-n - 6},700 {-n - 20},634"
    drape(sheet, build.torso(neckline, spread=6), colour, build)
    for k in (-1, 1):
        roll = (
            f"M{k * (n + 4)},596C{k * (n + 60)},600 {k * (n + 92)},650 {k * (n + 84)},690"
            f"C{k * (n + 66)},744 {k * 34},760 {k * -2},772"
            f"C{k * 8},744 {k * (n - 6)},712 {k * (n + 10)},664C{k * (n + 14)},640 "
            f"{k * (n + 10)},614 {k * (n + 4)},596Z"
        )
        tone = sheet.linear(
            -n - 80,
            600,
            n + 80,
            780,
            (0, lighter(colour, 0.22), 1),
            (0.5, colour, 1),
            (1, darker(colour, 0.4), 1),
        )
        sheet.add(
            group(fill(roll, darker(colour, 0.8), 0.34), 'transform="translate(2 11)"'),
            fill(roll, tone),
            stroke(roll, darker(colour, 0.5), 2, 0.4),
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
        stroke(f"M0,772L0,{FLOOR}", darker(colour, 0.6), 4, 0.5),
        stroke(f"M5,772L5,{FLOOR}", lighter(colour, 0.4), 2, 0.4),
    )


def _dress(sheet: Sheet, build: Build, clothes: Clothes) -> None:
    n, colour = build.neck + 62, clothes.cloth
    neckline = (
        f"L{n},648C{n - 10},720 66,772 0,776C-66,772 {-n + 10},720 {-n},648L{-build.neck - 20},634"
    )
    clip = drape(sheet, build.torso(neckline), colour, build)
    rim = f"M{n},648C{n - 10},720 66,772 0,776C-66,772 {-n + 10},720 {-n},648"
    sheet.add(stroke(rim, darker(colour, 0.35), 5, 0.7))
    waist = "".join(
        stroke(
            f"M{x},1116C{x * 0.9:.0f},1010 {x * 1.5:.0f},960 {x * 1.7:.0f},900",
            darker(colour, 0.55),
            5,
            0.22,
        )
        for x in (-120, -60, 60, 120)
    )
    sheet.add(group(waist, clip))
    _necklace(sheet, build, clothes.trim, 716, pendant=False)


def _necklace(sheet: Sheet, build: Build, metal: str, depth: float, pendant: bool) -> None:
    n = build.neck + 12
    chain = (
        f"M{-n},640C{-n * 0.8:.1f},{depth - 24} -34,{depth} 0,{depth}C34,{depth} "
        f"{n * 0.8:.1f},{depth - 24} {n},640"
    )
    sheet.add(stroke(chain, darker(metal, 0.55), 4, 0.35), stroke(chain, metal, 2.6))
    if pendant:
        sheet.add(
            dot(0, depth + 9, 9, 10, darker(metal, 0.2)),
            dot(0, depth + 8, 7.5, 8.5, metal),
            dot(-2, depth + 5, 2.4, 2.6, "#ffffff", 0.8),
        )
    else:
        for i in range(-9, 10):
            t = i / 9
            y = depth - (depth - 652) * abs(t) ** 2.3
            sheet.add(
                dot(n * 0.93 * t, y, 5.2, 5.2, metal),
                dot(n * 0.93 * t - 1.5, y - 1.5, 1.7, 1.7, "#ffffff", 0.75),
            )


def _bow_blouse(sheet: Sheet, build: Build, clothes: Clothes) -> None:
    colour, n = clothes.cloth, build.neck
    drape(sheet, build.torso(round_neck(build, 664)), colour, build)
    shade, light = darker(colour, 0.35), lighter(colour, 0.3)
    band = f"M{-n - 14},622C-40,652 40,652 {n + 14},622L{n + 20},650C40,684 -40,684 {-n - 20},650Z"
    tone = sheet.linear(-90, 620, 100, 900, (0, light, 1), (0.4, colour, 1), (1, shade, 1))
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
            group(fill(d, darker(colour, 0.8), 0.28), 'transform="translate(2 9)"'),
            fill(d, tone),
            stroke(d, shade, 2, 0.6),
        )
    sheet.add(mirrored(stroke("M14,682C40,668 70,664 100,670", shade, 3, 0.5)))
    sheet.add(
        fill("M-16,664Q0,658 17,664Q21,684 16,704Q0,710 -15,704Q-20,684 -16,664Z", tone),
        stroke("M-16,664Q0,658 17,664Q21,684 16,704Q0,710 -15,704Q-20,684 -16,664Z", shade, 2, 0.7),
    )


def _cardigan(sheet: Sheet, build: Build, clothes: Clothes) -> None:
    _blouse_front(sheet, build, clothes.under, 722, v=False)
    _rib(sheet, build, clothes.under, 722, 5)
    n, colour = build.neck + 20, clothes.cloth
    edge = f"C{n + 26},720 84,900 58,{FLOOR}L-58,{FLOOR}C-84,900 {-n - 26},720 {-n},634"
    clip = drape(sheet, build.torso(edge, spread=8), colour, build)
    rows = "".join(
        stroke(f"M{x},690L{x * 1.04:.0f},1120", darker(colour, 0.5), 2.2, 0.14)
        for x in range(-320, 321, 22)
    )
    sheet.add(group(rows, clip))
    for k in (-1, 1):
        rim = f"M{k * (n + 2)},632C{k * (n + 28)},720 {k * 86},900 {k * 60},{FLOOR}"
        sheet.add(stroke(rim, darker(colour, 0.28), 22), stroke(rim, lighter(colour, 0.1), 8, 0.4))
    sheet.add(button(-74, 930, clothes.trim, 8), button(-66, 1030, clothes.trim, 8))


def _waistcoat(sheet: Sheet, build: Build, clothes: Clothes) -> None:
    _shirt_front(sheet, build, clothes.under, 684, 4)
    s = build.shoulder
    sleeve = f"M{s - 76},880C{s - 90},960 {s - 92},1040 {s - 88},1116"
    sheet.add(mirrored(stroke(sleeve, darker(clothes.under, 0.5), 6, 0.35)))
    _tie(sheet, clothes.trim, 676)
    n, colour = build.neck + 20, clothes.cloth
    vest = (
        f"M{n + 14},644C{n - 6},740 44,820 0,900C-44,820 {-n + 6},740 {-n - 14},644"
        f"L{-s + 96},692C{-s + 126},800 {-s + 60},900 {-s + 84},{FLOOR}"
        f"L{s - 84},{FLOOR}C{s - 60},900 {s - 126},800 {s - 96},692Z"
    )
    sheet.add(group(fill(vest, darker(colour, 0.9), 0.3), 'transform="translate(2 6)"'))
    clip = drape(sheet, vest, colour, build, folds=False)
    sheet.add(group(stroke(f"M0,900C-6,960 -6,1040 -6,{FLOOR}", darker(colour, 0.6), 4, 0.6), clip))
    sheet.add(stroke(vest.split("L")[0], darker(colour, 0.5), 3, 0.6))
    sheet.add(button(8, 946, darker(colour, 0.4), 7.5), button(9, 1024, darker(colour, 0.4), 7.5))
    shirt_collar(sheet, build, clothes.under, 676, 70)
    _knot(sheet, clothes.trim, 676)


_TAILORS: Mapping[Outfit, Callable[[Sheet, Build, Clothes], None]] = MappingProxyType(
    {
        Outfit.BLAZER_SHIRT: _blazer_shirt,
        Outfit.BLAZER_TIE: _blazer_tie,
        Outfit.BLAZER_TOP: _blazer_top,
        Outfit.BLAZER_TEE: _blazer_tee,
        Outfit.SHIRT: _shirt,
        Outfit.POLO: _polo,
        Outfit.TURTLENECK: _turtleneck,
        Outfit.KNIT: _knit,
        Outfit.V_NECK: _v_neck,
        Outfit.HOODIE: _hoodie,
        Outfit.DRESS: _dress,
        Outfit.BOW_BLOUSE: _bow_blouse,
        Outfit.CARDIGAN: _cardigan,
        Outfit.WAISTCOAT: _waistcoat,
    }
)
