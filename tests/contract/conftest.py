"""Fixtures: a studio that films, and users of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from storyboard.studio.local import Studio
from tests.contract.studio_rig import Caller, caller, open_test_studio


@pytest.fixture
def studio(tmp_path: Path) -> Iterator[Studio]:
    with open_test_studio(tmp_path / "workspace") as opened:
        yield opened


@pytest.fixture
def user(studio: Studio) -> Caller:
    return caller(studio)


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    """Where a place of files may be, which is not made."""
    return tmp_path / "shared"
