"""Units of measure: which signs stand for which, and what they are called, by CLDR. Knows no text.

Languages with plurals ask Babel, which has their names for one and for many.
"""

from __future__ import annotations

from decimal import Decimal
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Final

from storyboard.narration.binary_units import BINARY_UNITS, binary_name
from storyboard.narration.blanks import BLANKS
from storyboard.narration.grammar import Grammar, Money
from storyboard.narration.singulars import one_of
from storyboard.narration.unit_names import BEHIND_PER, PLAIN_UNITS

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
        "m/s²": "acceleration-meter-per-square-second", "µs": "duration-microsecond",
        "cd": "light-candela", "dpi": "graphics-dot-per-inch", "fl oz": "volume-fluid-ounce",
        "km²": "area-square-kilometer", "m²": "area-square-meter",
        "cm²": "area-square-centimeter", "m³": "volume-cubic-meter",
        "cm³": "volume-cubic-centimeter", "MPa": "pressure-megapascal",
        "tbsp": "volume-tablespoon", "tsp": "volume-teaspoon", "gal": "volume-gallon",
        "ha": "area-hectare",
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
        "oz": "mass-ounce", "yd": "length-yard",
    }
)  # fmt: skip
"""What CLDR calls each unit."""

_ALIKE: Final = MappingProxyType(
    {
        "℃": "°C", "℉": "°F", "L": "l", "mL": "ml", "μm": "µm", "kB": "KB", "sqm": "m²",
        "m2": "m²", "m3": "m³", "km2": "km²", "cm2": "cm²", "kph": "km/h", "qm": "m²",
        "％": "%", "Std.": "h", "Min.": "min", "Sek.": "s", "Std": "h", "hrs": "h",
        "lbs": "lb", "mins": "min", "secs": "s", "sec": "s", "㎡": "m²", "㎏": "kg", "㎞": "km",
        "㎝": "cm", "㎜": "mm", "Mbps": "Mbit/s", "º": "°", "ºC": "°C", "° C": "°C", "° F": "°F",
        "ºF": "°F", "mi/h": "mph", "in.": "″", "cm3": "cm³",
        "mm2": "mm²", "mm3": "mm³", "m/s2": "m/s²", "m/s^2": "m/s²", "μs": "µs", "dBA": "dB(A)",
        "dB A": "dB(A)", "fl. oz.": "fl oz",
        **{f"W/({area}{dot}K)": f"W/({area}·K)" for area in ("m", "m²") for dot in ("⋅", "*", "")},
        "W/mK": "W/(m·K)", "W/m²K": "W/(m²·K)",
        "giri/min": "U/min", "tr/min": "rpm", "r/min": "rpm", "1/min": "rpm",
        "min⁻¹": "rpm", "min^-1": "rpm",
        "%p": "%p", "p.p.": "pp", "p. p.": "pp",
        "wk": "wks", "yr": "yrs", "kgs": "kg", "kms": "km", "cms": "cm", "mls": "ml", "gms": "g",
        "tbsps": "tbsp", "tsps": "tsp", "KBs": "KB", "MBs": "MB", "GBs": "GB", "TBs": "TB",
        "gals": "gal", "yds": "yd", "mq": "m²", "cbm": "m³", "kwh": "kWh", "KWH": "kWh", "μg": "µg",
        "mcg": "µg", "Pp": "pp", "dl": "dL", "N·m": "Nm", "N⋅m": "Nm",
    }
)  # fmt: skip
"""Other ways to write them."""

_FRENCH: Final = MappingProxyType({"ko": "KB", "Ko": "KB", "Mo": "MB", "Go": "GB", "To": "TB"})
"""How the French write bytes, which they call octets: other languages have such words."""

UNITS: Final = tuple(
    dict.fromkeys(
        (
            *NAMES,
            *BINARY_UNITS,
            *_ALIKE,
            *_FRENCH,
            *(unit for names in PLAIN_UNITS.values() for unit in names),
        )
    )
)
"""All of them, as they may be written."""

