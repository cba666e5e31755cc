"""Marks with which texts of other services tell a voice to pause or to laugh. Knows no check.

No service that is filmed with here takes them: the voice would read them out.
"""

from __future__ import annotations

import re
from typing import Final

_PAUSES: Final = r"(?:(?:short|long|medium)[ -])?(?:pause|break|silence|wait|beat)s?"
_SOUNDS: Final = (
    r"laugh(?:s|ing|ter)?|chuckles?|giggl(?:es?|ing)|sighs?|sighing|gasps?|gasping|coughs?"
    r"|coughing|groans?|sniffs?|snorts?|yawns?|inhales?|exhales?|breathes?(?: (?:in|out))?"
    r"|(?:deep )?breath|clears? throat|clear-throat|hum(?:s|ming)?|cr(?:ies|ying)|sobs?"
    r"|whisper(?:s|ed|ing)?|shout(?:s|ing)?|sing(?:s|ing)|applause"
)
_MOODS: Final = r"excited|sad|happy|angry|sarcastic|curious|nervous|calm|cheerful|serious"
_SECONDS: Final = r"[ :=]{1,2}[0-9]+(?:[.,][0-9]+)? ?(?:ms|milliseconds?|s|secs?|seconds?)?"

SERVICE_MARK: Final = re.compile(
    rf"\[(?:{_PAUSES}(?:{_SECONDS})?|{_SOUNDS}|{_MOODS})\]"
    rf"|\((?:{_PAUSES}{_SECONDS}|{_SOUNDS})\)"
    r"|<#[0-9]+(?:\.[0-9]+)?#>"
    r"|\[\[slnc [0-9]+\]\]"
    rf"|\{{(?:{_PAUSES}){_SECONDS}\}}",
    re.IGNORECASE,
)
"""`[pause]`, `[pause 2s]`, `[laughs]`, `(sighs)`, `<#0.5#>` and their like, but no `[optional]`."""
