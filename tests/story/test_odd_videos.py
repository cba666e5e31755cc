"""One video of a form that is not known stops nobody but who needs it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from storyboard.errors import ExitCode, StudioError
from tests.support.tiny_studio import Fault, TinyStudio
from tests.support.videos import World, video

WANTED = video("q1", "Welcome to the overview of this quarter.")
EDITED = video("q1", "Here we see the key metrics of it.")
ODD: dict[str, dict[str, Any]] = {
    "a new status": {"status": "archived"},
    "an odd layout": {"scenes": [{"layoutType": {"grid": 4}}]},
    "a thousand scenes": {"scenes": [{}] * 1001},
    "a name that is none": {"name": {"en": "x"}},
}


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


def spoil(studio: TinyStudio, video_id: str, fields: dict[str, Any]) -> None:
    """Show a video otherwise than it is, as long as it is there."""
    truth: Callable[[str], Any] = studio._looked
    listed = studio._video_list

    def shown(item: dict[str, Any]) -> dict[str, Any]:
        return {**item, **fields} if item.get("id") == video_id else item

    def page(body: dict[str, Any]) -> Any:
        told = listed(body)
        return {**told, "objects": [shown(item) for item in told["objects"]]}

    studio._looked = lambda wanted: shown(truth(wanted))  # type: ignore[method-assign]
    studio._video_list = page  # type: ignore[method-assign]


@pytest.mark.parametrize("fields", ODD.values(), ids=ODD)
def test_a_foreign_video_of_unknown_form_stops_nothing(
    world: World, fields: dict[str, Any]
) -> None:
    theirs = world.studio._video_add({"name": "Theirs", "avatarId": "x", "scenes": []})
    spoil(world.studio, theirs["id"], fields)
    assert world.apply(WANTED).exit_code is ExitCode.OK
    assert world.apply(EDITED).exit_code is ExitCode.OK
    assert not world.plan(EDITED).has_changes
    assert len(world.studio.videos) == 2


@pytest.mark.parametrize("fields", ODD.values(), ids=ODD)
def test_a_recorded_video_of_unknown_form_is_named_and_never_made_again(
    world: World, fields: dict[str, Any]
) -> None:
    world.apply(WANTED)
    (ours,) = world.studio.videos
    spoil(world.studio, ours, fields)
    with pytest.raises(StudioError, match=f"video '{ours}' cannot be read") as caught:
        world.apply(WANTED)
    assert "look at the video in the studio" in (caught.value.hint or "")
    assert list(world.studio.videos) == [ours]


def test_a_new_video_of_unknown_form_is_not_added_again(world: World) -> None:
    """The mark is in its name, so the add had its effect, whatever the video looks like now."""
    world.studio.faults.append(Fault("video/add", "after:500"))
    spoil(world.studio, "v1", {"status": "archived"})
    assert world.apply(WANTED).exit_code is ExitCode.PARTIAL
    assert (len(world.studio.videos), len(world.state.operations)) == (1, 1)
    with pytest.raises(StudioError, match="video 'v1' cannot be read"):
        world.apply(WANTED)
    assert len(world.studio.videos) == 1


def test_many_foreign_videos_of_unknown_form_are_counted(world: World) -> None:
    """A list whose every page is unreadable has its end where the studio says."""
    for i in range(150):
        theirs = world.studio._video_add({"name": f"T{i}", "avatarId": "x", "scenes": []})
        world.studio.videos[theirs["id"]]["status"] = "archived"
    assert world.apply(WANTED).exit_code is ExitCode.OK
    assert len(world.studio.videos) == 151
