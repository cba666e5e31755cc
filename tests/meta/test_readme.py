"""The README is true: its blocks run, twice, and what it counts and points to is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from storyboard.compiler import compile_project
from storyboard.plan.limits import BUILT_IN
from storyboard.source.files import MemoryFiles
from storyboard.studio.voice.languages import SPOKEN
from storyboard.wire import MAX_SCENES, TEMPLATE_IDS
from tests.support.pages import Reader, blocks_of, matches

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = blocks_of(README)


@pytest.mark.slow
def test_it_can_be_followed_twice(tmp_path: Path, account: dict[str, str]) -> None:
    """Each block is run twice, and the plan of its first screen is the one that comes."""
    reader = Reader(tmp_path / "reader", account, times=2)
    assert reader.follow(README) >= 12
    assert (reader.place / "films" / "welcome.mp4").stat().st_size > 50_000
    storyboard = reader.place / "storyboards" / "welcome.yaml"
    text = storyboard.read_text(encoding="utf-8")
    storyboard.write_text(text.replace("numbers", "figures"), encoding="utf-8")
    told = next(block.text for block in BLOCKS if block.kind == "text")
    printed = reader.run("storyboard plan")
    assert matches(f"…\n{told.rstrip()}\n…", printed), printed


def test_the_first_screen_shows_the_words_that_change() -> None:
    assert "[-numbers-]{+figures+}" in "\n".join(README.splitlines()[:20])


def test_it_is_short() -> None:
    assert len(README.splitlines()) <= 140


def test_the_make_targets_exist() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = re.findall(r"(?:^|`)make ([\w-]+)", README, re.MULTILINE)
    assert {"demo", "test"} <= set(targets)
    for target in targets:
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


def test_it_counts_the_films_of_its_demo() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    samples = next(line for line in makefile.splitlines() if line.startswith("SAMPLES"))
    films = sum(
        len(compile_project(_files(ROOT / "samples" / sample)).videos)
        for sample in samples.partition(":= ")[2].split()
    )
    assert f"makes {films} films" in README


def test_its_numbers_are_the_codes() -> None:
    assert f"one of {len(TEMPLATE_IDS)} presenters" in README
    assert f"speaks {len(SPOKEN)} languages and varieties" in README
    assert f"at most {MAX_SCENES} scenes" in README
    limit = BUILT_IN.limit
    assert f"more than {limit.count} videos, or more than {limit.percent:g} %" in README


def test_the_yaml_blocks_are_yaml() -> None:
    for block in BLOCKS:
        if block.kind == "yaml":
            assert isinstance(yaml.safe_load(block.text), dict)


def _files(folder: Path) -> MemoryFiles:
    return MemoryFiles(
        {
            str(path.relative_to(folder)): path.read_text(encoding="utf-8")
            for pattern in ("*.yaml", "*.po")
            for path in folder.rglob(pattern)
        }
    )
