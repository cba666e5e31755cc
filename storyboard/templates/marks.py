"""Filters that change nothing and tell whether a value is translated. See `expand/wording.py`."""

from __future__ import annotations

from storyboard.templates.filter import Call, Filter
from storyboard.templates.values import Value


def translate(call: Call, value: Value) -> Value:
    """Return the value as it is: its text is translated, even if it looks like a name.

    {{ product|translate }} → Acme
    """
    return value


def verbatim(call: Call, value: Value) -> Value:
    """Return the value as it is: its text is the same in every language, like a name.

    {{ product|verbatim }} → Acme
    """
    return value


TRANSLATE = Filter(translate, speaks=("value",))
MARKS = (TRANSLATE, Filter(verbatim))
