"""What a studio's log says of its place of files: what was seen, and nothing that was not."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from storyboard.failure_codes import FailureCode
from storyboard.studio.jobs.place_watch import PlaceWatch
from storyboard.studio.records.file_store import FilesAway, FilesError

REFUSED = FilesError("the credentials are refused", code=FailureCode.CREDENTIALS)
AWAY = FilesAway("it does not answer")
LOST = "another folder is mounted there"


class Place:
    """A place of files that is found so, look after look."""

    def __init__(self, *found: str | FilesError | None) -> None:
        self._found: Iterator[str | FilesError | None] = iter(found)

    def __call__(self) -> str | None:
        found = next(self._found)
        if isinstance(found, FilesError):
            raise found
        return found


@pytest.mark.parametrize("before", [None, AWAY, LOST])
def test_a_refusal_is_told_once_and_ends_nothing(
    before: str | FilesError | None, caplog: pytest.LogCaptureFixture
) -> None:
    """It was passed over, and after an outage the log said that the place was back."""
    caplog.set_level("INFO")
    watch = PlaceWatch(Place(before, REFUSED, REFUSED, None))
    watch.look()
    seen = (watch.is_away, watch.lost)
    caplog.clear()
    for _ in range(2):
        watch.look()
        assert (watch.is_away, watch.lost) == seen
    told = f"the place of files cannot be looked at: {REFUSED}"
    assert [each.message for each in caplog.records] == [told]
    caplog.clear()
    watch.look()
    assert (watch.is_away, watch.lost) == (False, None)
    assert caplog.records[-1].message.startswith("the place of files can be looked at again")
