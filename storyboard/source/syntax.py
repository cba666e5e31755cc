"""What a parser's complaint means for a person: the words of both parsers, said in ours."""

from __future__ import annotations

import re
from typing import Final

from storyboard.source import refusals, traps
from storyboard.source.diagnostic import Diagnostic, Note, diagnose
from storyboard.source.escapes import forbidden_escape
from storyboard.source.events import SyntaxFault
from storyboard.source.indents import indent_for_tab, misplaced_line
from storyboard.source.lookalikes import lookalike_near
from storyboard.source.places import Places
from storyboard.source.text import character_name

_QUOTE: Final = "put the whole text in double quotes"

_PHRASES: Final[tuple[tuple[str, str, str | None], ...]] = (
    ("mapping values are not allowed", "a ':' is not allowed here",
     "put the text in double quotes, or check the indentation"),
    ("could not find expected ':'", "a key has to be followed by ':'",
     "write 'key: value'; a text that goes on needs more indentation than its key"),
    ("expected ',' or '}'", "',' or '}' is missing here", "close the '{', or quote the text"),
    ("expected ',' or ']'", "',' or ']' is missing here", "close the '[', or quote the text"),
    ("expected '-' indicator", "an item of the list has to start with '- '",
     "line the items up, or check the indentation"),
    ("node content", "a value is missing here", "write one, or quote the text around it"),
    ("expected key", "a key has to stand here",
     "line the keys up; where a text goes on after its closing quote, quote the whole text"),
    ("block sequence entries", "a list cannot start here", "start it on a line of its own"),
    ("mapping keys are not allowed", "a key cannot start here", _QUOTE),
    ("unknown escape", "the escape is not known",
     r"write '\\' for a backslash, or use single quotes"),
    ("invalid Unicode", "the escape is not a character", "write the character itself"),
    ("hexadecimal numbers", "the escape is not a character", "write the character itself"),
    ("document start", "a second value starts here",
     "indent it below its key, or start the line with '- '"),
    ("indentation indicator", "the sign after '|' or '>' is not known", "write '|' or '>-' alone"),
    ("line break", "the text of a block starts on the next line",
     "break the line after '|' or '>'"),
    ("directive", "directives ('%…') are not part of the language", "delete the line"),
)  # fmt: skip
"""Fragments of what libyaml and PyYAML say, our words, and what to do."""

_OUT_OF_PLACE: Final = (
    "expected <block end>",
    "expected key",
    "expected '-' indicator",
    "expected ':'",
    "document start",
)
"""What the parsers say where a line starts in another column than it should."""

_GLUED: Final = re.compile(r"\s*(?:- )?[A-Za-z_][A-Za-z0-9_-]*:(?=\S)")
_KEYED_TEXT: Final = re.compile(
    r"[ \t]*(?:- +)*[A-Za-z_][\w-]*:[ \t]+(?P<text>[^\s\"'|>{\[][^\r\n]*)"
)
_ONLY_KEY: Final = re.compile(r"\s*(?:- )?[A-Za-z_][A-Za-z0-9_-]*")
_INNER_QUOTES: Final = {
    '"': 'inside double quotes write \\" for a quote',
    "'": "inside single quotes write '' for an apostrophe, or use double quotes",
}
_CHARACTERS: Final = {
    "\t": ("a tab cannot indent", "indent with spaces"),
    "%": ("'%' cannot start a value", _QUOTE),
    "@": ("'@' cannot start a value", _QUOTE),
    "`": ("'`' cannot start a value", _QUOTE),
}


def syntax_error(fault: SyntaxFault, places: Places) -> Diagnostic:
    """Return the finding for a place where the text stops being YAML."""
    text, at = places.text, fault.offset
    if "invalid Unicode" in fault.problem:
        start = _escape(text, at)
        escape = forbidden_escape(text, start, min(start + 10, len(text)))
        if escape is not None and escape.start == start:
            return refusals.escaped_control(escape.char, places.span(start, escape.end))
    if "unexpected end" in fault.problem or "unexpected document" in fault.problem:
        start = fault.since if fault.since is not None else at
        return _finding(
            "the quote that opens here is never closed",
            'close it; inside double quotes write \\" for a quote',
            places,
            start,
        )
    if "cannot start any token" in fault.problem or "found a tab" in fault.problem:
        char = text[at : at + 1]
        message, hint = _CHARACTERS.get(char, (f"'{_shown(char)}' cannot start a value", _QUOTE))
        if char == "\t":
            hint = indent_for_tab(places, at)
        return _finding(message, hint, places, at)
    if "alphabetic or numeric" in fault.problem and fault.since is not None:
        message = f"'{text[fault.since : fault.since + 1]}' cannot start a text"
        return _finding(message, _QUOTE, places, fault.since)
    lookalike = lookalike_near(places, at)
    if lookalike is not None:
        return lookalike
    mistake = _likely_mistake(fault, places) or _misplaced(fault, places)
    if mistake is not None:
        return mistake
    if "expected <block end>" in fault.problem:
        wanted = "expected '-' indicator" if "collection" in fault.context else "expected key"
        return _phrase(wanted, fault, places)
    return _phrase(fault.problem, fault, places)


