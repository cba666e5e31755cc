"""The page about the studio names every switch, background and language that there is."""

from __future__ import annotations

from pathlib import Path

from storyboard.studio.behavior.contract import SWITCHES
from storyboard.studio.stage.rooms.rooms import LIBRARY_IDS
from storyboard.studio.voice.casting import LANGUAGES

PAGE = (Path(__file__).parents[2] / "docs" / "studio.md").read_text(encoding="utf-8")


def test_every_switch_with_its_values() -> None:
    for switch in SWITCHES:
        assert f"| `{switch.name}` | {' · '.join(switch.values)} |" in PAGE


def test_every_background_and_language() -> None:
    for name in (*LIBRARY_IDS, *(tag for tag in LANGUAGES if tag != "en")):
        assert f"`{name}`" in PAGE, name
