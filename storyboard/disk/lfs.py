"""Git LFS: the few lines that stand in a checkout for a large file that was not loaded."""

from __future__ import annotations

from typing import Final

NOT_LOADED: Final = "only its Git LFS pointer is here, the file itself was not loaded"
LOAD: Final = "run `git lfs pull`; in CI, check out with `lfs: true`"

_FIRST_LINE: Final = (
    b"version https://git-lfs.github.com/spec/",
    b"version https://hawser.github.com/spec/",
)
"""The second one is from before its release, and still read."""


def is_pointer(head: bytes) -> bool:
    """Whether a file that begins so is a pointer, under whatever name."""
    return head.startswith(_FIRST_LINE)
