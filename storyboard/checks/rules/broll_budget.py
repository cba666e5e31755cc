"""A narration that is longer than what is left of the clip behind it."""

from __future__ import annotations

from collections.abc import Iterator

from storyboard.checks.broll_clips import shown_clips
from storyboard.checks.subject import Finding, Rule, Subject
from storyboard.speech_rates import estimate_seconds, rate_of
from storyboard.wire import LOOPING_PROFILES


def _check(subject: Subject) -> Iterator[Finding]:
    if subject.profile in LOOPING_PROFILES:
        return
    for video, scene, broll, clip in shown_clips(subject):
        if clip.seconds is None or not scene.narration:
            continue
        left = clip.seconds - broll.start_time
        if left <= 0:
            continue
        locale = video.address.locale
        seconds = estimate_seconds(scene.narration, locale)
        if seconds > left:
            over = round((seconds - left) * rate_of(locale))
            yield Finding(
                f"about {seconds:.0f} s of speech, and {left:.1f} s of the clip are left",
                scene.origin.of("narration"),
                f"say about {over} characters less, start the clip earlier, or split the scene",
            )


RULE = Rule("broll-budget", _check)
