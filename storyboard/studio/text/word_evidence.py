"""What a text's small words tell of its language. Knows no model, and no script."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final

from storyboard.sentence_marks import CLOSERS, MARKS, OPENERS
from storyboard.studio.text.small_words import SHARED_WORDS, SMALL_WORDS

_LANGUAGE_OF: Final = {word: tag for tag, row in SMALL_WORDS.items() for word in row.split()}
_WORDS_OF: Final = {
    tag: frozenset((*row.split(), *SHARED_WORDS.get(tag, "").split()))
    for tag, row in SMALL_WORDS.items()
}
_AROUND: Final = MARKS + OPENERS + CLOSERS + ",;:،"

_SHARE: Final = 0.05
"""Of a text's words. Ordinary texts have 0.08 to 0.4 of them; a list of names has none."""

_LEAD: Final = 5
"""As many times more small words than any other language has: quotations and names have some."""

_LEAST: Final = 3
_FEW: Final = 5
"""Words of a text that a single one of English makes English: the model guesses at such texts."""


def telling_language(text: str) -> str | None:
    """Return the language that a text's small words tell beyond doubt; None where they do not."""
    words = Counter(text.lower().split())
    counts: Counter[str] = Counter()
    for word, n in words.items():
        tag = _LANGUAGE_OF.get(word) or _LANGUAGE_OF.get(word.strip(_AROUND))
        if tag is not None:
            counts[tag] += n
    if not counts:
        return None
    total = words.total()
    (found, count), *others = counts.most_common(2)
    least = 1 if found == "en" and total <= _FEW else _LEAST
    is_clear = count >= least and count >= _SHARE * total
    return found if is_clear and all(count >= _LEAD * other for _, other in others) else None


def likely_languages(text: str) -> Iterator[str]:
    """Yield the languages that have most of a text's small words, whoever else has them."""
    words = [word.strip(_AROUND) for word in text.lower().split()]
    counts = {tag: sum(word in own for word in words) for tag, own in _WORDS_OF.items()}
    most = max(counts.values())
    yield from (tag for tag, count in counts.items() if most and count == most)
