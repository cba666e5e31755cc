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
        "％": "%", "Ω": "Ω", "Std.": "h", "Min.": "min", "Sek.": "s", "Std": "h", "hrs": "h",
        "lbs": "lb", "mins": "min", "secs": "s", "sec": "s", "㎡": "m²", "㎏": "kg", "㎞": "km",
        "㎝": "cm", "㎜": "mm", "Mbps": "Mbit/s", "º": "°", "ºC": "°C", "° C": "°C", "° F": "°F",
        "ºF": "°F", "mi/h": "mph", "in.": "″", "cm3": "cm³",
        "mm2": "mm²", "mm3": "mm³",
        "giri/min": "U/min", "tr/min": "rpm", "r/min": "rpm", "1/min": "rpm",
        "min⁻¹": "rpm", "min^-1": "rpm",
        "%p": "%p", "p.p.": "pp", "wk": "wks", "yr": "yrs", "kwh": "kWh", "KWH": "kWh", "μg": "µg",
        "mcg": "µg", "Pp": "pp", "dl": "dL", "N·m": "Nm", "N⋅m": "Nm",
    }
)  # fmt: skip
"""Other ways to write them."""

_PLAIN: Final = MappingProxyType(
    {
        "en": {
            "mm²": "{} square millimeters", "mm³": "{} cubic millimeters",
            "kΩ": "{} kilohms", "MΩ": "{} megohms", "mV": "{} millivolts", "GPa": "{} gigapascals",
            "TWh": "{} terawatt-hours", "GWh": "{} gigawatt-hours", "Wh": "{} watt-hours",
            "mAh": "{} milliampere-hours", "Ah": "{} ampere-hours",
            "MWh": "{} megawatt-hours", "kV": "{} kilovolts",
            "dB": "{} decibels", "dB(A)": "{} decibels A",
            **dict.fromkeys(("lb-ft", "lb·ft", "lbf·ft", "lbf-ft"), "{} pound-feet"),
            **dict.fromkeys(("ft-lb", "ft·lb", "ft-lbs", "ft·lbf"), "{} foot-pounds"),
            **dict.fromkeys(("in-lb", "in·lb", "in-lbs", "in·lbf"), "{} inch-pounds"),
            "mol/L": "{} moles per liter", "mol/l": "{} moles per liter",
            "Pa": "{} pascals", "lm": "{} lumens", "Nm": "{} newton meters",
            "ppm": "{} parts per million", "rpm": "{} revolutions per minute",
            "bps": "{} basis points", "fps": "{} frames per second",
            "pp": "{} percentage points", "hp": "{} horsepower",
            "wks": "{} weeks", "yrs": "{} years",
            "Mbit/s": "{} megabits per second",
        },
        "de": {
            "mm²": "{} Quadratmillimeter", "mm³": "{} Kubikmillimeter",
            "kΩ": "{} Kiloohm", "MΩ": "{} Megaohm", "mV": "{} Millivolt", "GPa": "{} Gigapascal",
            "TWh": "{} Terawattstunden", "GWh": "{} Gigawattstunden", "Wh": "{} Wattstunden",
            "mAh": "{} Milliamperestunden", "Ah": "{} Amperestunden",
            "MWh": "{} Megawattstunden", "kV": "{} Kilovolt",
            "dB": "{} Dezibel", "dB(A)": "{} Dezibel A",
            "mol/L": "{} Mol pro Liter", "mol/l": "{} Mol pro Liter",
            "ct": "{} Cent", "Pa": "{} Pascal", "lm": "{} Lumen", "Nm": "{} Newtonmeter",
            "ppm": "{} Teile pro Million", "rpm": "{} Umdrehungen pro Minute",
            "pp": "{} Prozentpunkte", "bps": "{} Basispunkte",
            "fps": "{} Bilder pro Sekunde", "U/min": "{} Umdrehungen pro Minute",
            "Mon.": "{} Monate", "Wo.": "{} Wochen", "Tg.": "{} Tage", "Bh": "{} Betriebsstunden",
            "TL": "{} Teelöffel", "EL": "{} Esslöffel",
            "Mbit/s": "{} Megabit pro Sekunde",
        },
        "fr": {
            "mm²": "{} millimètres carrés", "mm³": "{} millimètres cubes",
            "kΩ": "{} kilohms", "MΩ": "{} mégohms", "mV": "{} millivolts", "GPa": "{} gigapascals",
            "TWh": "{} térawattheures", "GWh": "{} gigawattheures", "Wh": "{} wattheures",
            "mAh": "{} milliampères-heures", "Ah": "{} ampères-heures",
            "MWh": "{} mégawattheures", "kV": "{} kilovolts",
            "dB": "{} décibels", "dB(A)": "{} décibels A",
            "mol/L": "{} moles par litre", "mol/l": "{} moles par litre",
            "Pa": "{} pascals", "lm": "{} lumens", "Nm": "{} newtons-mètres",
            "ppm": "{} parties par million", "rpm": "{} tours par minute",
            "bps": "{} points de base", "pp": "{} points de pourcentage",
            **dict.fromkeys(("sem.", "sem"), "{} semaines"),
            "pts": "{} points", "pt": "{} point", "pb": "{} points de base", "po": "{} pouces",
            "fps": "{} images par seconde",
            "Mbit/s": "{} mégabits par seconde", "km/h": "{} kilomètres-heure",
        },
        "es": {
            "mm²": "{} milímetros cuadrados", "mm³": "{} milímetros cúbicos",
            "kΩ": "{} kiloohmios", "MΩ": "{} megaohmios", "mV": "{} milivoltios",
            "GPa": "{} gigapascales", "TWh": "{} teravatios hora", "GWh": "{} gigavatios hora",
            "Wh": "{} vatios hora", "mAh": "{} miliamperios hora", "Ah": "{} amperios hora",
            "MWh": "{} megavatios hora", "kV": "{} kilovoltios",
            "dB": "{} decibelios", "dB(A)": "{} decibelios A",
            "mol/L": "{} moles por litro", "mol/l": "{} moles por litro",
            "Pa": "{} pascales", "lm": "{} lúmenes", "Nm": "{} newtons metro",
            "ppm": "{} partes por millón", "rpm": "{} revoluciones por minuto",
            "bps": "{} puntos básicos", "pp": "{} puntos porcentuales",
            **dict.fromkeys(("sem.", "sem"), "{} semanas"),
            "pb": "{} puntos básicos", "uds.": "{} unidades", "ud.": "{} unidad",
            **dict.fromkeys(("pulg.", "pulg"), "{} pulgadas"),
            "fps": "{} fotogramas por segundo",
            "Mbit/s": "{} megabits por segundo",
        },
        "it": {
            "mm²": "{} millimetri quadrati", "mm³": "{} millimetri cubi",
            "kΩ": "{} chiloohm", "mV": "{} millivolt", "Wh": "{} wattora",
            "mAh": "{} milliamperora", "Ah": "{} amperora", "MWh": "{} megawattora",
            "GWh": "{} gigawattora", "TWh": "{} terawattora", "kV": "{} chilovolt",
            "dB": "{} decibel", "dB(A)": "{} decibel A", "Pa": "{} pascal", "lm": "{} lumen",
            "Nm": "{} newton metri", "ppm": "{} parti per milione", "rpm": "{} giri al minuto",
            "bps": "{} punti base", "pb": "{} punti base", "gg.": "{} giorni", "gg": "{} giorni",
            "poll.": "{} pollici",
             "fps": "{} fotogrammi al secondo", "pp": "{} punti percentuali",
            "Mbit/s": "{} megabit al secondo", "bar": "{} bar",
            "U/min": "{} giri al minuto",
        },
        "pt": {
            "mm²": "{} milímetros quadrados", "mm³": "{} milímetros cúbicos",
            "kΩ": "{} quilo-ohms", "mV": "{} milivolts", "Wh": "{} watts-hora",
            "mAh": "{} miliamperes-hora", "Ah": "{} amperes-hora", "MWh": "{} megawatts-hora",
            "GWh": "{} gigawatts-hora", "TWh": "{} terawatts-hora", "kV": "{} quilovolts",
            "dB": "{} decibéis", "dB(A)": "{} decibéis A", "Pa": "{} pascals", "lm": "{} lúmens",
            "Nm": "{} newtons-metro", "ppm": "{} partes por milhão",
            "pb": "{} pontos base", "p.b.": "{} pontos base", "pol.": "{} polegadas",
            "un.": "{} unidades",
            "rpm": "{} rotações por minuto",
            "U/min": "{} rotações por minuto", "bps": "{} pontos-base",
             "fps": "{} quadros por segundo", "pp": "{} pontos percentuais",
            "Mbit/s": "{} megabits por segundo",
        },
    }
)  # fmt: skip
"""What Babel has no name for."""

