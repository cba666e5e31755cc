"""Affine maps of the plane, written as SVG writes them. Knows no drawing."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, radians, sin
from typing import Final


@dataclass(frozen=True, slots=True)
class Affine:
    """Maps (x, y) to (a x + c y + e, b x + d y + f)."""

    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 1.0
    e: float = 0.0
    f: float = 0.0

    def __matmul__(self, first: Affine) -> Affine:
        """Return the map that does `first`, then this one."""
        return Affine(
            self.a * first.a + self.c * first.b,
            self.b * first.a + self.d * first.b,
            self.a * first.c + self.c * first.d,
            self.b * first.c + self.d * first.d,
            self.a * first.e + self.c * first.f + self.e,
            self.b * first.e + self.d * first.f + self.f,
        )

    def at(self, x: float, y: float) -> tuple[float, float]:
        """Return where a point goes."""
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def inverse(self) -> Affine:
        """Return the map that leads back; raises `ZeroDivisionError` where all goes to one line."""
        whole = self.a * self.d - self.b * self.c
        a, b, c, d = self.d / whole, -self.b / whole, -self.c / whole, self.a / whole
        return Affine(a, b, c, d, -(a * self.e + c * self.f), -(b * self.e + d * self.f))


IDENTITY: Final = Affine()


def translation(x: float, y: float) -> Affine:
    """Return a translation."""
    return Affine(e=x, f=y)


def scaling(by: float) -> Affine:
    """Return a scaling around the origin."""
    return Affine(a=by, d=by)


def rotation(degrees: float) -> Affine:
    """Return a rotation around the origin; clockwise, since y points down."""
    angle = radians(degrees)
    return Affine(cos(angle), sin(angle), -sin(angle), cos(angle))