def _likely_mistake(fault: SyntaxFault, places: Places) -> Diagnostic | None:
    """Return what people mostly did where the parser only knows that it cannot go on."""
    text, at = places.text, fault.offset
    if "expected ',' or" in fault.problem:
        cut = traps.commented_end(places, fault.since, at)
        if cut is not None:
            return cut
    start = max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1
    before = text[start:at]
    if "expected key" in fault.problem or "expected <block end>" in fault.problem:
        quote = before.rstrip()[-1:]
        if quote in _INNER_QUOTES:
            message = "the text goes on after its closing quote"
            return _finding(message, _INNER_QUOTES[quote], places, at)
    if "mapping values are not allowed" in fault.problem:
        above = text[:start].rstrip().rpartition("\n")[2]
        glued = _GLUED.match(above)
        if glued and _ONLY_KEY.fullmatch(before):
            colon = text[:start].rstrip().rfind("\n") + 1 + glued.end() - 1
            return _finding("a space is missing after ':'", "write 'key: value'", places, colon)
        if _ONLY_KEY.fullmatch(before):
            message = "a key cannot start here: the line above has its value already"
            return misplaced_line(places, at) or _finding(
                message, "line the keys up, or quote the text", places, at - len(before.lstrip())
            )
        keyed = _KEYED_TEXT.match(text, start)
        if keyed and keyed.start("text") < at:
            hint = refusals.quote_whole(traps.REMARK.split(keyed["text"])[0].rstrip())
            return _finding("a ':' is not allowed here", hint, places, at)
    return None


def _misplaced(fault: SyntaxFault, places: Places) -> Diagnostic | None:
    """Return which line the parser's place is indented otherwise than, where that is the fault."""
    if not any(said in fault.problem for said in _OUT_OF_PLACE):
        return None
    late = "expected ':'" in fault.problem and fault.since is not None
    at = fault.since if late and fault.since is not None else fault.offset
    text = places.text
    start = max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1
    return None if text[start:at].strip(" -") else misplaced_line(places, at)


def _phrase(problem: str, fault: SyntaxFault, places: Places) -> Diagnostic:
    at = _previous_line_end(places.text, fault.offset)
    for fragment, message, hint in _PHRASES:
        if fragment in problem:
            notes = _opening(fault, places) if fragment.startswith("expected ','") else ()
            if fragment == "could not find expected ':'" and fault.since is not None:
                at = fault.since
            if "escape" in message:
                at = _escape(places.text, fault.offset)
            return _finding(message, hint, places, at, notes)
    plain = re.sub(r"[<>]", "", problem) or "the text is not YAML"
    return _finding(plain, "check the indentation and the quotes around this place", places, at)


def _opening(fault: SyntaxFault, places: Places) -> tuple[Note, ...]:
    if fault.since is None:
        return ()
    return (Note("it was opened here", places.span(fault.since, fault.since + 1)),)


def _previous_line_end(text: str, at: int) -> int:
    """Step back from the end of the text, where libyaml counts one line more, to what is there."""
    if at < len(text):
        return at
    return max(len(text.rstrip()) - 1, 0) if text else 0


def _escape(text: str, at: int) -> int:
    """Step back to the backslash; the parsers point to different characters after it."""
    return max(text.rfind("\\", max(at - 3, 0), at + 1), 0) if "\\" in text else at


def _finding(
    message: str, hint: str | None, places: Places, at: int, notes: tuple[Note, ...] = ()
) -> Diagnostic:
    end = min(at + 1, len(places.text))
    span = places.span(min(at, end), end)
    return diagnose("yaml-syntax", message, span, hint, notes)


def _shown(char: str) -> str:
    return char if char.isprintable() and char else character_name(char) if char else "end of file"