_FRENCH: Final = MappingProxyType({"ko": "KB", "Ko": "KB", "Mo": "MB", "Go": "GB", "To": "TB"})
"""How the French write bytes, which they call octets: other languages have such words."""

_BEHIND_PER: Final = MappingProxyType(
    {
        "en": {
            "d": "day", "wk": "week", "mo": "month", "yr": "year", "hr": "hour", "h": "hour",
            "min": "minute", "s": "second", "sec": "second", "mm²": "square millimeter",
        },
        "de": {"d": "Tag", "Wo.": "Woche", "h": "Stunde", "Std": "Stunde",
               "Mon": "Monat", "min": "Minute", "s": "Sekunde"},
        "fr": {"j": "jour", "d": "jour", "sem": "semaine", "h": "heure",
               "min": "minute", "s": "seconde",
               "mm²": "millimètre carré"},
        "es": {"d": "día", "h": "hora", "min": "minuto", "s": "segundo",
               "mm²": "milímetro cuadrado"},
        "it": {"d": "giorno", "h": "ora", "min": "minuto", "s": "secondo"},
        "pt": {"d": "dia", "h": "hora", "min": "minuto", "s": "segundo"},
        "ja": {"h": "時", "min": "分", "s": "秒", "d": "日", "day": "日"},
        "zh": {"h": "小时", "min": "分钟", "s": "秒", "d": "天", "day": "天"},
        "ko": {"h": "시간", "min": "분", "s": "초", "d": "일", "day": "일"},
    }
)  # fmt: skip
"""Behind the slash of a dose or a price: letters short for a time, and units for one alone."""

UNITS: Final = tuple(
    dict.fromkeys(
        (
            *NAMES,
            *BINARY_UNITS,
            *_ALIKE,
            *_FRENCH,
            *(unit for names in _PLAIN.values() for unit in names),
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
    own = grammar.units.get(unit) or _PLAIN.get(grammar.tag, {}).get(unit)
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
    one = _BEHIND_PER.get(grammar.tag, {}).get(written)
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
