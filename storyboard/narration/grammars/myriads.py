"""Whole numbers of Chinese and Korean, which count in ten thousands. Knows no text."""

from __future__ import annotations

from collections.abc import Callable, Sequence


def myriad_cardinal(
    digits: str, small: Sequence[str], great: Sequence[str], *, full: bool
) -> Callable[[int], str]:
    """Return what says whole numbers by units of ten (`small`) and of ten thousand (`great`).

    `full` is as Chinese counts: it says a zero for places that are left out, and the one of a
    single hundred, thousand or myriad. Korean does neither: 一百, but 백.
    """

    def group(number: int, *, opens: bool) -> str:
        said, skipped = "", False
        for power in range(3, -1, -1):
            digit = number // 10**power % 10
            if not digit:
                skipped = bool(said) or not opens
                continue
            zero = digits[0] if full and skipped else ""
            leads_ten = power == 1 and opens and not said
            silent = digit == 1 and (leads_ten if full else power > 0)
            said += zero + ("" if silent else digits[digit]) + small[power]
            skipped = False
        return said

    def cardinal(number: int) -> str:
        if number == 0:
            return digits[0]
        said = ""
        for place in range(len(great) - 1, -1, -1):
            part = number // 10_000**place % 10_000
            if not part:
                continue
            if part == 1 and place == 1 and not said and not full:
                said += great[place]
                continue
            said += group(part, opens=not said) + great[place]
        return said

    return cardinal
