"""Rules for keys, as in Ctrl+C and ⌘C. Knows one language at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from storyboard.narration.grammar import Grammar
from storyboard.narration.rule import NOT_IN_WORD, Rule, any_of, rule

_EVERYWHERE: Final = {"Ctrl": "Control", "Cmd": "Command", "Esc": "Escape", "Del": "Delete"}
_NAMES: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {
        "en": {**_EVERYWHERE, "Ins": "Insert", "Opt": "Option", "PgUp": "Page Up",
               "PgDn": "Page Down", "PrtSc": "Print Screen", "Win": "Windows"},
        "de": {"Strg": "Steuerung", "Cmd": "Command", "Entf": "Entfernen", "Einfg": "Einfügen"},
        "fr": {"Ctrl": "Contrôle", "Cmd": "Commande", "Maj": "Majuscule", "Échap": "Échappement"},
        "es": {"Ctrl": "Control", "Cmd": "Comando", "Mayús": "Mayúsculas", "Supr": "Suprimir"},
        "it": {"Ctrl": "Control", "Cmd": "Comando", "Maiusc": "Maiuscole"},
        "pt": {"Ctrl": "Control", "Cmd": "Comando", "Del": "Delete"},
        "ja": {"Ctrl": "コントロール", "Cmd": "コマンド"},
        "ko": {"Ctrl": "컨트롤", "Cmd": "커맨드"},
        "zh": {"Ctrl": "Control", "Cmd": "Command"},
    }
)  # fmt: skip
"""What is said for the short names that are printed on keys; some are words, such as "Canc"."""

_SIGNS: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {
        "⌘": {"fr": "Commande", "es": "Comando", "it": "Comando", "pt": "Comando",
              "ja": "コマンド", "ko": "커맨드", "": "Command"},
        "⌥": {"ja": "オプション", "ko": "옵션", "es": "Opción", "it": "Opzione", "": "Option"},
        "⌃": {"fr": "Contrôle", "ja": "コントロール", "ko": "컨트롤", "": "Control"},
        "⇧": {"de": "Umschalt", "fr": "Majuscule", "es": "Mayúsculas", "it": "Maiuscole",
              "ja": "シフト", "ko": "시프트", "": "Shift"},
    }
)  # fmt: skip
"""The signs of a Mac's keys."""


def key_rules(grammar: Grammar) -> Iterator[Rule]:
    """Yield the rules for the names of keys beside a plus, and for their signs."""
    names = _NAMES.get(grammar.tag, _EVERYWHERE)
    plus = r"\s?\+\s?\S|-[A-Z](?![\w])"
    key = rf"(?:{NOT_IN_WORD}(?:{any_of(names)})(?={plus})|(?<=\+)(?:{any_of(names)})(?![\w])"
    key += rf"|(?<=\+\s)(?:{any_of(names)})(?![\w]))"
    yield rule(key, lambda found: names[found[0]], key)
    for sign, said in _SIGNS.items():
        name = said.get(grammar.tag, said[""])
        yield rule(sign, lambda _, name=name: f" {name} ", sign)  # type: ignore[misc]
