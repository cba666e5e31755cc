"""A scene that speaks nothing: the studio refuses it, or hangs on it."""

from __future__ import annotations

from collections.abc import Iterator

from storyboard.checks.subject import Finding, Rule, Subject


def _check(subject: Subject) -> Iterator[Finding]:
    for _, scene in subject.scenes():
        if not scene.narration:
            yield Finding(
                f"scene '{scene.id}' has no narration",
                scene.origin.of("narration"),
                "a scene lasts as long as its narration: write one, or drop the scene by `when`",
            )


RULE = Rule("narration-missing", _check)
