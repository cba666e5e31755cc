"""Patterns for the times that are past a limit: a JSON Schema can compare numbers, but no times."""

from __future__ import annotations


def too_late(limit: int) -> str:
    """Return the alternatives for `m:ss` and `h:mm:ss` past so many seconds, whole minutes."""
    minutes = limit // 60
    assert limit == minutes * 60
    assert minutes % 60 < 59
    hours, rest = divmod(minutes, 60)
    later = [f"0*({above(minutes)}):[0-5][0-9]{_FRACTION}", f"0*{minutes}:{_SOME_SECONDS}"]
    later += [f"0*({above(hours)}):[0-5][0-9]:[0-5][0-9]{_FRACTION}"]
    later += [f"0*{_exact(hours)}:({_minutes_above(rest)}):[0-5][0-9]{_FRACTION}"]
    later += [f"0*{_exact(hours)}:{rest:02}:{_SOME_SECONDS}"]
    return "|".join(later)


def too_many_seconds(limit: int) -> str:
    """Return the alternatives for plain seconds past a limit."""
    return rf"0*({above(limit)})(\.[0-9]{{1,3}})?|0*{limit}\.[0-9]{{0,2}}[1-9][0-9]{{0,2}}"


def above(limit: int) -> str:
    """Return the alternatives for whole numbers, without leading zeros, above a limit."""
    digits = str(limit)
    longer = f"[1-9][0-9]{{{len(digits)},}}"
    larger = [
        f"{digits[:at]}{_digits_above(digit, at == 0)}{'[0-9]' * (len(digits) - at - 1)}"
        for at, digit in enumerate(digits)
        if digit != "9"
    ]
    return "|".join([*larger, longer])


_FRACTION = r"(\.[0-9]{1,3})?"
_SOME_SECONDS = rf"((0[1-9]|[1-5][0-9]){_FRACTION}|00\.[0-9]{{0,2}}[1-9][0-9]{{0,2}})"


def _exact(number: int) -> str:
    return str(number) if number else "0?"


def _digits_above(digit: str, first: bool) -> str:
    low = int(digit) + 1
    return "9" if low == 9 else f"[{low}-9]"


def _minutes_above(minutes: int) -> str:
    tens, ones = divmod(minutes, 10)
    same = [f"{tens}[{ones + 1}-9]"] if ones < 9 else []
    more = [f"[{tens + 1}-5][0-9]"] if tens < 5 else []
    return "|".join(same + more)
