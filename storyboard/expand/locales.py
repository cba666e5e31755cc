"""placeholder"""

from __future__ import annotations


def fallback_chain(tag: str) -> tuple[str, ...]:
    return (tag,)


def is_pseudo(tag: str) -> bool:
    return tag in ("en-XA", "ar-XB")
