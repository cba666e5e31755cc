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
    unspeakable,
    unused_avatar,
    unused_entry,
    unused_variable,
    voice_missing,
    voice_unclear,
)
from storyboard.checks.subject import Rule, Subject
from storyboard.language.names import did_you_mean
from storyboard.source.diagnostic import Diagnostic, Severity, warning

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
    voice_missing.RULE,
    voice_unclear.RULE,
    duplicate_name.RULE,
    unused_avatar.RULE,
    unused_entry.RULE,
    unused_variable.RULE,
)

_OFF: Final = "off"


def run_rules(subject: Subject) -> Iterator[Diagnostic]:
    """Yield what all rules find, in the severities that the project sets."""
    wanted = subject.project.checks
    yield from _check_codes(subject)
    for rule in RULES:
        setting = wanted.get(rule.code, rule.severity.value)
        if setting == _OFF:
            continue
        severity = _SEVERITIES.get(setting, rule.severity)
        for found in rule.check(subject):
            yield Diagnostic(
                rule.code, severity, found.message, found.span, found.hint, found.notes
            )


_SEVERITIES: Final = {severity.value: severity for severity in Severity}


def _check_codes(subject: Subject) -> Iterator[Diagnostic]:
    """Warn of a code that no rule has: it is probably misspelt."""
    document = subject.project.document
    codes = [rule.code for rule in RULES]
    for code in subject.project.checks:
        if code not in codes and document is not None:
            yield warning(
                "unknown-check",
                f"no check has the code '{code}'",
                document.key_span(("checks", code)),
                did_you_mean(code, codes),
            )
