"""Whatever the files come to and the studio allows, an apply does no more than its limits say."""

from __future__ import annotations

import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from storyboard.errors import GuardError
from storyboard.plan.limits import Limit
from storyboard.video import Layout, Video
from tests.support.examples import examples
from tests.support.tiny_studio import TinyStudio
from tests.support.videos import World, scene, video

NAMES = ("a", "b", "c")
SAME, ENTRY, TEXT, GONE, EDITED, NEW = "same", "entry", "text", "gone", "edited", "new"
"""What becomes of a video: the entry is one that no film shows, a person edits in the studio."""
LIMITS = st.fixed_dictionaries(
    {
        "max_generate": st.integers(0, 3),
        "max_replace": st.one_of(st.integers(0, 3), st.just(Limit(percent=34))),
        "max_delete": st.one_of(st.integers(0, 3), st.just(Limit(percent=0))),
    }
)


def made(name: str, fate: str = SAME) -> Video:
    """Return a video, no two of which say the same: they would be taken for renamed ones."""
    text = f"Welcome to the overview of {name}{', as it is now' if fate == TEXT else ''}."
    entry = "1_b" if fate == ENTRY else "1_a"
    return video(name, scene("one", text, broll=(entry, 0.0), layout=Layout.FULL_SCREEN))


@pytest.mark.slow
@settings(deadline=None, max_examples=examples(240))
@given(
    fates=st.tuples(*[st.sampled_from([SAME, ENTRY, TEXT, GONE, EDITED, NEW])] * len(NAMES)),
    ready_edits=st.sampled_from(["refused", "to-draft", "stays", "stays-and-films"]),
    limits=LIMITS,
    others=st.fixed_dictionaries({"generate": st.booleans(), "allow_empty": st.booleans()}),
)
@example(
    fates=(ENTRY, SAME, SAME),
    ready_edits="refused",
    limits={"max_generate": 0, "max_replace": 3, "max_delete": 3},
    others={"generate": True, "allow_empty": False},
)
def test_no_apply_does_more_than_its_limits_say(
    fates: tuple[str, ...], ready_edits: str, limits: dict[str, Any], others: dict[str, bool]
) -> None:
    becoming = dict(zip(NAMES, fates, strict=True))
    with tempfile.TemporaryDirectory() as folder:
        world = World(Path(folder), TinyStudio(ready_edits=ready_edits, film_polls=1))
        world.apply(*(made(name) for name, fate in becoming.items() if fate != NEW))
        for name in (name for name, fate in becoming.items() if fate == EDITED):
            scenes = [{"narration": {"text": "What a person says instead."}}]
            world.studio.edit(world.studio.by_name(f"Film {name}")["id"], scenes=scenes)
        had, films = ids(world), len(world.studio.films)
        wanted = [made(name, fate) for name, fate in becoming.items() if fate != GONE]
        with suppress(GuardError):
            world.apply(*wanted, prune=True, **limits, **others)
        has = ids(world)
        assert len(world.studio.films) - films <= limits["max_generate"]
        replaced = sum(had[name] != has[name] for name in had.keys() & has.keys())
        assert allowed(limits["max_replace"]).allows(replaced, len(had))
        emptied = others["allow_empty"] and not has.keys() & had.keys()
        deleted = len(had.keys() - has.keys())
        assert emptied or allowed(limits["max_delete"]).allows(deleted, len(had))


def ids(world: World) -> dict[str, str]:
    """Map what the state has to the videos that stand for it, a prepared one too."""
    return {str(address): record.written.id for address, record in world.state.videos.items()}


def allowed(limit: Limit | int) -> Limit:
    return limit if isinstance(limit, Limit) else Limit(limit)
