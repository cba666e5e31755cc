"""Cuts hair that frames the face: bobs, waves, fringes. Knows no face but its width."""

from __future__ import annotations

from storyboard.studio.stage.figure.person import Presenter
from storyboard.studio.stage.vector import Curve, Sheet, fill, flipped
from storyboard.studio.stage.wardrobe.hair_material import Cut, Hair, Tone


def behind_head(d: str, tone: Tone, top: float, bottom: float) -> str:
    """Return the dark mass of hair that falls behind the body."""
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
    cut = Cut.of(sheet, d, tone, 160, end)
    first: Curve = (part, 196, s * (w - 60), 250, s * (w - 6), 360, s * (w - 8), end - 60)
    cut.comb(first, (part, 170, s * (w - 10), 170, s * (w + 22), 330, s * (w + 24), end - 20))
    _darken_inside(cut, s, w, 24, 6, 0.55)
    x = s * (w - 34)
    cut.gloss((x - s * 34, 214, x, 226, x + s * 34, 262, x + s * 44, 320), 26, 0.42)


def _darken_inside(cut: Cut, s: int, w: float, near: float, far: float, depth: float) -> None:
    """Darken a fall of hair towards the face."""
    deep = cut.tone.deep
    cut.shade(cut.sheet.linear(s * (w - near), 0, s * (w + far), 0, (0, deep, depth), (1, deep, 0)))


def long_straight(presenter: Presenter) -> Hair:
    """Straight from a center parting to the chest."""
    w, tone, end = presenter.face.width, Tone(presenter.hair_color), 772.0
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


def _comb_waves(cut: Cut, s: int, w: float, part: float, end: float, swing: float) -> None:
    """Draw the strands of one fall, on the left or on the right."""
    turn = s * (w + 26 + swing)
    first: Curve = (part, 200, s * (w - 50), 250, s * (w - 14), 330, s * (w - 4), 450)
    cut.comb(first, (part, 166, s * (w - 10), 166, s * (w + 22), 300, turn, 440), 8)
    low: Curve = (s * (w - 4), 440, s * (w - 34), 540, s * (w + 6), 590, s * (w - 16), end - 30)
    cut.comb(low, (turn, 430, s * (w + 10), 540, s * (w + 64), 600, s * (w + 14), end - 10), 8)


def _gloss_waves(cut: Cut, s: int, w: float) -> None:
    """Draw the light on one fall: at the crown, and where the lowest wave turns."""
    x = s * (w - 26)
    cut.gloss((x - s * 40, 214, x, 222, x + s * 30, 262, x + s * 36, 310), 26, 0.42)
    cut.gloss((s * (w + 6), 560, s * (w + 26), 590, s * (w + 30), 620, s * (w + 18), 650), 18, 0.34)


def _waves(presenter: Presenter, part: float, end: float, swing: float) -> Hair:
    w, tone, sheet = presenter.face.width, Tone(presenter.hair_color), Sheet("h")
    left, right = _wavy_side(w, -1, part, end, swing), _wavy_side(w, 1, part, end, swing)
    nape = max(end - 70, 700.0)
    back = (
        f"M0,176C-120,170 {-w - 20},260 {-w - 22},420L{-w - 34},{nape}L{w + 34},{nape}"
        f"L{w + 22},420C{w + 20},260 120,170 0,176Z"
    )
    for side, d in ((-1, left), (1, right)):
        cut = Cut.of(sheet, d, tone, 160, end)
        _comb_waves(cut, side, w, part, end, swing)
        _darken_inside(cut, side, w, 22, 8, 0.5)
        _gloss_waves(cut, side, w)
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
    w, tone, sheet = presenter.face.width, Tone(presenter.hair_color), Sheet("h")
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
        cut = Cut.of(sheet, d, tone, 156, end)
        first: Curve = (part, 200, s * (w - 40), 250, s * w, 400, s * (w - 26), end - 6)
        cut.comb(
            first, (part, 160, s * (w - 6), 160, s * (w + 40), 420, s * (w + 16), end - 16), 12
        )
        _darken_inside(cut, s, w, 20, 10, 0.55)
        light: Curve = (-w + 66, 220, -w + 22, 236, -w - 8, 290, -w - 14, 350)
        cut.gloss(light if s < 0 else flipped(light), 30, 0.44)
    return Hair(
        behind_head(back, tone, 200, 560),
        front=sheet.text(),
        shade="".join(falls),
        reach=w + 44,
        top=140,
        bottom=580,
        hides_ears=True,
    )
