"""Whole numbers of Chinese and Korean, which count in ten thousands. Knows no text."""

from __future__ import annotations

from collections.abc import Callable, Sequence


def myriad_cardinal(
    digits: str,
    small: Sequence[str],
    great: Sequence[str],
    *,
    fills: bool,
    one: Callable[[int], bool],
) -> Callable[[int, str], str]:
    """Return what says whole numbers by units of ten (`small`) and of ten thousand (`great`).

    `fills` says a zero for places that are left out, as Chinese does; `one` tells of a power of ten
    whether its single unit is said: 一百, but 십.
    """

    def group(number: int, *, opens: bool) -> str:
        said, skipped = "", False
        for power in range(3, -1, -1):
            digit = number // 10**power % 10
            if not digit:
                skipped = bool(said) or not opens
                continue
            zero = digits[0] if fills and skipped and (said or not opens) else ""
            silent = (
                digit == 1 and power > 0 and not one(power) and (not fills or (opens and not said))
            )
            said += zero + ("" if silent else digits[digit]) + small[power]
            skipped = False
        return said

    def cardinal(number: int, noun: str = "") -> str:
        if number == 0:
            return digits[0]
        said = ""
        for place in range(len(great) - 1, -1, -1):
            part = number // 10_000**place % 10_000
            if not part:
                continue
            if part == 1 and place == 1 and not said and not one(4):
                said += great[place]
                continue
            said += group(part, opens=not said) + great[place]
        return said

    return cardinal
