"""Units of measure: which signs stand for which, and what they are called, by CLDR. Knows no text.

Languages with plurals ask Babel, which has their names for one and for many.
"""

from __future__ import annotations

from decimal import Decimal
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Final

from storyboard.narration.grammar import Grammar, Money

NAMES: Final = MappingProxyType(
    {
        "%": "concentr-percent", "‰": "concentr-permille", "°C": "temperature-celsius",
        "°F": "temperature-fahrenheit", "°": "angle-degree", "km": "length-kilometer",
        "m": "length-meter", "cm": "length-centimeter", "mm": "length-millimeter",
        "µm": "length-micrometer", "nm": "length-nanometer", "kg": "mass-kilogram",
        "g": "mass-gram", "mg": "mass-milligram", "t": "mass-tonne", "l": "volume-liter",
        "ml": "volume-milliliter", "h": "duration-hour", "min": "duration-minute",
        "s": "duration-second", "ms": "duration-millisecond", "km/h": "speed-kilometer-per-hour",
        "m/s": "speed-meter-per-second", "mph": "speed-mile-per-hour",
        "km²": "area-square-kilometer", "m²": "area-square-meter",
        "cm²": "area-square-centimeter", "m³": "volume-cubic-meter", "ha": "area-hectare",
        "W": "power-watt", "kW": "power-kilowatt", "MW": "power-megawatt", "GW": "power-gigawatt",
        "kWh": "energy-kilowatt-hour", "V": "electric-volt", "mA": "electric-milliampere",
        "Ω": "electric-ohm", "Hz": "frequency-hertz", "kHz": "frequency-kilohertz",
        "MHz": "frequency-megahertz", "GHz": "frequency-gigahertz", "KB": "digital-kilobyte",
        "MB": "digital-megabyte", "GB": "digital-gigabyte", "TB": "digital-terabyte",
        "px": "graphics-pixel", "bar": "pressure-bar", "hPa": "pressure-hectopascal",
        "kPa": "pressure-kilopascal", "kcal": "energy-kilocalorie", "kJ": "energy-kilojoule",
        "µg": "mass-microgram", "dL": "volume-deciliter",
        "mmHg": "pressure-millimeter-ofhg", "mi": "length-mile", "N": "force-newton",
        "lx": "light-lux", "ft": "length-foot", "lb": "mass-pound",
        "″": "length-inch", "′": "length-foot",
        "oz": "mass-ounce",
    }
)  # fmt: skip
"""What CLDR calls each unit."""

_ALIKE: Final = MappingProxyType(
    {
        "℃": "°C", "℉": "°F", "L": "l", "mL": "ml", "μm": "µm", "kB": "KB", "sqm": "m²",
        "m2": "m²", "m3": "m³", "km2": "km²", "cm2": "cm²", "kph": "km/h", "qm": "m²",
        "％": "%", "Ω": "Ω", "Std.": "h", "Min.": "min", "Sek.": "s", "Std": "h", "hrs": "h",
        "lbs": "lb", "mins": "min", "secs": "s", "sec": "s", "㎡": "m²", "㎏": "kg", "㎞": "km",
        "㎝": "cm", "㎜": "mm", "Mbps": "Mbit/s", "º": "°", "ºC": "°C", "° C": "°C", "° F": "°F",
        "ºF": "°F", "GiB": "GB", "MiB": "MB", "mi/h": "mph", "in.": "″",
        "kwh": "kWh", "KWH": "kWh", "μg": "µg",
        "mcg": "µg", "dl": "dL", "N·m": "Nm", "N⋅m": "Nm",
    }
)  # fmt: skip
"""Other ways to write them."""

