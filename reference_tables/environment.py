"""The table of environment variables."""

from __future__ import annotations

from reference_tables.markdown import code, table
from storyboard.environment_variables import VARIABLES


def variables() -> str:
    """List every variable that is read, with the project's key that says the same."""
    return table(
        ("variable", "meaning", "key in `environments`"),
        (
            (
                code(each.name),
                f"{each.meaning}{' (secret)' if each.secret else ''}",
                code(each.key) if each.key else "",
            )
            for each in VARIABLES
        ),
    )
