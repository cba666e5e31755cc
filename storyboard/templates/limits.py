"""How large a template may be and how much it may do; each limit is named where it is refused."""

from __future__ import annotations

from typing import Final

from storyboard.source import limits as of_documents

EXPRESSION_CHARACTERS: Final = 500
EXPRESSION_NODES: Final = 100
EXPRESSION_TOKENS: Final = 250
EXPRESSION_DEPTH: Final = 16
EXPRESSIONS: Final = 20
"""Expressions in one scalar."""
TEXT: Final = 65_536
"""Code points of any text that an expression makes, and of the rendered scalar."""
ITEMS: Final = 10_000
"""Items of any list that an expression makes."""
NUMBER: Final = of_documents.MAX_INTEGER
"""Largest number, either sign, that an expression may reckon with or make."""
DECIMALS: Final = 10
"""Decimals that a number may be rounded or written to; with `NUMBER`, 28 digits hold them all."""
WORK: Final = 100_000
"""Steps that rendering one scalar may take: nodes evaluated plus items walked."""
WORK_OF_A_VIDEO: Final = 250_000
"""The same for all scalars of one video together: less than a second."""
TEXTS_OF_A_STORYBOARD: Final = 2_000_000
"""Characters that all videos of one storyboard may say: a thousand in each scene in 100 locales."""
NODES: Final = 50_000
"""Values inside a list or mapping that a whole-scalar expression may yield."""
DEPTH: Final = 64
"""Levels of lists and mappings in such a value."""