_KEPT: Final = 4096
"""Units of a number: a local studio is sent any number, and must not keep them all in memory."""
_COUNTABLE_DIGITS: Final = 20


def unit_template(grammar: Grammar, written: str, number: Decimal) -> str | None:
    """Return what says a unit of so many, with `{}` for the number; None where it has no name."""
    if written in BINARY_UNITS:
        decimal = unit_template(grammar, BINARY_UNITS[written], number)
        return decimal and binary_name(decimal)
    unit = _ALIKE.get(written, written)
    if grammar.tag == "fr":
        unit = _FRENCH.get(unit, unit)
    if (grammar.tag, unit) == ("es", "mi"):
        return None  # "En 2024 mi equipo …": nothing is measured in miles there
    own = grammar.units.get(unit) or PLAIN_UNITS.get(grammar.tag, {}).get(unit)
    if own is not None or grammar.units:
        return one_of(own, grammar.tag) if own and _is_one(grammar, number) else own
    name = NAMES.get(unit)
    return None if name is None else template_by_cldr(grammar.cldr, name, str(abs(number)))


def _is_one(grammar: Grammar, number: Decimal) -> bool:
    return not grammar.units and (
        abs(number) == 1 or (grammar.one_below_two and 0 < abs(number) < 2)
    )


def unit_alone(grammar: Grammar, written: str, *, many: bool = False) -> str | None:
    """Return what a unit without a number is called; None where it has no name."""
    template = unit_template(grammar, written, Decimal(5 if many else 1))
    return None if template is None else " ".join(template.replace("{}", "").split())


def unit_behind_per(grammar: Grammar, written: str) -> str:
    """Return what a unit behind a slash is called: "day" of "mg/kg/d"; itself without a name."""
    one = BEHIND_PER.get(grammar.tag, {}).get(written)
    return one or unit_alone(grammar, written) or written


_NARROW: Final = dict.fromkeys(map(ord, BLANKS), " ")


@lru_cache(maxsize=_KEPT)
def template_by_cldr(tag: str, unit: str, written: str) -> str | None:
    """Return a template; numbers are kept as text, since 1 and 1.0 are equal and take two forms."""
    from babel import UnknownLocaleError
    from babel.numbers import format_decimal
    from babel.units import UnknownUnitError, format_unit

    number = Decimal(written)
    if unit == "duration-day" and tag.startswith("pt"):
        return "{} dia" if abs(number) == 1 else "{} dias"  # Babel has none of them
    tag = tag.replace("-", "_")
    try:
        said = format_unit(number, unit, "long", locale=tag)
        digits = format_decimal(number, locale=tag)
    except (UnknownUnitError, UnknownLocaleError, ValueError, ArithmeticError):
        return None  # of a number of hundreds of digits, CLDR has no form
    if digits not in said or unit in said:
        return None
    return said.replace(digits, "{}", 1).translate(_NARROW)


@lru_cache(maxsize=_KEPT)
def currency_name(language: str, code: str, count: Decimal) -> str | None:
    """Return what so many of a currency are called, by its ISO code; None without a name."""
    from babel import UnknownLocaleError
    from babel.numbers import get_currency_name

    try:
        name = get_currency_name(code, _countable(count), locale=language.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return None
    return None if name == code else name


def _countable(count: Decimal) -> Decimal:
    """Return a number of the same form, for which rules of plurals can be asked."""
    return count if count.adjusted() < _COUNTABLE_DIGITS else Decimal(10**6)


@cache
def currency(tag: str, code: str) -> Money | None:
    """Return what one and many units of a currency are called, by its ISO code."""
    from babel.numbers import get_currency_name

    one, many = (get_currency_name(code, count, locale=tag) for count in (1, 5))
    return None if code in (one, many) else Money(one, many)
