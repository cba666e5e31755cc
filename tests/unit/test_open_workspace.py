"""Opening a workspace: what is refused is refused before anything is opened."""

from __future__ import annotations

from pathlib import Path

import pytest

from storyboard.errors import UsageError
from storyboard.studio.workspaces import Settings, open_workspace


@pytest.mark.parametrize(
    "wrong",
    [
        Settings(composer_url="ftp://composer"),
        Settings(composer_url="http://127.0.0.1/", composer_token="a\nb"),
        Settings(page_hosts=("http://a page",)),
        Settings(contract={"profile": "another"}),
    ],
    ids=lambda wrong: next(iter(wrong)),
)
def test_a_wrong_setting_opens_nothing(tmp_path: Path, wrong: Settings) -> None:
    """A database that was opened for it would stay open, and its drafts stay in the workspace."""
    place = tmp_path / "studio"
    with pytest.raises(UsageError):
        open_workspace(place, **wrong)
    assert not place.exists()
