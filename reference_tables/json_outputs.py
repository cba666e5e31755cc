"""The tables about what commands print with `--json`."""

from __future__ import annotations

from reference_tables.keys import keys_of


def schemas(name: str) -> str:
    """Describe what a command prints, by the schema that its output is checked against."""
    return keys_of(name, all_required=True)
