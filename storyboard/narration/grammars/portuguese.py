"""Portuguese as in Portugal: numbers, ordinals, clock, money, signs. Knows no text."""

from __future__ import annotations

import re
from typing import Final

from storyboard.narration.grammar import Form, Grammar, Money

_ONES: Final = (
    *("zero", "um", "dois", "três", "quatro", "cinco", "seis", "sete", "oito", "nove", "dez"),
    *("onze", "doze", "treze", "catorze", "quinze", "dezasseis", "dezassete", "dezoito"),
    "dezanove",
)
_TENS: Final = (
    *("", "", "vinte", "trinta", "quarenta", "cinquenta", "sessenta", "setenta", "oitenta"),
    "noventa",
)
_HUNDREDS: Final = (
    *("", "cento", "duzentos", "trezentos", "quatrocentos", "quinhentos", "seiscentos"),
    *("setecentos", "oitocentos", "novecentos"),
)
_ORDINALS: Final = (
    *("", "primeiro", "segundo", "terceiro", "quarto", "quinto", "sexto", "sétimo", "oitavo"),
    *("nono", "décimo"),
)
_TENTHS: Final = (
    *("", "décimo", "vigésimo", "trigésimo", "quadragésimo", "quinquagésimo", "sexagésimo"),
    *("septuagésimo", "octogésimo", "nonagésimo"),
)
_FEMININE: Final = re.compile(
    r"(?:as?|ção|ções|são|sões|gião|giões|dades?|gens?|tudes?|ices?|ezes?)$"
    r"|^(?:chave|parte|noite|tarde|base|classe|frase|rede|torre|fonte|série|superfície|mão|foto"
    r"|vez|voz|luz|cor|flor|lei|mulher|carne|morte|fase|gente|nuvem|ordem|viagem|imagem|análise"
    r"|crise|tese|dose|equipe|sede|moto|app|filial|colher)(?:s|es)?$|^mãos$|^vezes$|^imagens$|^filiais$",
    re.IGNORECASE,
)
_NOT_FEMININE: Final = re.compile(
    r"-hora$|^(?:dias?|mapas?|planetas?|sistemas?|problemas?|programas?|temas?|climas?|esquemas?|idiomas?"
    r"|diagramas?|quilogramas?|gramas?|poemas?|sofás?|meses|países)$",
    re.IGNORECASE,
)
_NO_NOUNS: Final = frozenset(
    (
        *("a", "e", "o", "ou", "da", "na", "para", "pela", "de", "em", "por", "com", "que", "é"),
        *("uma", "cada", "está", "era", "sem", "já", "mas", "agora", "as", "às", "das", "nas", "à"),
        *("até", "entre", "sobre", "contra", "toda", "todas", "há", "foi", "são", "se", "não"),
        *("significa", "indica", "mostra", "explica", "começa", "termina", "passa", "custa"),
    )
)
"""Words that may follow a number that counts nothing."""


_MILLIONS: Final = re.compile(r"(?:ão|ões)\b")


def cardinal(number: int, noun: str = "") -> str:
    """Say a whole number below a quadrillion; one, two and hundreds take their noun's gender."""
    return _with_gender(_said(number), noun)


def _with_gender(said: str, noun: str) -> str:
    if not noun or noun.lower() in _NO_NOUNS or said.endswith(("ão", "ões")):
        return said
    if _FEMININE.search(noun) is None or _NOT_FEMININE.search(noun):
        return said
    head, last = said[: (end := _end_of_millions(said))], said[end:]
    last = re.sub(r"(?:duz|trez|quatroc|quinh|seisc|setec|oitoc|novec)entos\b", _feminine, last)
    return head + re.sub(r"\bum(?=$| mil\b)", "uma", re.sub(r"\bdois\b", "duas", last))


def _end_of_millions(said: str) -> int:
    """Return where the millions of a number end, which are masculine themselves."""
    return max((found.end() for found in _MILLIONS.finditer(said)), default=0)


def _feminine(found: re.Match[str]) -> str:
    return f"{found[0][:-2]}as"


def _said(number: int) -> str:
    if number < 1_000_000:
        return below_million(number)
    many, rest = divmod(number, 10**12)
    if many:
        return _with_rest(f"{below_million(many)} {'bilião' if many == 1 else 'biliões'}", rest)
    many, rest = divmod(number, 10**6)
    return _with_rest(f"{below_million(many)} {'milhão' if many == 1 else 'milhões'}", rest)


def _with_rest(head: str, rest: int) -> str:
    if not rest:
        return head
    return f"{head}{' e' if rest < 100 or (rest < 1000 and rest % 100 == 0) else ''} {_said(rest)}"


