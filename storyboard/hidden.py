"""The values that nothing may show: each secret that was made, as itself and as it is encoded.

A server can send a secret back in whatever it says, and a shape cannot tell it from other words.
Knows no shapes, no owners and no streams.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any, Final, Protocol
from weakref import WeakValueDictionary

MASK: Final = "[redacted]"

SHORTEST: Final = 8
"""Characters of a value that is hidden: a shorter one, such as `test`, would blank words that
happen to be it, and whoever reads the gaps would learn it. Kaltura's secrets have 32."""


_TOLD: Final = 4
"""Characters of a value that may be shown: fewer than anybody could do anything with."""


class Owner(Protocol):
    """What holds a value; the value is hidden for as long as it is there."""

    def reveal(self) -> str:
        """Return the value itself."""
        ...


_owners: WeakValueDictionary[int, Owner] = WeakValueDictionary()
_kept: list[list[Owner]] = []


def hide(owner: Owner) -> None:
    """Have a value masked from here on, if it is long enough."""
    if len(owner.reveal()) >= SHORTEST:
        _owners[id(owner)] = owner
        if _kept:
            _kept[-1].append(owner)


@contextmanager
def keeping_hidden() -> Iterator[None]:
    """Hide what is hidden within until the end: a failure is shown after its session is gone."""
    _kept.append(list(_owners.values()))
    try:
        yield
    finally:
        _kept.pop()


def masked(text: str) -> str:
    """Return a text without the hidden values."""
    return _masked(text, _hidden_forms()) if _owners else text


def without(text: str, value: str) -> str:
    """Return a text without one value, however it is spelled in it, if it is long enough."""
    if len(value) < SHORTEST:
        return text
    return _masked(text, tuple(sorted(_forms(value), key=len)[::-1]))


def begun_secret(text: str) -> int:
    """Return how many characters at a text's end may be the first of a hidden value's.

    A few of them say nothing, and are 0.
    """
    if not _owners or not text or text.endswith("\n"):
        return 0
    forms = _hidden_forms()
    heads = {form[:_TOLD] for form in forms}
    longest = max(map(len, forms), default=0)
    for start in range(max(0, len(text) - longest + 1), len(text) - _TOLD + 1):
        if text[start : start + _TOLD] in heads:
            end = text[start:]
            if any(form.startswith(end) and form != end for form in forms):
                return len(end)
    return 0


def masked_value(value: Any, spared: frozenset[str]) -> Any:
    """Return a value of JSON with all of its texts masked but those under the `spared` keys."""
    forms = _hidden_forms()
    # A page of videos has thousands of texts, and nearly never a secret: they are looked at as one,
    # in the form that is quickly made, where each character is written as in any other text.
    if not forms or not _has_any(_plainly(value), tuple(map(_written, forms))):
        return value
    return _masked_value(value, spared, forms)


def _hidden_forms() -> tuple[str, ...]:
    """Return all that is hidden, the longest first: a secret may be a part of another."""
    values = {owner.reveal() for owner in list(_owners.values())}
    return tuple(sorted((form for value in values for form in _forms(value)), key=len)[::-1])


def _has_any(text: str, forms: tuple[str, ...]) -> bool:
    return any(form in text for form in forms)


def _masked(text: str, forms: tuple[str, ...]) -> str:
    for form in forms:
        if form in text:
            text = text.replace(form, MASK)
    return text


@lru_cache(maxsize=512)
def _written(form: str) -> str:
    """Return a text as it stands in what `_plainly` writes."""
    return _plainly(form)[1:-1]


def _plainly(value: Any) -> str:
    import json

    return json.dumps(value, ensure_ascii=False)


def _masked_value(value: Any, spared: frozenset[str], forms: tuple[str, ...]) -> Any:
    if isinstance(value, str):
        return _masked(value, forms)
    if isinstance(value, list):
        return [_masked_value(item, spared, forms) for item in value]
    if isinstance(value, dict):
        return {
            _masked(key, forms): item if key in spared else _masked_value(item, spared, forms)
            for key, item in value.items()
        }
    return value


@lru_cache(maxsize=64)
def _forms(value: str) -> frozenset[str]:
    """Return how a value may be spelled by who quotes it: plain, in JSON, in an address, base64."""
    import base64
    import json
    import re
    from urllib.parse import quote

    percent = quote(value, safe="")
    lower = re.sub("%..", lambda found: found[0].lower(), percent)
    found = {value, json.dumps(value)[1:-1], repr(value)[1:-1]}
    found |= {json.dumps(form)[1:-1] for form in found} | {percent, lower}
    for before in range(3):
        # Three ways, by where in the encoded bytes it begins; the first and last characters of
        # some are shared with its neighbors, and are left.
        data = value.encode("utf-8", "replace")
        packed = base64.b64encode(bytes(before) + data).decode()
        inner = packed[-(-8 * before // 6) : 8 * (before + len(data)) // 6]
        found |= {inner, inner.replace("+", "-").replace("/", "_")}
    return frozenset(found)
