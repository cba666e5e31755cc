"""Where names are keys: a protected video is not replaced by a second one of its name."""

from __future__ import annotations

from dataclasses import replace

import pytest

from storyboard.plan.by_name import recall
from storyboard.plan.limits import Protection, Setter
from storyboard.plan.options import PlanOptions
from storyboard.state.model import State
from storyboard.wire import VideoStatus
from tests.support.plans import current, remote
from tests.support.tiny_studio import PRINCIPAL
from tests.support.videos import video

OURS = Protection("leg*", Setter.OPERATOR, "STORYBOARD_PROTECT")


@pytest.mark.parametrize(
    ("marked", "protected", "published"),
    [(False, (), "old"), (True, (), "new"), (False, (OURS,), "new")],
)
def test_a_protected_video_is_not_replaced(
    marked: bool, protected: tuple[Protection, ...], published: str
) -> None:
    """A published one of other scenes, and a draft of the wanted ones that a killed run left."""
    before = video("legal", "Welcome to the overview of this quarter.", protect=marked)
    wanted = video("legal", "Here we see the key metrics of it.", protect=marked)
    there = current(remote(before, id="old"), replace(remote(wanted, VideoStatus.DRAFT, id="new")))
    options = PlanOptions(by_name=True, protected=protected)
    state = recall([wanted], State.fresh(PRINCIPAL), there, options).state
    record = state.videos[wanted.address]
    assert record.current.id == published
    assert (record.successor is None) is (published == "new")
