"""What several tests of the pages need."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from storyboard.studio.execution import served
from storyboard.studio.local import open_studio
from storyboard.studio.serving import bind, url_of


@pytest.fixture
def account(tmp_path: Path) -> Iterator[dict[str, str]]:
    """Serve a local studio in Kaltura's place; gives the variables that lead a client to it."""
    listener = bind("127.0.0.1", 0)
    studio = open_studio(tmp_path / "account", public_url=url_of(listener, "127.0.0.1", None))
    with studio, served(studio, listener):
        yield studio.variables()
