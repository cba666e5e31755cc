"""What the reader says when it refuses a value: one function a refusal. Reads nothing itself."""

from __future__ import annotations

from typing import Final

from storyboard.source.diagnostic import Diagnostic, Note, diagnose
from storyboard.source.limits import MAX_DEPTH, MAX_NODES, MAX_SCALAR
from storyboard.source.scalars import ScalarFault, shortened
from storyboard.source.span import Span
from storyboard.source.text import character_name

_CUT: Final = "' #' starts a comment here, and the text ends before it"

_QUOTED: Final = 120
"""Characters of a text that a hint repeats: an ordinary sentence is whole."""


def duplicate_key(key: str, span: Span, first: Span) -> Diagnostic:
    """Refuse the second of two equal keys."""
    return diagnose(
        "yaml-duplicate-key",
        f"the key '{shortened(key)}' stands twice in one mapping",
        span,
        "keep one of them",
        (Note(f"'{shortened(key)}' stands here first", first),),
    )


def merge_key(span: Span) -> Diagnostic:
    """Refuse `<<`."""
    return diagnose(
        "yaml-merge",
        "merge keys ('<<') are not part of the language",
        span,
        "write the keys out, or name shared things in 'avatars', 'entries' or 'vars'",
    )


def ambiguous_key(key: str, span: Span) -> Diagnostic:
    """Refuse a plain key that is no text."""
    return diagnose(
        "yaml-key",
        f"the key '{shortened(key)}' is not a text" if key else "the key is missing",
        span,
        f'quote it: "{shortened(key)}"' if key else "write a key before the ':'",
    )


def container_key(span: Span) -> Diagnostic:
    """Refuse a list or a mapping as a key."""
    return diagnose(
        "yaml-key", "a list or a mapping cannot be a key", span, "use a text as the key"
    )


def alias(name: str, span: Span) -> Diagnostic:
    """Refuse `*name`."""
    return diagnose(
        "yaml-alias",
        f"'*{shortened(name)}' is an alias, and aliases are not part of the language",
        span,
        f"quote it if it is a text: \"*{shortened(name)}\"; else use 'vars' or 'include'",
    )


def anchor(name: str, span: Span) -> Diagnostic:
    """Refuse `&name`."""
    return diagnose(
        "yaml-alias",
        f"'&{shortened(name)}' is an anchor, and anchors are not part of the language",
        span,
        "delete it, or put quotes around the text",
    )


def tag(name: str, span: Span) -> Diagnostic:
    """Refuse `!tag`."""
    shown = shortened(name.replace("tag:yaml.org,2002:", "!!"))
    return diagnose(
        "yaml-tag",
        f"'{shown}' is a tag, and tags are not part of the language",
        span,
        "delete it; quotes make a text",
    )


def directive(span: Span) -> Diagnostic:
    """Refuse `%YAML` and `%TAG`."""
    return diagnose(
        "yaml-directive", "directives ('%…') are not part of the language", span, "delete the line"
    )


def second_document(span: Span) -> Diagnostic:
    """Refuse what follows a second `---`."""
    return diagnose(
        "yaml-documents",
        "a second document starts here, and a file holds one",
        span,
        "move it to a file of its own",
    )


def scalar(fault: ScalarFault, span: Span) -> Diagnostic:
    """Refuse a number that readers disagree on."""
    return diagnose("yaml-number", fault.message, span, fault.hint)


def long_scalar(size: int, span: Span) -> Diagnostic:
    """Refuse a very long text."""
    return diagnose(
        "yaml-scalar-size",
        f"the text has {size:,} characters, and {MAX_SCALAR:,} is the limit",
        span,
        "split it into scenes",
    )


def escaped_control(char: str, span: Span) -> Diagnostic:
    """Refuse an escape that makes a control character or a surrogate."""
    return diagnose(
        "text-control",
        f"the escape for the character {character_name(char)} is not allowed",
        span,
        "write the character that two escapes stand for, as one"
        if "\ud800" <= char <= "\udfff"
        else "delete the escape",
    )


def unquoted_expression(text: str, span: Span) -> Diagnostic:
    """Refuse `key: {{ … }}`, which YAML takes for two mappings."""
    return diagnose(
        "yaml-unquoted-expression",
        "a value that starts with '{{' needs quotes",
        span,
        f"quote the whole value: {_quoted(text)}",
    )


def statement(text: str, span: Span) -> Diagnostic:
    """Refuse `{% … %}`."""
    return diagnose(
        "yaml-statement",
        "'{%' starts a template statement, and there are only expressions",
        span,
        "use 'when' or 'for_each' on a scene; quote the value if it is a text"
        if len(text) > 60
        else f"use 'when' or 'for_each' on a scene; if it is a text, quote it: {_quoted(text)}",
    )


def cut_expression(span: Span) -> Diagnostic:
    """Refuse a plain text whose expression ended in a comment."""
    return diagnose(
        "yaml-comment-in-expression",
        "' #' starts a comment here, and cuts the expression off",
        span,
        "quote the whole value",
    )


def commented_value(value: str, span: Span) -> Diagnostic:
    """Refuse `background: #CEEEDB`, which leaves the key without a value."""
    return diagnose(
        "yaml-comment-for-value",
        f"'{shortened(value)}' is a comment here, and no value is left",
        span,
        f"quote it: {_quoted(value)}",
    )


def cut_text(text: str, span: Span) -> Diagnostic:
    """Refuse `narration: we are #1`, which ends before the '#'."""
    return diagnose("yaml-comment-in-text", _CUT, span, _quote_or_move(text))


def commented_text(text: str, span: Span) -> Diagnostic:
    """Warn of `narration: we are # 1`: the author may have meant a comment."""
    return diagnose("comment-after-text", _CUT, span, _quote_or_move(text))


def mapped_text(text: str, span: Span) -> Diagnostic:
    """Refuse `- Remember: be kind`, which is a mapping with a key."""
    return diagnose(
        "yaml-colon-in-text",
        "': ' makes a key of the words before it, and a scene has no such key",
        span,
        quote_whole(text),
    )


def glued_item(span: Span) -> Diagnostic:
    """Refuse `-Welcome`, which starts a text and no item."""
    return diagnose("yaml-syntax", "a space is missing after '-'", span, "write '- ' and the text")


def too_deep(span: Span) -> Diagnostic:
    """Refuse nesting beyond the limit."""
    return diagnose(
        "yaml-depth",
        f"lists and mappings are nested more than {MAX_DEPTH} deep",
        span,
        "use fewer levels; a storyboard needs fewer than ten",
    )


def too_many_nodes(span: Span) -> Diagnostic:
    """Refuse a file with too many values."""
    return diagnose(
        "yaml-nodes",
        f"the file has more than {MAX_NODES:,} values",
        span,
        "split it into several files",
    )


def quote_whole(text: str) -> str:
    """Return the hint that shows a text as it should be written."""
    return f"quote the whole text: {_quoted(text)}"


def _quote_or_move(text: str) -> str:
    return f"{quote_whole(text)}, or move the comment to a line of its own"


def _quoted(text: str) -> str:
    text = shortened(text, _QUOTED)
    return f"'{text}'" if '"' in text and "'" not in text else '"' + text.replace('"', "'") + '"'
