"""Spanish: numbers, ordinals, clock, money, signs. Knows no text."""

from __future__ import annotations

import re
from typing import Final

from storyboard.narration.grammar import Form, Grammar, Money

_ONES: Final = (
    *("cero", "uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez"),
    *("once", "doce", "trece", "catorce", "quince", "dieciséis", "diecisiete", "dieciocho"),
    *("diecinueve", "veinte", "veintiuno", "veintidós", "veintitrés", "veinticuatro"),
    *("veinticinco", "veintiséis", "veintisiete", "veintiocho", "veintinueve"),
)
_TENS: Final = (
    *("", "", "", "treinta", "cuarenta", "cincuenta", "sesenta", "setenta", "ochenta"),
    "noventa",
)
_HUNDREDS: Final = (
    *("", "ciento", "doscientos", "trescientos", "cuatrocientos", "quinientos", "seiscientos"),
    *("setecientos", "ochocientos", "novecientos"),
)
_ORDINALS: Final = (
    *("", "primero", "segundo", "tercero", "cuarto", "quinto", "sexto", "séptimo", "octavo"),
    *("noveno", "décimo", "undécimo", "duodécimo"),
)
_FEMININE: Final = re.compile(
    r"(?:a|as|ión|iones|dad|dades|tud|tudes|umbre|umbres)$"
    r"|^(?:clave|llave|mano|foto|noche|parte|tarde|clase|base|frase|red|calle|torre|nube|fuente"
    r"|serie|superficie|variable|hélice|sede|fase|moto|radio|gente|leche|nave|imagen|imágen|orden"
    r"|razón|razon|ve[zc]|vo[zc]|lu[zc]|pared|señal|sal|piel|flor|labor|ley|tesis|crisis|dosis|web"
    r"|app|interfa[zc]|raí[zc]|matri[zc])(?:s|es)?$",
    re.IGNORECASE,
)
"""Endings of feminine nouns, and nouns that only a table tells."""

_NOT_FEMININE: Final = re.compile(
    r"^(?:días?|mapas?|planetas?|idiomas?|climas?|tranvías?|avion(?:es)?|avión|cami[oó]n(?:es)?"
    r"|gui[oó]n(?:es)?|bastión|gorrión|sofás?|[^\W\d]{2,20}(?:grama|blema|tema|quema|lema|oma)s?)$",
    re.IGNORECASE,
)

_NO_NOUNS: Final = frozenset(
    (
        *("y", "o", "u", "a", "de", "del", "en", "por", "con", "para", "que", "es", "al", "e"),
        *("son", "se", "no", "hasta", "como", "la", "las", "el", "los", "si", "una", "ha"),
        *("cada", "para", "ya", "ahora", "sobre", "ante", "tras", "sin", "más", "pero", "contra"),
        *("cuando", "donde", "era", "está", "esta", "estas", "toda", "todas", "sea", "hoy"),
        *("significa", "indica", "muestra", "explica", "empieza", "termina", "pasa", "cuesta"),
    )
)
"""Words that may follow a number that counts nothing."""


def cardinal(number: int, noun: str = "") -> str:
    """Say a whole number below a quadrillion; before a noun one and hundreds take its gender."""
    said = _said(number)
    if not noun or noun.lower() in _NO_NOUNS:
        return said
    if _FEMININE.search(noun) and not _NOT_FEMININE.match(noun):
        head, millions, last = said.rpartition("millones")
        last = re.sub(r"uno$", "una", re.sub(r"cientos\b|quinientos\b", _feminine, last))
        return head + millions + last
    return _short(said)


def _feminine(found: re.Match[str]) -> str:
    return f"{found[0][:-2]}as"


def _short(said: str) -> str:
    """Return a number that ends in one as it is said before a masculine noun."""
    return re.sub(r"uno$", "un", said).replace("veintiun", "veintiún")


def _said(number: int) -> str:
    if number < 30:
        return _ONES[number]
    if number < 100:
        tens, ones = divmod(number, 10)
        return _TENS[tens] + (f" y {_ONES[ones]}" if ones else "")
    if number < 1000:
        many, rest = divmod(number, 100)
        return (
            f"{_HUNDREDS[many]} {_said(rest)}" if rest else "cien" if many == 1 else _HUNDREDS[many]
        )
    if number < 1_000_000:
        many, rest = divmod(number, 1000)
        head = "mil" if many == 1 else f"{_short(_said(many))} mil"
        return f"{head} {_said(rest)}" if rest else head
    power, one, more = (12, "billón", "billones") if number >= 10**12 else (6, "millón", "millones")
    many, rest = divmod(number, 10**power)
    head = f"un {one}" if many == 1 else f"{_short(_said(many))} {more}"
    return f"{head} {_said(rest)}" if rest else head