def below_million(number: int) -> str:
    """Say a whole number below a million."""
    if number < 20:
        return _ONES[number]
    if number < 100:
        tens, ones = divmod(number, 10)
        return _TENS[tens] + (f" e {_ONES[ones]}" if ones else "")
    if number < 1000:
        many, rest = divmod(number, 100)
        if not rest:
            return "cem" if many == 1 else _HUNDREDS[many]
        return f"{_HUNDREDS[many]} e {below_million(rest)}"
    many, rest = divmod(number, 1000)
    head = "mil" if many == 1 else f"{below_million(many)} mil"
    if not rest:
        return head
    return f"{head}{' e' if rest < 100 or rest % 100 == 0 else ''} {below_million(rest)}"


def ordinal(number: int, form: Form = Form.PLAIN) -> str:
    """Say an ordinal up to the ninety-ninth; beyond it numbers are counted on."""
    if not 0 < number < 100:
        return _said(number)
    tens, ones = divmod(number, 10)
    said = " ".join(word for word in (_TENTHS[tens], _ORDINALS[ones]) if word)
    return re.sub(r"o\b", "a", said) if form is Form.FEMININE else said


def clock(hour: int, minute: int, mark: str) -> str:
    """Say a time of day."""
    said = cardinal(hour, "horas")
    said += f" e {_said(minute)}" if minute else f" hora{'s' * (hour > 1)}"
    halves = {"a": " da manhã", "p": " da tarde"}
    return said + halves.get(mark[:1].lower(), "")


def fraction(part: int, whole: int) -> str:
    """Say a proper fraction."""
    if whole == 2:
        return "um meio"
    plural = "s" * (part > 1)
    if whole > 10:
        return f"{_said(part)} {_said(whole)} avo{plural}"
    return f"{_said(part)} {'terço' if whole == 3 else ordinal(whole)}{plural}"


def _of(unit: str) -> str:
    return " de "


THOUSAND: Final = (3, "mil", "mil")
MILLION: Final = (6, "milhão", "milhões")
_MILLIARD: Final = (9, "mil milhões", "mil milhões")

GRAMMAR: Final = Grammar(
    tag="pt", thousands=".", decimal=",", point="vírgula", dot="ponto", digits=_ONES[:10],
    cardinal=cardinal, ordinal=ordinal, to="a", by="por", fold="vezes", ratio="para",
    slash="barra", power="elevado a", squared="ao quadrado", cubed="ao cubo",
    version="versão", clock=clock, fraction=fraction, joined=_of, reads_decimals_as_number=True,
    money={
        "R$": Money("real", "reais", "centavo", "centavos"),
        "$": Money("dólar", "dólares", "cêntimo", "cêntimos"),
        "€": Money("euro", "euros", "cêntimo", "cêntimos"),
        "£": Money("libra", "libras", "péni", "pence"),
        "¥": Money("iene", "ienes"),
        "₹": Money("rupia", "rupias"),
        "₩": Money("won", "wons"),
        "₽": Money("rublo", "rublos"),
        "₿": Money("bitcoin", "bitcoins"),
        "¢": Money("cêntimo", "cêntimos"),
    },
    cents=" e ",
    scales={
        **dict.fromkeys(("mi.", "mln", "mln.", "Mi", "mio", "mio."), MILLION), "bi.": _MILLIARD,
        "k": THOUSAND, "K": THOUSAND, "mil": THOUSAND, "M": MILLION, "mi": MILLION,
        "milhão": MILLION, "milhões": MILLION, "MM": MILLION,
        "mil milhões": _MILLIARD, "mil M": _MILLIARD, "bi": _MILLIARD,
        **dict.fromkeys(("bilião", "biliões"), (12, "bilião", "biliões")),
        **dict.fromkeys(("bilhão", "bilhões"), (9, "bilhão", "bilhões")),
        **dict.fromkeys(("trilhão", "trilhões"), (12, "trilhão", "trilhões")),
    },
    signs={
        "\\": "barra invertida",
        "&": "e", "@": "arroba", "%": "por cento", "‰": "por mil", "°": "graus",
        "+": "mais", "−": "menos", "±": "mais ou menos", "×": "vezes", "÷": "dividido por",
        "=": "igual a", "≙": "equivale a",
        "≠": "diferente de", "≈": "aproximadamente", "~": "aproximadamente",
        "<": "menor que", ">": "maior que", "≤": "menor ou igual a",
        "≥": "maior ou igual a", "∞": "infinito", "√": "raiz quadrada de",
        "§": "parágrafo", "#": "número", "№": "número", "↑": "em alta", "↓": "em baixa",
        "Ω": "ohms", "∑": "a soma de", "∆": "delta", "º": "graus", "∅": "diâmetro",
        "★": "estrela", "✓": "visto",
    },
    per="por", locale="pt_PT", conjunction="e", dash="traço",
    dialed_behind=frozenset(("o", "ligue", "disque", "marque", "número", "ao", "para")),
    code_labels=frozenset(("pin", "código", "senha", "ramal", "palavra-passe", "cep")),
    parts=frozenset(
        ("cap", "art", "vol",
         "capítulo", "parte", "fase", "guerra", "tipo", "seção", "secção", "volume", "nível",
         "anexo", "artigo", "classe", "ato", "livro", "tomo", "título", "século")
    ),
)  # fmt: skip
