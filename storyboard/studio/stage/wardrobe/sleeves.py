"""Draws sleeves: shoulders and upper arms, which hang still, and what is worn on a forearm.

x = 0 is the middle of the body; what is drawn here is the arm on the right of the picture. Knows
where elbows are, and nothing of gestures.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum, auto
from types import MappingProxyType

from storyboard.studio.stage.figure.palette import darker, lighter, mix
from storyboard.studio.stage.figure.person import Outfit, Pattern, Presenter
from storyboard.studio.stage.vector import Sheet, fill, group, on_side, stroke
from storyboard.studio.stage.wardrobe.cloth import Build, cloth_tone
from storyboard.studio.stage.wardrobe.weaves import weave

ELBOW_Y = 1158.0

_ELBOW = 44.0
"""How far a sleeve goes beyond its elbow."""


class Cuff(Enum):
    """How a sleeve ends: above the elbow, or how at the wrist."""

    SHORT = auto()
    RIBBED = auto()
    BUTTONED = auto()
    SHIRT = auto()


CUFFS: Mapping[Outfit, Cuff] = MappingProxyType(
    {
        Outfit.BLAZER_SHIRT: Cuff.SHIRT,
        Outfit.BLAZER_TIE: Cuff.SHIRT,
        Outfit.BLAZER_TOP: Cuff.BUTTONED,
        Outfit.BLAZER_TEE: Cuff.BUTTONED,
        Outfit.SHIRT: Cuff.BUTTONED,
        Outfit.POLO: Cuff.SHORT,
        Outfit.TURTLENECK: Cuff.RIBBED,
        Outfit.KNIT: Cuff.RIBBED,
        Outfit.V_NECK: Cuff.RIBBED,
        Outfit.HOODIE: Cuff.RIBBED,
        Outfit.DRESS: Cuff.SHORT,
        Outfit.BOW_BLOUSE: Cuff.BUTTONED,
        Outfit.CARDIGAN: Cuff.RIBBED,
        Outfit.WAISTCOAT: Cuff.BUTTONED,
    }
)


def elbow_x(build: Build) -> float:
    """Return how far from the middle an elbow is."""
    return build.shoulder - 16


def sleeve_color(presenter: Presenter) -> str:
    """Return the color of what covers the arms."""
    clothes = presenter.clothes
    return clothes.under if clothes.outfit is Outfit.WAISTCOAT else clothes.cloth


def draw_upper_arms(presenter: Presenter) -> str:
    """Draw shoulders and upper arms, over the torso, whose cloth they go on."""
    sheet = Sheet("u")
    for side in (-1, 1):
        drawn = _upper_arm(sheet, presenter, side)
        sheet.add(on_side(drawn, side))
    return sheet.text()


def _upper_arm(sheet: Sheet, presenter: Presenter, side: int) -> str:
    """Return an upper arm; the side tells where the light comes from."""
    build, color = Build.of(presenter), sleeve_color(presenter)
    s, dark = build.shoulder, darker(color, 0.62)
    armpit = f"M{s - 92},866C{s - 86},980 {s - 74},1090 {s - 54},1176"
    # Below, a slim waist leaves a slit, in which there is nothing that a shadow could fall on.
    inside = f"M{s - 92},866C{s - 88},940 {s - 84},1010 {s - 77},1074"
    shade = "".join(stroke(inside, dark, width, 0.085) for width in (44, 34, 25, 17, 10))
    tone = cloth_tone(sheet, color, build, side)
    far = 0.46 if side > 0 else 0.26
    edge = sheet.linear(s - 50, 0, s + 36, 0, (0, dark, 0.0), (1, dark, far))
    if CUFFS[presenter.clothes.outfit] is Cuff.SHORT:
        bare = _bare_arm(sheet, presenter, s) + stroke(armpit, presenter.skin.deep, 3.0, 0.5)
        hem = _short_sleeve(s)
        cloth = fill(hem, tone) + _pattern(sheet, presenter, hem, (s - 140, 680, s + 50, 1030))
        line = stroke(f"M{s + 34},988C{s},1008 {s - 50},1008 {s - 91},992", dark, 2.4, 0.4)
        return shade + bare + cloth + fill(hem, edge) + line
    whole = _outline(s)
    cloth = fill(whole, tone) + _pattern(sheet, presenter, whole, (s - 140, 680, s + 50, 1220))
    cloth += fill(whole, edge) + stroke(armpit, dark, 3.4, 0.5)
    return shade + cloth + _creases(s, dark, lighter(color, 0.45))


def _outline(s: float) -> str:
    """Return the closed path of an arm from its seam to the elbow."""
    return (
        f"M{s - 130},686C{s - 96},692 {s - 76},697 {s - 62},702C{s - 14},722 {s + 8},772 "
        f"{s + 16},850C{s + 24},930 {s + 32},1050 {s + 26},1150"
        f"C{s + 22},1204 {s - 30},1216 {s - 54},1176"
        f"C{s - 66},1110 {s - 82},1000 {s - 90},884C{s - 96},820 {s - 110},750 {s - 130},686Z"
    )


def _pattern(
    sheet: Sheet, presenter: Presenter, d: str, box: tuple[float, float, float, float]
) -> str:
    """Return what is woven into the cloth of a sleeve."""
    clothes = presenter.clothes
    if clothes.pattern is Pattern.PLAIN:
        return ""
    x0, y0, x1, y1 = map(round, box)
    return group(weave(clothes.pattern, sleeve_color(presenter), (x0, y0, x1, y1)), sheet.clip(d))


def _short_sleeve(s: float) -> str:
    return (
        f"M{s - 130},686C{s - 96},692 {s - 76},697 {s - 62},702C{s - 14},722 {s + 8},772 "
        f"{s + 16},850C{s + 24},905 {s + 30},950 {s + 34},1000"
        f"C{s},1020 {s - 50},1020 {s - 90},1004C{s - 94},950 {s - 96},900 {s - 98},860"
        f"C{s - 102},800 {s - 112},750 {s - 130},686Z"
    )


def _bare_arm(sheet: Sheet, presenter: Presenter, s: float) -> str:
    skin = presenter.skin
    tone = sheet.linear(
        s - 90, 0, s + 34, 0, (0, skin.base, 1), (0.4, skin.light, 1), (1, skin.shade, 1)
    )
    under = f"M{s + 33},1002C{s},1024 {s - 50},1024 {s - 90},1008"
    return fill(_outline(s), tone) + stroke(under, skin.deep, 12, 0.30)


def _creases(s: float, dark: str, light: str) -> str:
    """Return where cloth folds: under the shoulder and above the elbow."""
    creases = (
        (f"M{s - 86},900C{s - 60},884 {s - 30},880 {s - 8},890", 5.0, 0.13),
        (f"M{s - 84},926C{s - 62},918 {s - 44},918 {s - 26},926", 4.0, 0.12),
        (f"M{s + 26},1104C{s},1096 {s - 26},1100 {s - 46},1118", 6.0, 0.16),
        (f"M{s + 28},1136C{s + 2},1132 {s - 20},1136 {s - 38},1148", 5.0, 0.14),
    )
    up = 'transform="translate(0 -6)"'
    return "".join(
        stroke(d, dark, width, depth) + stroke(d, light, width * 0.7, depth * 0.45, up)
        for d, width, depth in creases
    )


def forearm(sheet: Sheet, presenter: Presenter, length: float) -> str:
    """Return a forearm along x with its sleeve, the elbow at the origin, the wrist at `length`."""
    skin, color = presenter.skin, sleeve_color(presenter)
    cuff = CUFFS[presenter.clothes.outfit]
    is_bare = cuff is Cuff.SHORT
    thick, thin = (46.0, 29.0) if is_bare else (54.0, 39.0)
    # Of cloth, an elbow that were as round as it is thick would stand out from the upper arm.
    back = min(thick, _ELBOW)
    near, far = length * 0.4, length * 0.75
    upper = f"{near:.1f},{-thick - 3} {far:.1f},{-thin - 6} {length:.1f},{-thin}"
    lower = f"M{length:.1f},{thin}C{far:.1f},{thin + 6} {near:.1f},{thick + 3} 0,{thick}"
    d = (
        f"M0,{-thick}C{upper}L{lower[1:]}"
        f"C-36,{thick - 4} -{back},24 -{back},0C-{back},-24 -36,{-thick + 4} 0,{-thick}Z"
    )
    base = skin.base if is_bare else color
    light, shade = (
        (skin.light, skin.shade) if is_bare else (lighter(color, 0.14), darker(color, 0.34))
    )
    tone = sheet.linear(0, thick, 0, -thick, (0, light, 1), (0.4, base, 1), (1, shade, 1))
    line = skin.deep if is_bare else darker(base, 0.55)
    edges = stroke(f"M0,{-thick}C{upper}", line, 2.0, 0.5) + stroke(lower, line, 2.0, 0.5)
    # Near the elbow there is no torso that a shadow could fall on.
    inner = f"M{length * 0.5:.1f},{-thin - 8}L{length:.1f},{-thin}"
    cast = "".join(stroke(inner, darker(base, 0.75), width, 0.06) for width in (26, 18, 11))
    arm = cast + fill(d, tone) + edges
    if is_bare:
        return arm
    arm += _pattern(sheet, presenter, d, (-60, -64, length, 64))
    return arm + _wrinkles(length, thick, color) + _cuff(presenter, cuff, length - 4, thin)


def _wrinkles(length: float, thick: float, color: str) -> str:
    dark, light = darker(color, 0.6), lighter(color, 0.4)
    drawn = ""
    for share in (0.16, 0.3, 0.52):
        x, third = length * share, thick * 0.3
        crease = (
            f"M{x:.1f},{-thick + 8}C{x + 14:.1f},{-third:.1f} {x + 10:.1f},{third:.1f} "
            f"{x - 6:.1f},{thick - 14}"
        )
        drawn += stroke(crease, dark, 5, 0.13)
        drawn += stroke(crease, light, 3, 0.10, 'transform="translate(-5 0)"')
    return drawn


def _cuff(presenter: Presenter, cuff: Cuff, end: float, thin: float) -> str:
    color, under = sleeve_color(presenter), presenter.clothes.under
    line = darker(color, 0.55)
    match cuff:
        case Cuff.RIBBED:
            ribs = "".join(
                stroke(f"M{end - 28:.1f},{y}L{end + 4:.1f},{y * 0.94:.1f}", line, 2, 0.24)
                for y in range(-int(thin) + 8, int(thin), 10)
            )
            return _band(end - 30, end + 6, thin, darker(color, 0.16), line) + ribs
        case Cuff.BUTTONED:
            seam = f"M{end - 40:.1f},{-thin - 3}L{end - 40:.1f},{thin + 3}"
            return stroke(seam, line, 2.4, 0.45)
        case Cuff.SHIRT:
            white = mix(under, "#8a8a96", 0.12)
            return _band(end, end + 15, thin - 4, white, darker(under, 0.4))
        case Cuff.SHORT:
            return ""


def _band(start: float, end: float, half: float, paint: str, line: str) -> str:
    d = (
        f"M{start:.1f},{-half - 1}L{end:.1f},{-half + 1}"
        f"L{end:.1f},{half - 1}L{start:.1f},{half + 1}Z"
    )
    return fill(d, paint) + stroke(d, line, 1.8, 0.45)
