"""What makes a generation fail or a film embarrass, found before it costs anything.

One rule a module. A project changes a rule's severity, or turns it `off`, under `checks`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from storyboard.checks.rules import (
    broll_budget,
    broll_frame_rate,
    broll_past_end,
    duplicate_name,
    hidden_character,
    media_breaks_off,
    media_missing,
    media_unusable,
    narration_missing,
    narration_short,
    narration_too_short,
    too_many_sources,
    translation_missing,
    translation_stale,
    translation_tokens,
    unknown_background,
    unspeakable,
    unused_avatar,
    unused_entry,
    unused_variable,
    voice_missing,
    voice_unclear,
)
from storyboard.checks.severities import is_off
from storyboard.checks.subject import Rule, Subject
from storyboard.source.diagnostic import Diagnostic, diagnose

RULES: Final[tuple[Rule, ...]] = (
    narration_missing.RULE,
    narration_too_short.RULE,
    narration_short.RULE,
    unspeakable.RULE,
    hidden_character.RULE,
    too_many_sources.RULE,
    media_missing.RULE,
    media_unusable.RULE,
    media_breaks_off.RULE,
    broll_past_end.RULE,
    broll_budget.RULE,
    broll_frame_rate.RULE,
    translation_missing.RULE,
    translation_stale.RULE,
    translation_tokens.RULE,
    unknown_background.RULE,
    voice_missing.RULE,
    voice_unclear.RULE,
    duplicate_name.RULE,
    unused_avatar.RULE,
    unused_entry.RULE,
    unused_variable.RULE,
)


def run_rules(subject: Subject) -> Iterator[Diagnostic]:
    """Yield what all rules find, in the severities of the table; rules that are off do not run."""
    for rule in RULES:
        if not is_off(rule.code, subject.project.checks):
            for found in rule.check(subject):
                yield diagnose(rule.code, found.message, found.span, found.hint, found.notes)
