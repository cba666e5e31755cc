"""What one of a unit is called whose name is known for many: one kilovolt. Knows no number."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import Final

_IRREGULAR: Final = MappingProxyType(
    {
        "lúmenes": "lumen", "pascales": "pascal", "gigapascales": "gigapascal", "moles": "mol",
        "revoluciones": "revolución", "puntuales": "puntual", "porcentuales": "porcentual",
        "decibéis": "decibel", "rotações": "rotação", "percentuais": "percentual",
        "giri": "giro", "parti": "parte", "punti": "punto", "percentuali": "percentuale",
        "fotogrammi": "fotogramma", "metri": "metro", "giorni": "giorno", "settimane": "settimana",
        "quadrati": "quadrato",
        "cubi": "cubo", "millimetri": "millimetro", "Teile": "Teil", "Bilder": "Bild",
        "Umdrehungen": "Umdrehung", "Basispunkte": "Basispunkt",
        "caratteri": "carattere", "caracteres": "carácter",
        "Prozentpunkte": "Prozentpunkt", "Monate": "Monat", "Wochen": "Woche", "Tage": "Tag",
    }
)  # fmt: skip
_TAIL: Final = re.compile(r" (?:per|pro|par|por|al|de|parti|im)(?= ).*")
"""Where the name ends that changes: revolutions per minute."""

_WORD: Final = re.compile(r"[^\W\d_]+")
_PLURAL: Final = re.compile(r"(?<=[^\Ws]{3})s$")
_HOURS: Final = re.compile("stunden$")


def one_of(template: str, language: str) -> str:
    """Return the template of one unit, by that of many; raises nothing for what has no plural."""
    tail = _TAIL.search(template)
    head = template[: tail.start()] if tail else template

    def singular(found: re.Match[str]) -> str:
        word = found[0]
        if word in _IRREGULAR:
            return _IRREGULAR[word]
        if language == "de":
            return _HOURS.sub("stunde", word)
        return word if language == "it" else _PLURAL.sub("", word)

    return _WORD.sub(singular, head) + template[len(head) :]
