"""English words that are written alike and said in two ways, where the words around decide safely.

A voice takes "read" for the present and "lead" for what leaders do. Where nothing decides, so it
stays: an author's `say` tells otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from storyboard.narration.rule import NOT_IN_WORD, Rule, rule, words_before

_HAVE: Final = frozenset(
    (
        *("have", "has", "had", "having", "ve", "was", "were", "been", "be", "being", "is", "are"),
        *("gets", "get", "got", "am"),
    )
)
"""Verbs that a participle follows."""

_AMID: Final = frozenset(
    (
        *("already", "just", "never", "ever", "not", "also", "all", "both", "always", "only"),
        *("i", "you", "we", "they", "he", "she", "it", "everyone", "anyone", "now", "first", "t"),
    )
)
"""Words between such a verb and its participle: "Have you ever read it?"."""

_ASKING: Final = frozenset(
    (
        *("did", "does", "do", "can", "could", "will", "would", "should", "must", "may", "might"),
        *("let", "helps", "help", "make", "that", "shall", "to", "didn", "doesn", "don"),
    )
)
"""Words behind which "he read" is no past: "Did he read it?"."""

_OF_METAL: Final = (
    r"(?:pipes?|pipework|paint|batter(?:y|ies)|acid|poisoning|solder|aprons?|ore|dust|shielding"
    r"|oxide|sheets?|shot|crystal|glass|smelters?|sinkers?|exposure|contamination|residues?"
    r"|is an? (?:heavy|toxic|soft|dense|poisonous)|and (?:mercury|cadmium|arsenic|zinc|tin|copper"
    r"|asbestos|chromium))"
)
_METALS: Final = r"(?:mercury|cadmium|arsenic|zinc|tin|copper|asbestos|chromium)"
_BEFORE_METAL: Final = (
    *("contains ", "contain ", "containing ", "made of ", "xposure to ", "races of "),
    *("exposed to ", "amounts of "),
)


def homograph_rules() -> Iterator[Rule]:
    """Yield the rules for the past of "read", and for the metal lead."""
    read = rf"{NOT_IN_WORD}(?P<first>[Rr])ead(?![\w-])"
    yield rule(
        read,
        lambda found: f"{found['first']}ed" if _is_past(words_before(found)) else None,
        rf"{NOT_IN_WORD}[Rr]ead(?![\w-])",
    )
    before = "|".join(rf"(?<={words})" for words in _BEFORE_METAL)
    lead = (
        rf"{NOT_IN_WORD}[Ll]ead(?=[ -]{_OF_METAL}(?![\w])|-(?:free|lined|based|acid)(?![\w]))"
        rf"|(?:{before}|(?<=mercury and )|(?<=cadmium and )|(?<=asbestos and )|(?<=arsenic and ))"
        rf"lead(?=[.,;:]| (?:or|and) {_METALS}|\s?$)"
    )
    yield rule(lead, lambda found: f"{found[0][0]}ed", rf"{NOT_IN_WORD}[Ll]ead(?![\w])")


def _is_past(before: list[str]) -> bool:
    """Whether the few words before "read" make it a past or a participle."""
    is_third_person = before[-1:] in (["he"], ["she"])
    return _has(before) or (is_third_person and _ASKING.isdisjoint(before[-4:-1]))


def _has(before: list[str]) -> bool:
    """Whether a verb that a participle follows stands before, with nothing amid but small words."""
    for word in reversed(before):
        if word in _HAVE:
            return True
        if word not in _AMID:
            return False
    return False
