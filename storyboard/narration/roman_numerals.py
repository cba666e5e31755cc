"""Rules for Roman numerals, of people, parts and centuries. Knows one language at a time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from storyboard.narration.german_rulers import say_german_ruler
from storyboard.narration.grammar import Form, Grammar
from storyboard.narration.opening_words import begins_sentence
from storyboard.narration.pronoun_i import is_pronoun
from storyboard.narration.rule import NOT_IN_WORD, Rule, rule, word_until

ROMAN: Final = r"(?=[IVX])(?P<roman>X{0,3}(?:IX|IV|V?I{0,3}))"
_LONG_ROMAN: Final = (
    r"(?=[IVXLCDM]{4})(?=[IVX]*[LCDM])(?=[LCDM]*[IVX])"
    r"(?P<roman>M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3}))"
)
"""Of fifty and more: shorter ones are as often initials, as in "Washington DC"."""

ROMAN_START: Final = rf"{NOT_IN_WORD}[IVX]"
_VALUES: Final = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
RULERS: Final = frozenset(
    (
        *("Louis", "Henry", "Elizabeth", "Charles", "George", "Edward", "Richard", "James"),
        *("William", "Paul", "Benedict", "Gregory", "Pius", "Leo", "Philip", "Alexander"),
        *("Ludwig", "Heinrich", "Friedrich", "Wilhelm", "Karl", "Papst", "Leopold", "Johannes"),
        *("Otto", "Georg", "Benedikt", "Pope", "King", "Queen", "Nicholas", "Peter", "Frederick"),
        *("Felipe", "Alfonso", "Carlos", "Fernando", "Isabel", "Enrique", "Juan", "Pablo"),
        *("Margarita", "Catalina", "Juana", "Cristina", "Pedro", "Maria", "João", "Afonso"),
        *("Manuel", "Vittorio", "Emanuele", "Umberto", "Giovanni", "Paolo", "Luigi", "Papa"),
        *("Francis", "Napoleon", "Victoria", "Catherine", "Franz", "Josef", "Christian", "Harald"),
        *("Ferdinand", "Clement", "Innocent", "Boniface", "Julius", "Ivan", "Gustav", "Haakon"),
        *("Carlo", "Filippo", "Enrico", "Federico", "Pio", "Benedetto", "Francesco", "Giorgio"),
        *("Edoardo", "Guglielmo", "Alessandro", "Nicola", "Pietro", "Leone", "Gregorio"),
        *("Clemente", "Ludovico", "Napoleone", "Ferdinando", "Leopoldo", "Innocenzo", "Giulio"),
        *("Bonifacio", "Sisto", "Urbano", "Amedeo", "Elisabetta", "Caterina", "Luis", "Francisco"),
        *("Pío", "Benedicto", "Jorge", "Eduardo", "Guillermo", "Napoleón", "León", "Luís"),
        *("Henrique", "Filipe", "Bento", "Leão", "Guilherme", "Nicolau", "Sebastião"),
    )
)
"""Names behind which a Roman numeral counts people."""

_QUEENS: Final = frozenset(
    (
        *("Isabel", "Margarita", "Catalina", "Victoria", "Juana", "Cristina", "Maria"),
        *("Elisabetta", "Caterina"),
    )
)
_CENTURY: Final = re.compile(r"\s(?:century|centuries|Jahrhundert|siècle|secolo)", re.IGNORECASE)
_TERM: Final = re.compile(
    r"\s(?P<noun>(?P<he>(?:[cq]ua(?:tri|dri)|bi|tri|se)mestre|milenio|millennio|mil[ée]nio|congress?o"
    r"|piano|piso|plano?|premio|pr[êé]mio|foro|fórum|simp[oó]sio|encuentro|encontro|incontro|certamen"
    r"|torneo|torneio|campeonato|concurso|concorso|seminario|seminário|convegno|concilio|concílio"
    r"|ciclo|livello|nivel|nível|grado|grau|capitolo|capítulo|secolo)"
    r"|(?P<she>edición|edizione|edição|guerra|fase|jornada|giornata|cumbre|cúpula|conferencia"
    r"|conferência|conferenza|asamblea|assemblea|assembleia|república|repubblica|región|regione"
    r"|região|semana|settimana|feria|fiera|feira|copa|coppa|convocatoria|reunión|riunione|reunião"
    r"|sesión|sessione|sessão|legislatura|etapa|tappa|bienal|biennale|muestra|mostra|olimpiada"
    r"|dinastía|dinastia|divisione|división|divisão|sezione|sección|seção))(?!\w)",
    re.IGNORECASE,
)
"""Nouns of Spanish, Italian and Portuguese that a numeral before them counts, by their gender."""

_LAST_SPANISH_ORDINAL: Final = 12
"""Beyond it, people count on with cardinals."""

_BEHIND_CENTURY: Final = frozenset(("secolo", "secoli", "sec"))
"""Italian words behind which a numeral counts centuries as ordinals do."""

_SHORT_CENTURY: Final = {"es": "s", "pt": "séc"}
"""The same elsewhere, where it is a number: siglo XIX."""

_NEXT: Final = (
    r"(?:\.?\s?[,/–-]\s?|\.?,?\s(?:and|or|to|through|und|oder|bis|et|ou|à|y|e|ed|o|u|a|al?)\s)"
)
"""What parts two Roman numerals of a list."""

_LISTED_BEFORE: Final = re.compile(rf"(?<!\w)(?P<list>(?:[IVX]{{1,6}}{_NEXT}){{1,8}})$")
_LISTED_BEHIND: Final = re.compile(rf"(?:{_NEXT}[IVX]{{1,6}}(?!\w)){{1,8}}")
_ONE_OF_LIST: Final = re.compile("[IVX]+")
_WITH_WORD_I: Final = frozenset(("en", "it"))
"""Languages in which "I" is a word too: behind other numerals it is no number."""

_MARKS: Final = frozenset(("mark", "mk"))
"""What models are counted by in every language."""

_LONGEST_LIST: Final = 60
"""Characters before a numeral that hold the rest of its list."""

_NAME_BEHIND: Final = re.compile(r"\.\s(?P<name>[^\W\d_]{2,20})")

_OWN: Final = r"(?P<own>['’]s(?!\w))?"
_PART: Final = r"(?P<part>[.-](?=[A-Z](?!\w|\.\w))|\.(?=[0-9]{1,2}(?!\w|[.,][0-9])))"
"""What parts the letter or number of a section from its own: IV.B, IV.2."""

_TO: Final = r"(?P<to>[-–](?=[IVX]{1,6}(?!\w)))"
"""What stands between two numerals of a range: I-III."""


def roman_rules(grammar: Grammar) -> Iterator[Rule]:
    """Yield the rules for Roman numerals in a language."""
    if grammar.spaced and grammar.tag != "ko":
        own = _OWN if grammar.tag == "en" else "(?P<own>)"
        yield rule(
            rf"{NOT_IN_WORD}{_LONG_ROMAN}(?![\w'’]|[.-]\w)",
            lambda f: _say_long_roman(grammar, f),
            starts=rf"{NOT_IN_WORD}(?=[IVXLCDM]{{4}})[XLCDM]",
        )
        yield rule(
            rf"{NOT_IN_WORD}{ROMAN}(?:{_PART}|{_TO}|{own}(?![\w'’]|[.-]\w))",
            lambda f: _say_roman(grammar, f),
            starts=ROMAN_START,
        )


def counted_roman_rules(grammar: Grammar) -> Iterator[Rule]:
    """Yield the rule for the numerals of chapters in Japanese, Chinese and Korean: 第IV章."""
    if grammar.tag in ("ja", "zh", "yue", "ko"):
        yield rule(
            rf"(?<=[第제]){ROMAN}(?![A-Za-z0-9])",
            lambda f: grammar.cardinal(value_of_roman(f["roman"]), "") if f["roman"] else None,
            starts="(?<=[第제])[IVX]",
        )


def value_of_roman(roman: str) -> int:
    total = 0
    for sign, following in zip(roman, f"{roman[1:]}I", strict=True):
        value = _VALUES[sign]
        total += -value if value < _VALUES[following] and len(roman) > 1 else value
    return total


def _say_long_roman(grammar: Grammar, found: re.Match[str]) -> str:
    number = value_of_roman(found["roman"])
    return grammar.year(number, "") or grammar.cardinal(number, "")


def _say_roman(grammar: Grammar, found: re.Match[str]) -> str | None:
    """Say a Roman numeral behind a name or a label, in a list of them, or before a century."""
    roman = found["roman"]
    if not roman:
        return None
    number, own = value_of_roman(roman), "'s" if found["own"] else ""
    others, head = listed_before(found)
    before = word_until(found.string, len(head))
    behind = _LISTED_BEHIND.match(found.string, found.end("roman"))
    listed = [*others, roman, *(_ONE_OF_LIST.findall(behind[0]) if behind else ())]
    if grammar.tag == "de" and (ruler := say_german_ruler(head, number)):
        return ruler
    if _CENTURY.match(found.string, behind.end() if behind else found.end()):
        return grammar.ordinal(number, Form.PLAIN)
    if grammar.tag in ("es", "it", "pt") and (term := _TERM.match(found.string, found.end())):
        return _say_before(grammar, number, term)
    if grammar.tag == "it" and before.lower() in _BEHIND_CENTURY:
        return grammar.ordinal(number, Form.PLAIN)
    if before.lower() == _SHORT_CENTURY.get(grammar.tag):
        return grammar.cardinal(number, "")
    if roman == "I" and not behind and _is_word(grammar, found, before, listed=bool(others)):
        return None
    if before.lower() in grammar.parts | _MARKS or (_are_numerals(listed) and before not in RULERS):
        return f"{grammar.cardinal(number, '')}{own}{_say_mark(grammar, found)}"
    # "Carlos I" is a king, and "Charles I know" is none.
    is_pronoun = roman == "I" and grammar.tag == "en" and not own
    is_alone = len(roman) < 2 and (
        before not in RULERS or is_pronoun or _is_initial(grammar, found)
    )
    if is_alone or found["part"] or found["to"] or not before[:1].isupper() or len(before) < 3:
        return None
    if before not in RULERS:
        return f"{grammar.cardinal(number, '')}{own}"
    return f"{_say_ruler(grammar, number, before)}{own}"


def _say_before(grammar: Grammar, number: int, term: re.Match[str]) -> str:
    """Say a numeral before a noun: cuarta edición, primer trimestre, veintiuna edición."""
    if grammar.tag == "es" and number > _LAST_SPANISH_ORDINAL:
        return grammar.cardinal(number, term["noun"].lower())
    return grammar.ordinal(number, Form.FEMININE if term["she"] else Form.MASCULINE)


def _is_initial(grammar: Grammar, found: re.Match[str]) -> bool:
    """Whether a letter is that of a name: "George V. Smith" is no king, but "George V. Then" is."""
    name = _NAME_BEHIND.match(found.string, found.end())
    if found["roman"] == "I" or name is None or not name["name"][0].isupper():
        return False  # "Maria I. Século XIX": the first of a name are many, such initials few
    return not begins_sentence(name["name"], grammar.tag)


def _is_word(grammar: Grammar, found: re.Match[str], before: str, *, listed: bool) -> bool:
    """Whether "I" is a word of the language: "World War II and I think", "II e I problemi"."""
    if grammar.tag not in _WITH_WORD_I:
        return False
    return listed or (grammar.tag == "en" and not found["own"] and is_pronoun(found, before))


def listed_before(found: re.Match[str]) -> tuple[list[str], str]:
    """Return the numerals that a list has before one, and the text before them all."""
    text, start = found.string, found.start()
    head = _LISTED_BEFORE.search(text[max(0, start - _LONGEST_LIST) : start])
    if head is None:
        return [], text[:start]
    return _ONE_OF_LIST.findall(head["list"]), text[: start - len(head["list"])]


def _say_mark(grammar: Grammar, found: re.Match[str]) -> str:
    """Say what parts a numeral from the next one, or from its part."""
    if found["to"]:
        return f" {grammar.to} "
    if not found["part"]:
        return ""
    dot = grammar.point if grammar.tag == "en" else grammar.dot
    return f" {dot} " if found.string[found.end()].isdigit() else " "


def _are_numerals(listed: list[str]) -> bool:
    """Whether a list can be of nothing but numerals: XIX and XX, not X and Y, nor XX and X."""
    return len(listed) > 1 and any(len(each) > 1 and set(each) != {"X"} for each in listed)


def _say_ruler(grammar: Grammar, number: int, name: str) -> str:
    match grammar.tag:
        case "en":
            return f"the {grammar.ordinal(number, Form.PLAIN)}"
        case "es" | "pt" | "it" if number <= 10 or grammar.tag == "it":
            return grammar.ordinal(number, Form.FEMININE if name in _QUEENS else Form.PLAIN)
        case _:
            return grammar.cardinal(number, "")
