"""Cuts hair that frames the face: bobs, waves, fringes. Knows no face but its width."""

from __future__ import annotations

from storyboard.studio.stage.person import Presenter
from storyboard.studio.stage.tresses import Hair, Tone, comb, gloss, mass
from storyboard.studio.stage.vector import Curve, Sheet, fill, group


def behind_head(d: str, tone: Tone, top: float, bottom: float) -> str:
    sheet = Sheet("hb")
    paint = sheet.linear(
        0, top, 0, bottom, (0, tone.dark, 1), (0.5, tone.deep, 1), (1, tone.dark, 1)
    )
    sheet.add(fill(d, paint))
    return sheet.text()


def _curtains(w: float, end: float, flare: float, part: float) -> tuple[str, str]:
    """Return the left and right fall of hair from a parting at x = `part`, to the height `end`."""
    left = (
        f"M{part + 3},168C{part - 40},150 {-w + 4},166 {-w - 17},262C{-w - 30},330 "
        f"{-w - 24},420 {-w - 28 - flare * 0.5},520"
        f"C{-w - 34 - flare},620 {-w - 32 - flare},{end - 80} {-w - 4},{end}"
        f"C{-w + 26},{end - 30} {-w + 26},640 {-w + 15},560C{-w + 2},500 {-w + 4},430 {-w + 8},380"
        f"C{-w + 14},330 {-w + 44},280 {part + 3},212Z"
    )
    right = (
        f"M{part - 3},168C{part + 40},150 {w - 4},166 {w + 17},262C{w + 30},330 {w + 24},420 "
        f"{w + 28 + flare * 0.5},520"
        f"C{w + 34 + flare},620 {w + 32 + flare},{end - 80} {w + 4},{end}"
        f"C{w - 26},{end - 30} {w - 26},640 {w - 15},560C{w - 2},500 {w - 4},430 {w - 8},380"
        f"C{w - 14},330 {w - 44},280 {part - 3},212Z"
    )
    return left, right


def _fall(sheet: Sheet, d: str, tone: Tone, s: int, w: float, part: float, end: float) -> None:
    """Draw one curtain with its strands."""
    clip = sheet.clip(d)
    mass(sheet, d, tone, 160, end)
    first: Curve = (part, 196, s * (w - 60), 250, s * (w - 6), 360, s * (w - 8), end - 60)
    last: Curve = (part, 170, s * (w - 10), 170, s * (w + 22), 330, s * (w + 24), end - 20)
    comb(sheet, clip, first, last, tone, 9)
    inner = sheet.linear(s * (w - 24), 0, s * (w + 6), 0, (0, tone.deep, 0.55), (1, tone.deep, 0.0))
    sheet.add(group(fill(d, inner), clip))
    x = s * (w - 34)
    gloss(sheet, clip, (x - s * 34, 214, x, 226, x + s * 34, 262, x + s * 44, 320), 26, tone, 0.42)


def long_straight(presenter: Presenter) -> Hair:
    """Straight from a centre parting to the chest."""
    w, tone, end = presenter.face.width, Tone(presenter.hair_colour), 772.0
    sheet = Sheet("h")
    left, right = _curtains(w, end, 0, 0)
    back = (
        f"M0,170C-120,160 {-w - 20},260 {-w - 26},420L{-w - 30},720L{w + 30},720L{w + 26},420"
        f"C{w + 20},260 120,160 0,170Z"
    )
    _fall(sheet, left, tone, -1, w, 0, end)
    _fall(sheet, right, tone, 1, w, 0, end)
    return Hair(
        behind_head(back, tone, 200, 720),
        front=sheet.text(),
        shade=left + right,
        reach=w + 40,
        top=152,
        bottom=end + 4,
        hides_ears=True,
    )


def _wavy_side(w: float, s: int, part: float, end: float, waves: float) -> str:
    """Return one fall whose edges swing in and out."""
    a = waves
    return (
        f"M{part - s * 3},166C{part + s * 46},142 {s * (w + 2)},160 {s * (w + 22)},262"
        f"C{s * (w + 34)},320 {s * (w + 12)},370 {s * (w + 24 + a)},430"
        f"C{s * (w + 44 + a)},490 {s * (w + 16)},540 {s * (w + 38 + a)},606"
        f"C{s * (w + 54 + a)},660 {s * (w + 30)},{end - 40} {s * (w + 8)},{end}"
        f"C{s * (w - 10)},{end - 14} {s * (w - 40)},{end - 60} {s * (w - 28)},640"
        f"C{s * (w - 16)},590 {s * (w - 22)},560 {s * (w - 12)},520C{s * (w + 2)},470 "
        f"{s * (w - 12)},430 {s * (w - 8)},380"
        f"C{s * (w - 14)},330 {s * (w - 40)},280 {part - s * 3},208Z"
    )


