"""How much of a file the reader takes in; beyond it the file is refused, whoever sent it."""

from __future__ import annotations

from typing import Final

MAX_BYTES: Final = 1024 * 1024
"""Of one YAML file."""

MAX_DEPTH: Final = 32
"""Of nested lists and mappings."""

MAX_NODES: Final = 50_000
"""Keys, scalars, lists and mappings of one file."""

MAX_SCALAR: Final = 64 * 1024
"""Code points of one scalar."""

MAX_INTEGER: Final = 10**15
"""Beyond it a number is an identifier that lost its quotes."""

MAX_FILE_BYTES: Final = 8 * 1024 * 1024
"""Of any file that the compiler reads into memory; catalogs are larger than YAML files."""

MAX_FINDINGS: Final = 200
"""Refusals of one file; a person who sees so many has opened the wrong one."""
