"""Whether a value that stands in a spoken text is words to translate, or a name. Asks no author.

A value is words if it has a word in small letters, as in `the new search`, or ends like a
sentence. `Acme`, `Q1` and `Jane Doe` are names, the same in every language. A script without
capitals gives no such sign: there, a text of several words, or of more letters than a name has,
is words.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from storyboard.sentence_marks import MARKS, ends_with_mark

_WORD = re.compile(r"\W*([^\W\d_]+(?:['’-][^\W\d_]+)*)\W*")
"""A word between white space; what has a digit, a dot or an @ inside is none: an id, an address."""
_CASELESS = re.compile(r"[^\W\d_]+")
_SURE_MARKS: Final = MARKS.replace(".", "")
"""Without the full stop: names end with it, as `ACME INC.` does."""
_NAME_LETTERS: Final = 6
"""Letters that a name may have in a script without capitals; most Chinese and Arabic ones do."""
_MANY_WORDS: Final = 3
"""A choice, as in `may_be_prose`: names of products and people have one word or two."""


@lru_cache(maxsize=4096)
def is_prose(text: str) -> bool:
    """Tell whether a variable's text is to be translated."""
    if _has_small_word(_words(text)) or _has_caseless_words(text):
        return True
    return ends_with_mark(text, _SURE_MARKS) and _CASELESS.search(text) is not None


def has_several_words(text: str) -> bool:
    """Tell whether a text has more to translate than a name and a word alone."""
    words = _words(text)
    return (len(words) > 1 and _has_small_word(words)) or _has_caseless_words(text)


def may_be_prose(text: str) -> bool:
    """Tell whether a text that passes as a name is rather long for one: three words or more.

    `Fast And Simple Search` is, and `New York Times`: only the author knows which of them are words
    to translate. Most names have one word or two.
    """
    return len(_words(text)) >= _MANY_WORDS and not is_prose(text)


def is_written_prose(text: str) -> bool:
    """Tell whether a text that an author put into an expression is to be translated.

    Such a text is rarely a name: `'Urgent'` is words, and only capitals and digits are not.
    """
    words = _CASELESS.findall(text)
    # One letter alone is a grade or a key, capitals are an abbreviation.
    return any(len(word) > 1 and not (word.isascii() and word.isupper()) for word in words)


def _words(text: str) -> list[str]:
    return [found[1] for word in text.split() if (found := _WORD.fullmatch(word))]


def _has_small_word(words: list[str]) -> bool:
    return any(len(word) > 1 and word.islower() for word in words)


def _has_caseless_words(text: str) -> bool:
    """Tell of scripts that have no capitals: only there nothing else tells words from names."""
    bare = [word for word in _CASELESS.findall(text) if word.upper() == word.lower()]
    return len(bare) > 1 or sum(map(len, bare)) > _NAME_LETTERS
