"""Cuts hair that covers the forehead. Knows no face but its width."""

from __future__ import annotations

from storyboard.studio.stage.figure.person import Presenter
from storyboard.studio.stage.vector import Curve, Sheet, fill, flipped, group
from storyboard.studio.stage.wardrobe.hair_long import behind_head
from storyboard.studio.stage.wardrobe.hair_material import Cut, Hair, Tone


def _fringed(w: float, end: float, flick: float) -> str:
    """Return the outline of hair with a full fringe, down to `end`."""
    return (
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


def _fringe(presenter: Presenter, end: float, flick: float) -> Hair:
    w, tone = presenter.face.width, Tone(presenter.hair_color)
    back = (
        f"M0,176C-120,170 {-w - 16},260 {-w - 20},420L{-w - 16},{end - 16}C-60,{end + 6} "
        f"60,{end + 6} {w + 16},{end - 16}L{w + 20},420C{w + 16},260 120,170 0,176Z"
    )
    cut = Cut.of(Sheet("h"), _fringed(w, end, flick), tone, 150, end)
    first: Curve = (-6, 150, -70, 180, -w + 12, 260, -w + 12, 336)
    cut.comb(first, flipped(first), 23, 0.9)
    side: Curve = (22 - w, 240, -w, 330, -w - 2, 440, 16 - w, end - 6)
    cut.comb_both(side, (-60, 160, -w - 14, 210, -w - 26, 420, -w - 12, end - 10), 7)
    for s in (-1, 1):
        inner = cut.sheet.linear(
            s * (w - 16), 0, s * (w + 12), 0, (0, tone.deep, 0.5), (1, tone.deep, 0.0)
        )
        below = (
            f"M{s * (w - 34)},334L{s * (w + 40)},334L{s * (w + 40)},{end + 20}"
            f"L{s * (w - 34)},{end + 20}Z"
        )
        cut.sheet.add(group(fill(below, inner), cut.clip))
    cut.gloss((-88, 236, -50, 216, 50, 216, 88, 236), 30, 0.46)
    return Hair(
        behind_head(back, tone, 200, end),
        front=cut.sheet.text(),
        shade=cut.outline,
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
    w = presenter.face.width
    d = (
        f"M{-w - 2},424C{-w - 22},350 {-w - 24},268 {-w + 8},216C{-w + 40},160 -30,140 30,146"
        f"C96,150 {w + 10},190 {w + 14},262C{w + 20},320 {w + 12},370 {w + 4},428"
        f"C{w - 4},420 {w - 8},400 {w - 6},372C{w - 10},344 {w - 16},330 {w - 18},310"
        f"C{w - 40},282 50,256 34,238C10,282 -40,312 {-w + 20},318C{-w + 8},340 {-w + 10},392 "
        f"{-w - 2},424Z"
    )
    cut = Cut.of(Sheet("h"), d, Tone(presenter.hair_color), 148, 420)
    left: Curve = (30, 200, -10, 250, -60, 300, -w + 18, 316)
    cut.comb(left, (40, 150, -60, 140, -w - 6, 230, -w - 4, 400), 11)
    right: Curve = (36, 220, 60, 260, w - 20, 290, w - 12, 330)
    cut.comb(right, (40, 150, 100, 160, w + 14, 260, w + 6, 420), 8)
    cut.gloss((-92, 240, -60, 190, 0, 178, 50, 184), 28, 0.44)
    return Hair(cap=cut.sheet.text(), shade=cut.outline, reach=w + 30, top=136)
