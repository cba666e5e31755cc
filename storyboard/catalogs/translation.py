"""Whether a text's translation can be used, and the text it makes. Never reads it as a template."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Final

from storyboard.catalogs.entry import Entry
from storyboard.catalogs.renaming import is_only_renamed
from storyboard.catalogs.tokens import Message, Placed, Stray, split_translation
from storyboard.catalogs.wrong_tokens import wrong_tokens
from storyboard.source.span import Span
from storyboard.templates import limits
from storyboard.templates.evaluating import Rendering
from storyboard.templates.expressions import Expression, Value
from storyboard.templates.faults import FaultKind, TemplateFault
from storyboard.texts import same_text

MARKED: Final = "marked fuzzy"
"""What is the matter with a translation that somebody wants looked at, made from this source."""
RENAMED: Final = "with a variable that got another name"
"""What is the matter with a translation that a sync alone may bring up to date."""
RENAMED_HINT: Final = "run `storyboard locale sync`: a variable got another name"
_EXCERPT: Final = 60


class TranslationState(Enum):
    """How a text stands in a catalog."""

    OK = "ok"
    SAME = "same"
    """Nothing keeps it from being used, but it says what the source says."""
    MISSING = "missing"
    """No entry, or an empty translation."""
    STALE = "stale"
    """The source changed since, or somebody marked the translation as fuzzy."""
    BROKEN = "broken"
    """The translation's tokens are not those of the source."""
    UNREADABLE = "unreadable"
    """A catalog that may have the text has errors."""
    ORPHAN = "orphan"
    """The storyboard has no text for the entry."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a translation cannot be used: a state that holds a video, and the words for it."""

    state: TranslationState
    code: str
    """`translation-missing`, `translation-stale` or `translation-tokens`."""
    message: str
    span: Span | None
    """The entry's place; None where there is no entry."""
    hint: str | None = None
    brief: str | None = None
    """What is the matter, behind a count of texts."""

    @property
    def is_missing(self) -> bool:
        """Whether there is no translation at all."""
        return self.state is TranslationState.MISSING


def serving_entry(
    context: str, message: Message, entries: Iterable[Entry | None]
) -> Entry | Problem | None:
    """Return the first of some entries, nearest first, that can serve for a text.

    None where there is nothing to translate, and the nearest one's problem where none can serve.
    This alone decides what is translated: for videos, and for those who count what is left to do.
    """
    worst: Problem | None = None
    for entry in entries:
        problem = check_translation(context, entry, message)
        if problem is None:
            return entry if entry is not None and entry.translation.strip() else None
        # An entry that is there and wrong is where to go on, rather than that a nearer one is
        # missing.
        if worst is None or (worst.is_missing and (problem.span or not problem.is_missing)):
            worst = problem
    return check_translation(context, None, message) if worst is None else worst


def check_translation(context: str, entry: Entry | None, message: Message) -> Problem | None:
    """Return why the entry cannot serve for a source text, or None where it can.

    A text without a word of its own, such as `{{ item.id }}`, needs no entry.
    """
    if entry is None or not entry.translation.strip():
        return _missing(context, entry) if message.has_words else None
    if entry.stale or not same_text(entry.source, message.msgid):
        return _stale(context, entry, message)
    return _check_tokens(entry, message)


def apply_translation(
    entry: Entry | None, message: Message, render_token: Callable[[Expression], str]
) -> str:
    """Return the text of an entry that can serve, with every token rendered.

    `render_token` gets the expression that a token stands for; what it raises passes through.
    Without an entry, the source itself is rendered.
    """
    text = message.msgid if entry is None else entry.translation
    rendered = {token.name: render_token(token.expression) for token in message.tokens}
    pieces: list[str] = []
    for piece in split_translation(text):
        match piece:
            case str():
                pieces.append(piece)
            case Placed():
                pieces.append(rendered[piece.name])
            case Stray():
                raise AssertionError("checked by serving_entry")
    whole = "".join(pieces)
    if len(whole) > limits.TEXT:
        too_long = f"the text would be longer than {limits.TEXT:,} characters"
        raise TemplateFault(too_long, kind=FaultKind.LIMIT)
    return whole


def translate(
    entry: Entry | None, message: Message, scope: Mapping[str, Value], locale: str | None
) -> str:
    """Return the text of a video from an entry that can serve; raises `TemplateFault`."""
    rendering = Rendering(scope, locale)
    return apply_translation(entry, message, lambda expression: expression.render_text(rendering))


def _missing(context: str, entry: Entry | None) -> Problem:
    return Problem(
        TranslationState.MISSING,
        "translation-missing",
        f"'{context}' is not translated",
        None if entry is None else entry.translation_span,
        "fill in its msgstr" if entry is not None else None,
        "not translated",
    )


def _stale(context: str, entry: Entry, message: Message) -> Problem:
    changed = not same_text(entry.source, message.msgid)
    if changed and message.bare is not None and same_text(entry.source, message.bare):
        return _half_translated(context, entry, message)
    reason = f"the source of '{context}' has changed since it was translated"
    brief = "translated from an older source"
    if not changed and entry.previous is None:
        reason, brief = f"the translation of '{context}' is {MARKED}", MARKED
    hint = "look at the translation again, then remove the fuzzy mark"
    if is_only_renamed(entry, message.msgid):
        brief, hint = RENAMED, RENAMED_HINT
    elif changed:
        hint = "run `storyboard locale sync`, translate it again, and remove the fuzzy mark"
    return Problem(TranslationState.STALE, "translation-stale", reason, entry.span, hint, brief)


def _half_translated(context: str, entry: Entry, message: Message) -> Problem:
    """Tell of a translation whose tokens would bring in words of the source's language."""
    name, words = message.inlined[0]
    short = words if len(words) <= _EXCERPT else words[: _EXCERPT - 1].rstrip() + "…"
    return Problem(
        TranslationState.STALE,
        "translation-stale",
        f"'{context}' would say “{short}”, since {{{name}}} is not translated",
        entry.span,
        "run `storyboard locale sync`, then translate the text with these words in it; "
        f"for a name, write | verbatim; for a locale's own words, {name} in `localize`",
        "with words that are not translated",
    )


def _check_tokens(entry: Entry, message: Message) -> Problem | None:
    wrong = wrong_tokens(entry, message)
    if wrong is None:
        return None
    return Problem(
        TranslationState.BROKEN,
        "translation-tokens",
        f"in the translation of '{entry.context}', {wrong.said}",
        entry.translation_span,
        wrong.hint,
    )
