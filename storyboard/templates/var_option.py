"""Reads `--var name=value`: typed as a plain scalar of YAML would be. Knows no layers."""

from __future__ import annotations

import re
from typing import Final

from storyboard.errors import UsageError
from storyboard.source.scalars import ScalarFault, resolve_plain
from storyboard.source.text import FORBIDDEN, character_name
from storyboard.templates.values import Value
from storyboard.templates.variables import check_name

_QUOTED: Final = re.compile(
    r"""'(?P<single>(?:[^']|'')*)'|"(?P<double>(?:[^"]|(?<=\\)")*)\"""", re.S
)
"""One pair of quotes around the whole; those within are doubled, or have a backslash."""


def parse_var(text: str) -> tuple[str, Value]:
    """Read `name=value`; raises `UsageError`."""
    name, equals, value = text.partition("=")
    for part, what in ((name, "a variable's name"), (value, f"variable '{name}'")):
        if found := FORBIDDEN.search(part):
            raise _refused(what, found[0])
    if not equals:
        raise UsageError(f"'{text}' is not a variable", hint="write name=value")
    if fault := check_name(name):
        raise UsageError(fault.message, hint=fault.hint)
    return name, parse_scalar(value)


def parse_scalar(text: str) -> Value:
    """Return what a scalar means by YAML 1.2's core schema; quotes around it make it a text.

    Within double quotes a quote has a backslash before it; any other backslash is of the text, as
    in a path. What readers of YAML disagree on (`010`) or cannot hold (beyond 10^15) stays a text,
    and so does nothing at all.
    """
    if quoted := _QUOTED.fullmatch(text):
        single, double = quoted["single"], quoted["double"]
        return double.replace('\\"', '"') if single is None else single.replace("''", "'")
    value = resolve_plain(text) if text else text
    return text if isinstance(value, ScalarFault) else value


def _refused(what: str, char: str) -> UsageError:
    code = ord(char) - 0xDC00
    if 0x80 <= code <= 0xFF:
        # What Python makes of a byte on the command line that it cannot decode.
        hint = "write it in UTF-8"
        return UsageError(f"{what} has the byte 0x{code:02X}, which is not UTF-8", hint=hint)
    message = f"{what} has the character {character_name(char)}, which is not allowed"
    return UsageError(message, hint="leave it out")
