"""JSON as all of its readers agree on it, and as it can be written again. Knows no fields.

Python's own reader takes more: `NaN`, numbers that overflow or have so many digits that they cannot
be written, half characters, a key twice, and nesting that ends the next program to read it.
"""

from __future__ import annotations

import gc
import json
import math
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final, NoReturn

from storyboard.printing import SURROGATES

MAX_DEPTH: Final = 64
"""What is read is walked by functions that call themselves; ours is at most 12 deep."""

MAX_DIGITS: Final = 40
"""As in files of YAML. Python refuses to write a number of more than 4,300 digits."""

MAX_KEY: Final = 10_000
"""A path can be a key, and has at most 4,096 characters."""

MOST_VALUES: Final = 2_000_000
"""Of one text: `{}` of two characters takes 90 bytes of memory, so 64 MB of them take 3 GB."""


UNSTORABLE: Final = re.compile(f"[\0{SURROGATES}]")
"""What no text may have that is written as JSON and read again: U+0000, and half characters."""


class NotJson(ValueError):
    """The text is no JSON that could be written again; says why, without words of the text."""


def is_storable(text: str) -> bool:
    """Whether `parse_json` takes the text back once it was written."""
    return UNSTORABLE.search(text) is None


def parse_json(text: str | bytes, *, most: int = MOST_VALUES) -> Any:
    """Return the value that a text has; raises `NotJson`, which is a `ValueError`.

    A text of more than `most` values, those inside others counted too, is refused unread.
    """
    try:
        plain = text if isinstance(text, str) else text.decode("utf-8-sig")
        plain.encode()
        _check_count(plain, most)
        value = _DECODER.decode(plain)
        if "\\u" in plain:
            _check_characters(value)
    except NotJson:
        raise
    except UnicodeError as cause:
        raise NotJson("it is not UTF-8") from cause
    except RecursionError as cause:
        raise NotJson("it is nested too deeply") from cause
    except ValueError as cause:
        raise NotJson("it is not JSON") from cause
    _check_depth(value)
    return value


@contextmanager
def uncollected() -> Iterator[None]:
    """Build a large value without looks for garbage in it: they take as long as all the rest."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise NotJson("it has a key twice")
    for key in found:
        if len(key) > MAX_KEY:
            raise NotJson(f"it has a key of more than {MAX_KEY:,} characters")
    return found


def _integer(digits: str) -> int:
    if len(digits) > MAX_DIGITS:
        raise NotJson(f"it has a number of more than {MAX_DIGITS} digits")
    return int(digits)


def _float(written: str) -> float:
    number = float(written)
    if math.isinf(number):
        raise NotJson("it has a number that is too large")
    return number


def _constant(name: str) -> NoReturn:
    raise NotJson(f"it has {name}, which is no number of JSON")


_MARK_OR_TEXT: Final = r'([\[{,])|"(?:[^"\\]|\\.)*+(?:"|\Z)'
_NUL: Final = re.compile(r"(?<!\\)(?:\\\\)*\\u0000")
_DECODER: Final = json.JSONDecoder(
    object_pairs_hook=_pairs, parse_int=_integer, parse_float=_float, parse_constant=_constant
)


def _check_count(plain: str, most: int) -> None:
    """Refuse too many values by what each but the first has before it: no more than they can be.

    What is quick counts the marks in texts too, and what is slow is asked where those are many.
    """
    if len(plain) <= most or sum(map(plain.count, "[{,")) < most:
        return
    marks = texts = 0
    for found in re.finditer(_MARK_OR_TEXT, plain, re.DOTALL):
        if found.lastindex:
            marks += 1
        else:
            texts += 1
        if marks >= most or texts > 2 * most:
            raise NotJson(f"it has more than {most:,} values")


def _check_depth(value: Any) -> None:
    """Look at one level after the other, since a walk that calls itself could end here too."""
    level = [value] if isinstance(value, dict | list) else []
    for _ in range(MAX_DEPTH):
        if not level:
            return
        inner = (each.values() if isinstance(each, dict) else each for each in level)
        level = [part for parts in inner for part in parts if isinstance(part, dict | list)]
    if level:
        raise NotJson(f"it is nested more than {MAX_DEPTH} levels deep")


def _check_characters(value: Any) -> None:
    written = json.dumps(value, ensure_ascii=False)
    try:
        written.encode()
    except UnicodeEncodeError as cause:
        raise NotJson("it has half a character") from cause
    if _NUL.search(written):
        raise NotJson("it has the character U+0000")