def long_waves(presenter: Presenter) -> Hair:
    """Long waves from a side parting."""
    return _waves(presenter, part=-44.0, end=760.0, swing=10.0)


def swept_waves(presenter: Presenter) -> Hair:
    """Waves to the shoulders, swept from the other side."""
    return _waves(presenter, part=38.0, end=676.0, swing=18.0)


def _waves(presenter: Presenter, part: float, end: float, swing: float) -> Hair:
    w, tone, sheet = presenter.face.width, Tone(presenter.hair_colour), Sheet("h")
    left, right = _wavy_side(w, -1, part, end, swing), _wavy_side(w, 1, part, end, swing)
    nape = max(end - 70, 700.0)
    back = (
        f"M0,176C-120,170 {-w - 20},260 {-w - 22},420L{-w - 34},{nape}L{w + 34},{nape}"
        f"L{w + 22},420C{w + 20},260 120,170 0,176Z"
    )
    for s, d in ((-1, left), (1, right)):
        clip = sheet.clip(d)
        mass(sheet, d, tone, 160, end)
        first: Curve = (part, 200, s * (w - 50), 250, s * (w - 14), 330, s * (w - 4), 450)
        last: Curve = (part, 166, s * (w - 10), 166, s * (w + 22), 300, s * (w + 26 + swing), 440)
        comb(sheet, clip, first, last, tone, 8)
        low: Curve = (s * (w - 4), 440, s * (w - 34), 540, s * (w + 6), 590, s * (w - 16), end - 30)
        wide: Curve = (
            s * (w + 26 + swing),
            430,
            s * (w + 10),
            540,
            s * (w + 64),
            600,
            s * (w + 14),
            end - 10,
        )
        comb(sheet, clip, low, wide, tone, 8)
        inner = sheet.linear(
            s * (w - 22), 0, s * (w + 8), 0, (0, tone.deep, 0.5), (1, tone.deep, 0.0)
        )
        sheet.add(group(fill(d, inner), clip))
        x = s * (w - 26)
        gloss(
            sheet, clip, (x - s * 40, 214, x, 222, x + s * 30, 262, x + s * 36, 310), 26, tone, 0.42
        )
        gloss(
            sheet,
            clip,
            (s * (w + 6), 560, s * (w + 26), 590, s * (w + 30), 620, s * (w + 18), 650),
            18,
            tone,
            0.34,
        )
    return Hair(
        behind_head(back, tone, 200, end),
        front=sheet.text(),
        shade=left + right,
        reach=w + 64 + swing,
        top=142,
        bottom=end + 6,
        hides_ears=True,
    )


def bob(presenter: Presenter) -> Hair:
    """To the jaw, from a side parting, curving in."""
    w, tone, sheet = presenter.face.width, Tone(presenter.hair_colour), Sheet("h")
    part, end = 34.0, 566.0
    falls = []
    for s in (-1, 1):
        falls.append(
            f"M{part - s * 3},166C{part + s * 50},140 {s * (w + 6)},158 {s * (w + 22)},266"
            f"C{s * (w + 36)},360 {s * (w + 40)},450 {s * (w + 30)},520"
            f"C{s * (w + 24)},556 {s * (w - 4)},{end + 6} {s * (w - 30)},{end - 8}"
            f"C{s * (w - 14)},520 {s * (w - 4)},470 {s * (w - 5)},400"
            f"C{s * (w - 12)},330 {s * (w - 40)},276 {part - s * 3},206Z"
        )
    back = (
        f"M0,176C-120,170 {-w - 20},260 {-w - 26},420L{-w - 20},550C-60,574 60,574 "
        f"{w + 20},550L{w + 26},420C{w + 20},260 120,170 0,176Z"
    )
    for s, d in zip((-1, 1), falls, strict=True):
        clip = sheet.clip(d)
        mass(sheet, d, tone, 156, end)
        comb(
            sheet,
            clip,
            (part, 200, s * (w - 40), 250, s * w, 400, s * (w - 26), end - 6),
            (part, 160, s * (w - 6), 160, s * (w + 40), 420, s * (w + 16), end - 16),
            tone,
            12,
        )
        inner = sheet.linear(
            s * (w - 20), 0, s * (w + 10), 0, (0, tone.deep, 0.55), (1, tone.deep, 0.0)
        )
        sheet.add(group(fill(d, inner), clip))
        gloss(
            sheet,
            clip,
            (s * (w - 66), 220, s * (w - 22), 236, s * (w + 8), 290, s * (w + 14), 350),
            30,
            tone,
            0.44,
        )
    return Hair(
        behind_head(back, tone, 200, 560),
        front=sheet.text(),
        shade="".join(falls),
        reach=w + 44,
        top=140,
        bottom=580,
        hides_ears=True,
    )


