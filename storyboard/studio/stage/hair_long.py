"""Cuts hair that frames the face: bobs, waves, buns, braids, scarves. Knows no face but its width."""

from __future__ import annotations

from math import sin

from storyboard.studio.stage.palette import darker, lighter
from storyboard.studio.stage.person import Presenter
from storyboard.studio.stage.tresses import Hair, Tone, comb, curls, gloss, mass, ring
from storyboard.studio.stage.vector import Curve, Sheet, fill, group, stroke


def _back(d: str, tone: Tone, top: float, bottom: float) -> str:
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
        _back(back, tone, 200, 720), front=sheet.text(), shade=left + right, reach=w + 40, top=152,
        bottom=end + 4, hides_ears=True,
    )  # fmt: skip


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
    back = (
        f"M0,176C-120,170 {-w - 20},260 {-w - 22},420L{-w - 34},{end - 70}L{w + 34},{end - 70}"
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
        _back(back, tone, 200, end), front=sheet.text(), shade=left + right, reach=w + 64 + swing, top=142,
        bottom=end + 6, hides_ears=True,
    )  # fmt: skip


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
        _back(back, tone, 200, 560),
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
        _back(back, tone, 200, end),
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


def _gathered(presenter: Presenter, sheet: Sheet, part: float = 0.0) -> str:
    """Draw hair drawn back tightly over the skull; return its outline."""
    w, tone = presenter.face.width, Tone(presenter.hair_colour)
    d = (
        f"M{-w - 3},392C{-w - 14},320 {-w - 8},250 {-w + 18},212C{-w + 50},168 -50,160 0,160"
        f"C50,160 {w - 50},168 {w - 18},212C{w + 8},250 {w + 14},320 {w + 3},392"
        f"C{w - 6},376 {w - 8},352 {w - 12},330C{w - 22},280 {w - 56},246 {part},226"
        f"C{-w + 56},246 {-w + 22},280 {-w + 12},330C{-w + 8},352 {-w + 6},376 {-w - 3},392Z"
    )
    clip = sheet.clip(d)
    mass(sheet, d, tone, 160, 392)
    first: Curve = (part, 226, -60, 220, -w + 10, 290, -w - 2, 380)
    last: Curve = (part, 168, -60, 160, -w - 6, 230, -w - 8, 350)
    comb(sheet, clip, first, last, tone, 9)
    right: Curve = (part, 226, 60, 220, w - 10, 290, w + 2, 380)
    far: Curve = (part, 168, 60, 160, w + 6, 230, w + 8, 350)
    comb(sheet, clip, right, far, tone, 9)
    gloss(sheet, clip, (-84, 226, -50, 196, -20, 188, -6, 190), 22, tone, 0.46)
    gloss(sheet, clip, (84, 226, 50, 196, 20, 188, 6, 190), 18, tone, 0.36)
    if part:
        sheet.add(
            stroke(f"M{part},228Q{part * 0.8:.1f},196 {part * 0.7:.1f},166", tone.deep, 3, 0.6)
        )
    return d


def _bun(sheet: Sheet, x: float, y: float, rx: float, ry: float, tone: Tone) -> None:
    paint = sheet.radial(
        x - rx * 0.3,
        y - ry * 0.4,
        rx * 1.5,
        ry * 1.5,
        (0, tone.light, 1),
        (0.4, tone.base, 1),
        (1, tone.deep, 1),
    )
    d = f"M{x - rx},{y}A{rx},{ry} 0 1 1 {x + rx},{y}A{rx},{ry} 0 1 1 {x - rx},{y}Z"
    sheet.add(fill(d, paint))
    clip = sheet.clip(d)
    comb(
        sheet,
        clip,
        (x - rx, y + 8, x - rx * 0.4, y - ry * 1.3, x + rx * 0.4, y - ry * 1.3, x + rx, y + 8),
        (x - rx, y + ry, x - rx * 0.3, y + ry * 0.3, x + rx * 0.3, y + ry * 0.3, x + rx, y + ry),
        tone,
        8,
    )


def top_bun(presenter: Presenter) -> Hair:
    """All gathered in a bun on top."""
    tone, sheet, behind = Tone(presenter.hair_colour), Sheet("h"), Sheet("hb")
    _bun(behind, 4, 124, 62, 54, tone)
    d = _gathered(presenter, sheet)
    sheet.add(stroke("M-42,166Q4,150 50,166", tone.deep, 6, 0.5))
    return Hair(behind.text(), cap=sheet.text(), shade=d, top=64)


