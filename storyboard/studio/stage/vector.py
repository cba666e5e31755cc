"""Writes SVG: paths, soft gradients, clips. Knows no figure and no renderer."""

from __future__ import annotations

from collections.abc import Sequence

Stop = tuple[float, str, float]
"""A gradient's stop: place from 0 to 1, color, opacity."""

Curve = tuple[float, float, float, float, float, float, float, float]
"""A cubic: start, two controls, end, as x and y in turn."""


class Sheet:
    """One piece of a drawing while it is being drawn; its ids start with its own prefix."""

    def __init__(self, prefix: str) -> None:
        self._prefix = prefix
        self._count = 0
        self._parts: list[str] = []

    @property
    def prefix(self) -> str:
        """What the ids of this piece begin with."""
        return self._prefix

    def add(self, *parts: str) -> None:
        """Draw parts on top of what is there."""
        self._parts.extend(parts)

    def linear(self, x1: float, y1: float, x2: float, y2: float, *stops: Stop) -> str:
        """Define a gradient along a line; return the paint that names it."""
        place = f'x1="{x1:g}" y1="{y1:g}" x2="{x2:g}" y2="{y2:g}"'
        return self._gradient("linearGradient", place, stops)

    def radial(self, x: float, y: float, rx: float, ry: float, *stops: Stop) -> str:
        """Define a gradient from the center of an ellipse to its edge; return its paint."""
        place = (
            f'cx="0" cy="0" r="{rx:g}" '
            f'gradientTransform="translate({x:g} {y:g}) scale(1 {ry / rx:.4g})"'
        )
        return self._gradient("radialGradient", place, stops)

    def clip(self, d: str) -> str:
        """Define a clip by a path; return the attribute that applies it."""
        name = self._name()
        self.add(f'<defs><clipPath id="{name}"><path d="{d}"/></clipPath></defs>')
        return f'clip-path="url(#{name})"'

    def glow(
        self, x: float, y: float, rx: float, ry: float, color: str, opacity: float, clip: str = ""
    ) -> None:
        """Add a soft ellipse of color that fades to nothing at its edge."""
        stops = ((0.0, color, opacity), (0.5, color, opacity * 0.56), (1.0, color, 0.0))
        paint = self.radial(x, y, rx, ry, *stops)
        spot = f'<ellipse cx="{x:g}" cy="{y:g}" rx="{rx:g}" ry="{ry:g}" fill="{paint}"/>'
        self.add(f"<g {clip}>{spot}</g>" if clip else spot)

    def text(self) -> str:
        """Return the piece."""
        return "".join(self._parts)

    def _gradient(self, kind: str, place: str, stops: Sequence[Stop]) -> str:
        name = self._name()
        body = "".join(
            f'<stop offset="{at:g}" stop-color="{color}" stop-opacity="{opacity:.3g}"/>'
            for at, color, opacity in stops
        )
        self.add(
            f'<defs><{kind} id="{name}" gradientUnits="userSpaceOnUse" {place}>'
            f"{body}</{kind}></defs>"
        )
        return f"url(#{name})"

    def _name(self) -> str:
        self._count += 1
        return f"{self._prefix}{self._count}"


def fill(d: str, paint: str, opacity: float = 1.0, extra: str = "") -> str:
    """Return a filled path."""
    shown = "" if opacity == 1.0 else f' fill-opacity="{opacity:g}"'
    return f'<path d="{d}" fill="{paint}"{shown} {extra}/>'


def stroke(d: str, paint: str, width: float, opacity: float = 1.0, extra: str = "") -> str:
    """Return a line with round ends."""
    shown = "" if opacity == 1.0 else f' stroke-opacity="{opacity:g}"'
    return (
        f'<path d="{d}" fill="none" stroke="{paint}" stroke-width="{width:g}"{shown} '
        f'stroke-linecap="round" stroke-linejoin="round" {extra}/>'
    )


def dot(x: float, y: float, rx: float, ry: float, paint: str, opacity: float = 1.0) -> str:
    """Return a filled ellipse."""
    shown = "" if opacity == 1.0 else f' fill-opacity="{opacity:g}"'
    return f'<ellipse cx="{x:g}" cy="{y:g}" rx="{rx:g}" ry="{ry:g}" fill="{paint}"{shown}/>'


def group(parts: str, attributes: str) -> str:
    """Return parts under a transform, a clip or an opacity."""
    return f"<g {attributes}>{parts}</g>"


def between(first: Curve, last: Curve, share: float) -> str:
    """Return the path that lies `share` of the way from one curve to another."""
    p = [a + (b - a) * share for a, b in zip(first, last, strict=True)]
    return (
        f"M{p[0]:.1f},{p[1]:.1f}C{p[2]:.1f},{p[3]:.1f} {p[4]:.1f},{p[5]:.1f} {p[6]:.1f},{p[7]:.1f}"
    )


def flipped(curve: Curve) -> Curve:
    """Return the curve mirrored at x = 0."""
    a, b, c, d, e, f, g, h = curve
    return (-a, b, -c, d, -e, f, -g, h)


def mirrored(parts: str) -> str:
    """Return parts and their mirror image at x = 0."""
    return parts + on_side(parts, -1)


def on_side(parts: str, side: int) -> str:
    """Return parts of the right side as they are, or for side -1 their mirror image at x = 0."""
    return parts if side > 0 else group(parts, 'transform="scale(-1 1)"')
