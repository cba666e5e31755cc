"""Speech far below the seconds that a generation needs (it fails, without a reason)."""

from __future__ import annotations

from collections.abc import Iterator

from storyboard.checks.spoken_texts import TOO_SHORT, too_short_texts
from storyboard.checks.subject import Finding, Rule, Subject
from storyboard.speech_rates import estimate_seconds
from storyboard.wire import MIN_SPEECH_SECONDS


def _check(subject: Subject) -> Iterator[Finding]:
    for text, scene, locale in too_short_texts(subject):
        seconds = estimate_seconds(scene.spoken, locale)
        yield Finding(
            f"'{text}' is about {seconds:.1f} s of speech, "
            f"and a scene needs {MIN_SPEECH_SECONDS:g} s",
            scene.origin.of("narration"),
            "the generation would fail: say more, or join it to a neighboring scene",
        )


RULE = Rule(TOO_SHORT, _check)
