"""Files that take long to make, and come out the same each time: made once for all tests."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, wraps
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Concatenate, ParamSpec

P = ParamSpec("P")
Writer = Callable[Concatenate[Path, P], Path]


def made_once(write: Writer[P]) -> Writer[P]:
    """Have what writes a file write its first content again, for the same words and suffix."""

    @cache
    def content(suffix: str, *given: P.args, **options: P.kwargs) -> bytes:
        with TemporaryDirectory() as folder:
            return write(Path(folder, f"made{suffix}"), *given, **options).read_bytes()

    @wraps(write)
    def written(path: Path, *given: P.args, **options: P.kwargs) -> Path:
        path.write_bytes(content(path.suffix, *given, **options))
        return path

    return written
