"""Colors by name and how light changes them. Knows skin and hair tones, nobody's face."""

from __future__ import annotations

from dataclasses import dataclass


def mix(color: str, other: str, share: float) -> str:
    """Return `#rrggbb` that is `share` (0 to 1) of `other` and the rest `color`."""
    pairs = zip(_channels(color), _channels(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def darker(color: str, share: float) -> str:
    """Shade a color towards a cool near-black."""
    return mix(color, "#0d0b16", share)


def lighter(color: str, share: float) -> str:
    """Light a color towards a warm near-white."""
    return mix(color, "#fff6e8", share)


def luminance(color: str) -> float:
    """Return the perceived lightness of a color, 0 to 1."""
    red, green, blue = _channels(color)
    return (0.2126 * red + 0.7152 * green + 0.0722 * blue) / 255


def _channels(color: str) -> tuple[int, int, int]:
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)


@dataclass(frozen=True, slots=True)
class Skin:
    """A skin tone and what light, shade and blood make of it."""

    base: str

    @property
    def shade(self) -> str:
        """The tone turned away from the light."""
        if luminance(self.base) > 0.5:
            return mix(self.base, "#8a3a1e", 0.34)
        return mix(self.base, "#1d0a06", 0.36)

    @property
    def deep(self) -> str:
        """The tone of creases and contours."""
        if luminance(self.base) > 0.5:
            return mix(self.base, "#5e2110", 0.56)
        return mix(self.base, "#140604", 0.60)

    @property
    def light(self) -> str:
        """The tone that faces the light."""
        return mix(self.base, "#fff1dd", 0.42 if luminance(self.base) > 0.5 else 0.26)

    @property
    def blush(self) -> str:
        """The warm tone of cheeks and ears."""
        return mix(self.base, "#e0402f", 0.42 if luminance(self.base) > 0.5 else 0.30)

    @property
    def lip(self) -> str:
        """Unpainted lips."""
        return mix(self.base, "#a8323a", 0.40 if luminance(self.base) > 0.5 else 0.28)


PORCELAIN = Skin("#f7dac8")
FAIR = Skin("#f3cdb3")
ROSY = Skin("#f0c2a8")
IVORY = Skin("#f2d2ae")
PEACH = Skin("#eab893")
OLIVE = Skin("#dcac83")
TAN = Skin("#c98f64")
CARAMEL = Skin("#b0764b")
BROWN = Skin("#8f5c39")
COCOA = Skin("#76482d")
DEEP = Skin("#5c3724")

BLACK = "#1d1a1f"
SOFT_BLACK = "#2a2325"
ESPRESSO = "#3b2820"
BROWN_HAIR = "#5b3a29"
CHESTNUT = "#7a4428"
AUBURN = "#8f3f22"
COPPER = "#b9592b"
CARAMEL_HAIR = "#96673d"
HONEY = "#c08d4c"
BLOND = "#d9b06c"
ASH = "#a98e6d"
SILVER = "#b9bbc0"
STEEL = "#7f8389"
PEPPER = "#55545a"
