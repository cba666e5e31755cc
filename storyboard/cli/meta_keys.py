"""The keys of what the program puts into the `meta` of click's context, for all of its modules."""

from __future__ import annotations

from typing import Final

TELLING: Final = "storyboard.cli.telling"
"""How this run tells what happens."""

TYPED: Final = "storyboard.cli.typed"
"""What was typed after the program's name: texts, as the shell gave them."""
