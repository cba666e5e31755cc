"""A library background that the local studio does not have: it refuses the avatar."""

from __future__ import annotations

from collections.abc import Iterator

from storyboard.checks.subject import Finding, Rule, Subject
from storyboard.language.names import nearest_or_all
from storyboard.language.place import Place


def _check(subject: Subject) -> Iterator[Finding]:
    written: dict[Place, str] = {}
    for compiled in subject.storyboards:
        for expansion in compiled.expansions:
            written |= expansion.backgrounds
    if subject.library is None or not written:
        return
    library = subject.library()
    for place, background in written.items():
        if background not in library:
            yield Finding(
                f"the local studio has no background '{background}'",
                place.span,
                nearest_or_all(background, library, "", limit=len(library)),
            )


RULE = Rule("unknown-background", _check)
