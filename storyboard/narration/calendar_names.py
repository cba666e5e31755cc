"""The names of months and weekdays in each language that is read out, whole and short.

Knows no text. What CLDR writes short is here without its dot, and so is what people write.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

DAY_NUMBER: Final = "3[01]|[12][0-9]|0?[1-9]"
MONTH_NUMBER: Final = "1[0-2]|0?[1-9]"
"""What finds the number of a day or of a month, as alternatives that a group has to hold."""

MONTHS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "en": (
            *("January", "February", "March", "April", "May", "June", "July", "August"),
            *("September", "October", "November", "December"),
        ),
        "de": (
            *("Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August"),
            *("September", "Oktober", "November", "Dezember"),
        ),
        "fr": (
            *("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août"),
            *("septembre", "octobre", "novembre", "décembre"),
        ),
        "es": (
            *("enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto"),
            *("septiembre", "octubre", "noviembre", "diciembre"),
        ),
        "it": (
            *("gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno", "luglio", "agosto"),
            *("settembre", "ottobre", "novembre", "dicembre"),
        ),
        "pt": (
            *("janeiro", "fevereiro", "março", "abril", "maio", "junho", "julho", "agosto"),
            *("setembro", "outubro", "novembro", "dezembro"),
        ),
    }
)
"""From the first month to the last."""

OTHER_MONTHS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType({"de": ("Jänner", "Feber")})
"""What some regions call a month."""

_SHORT: Final = {
    "en": "Jan Feb Mar Apr - Jun Jul Aug Sep,Sept Oct Nov Dec",
    "de": "Jan Feb,Febr Mär,Mrz Apr - Jun Jul Aug Sep,Sept Okt Nov Dez",
    "fr": "janv févr,fév - avr - - juil,juill - sept oct nov déc",
    "es": "ene feb mar abr may jun jul ago sept,sep,set oct nov dic",
    "it": "gen feb mar apr mag giu lug ago set,sett ott nov dic",
    "pt": "jan fev mar abr mai jun jul ago set out nov dez",
}

SHORT_MONTHS: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {
        language: {
            short: name
            for name, forms in zip(MONTHS[language], written.split(), strict=True)
            for short in forms.split(",")
            if short != "-"
        }
        | ({"Jän": "Jänner"} if language == "de" else {})
        for language, written in _SHORT.items()
    }
)
"""What months are written as, by their short forms without dots."""

WORDS_TOO: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        "fr": frozenset(("sept",)),
        "es": frozenset(("mar", "set")),
        "it": frozenset(("mar", "set")),
        "pt": frozenset(("mar", "set", "out")),
    }
)
"""Short forms that are words besides: seven in French, the sea in Spanish."""

SHORT_DAYS: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {
        "en": {
            "Mon": "Monday", "Tue": "Tuesday", "Tues": "Tuesday", "Wed": "Wednesday",
            "Thu": "Thursday", "Thur": "Thursday", "Thurs": "Thursday", "Fri": "Friday",
            "Sat": "Saturday", "Sun": "Sunday",
        },
        "de": {
            "Mo": "Montag", "Di": "Dienstag", "Mi": "Mittwoch", "Do": "Donnerstag",
            "Fr": "Freitag", "Sa": "Samstag", "So": "Sonntag",
        },
        "fr": {
            "lun": "lundi", "mar": "mardi", "mer": "mercredi", "jeu": "jeudi", "ven": "vendredi",
            "sam": "samedi", "dim": "dimanche",
        },
        "es": {
            "lun": "lunes", "mar": "martes", "mié": "miércoles", "jue": "jueves",
            "vie": "viernes", "sáb": "sábado", "dom": "domingo",
        },
        "it": {
            "lun": "lunedì", "mar": "martedì", "mer": "mercoledì", "gio": "giovedì",
            "ven": "venerdì", "sab": "sabato", "dom": "domenica",
        },
        "pt": {
            "seg": "segunda-feira", "ter": "terça-feira", "qua": "quarta-feira",
            "qui": "quinta-feira", "sex": "sexta-feira", "sáb": "sábado", "dom": "domingo",
        },
    }
)  # fmt: skip
"""What weekdays are written as, by their short forms without dots."""

_BEFORE_WEEKS: Final = frozenset(
    (
        *("min", "max", "minimo", "massimo", "minima", "massima", "dopo", "per", "entro", "ogni"),
        *("circa", "in", "tra", "fra", "prime", "ultime", "prossime", "le", "durata", "almeno"),
        *("oltre", "altre", "successive", "da", "di", "a", "ca", "tempo", "tempi", "preavviso"),
    )
)


def is_weeks(tag: str, short: str, before: str) -> bool:
    """Tell whether "sett." behind a number are weeks, by the word before: a day has its article."""
    return tag == "it" and short.lower().startswith("sett") and before.lower() in _BEFORE_WEEKS
