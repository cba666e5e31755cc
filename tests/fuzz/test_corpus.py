"""Every kept input meets its law: the seeds, and what once broke something."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fuzz.surface import CORPUS, Law, Surface, load, names
from tests.fuzz.trial import try_input


@pytest.fixture(scope="module", params=names())
def opened(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Surface, Law]]:
    surface = load(request.param)
    with surface.opened(tmp_path_factory.mktemp(surface.name)) as law:
        yield surface, law


def test_every_kept_input_meets_its_law(opened: tuple[Surface, Law]) -> None:
    surface, law = opened
    broken = {path.name: try_input(surface, law, path.read_bytes()) for path in surface.corpus()}
    assert not {name: fault for name, fault in broken.items() if fault is not None}


def test_the_corpus_has_no_folder_without_a_surface() -> None:
    assert sorted(path.name for path in Path(CORPUS).iterdir()) == names()
