"""`make test` gives a property the same examples, whatever ran before it in the process."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.examples import PROFILE, SEARCH


def drawn() -> list[tuple[int, str]]:
    """Every example of one property, in order."""
    seen: list[tuple[int, str]] = []

    @settings(max_examples=200, database=None)
    @given(st.integers(), st.text())
    def note(number: int, text: str) -> None:
        seen.append((number, text))

    note()
    return seen


@pytest.mark.skipif(PROFILE == SEARCH, reason="a search takes new ones each time")
def test_examples_are_the_same_whatever_is_imported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = drawn()
    rows = "".join(f"{number}, 'word {number}',\n" for number in range(918_273, 918_673))
    (tmp_path / "loaded_later.py").write_text(f"ROWS = [{rows}]\n")
    monkeypatch.syspath_prepend(tmp_path)
    import loaded_later  # type: ignore[import-not-found]

    assert len(loaded_later.ROWS) == 800
    assert drawn() == before
