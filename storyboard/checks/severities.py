"""How bad findings are in this project: what its `checks` say, over what the table says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Final

from storyboard.codes import CODES, Severity
from storyboard.source.diagnostic import Diagnostic

OFF: Final = "off"
SETTINGS: Final = (*(severity.value for severity in Severity), OFF)
"""What a project's `checks` may say of a code."""


def is_off(code: str, checks: Mapping[str, str]) -> bool:
    """Whether the project wants no findings of a code that it may silence."""
    return CODES[code].can_change and checks.get(code) == OFF


def in_severities(
    findings: Iterable[Diagnostic], checks: Mapping[str, str]
) -> Iterator[Diagnostic]:
    """Yield the findings as bad as the project says, without those that are off.

    A setting of a code that may not be changed has no effect here: the schema reports it.
    """
    for finding in findings:
        setting = checks.get(finding.code)
        # A code that no film can be made with stays an error, whatever a pull request writes here.
        if setting is None or not CODES[finding.code].can_change or setting not in SETTINGS:
            yield finding
        elif setting != OFF:
            yield replace(finding, severity=Severity(setting))
