"""Pipelines that several stories are about."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.pipeline import Pipeline, pipeline


@pytest.fixture(params=["github", "gitlab"])
def both(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Pipeline]:
    """A pipeline of GitHub, and one of GitLab."""
    with pipeline(tmp_path, request.param) as made:
        yield made


@pytest.fixture
def jobs(tmp_path: Path) -> Iterator[Pipeline]:
    """A pipeline of GitHub."""
    with pipeline(tmp_path, "github") as made:
        yield made
