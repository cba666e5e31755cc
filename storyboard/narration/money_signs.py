"""What stands for a currency beside its sign: US$, R$, CHF. Knows no language."""

from __future__ import annotations

import re
from typing import Final

_BEHIND_DOLLARS: Final = {
    "US": "USD", "CA": "CAD", "AU": "AUD", "MX": "MXN", "NZ": "NZD", "HK": "HKD", "SG": "SGD",
}  # fmt: skip
"""What the French write behind their dollars."""

_BLANKS: Final = ("", " ", "\u00a0")
DOLLARS: Final = {
    "US$": "USD", "U.S.$": "USD", "C$": "CAD", "CA$": "CAD", "A$": "AUD", "AU$": "AUD",
    "HK$": "HKD", "NZ$": "NZD", "S$": "SGD", "R$": "BRL", "MX$": "MXN", "NT$": "TWD",
    "CN¥": "CNY", "JP¥": "JPY", "GB£": "GBP", "£GB": "GBP", "Rs.": "INR", "Rs": "INR",
    **{f"${blank}{land}": code for land, code in _BEHIND_DOLLARS.items() for blank in _BLANKS},
}  # fmt: skip
"""Signs with letters, as CLDR and people write them."""

CODES: Final = (
    *("USD", "EUR", "GBP", "CHF", "JPY", "CNY", "CAD", "AUD", "INR", "KRW", "SEK", "NOK"),
    *("DKK", "PLN", "BRL", "MXN", "HKD", "SGD", "RMB", "ZAR", "CZK", "HUF", "TRY", "NZD"),
    *("ARS", "CLP", "COP", "PEN", "AED", "SAR", "ILS", "THB", "TWD", "UAH", "RON"),
)

_BEHIND_AMOUNT: Final = re.compile(
    rf"[€£¥$₹₩](?!\s?\d)|(?:{'|'.join(CODES)}|[Ee]uros?|[Dd]ollars?|Franken|Pfund|Yen)(?!\w)"
)
"""A currency of the amount before it: "$5" begins the next one."""


def is_of_amount(following: str) -> bool:
    """Whether a text begins with a currency that belongs to an amount before it."""
    return _BEHIND_AMOUNT.match(following) is not None
