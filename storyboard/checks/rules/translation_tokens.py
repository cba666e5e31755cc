"""A translation whose `{tokens}` are not those of its source."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from storyboard.checks.subject import Finding, Rule, Subject

CODE: Final = "translation-tokens"
_HINT: Final = "tokens such as {product} stand for values: copy them as they are"


def _check(subject: Subject) -> Iterator[Finding]:
    for video in subject.videos:
        for hold in video.holds:
            if hold.code == CODE:
                message = f"'{video.address}' is held: {hold.reason}"
                yield Finding(message, hold.span, hold.hint or _HINT)


RULE = Rule(CODE, _check)