_PLAIN: Final = MappingProxyType(
    {
        "en": {
            "MWh": "{} megawatt-hours", "kV": "{} kilovolts",
            "dB": "{} decibels", "dB(A)": "{} decibels A",
            "mol/L": "{} moles per liter", "mol/l": "{} moles per liter",
            "Pa": "{} pascals", "lm": "{} lumens", "Nm": "{} newton meters",
            "ppm": "{} parts per million", "rpm": "{} revolutions per minute",
            "bps": "{} basis points", "fps": "{} frames per second",
            "pp": "{} percentage points",
            "Mbit/s": "{} megabits per second",
        },
        "de": {
            "MWh": "{} Megawattstunden", "kV": "{} Kilovolt",
            "dB": "{} Dezibel", "dB(A)": "{} Dezibel A",
            "mol/L": "{} Mol pro Liter", "mol/l": "{} Mol pro Liter",
            "ct": "{} Cent", "Pa": "{} Pascal", "lm": "{} Lumen", "Nm": "{} Newtonmeter",
            "ppm": "{} Teile pro Million", "rpm": "{} Umdrehungen pro Minute",
            "pp": "{} Prozentpunkte", "bps": "{} Basispunkte",
            "fps": "{} Bilder pro Sekunde",
            "Mbit/s": "{} Megabit pro Sekunde",
        },
        "fr": {
            "MWh": "{} mégawattheures", "kV": "{} kilovolts",
            "dB": "{} décibels", "dB(A)": "{} décibels A",
            "mol/L": "{} moles par litre", "mol/l": "{} moles par litre",
            "Pa": "{} pascals", "lm": "{} lumens", "Nm": "{} newtons-mètres",
            "ppm": "{} parties par million", "rpm": "{} tours par minute",
            "bps": "{} points de base",
            "fps": "{} images par seconde",
            "Mbit/s": "{} mégabits par seconde", "km/h": "{} kilomètres-heure",
        },
        "es": {
            "MWh": "{} megavatios hora", "kV": "{} kilovoltios",
            "dB": "{} decibelios", "dB(A)": "{} decibelios A",
            "mol/L": "{} moles por litro", "mol/l": "{} moles por litro",
            "Pa": "{} pascales", "lm": "{} lúmenes", "Nm": "{} newtons metro",
            "ppm": "{} partes por millón", "rpm": "{} revoluciones por minuto",
            "bps": "{} puntos básicos",
            "fps": "{} fotogramas por segundo",
            "Mbit/s": "{} megabits por segundo",
        },
    }
)  # fmt: skip
"""What Babel has no name for."""

UNITS: Final = tuple(
    dict.fromkeys((*NAMES, *_ALIKE, *(unit for names in _PLAIN.values() for unit in names)))
)
"""All of them, as they may be written."""

_KEPT: Final = 4096
"""Units of a number: a local studio is sent any number, and must not keep them all in memory."""


def unit_template(grammar: Grammar, written: str, number: Decimal) -> str | None:
    """Return what says a unit of so many, with `{}` for the number; None where it has no name."""
    unit = _ALIKE.get(written, written)
    if (grammar.tag, unit) == ("es", "mi"):
        return None  # "En 2024 mi equipo …": nothing is measured in miles there
    own = grammar.units.get(unit) or _PLAIN.get(grammar.tag, {}).get(unit)
    if own is not None or grammar.units:
        return own
    name = NAMES.get(unit)
    return None if name is None else _by_cldr(grammar.tag, name, str(abs(number)))


def unit_alone(grammar: Grammar, written: str, *, many: bool = False) -> str | None:
    """Return what a unit without a number is called; None where it has no name."""
    template = unit_template(grammar, written, Decimal(5 if many else 1))
    return None if template is None else " ".join(template.replace("{}", "").split())


@lru_cache(maxsize=_KEPT)
def _by_cldr(tag: str, unit: str, written: str) -> str | None:
    """Return a template; numbers are kept as text, since 1 and 1.0 are equal and take two forms."""
    from babel.numbers import format_decimal
    from babel.units import UnknownUnitError, format_unit

    number = Decimal(written)
    try:
        said = format_unit(number, unit, "long", locale=tag)
    except UnknownUnitError:
        return None
    digits = format_decimal(number, locale=tag)
    if digits not in said:
        return None
    return said.replace(digits, "{}", 1).replace("\u00a0", " ").replace("\u202f", " ")


@cache
def currency(tag: str, code: str) -> Money | None:
    """Return what one and many units of a currency are called, by its ISO code."""
    from babel.numbers import get_currency_name

    one, many = (get_currency_name(code, count, locale=tag) for count in (1, 5))
    return None if code in (one, many) else Money(one, many)
