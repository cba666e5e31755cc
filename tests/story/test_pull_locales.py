"""People edit in a local studio, which is told more than Kaltura: locales and titles.

The compiler judges all scenes of a video together, so an edit of one may change what others tell.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.pulling import Desk

BRITISH = "The tyres of our new office van are of a bright green."
PLAIN = "The doors of our new office van are of a bright green."
AMERICAN = "The tires of our new office van are of a bright green."
HELLO = "Hello, and welcome to our office in the city."
ADDED = "All tickets for our open day cost nothing at all."

Act = Callable[[Desk], None]


def tour(*texts: str) -> str:
    scenes = "".join(f"  - {{id: s{n}, narration: {text!r}}}\n" for n, text in enumerate(texts))
    return f"name: Tour\navatar: jane\nscenes:\n{scenes}"


def desk_of(folder: Path, *texts: str, project: str = "locales: [en-GB]\n") -> Desk:
    files = {"storyboard.yaml": project, "tour.storyboard.yaml": tour(*texts)}
    return Desk.of(folder, files, "local")


def told(desk: Desk) -> list[str | None]:
    [video] = desk.compiled().videos
    return [scene.locale for scene in video.scenes]


def says(number: int, text: str) -> Act:
    return lambda desk: desk.says(number, text, "tour@en-GB")


def adds(text: str) -> Act:
    scene = {"layoutType": "full-screen", "narration": {"text": text}}
    return lambda desk: desk.scenes("tour@en-GB").append(scene)


def removes(number: int) -> Act:
    return lambda desk: desk.scenes("tour@en-GB").__delitem__(number)


@pytest.mark.parametrize(
    ("before", "acts", "tells"),
    [
        pytest.param((HELLO, PLAIN), [says(0, f"{HELLO} Hi.")], True, id="no variety"),
        pytest.param((HELLO, BRITISH), [says(1, PLAIN)], True, id="the British word goes"),
        pytest.param((HELLO, PLAIN), [says(1, BRITISH)], False, id="a British word comes"),
        pytest.param((HELLO, BRITISH), [says(1, AMERICAN)], True, id="it becomes American"),
        pytest.param((HELLO, BRITISH, AMERICAN), [says(0, BRITISH)], False, id="two of three"),
        pytest.param((HELLO, PLAIN), [adds(ADDED)], True, id="a scene comes"),
        pytest.param((HELLO, PLAIN), [adds(BRITISH)], False, id="a British scene comes"),
        pytest.param((HELLO, BRITISH), [adds(ADDED)], False, id="a scene comes to British ones"),
        pytest.param((HELLO, BRITISH), [adds(AMERICAN)], True, id="an American scene comes"),
        pytest.param((HELLO, PLAIN, BRITISH), [removes(2)], True, id="the British scene goes"),
        pytest.param((HELLO, BRITISH), [says(1, PLAIN), adds(ADDED)], True, id="both"),
    ],
)
def test_edits_of_a_video_with_a_region_are_taken(
    tmp_path: Path, before: tuple[str, ...], acts: list[Act], tells: bool
) -> None:
    """They were left, as if "something else would change with it"."""
    desk = desk_of(tmp_path, *before)
    for act in acts:
        act(desk)
    pull = desk.pull()
    assert set(desk.ends(pull).values()) == {"taken"}, pull.fields
    assert len(pull.fields) == len(acts)
    assert set(told(desk)) == ({"en-GB"} if tells else {None})


TITLED = "titles: {jane: {name: Jane Doe, role: Product}}\nlocales: [en-GB]\n"


@pytest.mark.parametrize(
    "act",
    [
        pytest.param(says(0, f"{HELLO} Hi."), id="edited"),
        pytest.param(adds(ADDED), id="added"),
        pytest.param(removes(0), id="the first one removed"),
        pytest.param(lambda desk: desk.scenes("tour@en-GB").reverse(), id="moved"),
    ],
)
def test_edits_of_a_video_with_titles_are_taken(tmp_path: Path, act: Act) -> None:
    """They were left: no title was expected of any scene."""
    desk = desk_of(tmp_path, HELLO, PLAIN, BRITISH, project=TITLED)
    act(desk)
    pull = desk.pull()
    assert set(desk.ends(pull).values()) == {"taken"}, pull.fields
    [video] = desk.compiled().videos
    assert [scene.title is not None for scene in video.scenes].count(True) == 1
    assert video.scenes[0].title is not None