def low_bun(presenter: Presenter) -> Hair:
    """A side parting, gathered low in the neck."""
    w, tone, sheet, behind = (
        presenter.face.width,
        Tone(presenter.hair_colour),
        Sheet("h"),
        Sheet("hb"),
    )
    _bun(behind, w * 0.62, 508, 66, 58, tone)
    d = _gathered(presenter, sheet, part=-36.0)
    return Hair(behind.text(), cap=sheet.text(), shade=d, top=152, reach=w + 30)


def ponytail(presenter: Presenter) -> Hair:
    """Drawn back; the tail falls over one shoulder."""
    w, tone, sheet, front = (
        presenter.face.width,
        Tone(presenter.hair_colour),
        Sheet("h"),
        Sheet("hf"),
    )
    d = _gathered(presenter, sheet, part=30.0)
    tail = (
        f"M{w * 0.42},470C{w + 20},500 {w + 52},560 {w + 46},640C{w + 42},710 {w + 22},760 "
        f"{w - 12},806C{w - 22},760 {w - 40},720 {w - 34},660"
        f"C{w - 30},610 {w - 30},570 {w * 0.36},540Z"
    )
    clip = front.clip(tail)
    mass(front, tail, tone, 470, 800)
    comb(
        front,
        clip,
        (w * 0.4, 530, w - 20, 560, w - 40, 680, w - 14, 800),
        (w * 0.5, 470, w + 30, 510, w + 60, 660, w - 4, 796),
        tone,
        10,
    )
    gloss(front, clip, (w + 4, 540, w + 20, 570, w + 20, 610, w + 16, 650), 20, tone, 0.4)
    nape = f"M{-w * 0.5},440L{w * 0.5},440L{w * 0.6},560L{-w * 0.3},560Z"
    return Hair(
        _back(nape, tone, 440, 560),
        cap=sheet.text(),
        front=front.text(),
        shade=d,
        top=152,
        reach=w + 66,
        bottom=812,
    )


def afro(presenter: Presenter) -> Hair:
    """A full round afro."""
    w, tone, sheet, behind = (
        presenter.face.width,
        Tone(presenter.hair_colour),
        Sheet("h"),
        Sheet("hb"),
    )
    curls(behind, tone, ring(0, 300, w + 62, 176, 46, 0.36, 1.14, 25))
    curls(behind, tone, ring(0, 300, w + 26, 140, 52, 0.34, 1.16, 20))
    d = (
        f"M{-w - 6},380C{-w - 20},270 -100,190 0,186C100,190 {w + 20},270 {w + 6},380"
        f"C{w - 8},330 {w - 26},286 {w - 44},262C50,246 -50,246 {-w + 44},262C{-w + 26},286 "
        f"{-w + 8},330 {-w - 6},380Z"
    )
    mass(sheet, d, tone, 150, 380)
    curls(sheet, tone, ring(0, 300, w + 30, 128, 38, 0.46, 1.04, 15))
    curls(sheet, tone, ring(0, 312, w - 8, 98, 30, 0.48, 1.02, 15))
    curls(sheet, tone, ring(0, 316, w - 26, 66, 21, 0.52, 0.98, 15))
    return Hair(behind.text(), cap=sheet.text(), shade=d, reach=w + 116, top=74, hides_ears=True)


def long_curls(presenter: Presenter) -> Hair:
    """A mane of curls past the shoulders."""
    w, tone, sheet, behind, front = (
        presenter.face.width,
        Tone(presenter.hair_colour),
        Sheet("h"),
        Sheet("hb"),
        Sheet("hf"),
    )
    mane = (
        f"M0,190C-150,190 {-w - 60},330 {-w - 60},470L{-w - 40},660L{w + 40},660L{w + 60},470"
        f"C{w + 60},330 150,190 0,190Z"
    )
    behind.add(fill(mane, tone.deep))
    for s in (-1, 1):
        spots = tuple(
            (s * (w + 44 + 16 * sin(y / 40)), float(y), 42.0) for y in range(330, 680, 34)
        )
        curls(behind, tone, spots)
    d = (
        f"M{-w - 4},400C{-w - 26},270 -110,184 0,178C110,184 {w + 26},270 {w + 4},400"
        f"C{w - 6},340 {w - 22},296 {w - 44},272C60,250 10,246 -16,226C-40,250 -70,262 "
        f"{-w + 40},280C{-w + 22},300 {-w + 6},340 {-w - 4},400Z"
    )
    mass(sheet, d, tone, 170, 400)
    curls(sheet, tone, ring(0, 310, w + 26, 130, 36, 0.45, 1.05, 15))
    curls(sheet, tone, ring(0, 320, w - 4, 106, 28, 0.47, 1.03, 15))
    curls(sheet, tone, ring(0, 330, w - 14, 88, 19, 0.5, 1.0, 15))
    for s in (-1, 1):
        rows = [(s * (w + 12 + 9 * sin(y / 23)), float(y), 30.0) for y in range(372, 700, 27)]
        rows += [(s * (w + 38 + 8 * sin(y / 19 + 1)), float(y), 28.0) for y in range(420, 690, 29)]
        curls(front, tone, tuple(rows))
    return Hair(
        behind.text(),
        cap=sheet.text(),
        front=front.text(),
        shade=d,
        reach=w + 108,
        top=128,
        bottom=740,
        hides_ears=True,
    )


