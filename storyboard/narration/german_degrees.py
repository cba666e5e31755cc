"""Degrees that stand before a German name, as rows of the table of abbreviations. Knows no text.

The voice spells "Dr", and a full stop behind "med." would end the sentence before the name.
"""

from __future__ import annotations

from typing import Final

_FACULTIES: Final = (
    *("med", "med. dent", "med. vet", "phil", "jur", "iur", "rer. nat", "rer. pol", "rer. oec"),
    *("oec", "theol", "agr", "rer. medic", "phil. nat", "habil", "med. habil", "phil. habil"),
    *("jur. habil", "rer. nat. habil", "sc. techn", "techn"),
)
"""What a degree is of: Dr. rer. nat. These are said as they are written."""

GERMAN_DEGREES: Final = (
    *(f"Dr. {each}=Doktor {each.replace('.', '')}" for each in _FACULTIES),
    *("Dr. h. c=Doktor honoris causa", "Dr.-Ing. E. h=Doktor-Ingenieur ehrenhalber"),
    *("Dres=Doktoren", "Mag=Magister", "Prof. em=Professor emeritus"),
    *("Dipl.-Kfm=Diplom-Kaufmann", "Dipl.-Kffr=Diplom-Kauffrau"),
)
