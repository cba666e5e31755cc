"""Where a running command finds what was typed after the program's name."""

from typing import Final

TYPED: Final = "storyboard.cli.typed"
"""The key in the `meta` of click's context: a tuple of texts, as the shell gave them."""
