"""Catalogs that no video reads: of a locale spelled otherwise, or of a storyboard that is gone."""

from __future__ import annotations

from collections.abc import Iterator

from storyboard.catalogs.unread import UNREAD, unread_catalogs
from storyboard.checks.subject import Finding, Rule, Subject


def _check(subject: Subject) -> Iterator[Finding]:
    if not subject.complete:
        return
    readers = [each.assembled.reader for each in subject.storyboards]
    for odd in unread_catalogs(subject.catalogs.paths, readers):
        yield Finding(odd.message, odd.span, odd.hint)


RULE = Rule(UNREAD, _check)