def _fringe(presenter: Presenter, end: float, flick: float) -> Hair:
    w, tone, sheet = presenter.face.width, Tone(presenter.hair_colour), Sheet("h")
    d = (
        f"M{-w - 18 - flick},{end - 30}C{-w - 30},{end - 120} {-w - 30},330 {-w - 16},262"
        f"C{-w + 4},170 -60,148 0,148C60,148 {w - 4},170 {w + 16},262"
        f"C{w + 30},330 {w + 30},{end - 120} {w + 18 + flick},{end - 30}C{w + 10},{end} "
        f"{w - 16},{end + 4} {w - 30},{end - 10}"
        f"C{w - 8},{end - 70} {w - 2},430 {w - 6},372C{w - 8},350 {w - 12},338 {w - 16},326"
        f"C70,336 40,332 0,334C-40,332 -70,336 {-w + 16},326"
        f"C{-w + 12},338 {-w + 8},350 {-w + 6},372C{-w + 2},430 {-w + 8},{end - 70} "
        f"{-w + 30},{end - 10}C{-w + 16},{end + 4} {-w - 10},{end} "
        f"{-w - 18 - flick},{end - 30}Z"
    )
    back = (
        f"M0,176C-120,170 {-w - 16},260 {-w - 20},420L{-w - 16},{end - 16}C-60,{end + 6} "
        f"60,{end + 6} {w + 16},{end - 16}L{w + 20},420C{w + 16},260 120,170 0,176Z"
    )
    clip = sheet.clip(d)
    mass(sheet, d, tone, 150, end)
    comb(
        sheet,
        clip,
        (-6, 150, -70, 180, -w + 12, 260, -w + 12, 336),
        (6, 150, 70, 180, w - 12, 260, w - 12, 336),
        tone,
        23,
        0.9,
    )
    for s in (-1, 1):
        comb(
            sheet,
            clip,
            (s * (w - 22), 240, s * w, 330, s * (w + 2), 440, s * (w - 16), end - 6),
            (s * 60, 160, s * (w + 14), 210, s * (w + 26), 420, s * (w + 12), end - 10),
            tone,
            7,
        )
        inner = sheet.linear(
            s * (w - 16), 0, s * (w + 12), 0, (0, tone.deep, 0.5), (1, tone.deep, 0.0)
        )
        sides = (
            f"M{s * (w - 34)},334L{s * (w + 40)},334L{s * (w + 40)},{end + 20}"
            f"L{s * (w - 34)},{end + 20}Z"
        )
        sheet.add(group(fill(sides, inner), clip))
    gloss(sheet, clip, (-88, 236, -50, 216, 50, 216, 88, 236), 30, tone, 0.46)
    return Hair(
        behind_head(back, tone, 200, end),
        front=sheet.text(),
        shade=d,
        reach=w + 34 + flick,
        top=142,
        bottom=end + 10,
        hides_ears=True,
    )


def fringe_bob(presenter: Presenter) -> Hair:
    """A sharp bob with a full fringe."""
    return _fringe(presenter, 548.0, 0.0)


def shoulder_fringe(presenter: Presenter) -> Hair:
    """To the shoulders with a fringe, the ends turned out."""
    return _fringe(presenter, 650.0, 18.0)


def pixie(presenter: Presenter) -> Hair:
    """Short, soft, swept to one side."""
    w, tone, sheet = presenter.face.width, Tone(presenter.hair_colour), Sheet("h")
    d = (
        f"M{-w - 2},424C{-w - 22},350 {-w - 24},268 {-w + 8},216C{-w + 40},160 -30,140 30,146"
        f"C96,150 {w + 10},190 {w + 14},262C{w + 20},320 {w + 12},370 {w + 4},428"
        f"C{w - 4},420 {w - 8},400 {w - 6},372C{w - 10},344 {w - 16},330 {w - 18},310"
        f"C{w - 40},282 50,256 34,238C10,282 -40,312 {-w + 20},318C{-w + 8},340 {-w + 10},392 "
        f"{-w - 2},424Z"
    )
    clip = sheet.clip(d)
    mass(sheet, d, tone, 148, 420)
    comb(
        sheet,
        clip,
        (30, 200, -10, 250, -60, 300, -w + 18, 316),
        (40, 150, -60, 140, -w - 6, 230, -w - 4, 400),
        tone,
        11,
    )
    comb(
        sheet,
        clip,
        (36, 220, 60, 260, w - 20, 290, w - 12, 330),
        (40, 150, 100, 160, w + 14, 260, w + 6, 420),
        tone,
        8,
    )
    gloss(sheet, clip, (-92, 240, -60, 190, 0, 178, 50, 184), 28, tone, 0.44)
    return Hair(cap=sheet.text(), shade=d, reach=w + 30, top=136)
