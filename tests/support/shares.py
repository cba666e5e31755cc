"""Parts of the tests that together are all of them, each test in one."""

from __future__ import annotations

from zlib import crc32


def is_of_share(name: str, share: int, shares: int) -> bool:
    """Return whether a test is of a share, counted from 1; it is of the same one on each machine.

    >>> [is_of_share("tests/unit/test_locales.py::test_names", share, 2) for share in (1, 2)]
    [True, False]
    """
    assert 1 <= share <= shares, f"share {share} of {shares}"
    return crc32(name.encode()) % shares == share - 1
