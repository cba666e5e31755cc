"""The scripts that put no space between words are told once, and everybody knows all of them."""

from __future__ import annotations

import ast
import re

import pytest

from storyboard.plan.words import Kept, Piece, compare_words
from storyboard.scripts import UNSPACED, in_class
from storyboard.studio.compose.words import stems
from tests.support.python_names import ESCAPES, modules_with

UNSPACED_TEXTS = ("กขค", "ກຂຄ", "ကခဂ", "កខគ", "かなだ", "欢迎来", "豈更車", "𠀀𠀁𠀂")


@pytest.mark.parametrize("text", UNSPACED_TEXTS)
def test_an_unspaced_text_is_compared_sign_by_sign(text: str) -> None:
    assert re.fullmatch(f"[{in_class(UNSPACED)}]+", text)
    assert list(stems(text)) == [text[:2], text[1:]]
    same, old = compare_words(text, text[:2])
    assert (same, old) == (Piece(Kept.SAME, text[:2]), Piece(Kept.OLD, text[2]))


def test_only_named_ranges_tell_a_script() -> None:
    """A regular expression with the first ideograph, or a Thai range, is another table."""
    for path, tree in modules_with("\u3400", "\u0e00", "\u4e00", *ESCAPES):
        if path.name == "scripts.py":
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found = re.search(r"(?:\\u3400|\u3400|\\u0e00|\u0e00|\\u4e00|\u4e00)-", node.value)
                assert found is None, f"{path.name}:{node.lineno}"
