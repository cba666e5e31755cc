"""Catalogs whose header names another language than their folder does."""

from __future__ import annotations

from collections.abc import Iterator

from storyboard.catalogs.unread import LANGUAGE, misplaced_catalogs
from storyboard.checks.subject import Finding, Rule, Subject


def _check(subject: Subject) -> Iterator[Finding]:
    for odd in misplaced_catalogs(subject.catalogs.usable, subject.catalogs.paths):
        yield Finding(odd.message, odd.span, odd.hint)


RULE = Rule(LANGUAGE, _check)