def ordinal(number: int, form: Form = Form.PLAIN) -> str:
    """Say an ordinal up to the twelfth; beyond it Spanish counts on with cardinals."""
    if not 0 < number < len(_ORDINALS):
        return cardinal(number)
    said = _ORDINALS[number]
    if form is Form.FEMININE:
        return f"{said[:-1]}a"
    return said.removesuffix("o") if form is Form.MASCULINE and number in (1, 3) else said


def clock(hour: int, minute: int, mark: str) -> str:
    """Say a time of day."""
    said = cardinal(hour, "hora")
    if not minute:
        said += " en punto" if not mark else ""
    else:
        said += f" y {cardinal(minute)}"
    marks = {"a": " de la mañana", "p": " de la tarde", "h": "" if minute else " horas"}
    return said + marks.get(mark[:1].lower(), "")


def fraction(part: int, whole: int) -> str:
    """Say a proper fraction of tenths at most."""
    if whole == 2:
        return "un medio"
    if whole > 10:
        name = f"{cardinal(whole).replace(' y ', 'i').replace('é', 'e')}avo"
    else:
        name = "tercio" if whole == 3 else ordinal(whole)
    return f"{_short(cardinal(part))} {name}{'s' * (part > 1)}"


def _of(unit: str) -> str:
    return " de "


_THOUSAND, _MILLION = (3, "mil", "mil"), (6, "millón", "millones")
_MILLIARD = (9, "mil millones", "mil millones")

GRAMMAR: Final = Grammar(
    tag="es", thousands=".\u00a0\u202f\u2009", decimal=",", point="coma", dot="punto",
    digits=_ONES[:10], cardinal=cardinal, ordinal=ordinal, to="a", by="por", fold="veces",
    ratio="a", slash="barra", power="elevado a", squared="al cuadrado", cubed="al cubo",
    version="versión", clock=clock, fraction=fraction, joined=_of, reads_decimals_as_number=True,
    money={
        "$": Money("dólar", "dólares", "centavo", "centavos"),
        "€": Money("euro", "euros", "céntimo", "céntimos"),
        "£": Money("libra", "libras", "penique", "peniques"),
        "¥": Money("yen", "yenes"),
        "₹": Money("rupia", "rupias"),
        "₩": Money("won", "wones"),
        "₽": Money("rublo", "rublos"),
        "₿": Money("bitcóin", "bitcoines"),
        "¢": Money("centavo", "centavos"),
    },
    cents=" con ",
    scales={
        **dict.fromkeys(("mill", "mills.", "mln", "mln.", "Mill.", "mio", "mio."), _MILLION),
        "k": _THOUSAND, "K": _THOUSAND, "mil": _THOUSAND, "M": _MILLION, "mill.": _MILLION,
        "millón": _MILLION, "millones": _MILLION, "MM": _MILLION,
        "mil millones": _MILLIARD, "mil M": _MILLIARD,
        **dict.fromkeys(("billón", "billones"), (12, "billón", "billones")),
    },
    signs={
        "\\": "barra invertida",
        "&": "y", "@": "arroba", "%": "por ciento", "‰": "por mil", "°": "grados",
        "+": "más", "−": "menos", "±": "más menos", "×": "por", "÷": "dividido entre",
        "=": "igual a", "≙": "equivale a",
        "≠": "distinto de", "≈": "aproximadamente", "~": "aproximadamente",
        "<": "menor que", ">": "mayor que", "≤": "menor o igual que",
        "≥": "mayor o igual que", "∞": "infinito", "√": "raíz cuadrada de",
        "§": "sección", "#": "número", "№": "número", "↑": "sube", "↓": "baja",
        "Ω": "ohmios", "∑": "la suma de", "∆": "delta", "º": "grados", "∅": "diámetro",
        "★": "estrella", "✓": "verificado",
    },
    per="por", conjunction="y", dash="guion",
    dialed_behind=frozenset(("al", "llame", "marque", "número", "el")),
    code_labels=frozenset(("pin", "código", "clave", "extensión", "ext", "contraseña")),
    parts=frozenset(
        ("cap", "art", "vol",
         "capítulo", "parte", "fase", "guerra", "tipo", "sección", "tomo", "nivel", "anexo",
         "artículo", "clase", "acto", "libro", "etapa", "siglo")
    ),
)  # fmt: skip