def braids(presenter: Presenter) -> Hair:
    """Box braids from a centre parting, over both shoulders."""
    w, tone, sheet = presenter.face.width, Tone(presenter.hair_colour), Sheet("h")
    cap = (
        f"M{-w - 8},400C{-w - 30},280 {-w + 14},158 0,156C{w - 14},158 {w + 30},280 "
        f"{w + 8},400C{w - 4},340 {w - 26},270 0,214C{-w + 26},270 {-w + 4},340 {-w - 8},400Z"
    )
    clip = sheet.clip(cap)
    mass(sheet, cap, tone, 156, 400)
    for s in (-1, 1):
        comb(
            sheet,
            clip,
            (0, 214, s * 60, 240, s * (w - 12), 310, s * (w - 2), 390),
            (0, 160, s * 90, 160, s * (w + 16), 270, s * (w + 10), 390),
            tone,
            12,
            1.5,
        )
    front, behind = Sheet("hf"), Sheet("hb")
    behind.add(
        fill(
            (
                f"M0,180C-130,180 {-w - 26},280 {-w - 26},430L{-w - 20},700L{w + 20},700L{w + 26},430"
                f"C{w + 26},280 130,180 0,180Z"
            ),
            tone.deep,
        )
    )
    for s in (-1, 1):
        for k, (x0, x1, end) in enumerate(
            (
                (w + 22, w + 52, 730),
                (w + 12, w + 28, 790),
                (w + 3, w + 4, 812),
                (w - 3, w - 20, 776),
            )
        ):
            _braid(front, s * x0, s * x1, 330 + 14 * k, end, tone)
    return Hair(
        behind.text(),
        cap=sheet.text(),
        front=front.text(),
        shade=cap,
        reach=w + 72,
        top=146,
        bottom=830,
        hides_ears=True,
    )


def _braid(sheet: Sheet, x0: float, x1: float, top: float, end: float, tone: Tone) -> None:
    links = int((end - top) / 19)
    for i in range(links):
        t = i / (links - 1)
        x = x0 + (x1 - x0) * t * t
        y = top + (end - top) * t
        r = 10.5 - 2.5 * t
        paint = tone.base if i % 2 else tone.dark
        sheet.add(f'<ellipse cx="{x:.1f}" cy="{y:.1f}" rx="{r:.1f}" ry="12.5" fill="{paint}"/>')
        sheet.add(
            stroke(
                f"M{x - r * 0.7:.1f},{y - 5:.1f}Q{x:.1f},{y + 2:.1f} {x + r * 0.6:.1f},{y + 9:.1f}",
                tone.deep,
                2,
                0.6,
            )
        )
        sheet.add(
            stroke(
                f"M{x - r * 0.3:.1f},{y - 7:.1f}L{x + r * 0.3:.1f},{y - 3:.1f}",
                tone.light,
                1.8,
                0.5,
            )
        )


