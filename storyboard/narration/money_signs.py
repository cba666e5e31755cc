"""What stands for a currency beside its sign: US$, R$, CHF. Knows no language."""

from __future__ import annotations

from typing import Final

DOLLARS: Final = {
    "US$": "USD", "U.S.$": "USD", "C$": "CAD", "CA$": "CAD", "A$": "AUD", "AU$": "AUD",
    "HK$": "HKD", "NZ$": "NZD", "S$": "SGD", "R$": "BRL", "MX$": "MXN", "NT$": "TWD",
}  # fmt: skip
CODES: Final = (
    *("USD", "EUR", "GBP", "CHF", "JPY", "CNY", "CAD", "AUD", "INR", "KRW", "SEK", "NOK"),
    *("DKK", "PLN", "BRL", "MXN", "HKD", "SGD", "RMB"),
)
