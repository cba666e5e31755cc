"""How many slides a presentation has is looked up where it is cheap, since every save asks."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from storyboard.studio.behavior.contract import Contract
from storyboard.studio.jobs import slides
from storyboard.studio.records.schema import DATABASE
from storyboard.wire import NEXT
from tests.contract.studio_rig import HELLO, Caller, caller, open_test_studio
from tests.support.documents import pdf

DECK = "1_deck0000"


def scene(index: int) -> dict[str, Any]:
    shown = {"type": "slide", "entryId": DECK, "flavorAssetId": "1_fdeck0000", "index": index}
    return {"layoutType": "broll", "narration": HELLO["narration"], "broll": shown}


def saved(user: Caller) -> dict[str, Any]:
    video_id = user.video(*map(scene, range(3)))
    return user("video/update", id=video_id, scenes=[*map(scene, range(3))])


def narrated(user: Caller) -> dict[str, Any]:
    sources = [{"entryId": DECK, "slideIndexes": [0]}]
    asked = {"formatType": "presentation-narration", "duration": 60, "sources": sources}
    return user("video/compose", id=user.video(), **asked)


@pytest.mark.parametrize("ask", [saved, narrated])
def test_a_presentation_is_read_once_and_while_no_other_waits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ask: Callable[[Caller], dict[str, Any]]
) -> None:
    """All writers wait for the one that writes: it does not read a stranger's PDF meanwhile."""
    looks = []
    with open_test_studio(tmp_path / "w", contract=Contract(profile=NEXT)) as studio:
        count = slides.count_pages

        def counted(path: Path) -> int:
            looks.append(path)
            with closing(sqlite3.connect(studio.workspace.data / DATABASE)) as another:
                another.execute("BEGIN IMMEDIATE")
            return count(path)

        monkeypatch.setattr(slides, "count_pages", counted)
        studio.add_media(pdf(tmp_path / "deck.pdf", "One slide", "Two slides", "Three"), DECK)
        assert "status" in ask(caller(studio))
    assert len(looks) == 1


def test_the_interface_asks_how_many_slides_there_are_to_choose_from(tmp_path: Path) -> None:
    with open_test_studio(tmp_path / "w", contract=Contract(profile=NEXT)) as studio:
        studio.add_media(pdf(tmp_path / "deck.pdf", "One slide", "Two slides"), DECK)
        user = caller(studio)
        assert user.send("GET", f"/v1/studio/slides/{DECK}").json() == {"count": 2}
        assert user.send("GET", "/v1/studio/slides/1_none0000").status_code == 404


@pytest.mark.parametrize("name", [DECK, f"{DECK}/0.png"])
def test_a_presentation_whose_file_is_gone_has_no_slides(tmp_path: Path, name: str) -> None:
    """It was deleted since the entry was read: that is no trouble of the studio."""
    with open_test_studio(tmp_path / "w", contract=Contract(profile=NEXT)) as studio:
        added = studio.add_media(pdf(tmp_path / "deck.pdf", f"The file of {name} is gone"), DECK)
        studio.workspace.blobs.remove(f"{added['sha256'][:2]}/{added['sha256']}.pdf")
        told = caller(studio).send("GET", f"/v1/studio/slides/{name}")
        assert told.status_code == 404, told.text