def shoulder_man(presenter: Presenter) -> Hair:
    """A man's hair to the shoulders, behind the ears."""
    w, tone, sheet = presenter.face.width, Tone(presenter.hair_colour), Sheet("h")
    back = (
        f"M0,176C-120,170 {-w - 24},260 {-w - 26},400C{-w - 40},480 {-w - 36},560 "
        f"{-w - 46},630C{-w - 10},650 -60,650 0,650C60,650 {w + 10},650 {w + 46},630"
        f"C{w + 36},560 {w + 40},480 {w + 26},400C{w + 24},260 120,170 0,176Z"
    )
    behind = Sheet("hb")
    clip = behind.clip(back)
    mass(behind, back, tone, 180, 650)
    for s in (-1, 1):
        comb(
            behind,
            clip,
            (s * (w - 40), 400, s * (w - 10), 480, s * (w - 20), 560, s * (w - 30), 640),
            (s * (w + 20), 380, s * (w + 34), 480, s * (w + 28), 560, s * (w + 40), 630),
            tone,
            8,
        )
    d = (
        f"M{-w - 6},400C{-w - 26},320 {-w - 16},240 {-w + 16},206C{-w + 50},160 -40,152 0,156"
        f"C40,152 {w - 50},160 {w - 16},206C{w + 16},240 {w + 26},320 {w + 6},400"
        f"C{w - 10},380 {w - 4},330 {w - 24},290C{w - 40},262 40,240 6,214C-30,240 "
        f"{-w + 40},262 {-w + 24},290C{-w + 4},330 {-w + 10},380 {-w - 6},400Z"
    )
    clip = sheet.clip(d)
    mass(sheet, d, tone, 156, 400)
    for s in (-1, 1):
        comb(
            sheet,
            clip,
            (6, 212, s * 60, 250, s * (w - 10), 310, s * (w - 4), 396),
            (6, 158, s * 80, 156, s * (w + 14), 240, s * (w + 10), 390),
            tone,
            10,
        )
    gloss(sheet, clip, (-90, 236, -60, 200, -30, 190, -10, 192), 24, tone, 0.42)
    return Hair(behind.text(), cap=sheet.text(), shade=d, reach=w + 50, top=146, bottom=656)


def hijab(presenter: Presenter) -> Hair:
    """A headscarf, folded about the face and over the chest; its colour is the hair's."""
    w, cloth, sheet, behind = presenter.face.width, presenter.hair_colour, Sheet("h"), Sheet("hb")
    shade, light = darker(cloth, 0.34), lighter(cloth, 0.34)
    end = presenter.face.chin_y
    outer = (
        f"M0,146C-90,146 {-w - 30},210 {-w - 34},340C{-w - 38},430 {-w - 40},500 {-w - 62},590"
        f"C{-w - 110},650 -190,690 -196,742C-130,800 90,826 186,752"
        f"C196,700 {w + 110},650 {w + 62},590C{w + 40},500 {w + 38},430 {w + 34},340"
        f"C{w + 30},210 90,146 0,146Z"
    )
    opening = (
        f"M0,232C{w * 0.72:.1f},232 {w - 4},290 {w - 5},372C{w - 6},440 {w - 26},500 "
        f"{w - 62},538C40,{end + 2} 20,{end + 9} 0,{end + 9}"
        f"C-20,{end + 9} -40,{end + 2} {-w + 62},538C{-w + 26},500 {-w + 6},440 {-w + 5},372"
        f"C{-w + 4},290 {-w * 0.72:.1f},232 0,232Z"
    )
    paint = sheet.linear(-w - 60, 170, w + 60, 760, (0, light, 1), (0.35, cloth, 1), (1, shade, 1))
    sheet.add(f'<path d="{outer}{opening}" fill="{paint}" fill-rule="evenodd"/>')
    rim = sheet.linear(-w, 240, w, 520, (0, light, 1), (1, shade, 1))
    sheet.add(stroke(opening, shade, 11, 0.45), stroke(opening, rim, 5))
    clip = sheet.clip(outer)
    tone = Tone(cloth)
    folds = (
        (f"M{-w + 2},470C{-w + 20},560 -20,620 150,650", 7.0), (f"M{-w - 12},430C{-w - 6},580 -30,660 170,700", 8.0),
        (f"M{-w - 26},470C{-w - 30},620 -60,720 120,760", 8.0), (f"M{w - 2},470C{w - 20},560 40,606 -20,628", 6.0),
        (f"M{w + 18},440C{w + 20},540 {w - 10},600 60,636", 6.0), (f"M-104,200C-30,160 60,176 {w - 4},300", 5.0),
        (f"M-60,166C20,150 90,180 {w + 14},300", 4.0),
    )  # fmt: skip
    lines = "".join(
        stroke(d, tone.deep, width, 0.20)
        + group(stroke(d, light, width * 0.6, 0.38), 'transform="translate(-3 -7)"')
        for d, width in folds
    )
    sheet.add(group(lines, clip))
    behind.add(fill(outer, shade))
    sheet.glow(-64, 196, 80, 34, light, 0.5, clip)
    return Hair(
        behind.text(), front=sheet.text(), shade="", reach=212, top=138, bottom=812, hides_ears=True
    )
