"""How long something takes, in hours, minutes and seconds. Knows no text."""

from __future__ import annotations

from storyboard.narration.grammar import Grammar
from storyboard.narration.measures import say_count_of


def say_duration(grammar: Grammar, hours: int, minutes: int, seconds: str) -> str:
    """Say how long something takes; seconds are a number as the language writes it."""
    counts = (("h", str(hours)), ("min", str(minutes)), ("s", seconds))
    said = [say_count_of(grammar, count, unit) or "" for unit, count in counts if count != "0"]
    *head, last = said or [say_count_of(grammar, "0", "s") or ""]
    if not grammar.spaced or grammar.tag == "ko":
        return (" " * grammar.spaced).join([*head, last])
    return f"{', '.join(head)} {grammar.conjunction} {last}" if head else last
