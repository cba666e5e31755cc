"""Gathers hair: buns, a ponytail, hair behind the ears. Knows no face but its width."""

from __future__ import annotations

from storyboard.studio.stage.figure.person import Presenter
from storyboard.studio.stage.vector import Curve, Sheet, fill, flipped, stroke
from storyboard.studio.stage.wardrobe.hair_material import Cut, Hair, Tone, comb


def _gathered(presenter: Presenter, part: float = 0.0) -> Cut:
    """Draw hair drawn back tightly over the skull."""
    w = presenter.face.width
    d = (
        f"M{-w - 3},392C{-w - 14},320 {-w - 8},250 {-w + 18},212C{-w + 50},168 -50,160 0,160"
        f"C50,160 {w - 50},168 {w - 18},212C{w + 8},250 {w + 14},320 {w + 3},392"
        f"C{w - 6},376 {w - 8},352 {w - 12},330C{w - 22},280 {w - 56},246 {part},226"
        f"C{-w + 56},246 {-w + 22},280 {-w + 12},330C{-w + 8},352 {-w + 6},376 {-w - 3},392Z"
    )
    cut = Cut.of(Sheet("h"), d, Tone(presenter.hair_color), 160, 392)
    for s in (-1, 1):
        first: Curve = (part, 226, s * 60, 220, s * (w - 10), 290, s * (w + 2), 380)
        cut.comb(first, (part, 168, s * 60, 160, s * (w + 6), 230, s * (w + 8), 350))
    light: Curve = (-84, 226, -50, 196, -20, 188, -6, 190)
    cut.gloss(light, 22, 0.46)
    cut.gloss(flipped(light), 18, 0.36)
    if part:
        line = f"M{part},228Q{part * 0.8:.1f},196 {part * 0.7:.1f},166"
        cut.sheet.add(stroke(line, cut.tone.deep, 3, 0.6))
    return cut


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
    over: Curve = (
        *(x - rx, y + 8, x - rx * 0.4, y - ry * 1.3),
        *(x + rx * 0.4, y - ry * 1.3, x + rx, y + 8),
    )
    under: Curve = (
        *(x - rx, y + ry, x - rx * 0.3, y + ry * 0.3),
        *(x + rx * 0.3, y + ry * 0.3, x + rx, y + ry),
    )
    comb(sheet, sheet.clip(d), over, under, tone, 8)


def top_bun(presenter: Presenter) -> Hair:
    """All gathered in a bun on top."""
    cut, behind = _gathered(presenter), Sheet("hb")
    _bun(behind, 4, 124, 62, 54, cut.tone)
    cut.sheet.add(stroke("M-42,166Q4,150 50,166", cut.tone.deep, 6, 0.5))
    return Hair(behind.text(), cap=cut.sheet.text(), shade=cut.outline, top=64)


def low_bun(presenter: Presenter) -> Hair:
    """A side parting, gathered low in the neck."""
    w, cut, behind = presenter.face.width, _gathered(presenter, part=-36.0), Sheet("hb")
    _bun(behind, w * 0.62, 508, 66, 58, cut.tone)
    return Hair(behind.text(), cap=cut.sheet.text(), shade=cut.outline, top=152, reach=w + 30)


def ponytail(presenter: Presenter) -> Hair:
    """Drawn back; the tail falls over one shoulder."""
    w, cut = presenter.face.width, _gathered(presenter, part=30.0)
    outline = (
        f"M{w * 0.3:.1f},470C{w - 10},440 {w + 26},500 {w + 40},560"
        f"C{w + 62},630 {w + 52},720 {w + 6},800C{w - 4},770 {w - 34},740 {w - 30},676"
        f"C{w - 28},630 {w - 26},590 {w * 0.3:.1f},560Z"
    )
    tail = Cut.of(Sheet("hf"), outline, cut.tone, 450, 800)
    inner: Curve = (w * 0.4, 540, w - 20, 570, w - 40, 680, w - 2, 790)
    tail.comb(inner, (w * 0.6, 462, w + 40, 510, w + 66, 680, w + 8, 796), 12)
    tail.gloss((w + 4, 556, w + 26, 600, w + 28, 640, w + 22, 690), 24, 0.4)
    return Hair(
        under=tail.sheet.text(),
        cap=cut.sheet.text(),
        shade=cut.outline,
        top=152,
        reach=w + 70,
        bottom=806,
    )


def shoulder_man(presenter: Presenter) -> Hair:
    """A man's hair to the shoulders, behind the ears."""
    w, tone = presenter.face.width, Tone(presenter.hair_color)
    back = (
        f"M0,176C-120,170 {-w - 24},260 {-w - 26},400C{-w - 40},480 {-w - 36},560 "
        f"{-w - 50},636Q{-w - 26},668 {-w - 6},640Q{-w + 10},662 {-w + 34},634Q-60,650 0,640"
        f"Q60,650 {w - 34},634Q{w - 10},662 {w + 6},640Q{w + 26},668 {w + 50},636"
        f"C{w + 36},560 {w + 40},480 {w + 26},400C{w + 24},260 120,170 0,176Z"
    )
    behind = Cut.of(Sheet("hb"), back, tone, 180, 650)
    low: Curve = (40 - w, 400, 10 - w, 480, 20 - w, 560, 30 - w, 640)
    behind.comb_both(low, (-w - 20, 380, -w - 34, 480, -w - 28, 560, -w - 40, 630), 8)
    d = (
        f"M{-w - 6},400C{-w - 26},320 {-w - 16},240 {-w + 16},206C{-w + 50},160 -40,152 0,156"
        f"C40,152 {w - 50},160 {w - 16},206C{w + 16},240 {w + 26},320 {w + 6},400"
        f"C{w - 10},380 {w - 4},330 {w - 24},290C{w - 40},262 40,240 6,214C-30,240 "
        f"{-w + 40},262 {-w + 24},290C{-w + 4},330 {-w + 10},380 {-w - 6},400Z"
    )
    cut = Cut.of(Sheet("h"), d, tone, 156, 400)
    first: Curve = (0, 214, -60, 250, 10 - w, 310, 4 - w, 396)
    cut.comb_both(first, (0, 158, -80, 156, -w - 14, 240, -w - 10, 390), 10)
    cut.gloss((-90, 236, -60, 200, -30, 190, -10, 192), 24, 0.42)
    return Hair(
        behind.sheet.text(),
        cap=cut.sheet.text(),
        shade=cut.outline,
        reach=w + 50,
        top=146,
        bottom=656,
    )
