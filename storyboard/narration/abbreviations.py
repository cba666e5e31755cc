"""Which abbreviations a language has, and whether one ends a sentence. One table for all.

The splitter of sentences asks whether a dot ends a sentence, the reader what is said instead.
Knows no voice. A language without a row of its own has the titles and marks of none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Final

from storyboard.narration.abbreviation_kinds import Abbreviation, Before
from storyboard.narration.abbreviation_table import ABBREVIATIONS
from storyboard.narration.behind_short_forms import NAMED_AFTER, SMALLER
from storyboard.narration.calendar_names import DAY_NUMBER, SHORT_DAYS, SHORT_MONTHS
from storyboard.narration.money_signs import is_of_amount
from storyboard.narration.opening_words import begins_sentence
from storyboard.narration.ordinal_dots import goes_on_behind_number
from storyboard.narration.unread_abbreviations import UNREAD
from storyboard.spoken_tags import language_of

_INITIALS: Final = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]", re.UNICODE)
_ELIDED: Final = re.compile(r"^[^\W\d_]{1,5}['’](?=\w)")
"""What French and Italian write together with the next word: "l'art. 7"."""

_YEAR: Final = re.compile(r"(?:19|20)?\d{2}")
_MONTH_IN_DIGITS: Final = re.compile(r"[01]?[0-9]\. ?[0-3]?[0-9]\.")
"""What stands behind the year of a Korean date: 2026. 3. 31."""

_SCALE: Final = re.compile(
    r"(?:mi|mil|mill|mills|mio|mln|mn|mm|m|bi|bio|bln|bn|bill|m[dr]d?s?|mlr?d|tr?n|tri|trill|tsd|k)",
    re.IGNORECASE,
)
"""Short forms of millions and more between a number and its currency: "2.500 mill. €"."""

_COUNTING: Final = re.compile(
    r"mi|bi|mill|mln|mio|m[lr]d|pulg|poll|pol|uds?|un|pzs?|pcs|min|seg|sek|std|km|lbs?|oz|ft|yd|in|hrs?|yrs?",
    re.IGNORECASE,
)
"""Short forms of what is counted, behind which a small letter goes on: "3 pulg. de largo"."""

_DOUBLE: Final = re.compile(r"(?P<one>[A-ZÑ])(?P=one)")
_DOUBLE_BEHIND: Final = re.compile(r"(?P<one>[A-ZÑ])(?P=one)\.")
"""Initials that are doubled for a plural, as in Spanish: "RR. HH.", "JJ. OO.", "AA. VV."."""

_OF_YEAR: Final = re.compile(r"del? (?:19|20)[0-9]{2}")
_ORDINAL: Final = re.compile(r"(?:.*\.[/–—-])?\d{1,2}")
"""An ordinal without its dot, or the last of several: "18./19", "1.–3"."""

_HIGH: Final = re.compile(r"[1-9][0-9]{2,3}")
_BEFORE_ORDINAL: Final = frozenset(
    (
        *("der", "die", "das", "dem", "den", "des", "jeder"),
        *("am", "im", "zum", "zur", "beim", "vom", "ins"),
    )
)
"""German words behind which a number with a dot is an ordinal."""

_BEFORE_DASH: Final = re.compile(r"^.*[–—](?=[^\W\d_]+$)")
"""What a month is written together with, as the end of a range: "30–Feb"."""

_DAY: Final = re.compile(rf"(?:{DAY_NUMBER})\.?")
_YEAR_BEHIND: Final = re.compile(r"(?:19|20)[0-9]{2}(?![0-9])")
_DASH_BEHIND: Final = re.compile(r"[-–—]\s?[\w]")
_DATED: Final = frozenset(
    name.lower() for names in (*SHORT_MONTHS.values(), *SHORT_DAYS.values()) for name in names
)
"""Months and weekdays that are written short: behind their dot, a dash goes on to another one."""

_RANGE_BEHIND: Final = re.compile(r"[–—-]\s?\d{1,2}\.")
"""What goes on behind the first of two days: "28.02. - 03.03.2024"."""

_ROMAN: Final = re.compile(r"[IVX]{2,6}")
_IN_ROMAN: Final = re.compile(r"(?!I [a-z'])[IVX]+(?!\w)")
_LETTER: Final = re.compile(r"(?!I [a-z'])[A-Z](?:[0-9]|(?!\w))")
_FIRM: Final = re.compile(r"(?:Ltd|LLC|KG|KGaA|OHG)(?!\w)")
"""What goes on behind "Co."."""

STREET: Final = r"[^\W\d_]{2,40}str"
"""German streets are one word with their name: "Hauptstr."."""

_STREET: Final = re.compile(STREET)
NUMBERED: Final = "[A-ZÄÖÜ][a-zäöüß]{2,30}nr"
"""Numbers are one word with what has them: "Seriennr."."""

SHORTENED: Final = "[A-ZÄÖÜ][a-zäöüß]{2,24}(?:temp|spg)"
"""German words whose last part is short: "Vorlauftemp. 60 °C"."""

_SHORTENED: Final = re.compile(SHORTENED)
_NUMBERED: Final = re.compile(NUMBERED)
_INITIAL_BEHIND: Final = re.compile(r"[^\W\d_]\.")
_ANSWERING: Final = frozenset(("say", "said", "says", "answer", "answered", "answers", "que"))
"""Words before a "no." that is an answer, whatever follows it."""

_WITHOUT_VOWELS: Final = re.compile(r"[b-df-hj-np-tv-xzбвгджзклмнпрстфхцчшщ]{1,4}", re.IGNORECASE)
"""Words that no language has but as short forms, or as units behind their number."""

_TITLES: Final = ("Dr", "St")
"""What is a way too, behind its name."""

_TAX: Final = re.compile("(?:VAT|GST)(?!\\w)")
_AMOUNT: Final = re.compile("[$€£¥0-9]")
_GERMAN_DAY: Final = re.compile(
    rf"[0-3]?[0-9]\.\s?(?:[01]?[0-9]\.|(?:{'|'.join(SHORT_MONTHS['de'])}|Mai|Juni|Juli))"
    r"|[0-2]?[0-9](?:[.:][0-5][0-9])?(?:\s?[–-]|\sUhr)"
)
"""What goes on behind "So.", which is a word too."""

_BEHIND_NOON: Final = re.compile(
    r"(?:[A-Z]{1,4}T|UTC|GMT)(?!\w)"
    r"|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day(?:s|,|\.| (?:through|thru|to)(?!\w)|\s?[–-])"
)
"""What goes on behind "9 a.m.": a time zone, or days."""


def abbreviations(language: str) -> tuple[Abbreviation, ...]:
    """Return the abbreviations of a language; `de-AT` has those of `de`."""
    base = language_of(language)
    return ABBREVIATIONS.get(base, ()) + UNREAD.get(base, ())


def ends_no_sentence(word: str, following: str, language: str | None, *, before: str = "") -> bool:
    """Whether a word, its last dot taken off, goes on in the same sentence with what follows.

    Without a language every table counts: two sentences that stay one cost less than one that is
    cut in two. `following` is the text behind the dot and its spaces, `before` the word before the
    word, empty where the sentence begins with it.
    """
    word = _ELIDED.sub("", word)
    if _kind(word, language) is None:
        word = _BEFORE_DASH.sub("", word)
    if _is_in_date(word, following, before, language):
        return True
    if word.lower() in ("a.m", "p.m"):
        return not following[:1].isupper() or _BEHIND_NOON.match(following) is not None
    if word == "inc" and _TAX.match(following):
        return True  # including
    if word == "c" and _AMOUNT.match(following):
        return True  # circa
    if before[-1:].isdigit() and _SCALE.fullmatch(word) and is_of_amount(following):
        return True
    if is_unit(word, before) and (following[:1].islower() or SMALLER.match(following)):
        return True
    if _DOUBLE.fullmatch(word) and _DOUBLE_BEHIND.match(following):
        return True
    if word == "Jr" and NAMED_AFTER.match(following):
        return True
    kind = _kind(word, language)
    if kind is Before.LOWER and "." in word:
        return _FIRM.match(following) is not None
    if _INITIALS.fullmatch(word) and _is_initial(word, following):
        return kind is not None or "." not in word or not begins_sentence(following, language)
    if _ORDINAL.fullmatch(word) or _is_high_ordinal(word, before, language):
        return goes_on_behind_number(before, following, language)
    if _ROMAN.fullmatch(word) and language is not None:
        if language_of(language) == "hu":
            return True  # II. Lajos: rulers are counted before their names
        return goes_on_behind_number(before, following, language)
    if word == "no" and before.lower() in _ANSWERING:
        return False
    is_counted = before[-1:].isdigit()
    if kind is None:
        is_short = _WITHOUT_VOWELS.fullmatch(word) is not None and not word.isupper()
        return is_short and not is_counted and following[:1].isdigit()
    if kind is Before.MORE:
        is_title = word in _TITLES and not before[:1].isupper()  # "Dr. So", but "Ocean Dr. So"
        return is_title or not begins_sentence(following, language)
    return _goes_on(kind, following, is_counted=is_counted)


def _is_in_date(word: str, following: str, before: str, language: str | None) -> bool:
    """Tell whether what follows a word is the rest of its date, or the end of a range."""
    if _is_month(word, before) and _YEAR_BEHIND.match(following):
        return True
    if word.lower() in _DATED and _DASH_BEHIND.match(following):
        return True
    if word[-1:].isdigit() and "." in word and _RANGE_BEHIND.match(following):
        return True
    is_korean = language is not None and language_of(language) == "ko"
    is_year = is_korean and _YEAR.fullmatch(word) is not None
    return is_year and _MONTH_IN_DIGITS.match(following) is not None


def is_unit(word: str, before: str) -> bool:
    """Tell whether a word counts the number before it: 3 ft."""
    return before[-1:].isdigit() and _COUNTING.fullmatch(word) is not None


def _is_month(word: str, before: str) -> bool:
    """Tell whether a word between a day and a year is a short month, in any language."""
    return _DAY.fullmatch(before) is not None and word.isalpha() and not _COUNTING.fullmatch(word)


def _is_high_ordinal(word: str, before: str, language: str | None) -> bool:
    """Tell whether a number of three or four digits counts: zum 100. Mal, der 1000. Besucher."""
    is_german = language is not None and language_of(language) == "de"
    return is_german and _HIGH.fullmatch(word) is not None and before.lower() in _BEFORE_ORDINAL


def _is_initial(word: str, following: str) -> bool:
    """Tell whether letters with dots are initials: capitals, or small ones that others follow."""
    return word[-1].isupper() or "." in word or _INITIAL_BEHIND.match(following) is not None


def _goes_on(kind: Before, following: str, *, is_counted: bool) -> bool:
    """Tell whether a sentence goes on behind a short form; `is_counted` if a number is before."""
    match kind:
        case Before.ANYTHING | Before.MORE:
            return True
        case Before.DAY:
            return _GERMAN_DAY.match(following) is not None
        case Before.NUMBER:
            return (
                following[:1].isdigit()
                or following[:1] == "№"
                or _OF_YEAR.match(following) is not None
                or _IN_ROMAN.match(following) is not None
            )
        case Before.LABEL:
            return following[:1].isdigit() or _LETTER.match(following) is not None
        case Before.LOWER:
            return _FIRM.match(following) is not None
        case Before.NAME:
            return not is_counted


def _kind(word: str, language: str | None) -> Before | None:
    """Return what follows a short form; of "Best.-Nr" what follows its last part."""
    kinds = _kinds(language)
    kind = kinds.get(word) or (kinds.get(word.capitalize()) if word.isupper() else None)
    if kind is None and "-" in word:
        last = kinds.get(word.rpartition("-")[2])
        # "Teile-Nr. 5", but a whole word may be joined to what is short elsewhere.
        kind = last if ".-" in word or last in (Before.NUMBER, Before.LABEL) else None
    if kind is None and _STREET.fullmatch(word):
        return kinds.get("Str")
    if kind is None and _SHORTENED.fullmatch(word):
        return Before.NUMBER
    return kinds.get("Nr") if kind is None and _NUMBERED.fullmatch(word) else kind


@cache
def _kinds(language: str | None) -> Mapping[str, Before]:
    """Return what follows each short form; in all tables the most careful reading wins.

    Those that are read come first: "st" is a page in Croatian, and "St. Peter" known in English.
    """
    if language is not None:
        return _of_table(abbreviations(language))
    return {**_most_careful(UNREAD.values()), **_most_careful(ABBREVIATIONS.values())}


def _most_careful(tables: Iterable[tuple[Abbreviation, ...]]) -> Mapping[str, Before]:
    kinds: dict[str, Before] = {}
    for key, before in (pair for table in tables for pair in _of_table(table).items()):
        # "no." before a number in English, "min." before anything in German: a word that two
        # languages treat differently keeps the reading that ends more sentences.
        kinds[key] = max(before, kinds.get(key, before), key=_EAGERNESS.index)
    return kinds


def _of_table(table: tuple[Abbreviation, ...]) -> Mapping[str, Before]:
    """Return them of one table: of "rev. 2" and "Rev. Miller" what more may follow counts."""
    kinds: dict[str, Before] = {}
    for row in table:
        for key in _as_written(row.short):
            kinds[key] = min(row.before, kinds.get(key, row.before), key=_EAGERNESS.index)
        *heads, tail = row.short.split()
        for key in _as_written(tail):
            kinds.setdefault(key, row.before)
        for key in (key for head in heads for key in _as_written(head.rstrip("."))):
            kinds.setdefault(key, Before.ANYTHING)
    return kinds


def _as_written(short: str) -> Iterator[str]:
    """Yield how a short form stands in a text: "Sat." is a day, and "sat." none."""
    key = short.replace(" ", "")
    yield key
    if key[:1].islower():
        yield key[0].upper() + key[1:]


_EAGERNESS: Final = (
    Before.ANYTHING,
    Before.MORE,
    Before.NAME,
    Before.LABEL,
    Before.NUMBER,
    Before.DAY,
    Before.LOWER,
)
