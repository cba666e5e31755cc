"""Random days in the studio: what `pull` takes is no difference any more, nor anything new."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random

import pytest

from storyboard.plan.merged import Prefer
from tests.story.test_pull_edits import BYE, GERMAN, LOCALES, OUTRO, TOUR, catalog
from tests.support.pulling import Desk

STRINGS = """\
name: T
scenes:
- Hello, and welcome to our office in the city.
# a comment
- Here we see the key metrics of the last quarter.
- That was all, see you on Monday, my friends."""
MIXED = """\
# top
name: T
scenes:
    - narration: Hello, and welcome to our office in the city.
      # in
      notes: x


    - narration: >-
        Here we see the key metrics
        of the last quarter.
      broll: {entryId: 1_metrics, startTime: '1:15'}
    -   narration: {text: 'That was all, see you on Monday, my friends.', avatar: adam}
"""
JSON = json.dumps(
    {
        "name": "T",
        "entries": {"metrics": "1_metrics"},
        "scenes": [
            {"id": "a", "narration": "Hello, and welcome to our office in the city."},
            {"id": "b", "narration": "Here we see the metrics of it.", "broll": "metrics@30"},
        ],
    },
    indent=1,
)
MANY = {
    "tour.storyboard.yaml": LOCALES,
    "shared/outro.yaml": OUTRO,
    **{f"locales/{tag}/tour.po": catalog(tag, GERMAN) for tag in ("de", "fr")},
    **{f"locales/{tag}/shared/outro.po": catalog(tag, BYE) for tag in ("de", "fr")},
}
PROJECTS = (MANY, *({"tour.storyboard.yaml": text} for text in (TOUR, STRINGS, MIXED, JSON)))
WORDS = [
    "see",
    "our",
    "office",
    "it's",
    "#1",
    "key:",
    "metrics",
    "—",
    "日本",
    "{x}",
    "{{",
    "y",
    "}}",
    "'q'",
    '"d"',
    "-",
    "yes",
    "and",
    "12:30",
    "%",
    "of",
]


def edit(random: Random, desk: Desk, address: str) -> None:
    """Let a person change something in a video."""
    video, scenes = desk.videos[address], desk.scenes(address)
    text = " ".join(random.choices(WORDS, k=random.randint(8, 25)))
    scene = random.choice(scenes)
    match random.randrange(9):
        case 0:
            video["name"] = text
        case 1:
            video["avatarId"] = desk.chosen(random.choice(["jane", "maria"]))
        case 2:
            scene["narration"]["avatarId"] = desk.chosen(random.choice(["jane", "adam"]))
        case 3:
            scene["narration"].pop("avatarId", None)
        case 4:
            clip = {"entryId": random.choice(["1_metrics", "1_b"]), "startTime": 75.5}
            scene.update(broll=clip, layoutType=random.choice(["broll", "full-screen"]))
        case 5:
            scene.pop("broll", None)
            scene["layoutType"] = "full-screen"
        case 6:
            scenes.insert(random.randint(0, len(scenes)), {"narration": {"text": text}})
        case 7:
            random.shuffle(scenes)
        case _:
            scene["narration"]["text"] = text


@pytest.mark.slow
@pytest.mark.parametrize("files", PROJECTS, ids=["locales", "tour", "strings", "mixed", "json"])
def test_random_days(tmp_path: Path, files: dict[str, str]) -> None:
    for seed in range(60):
        random = Random(seed)
        desk = Desk.of(tmp_path / str(seed), files)
        for _ in range(random.randint(1, 4)):
            edit(random, desk, random.choice(list(desk.videos)))
        if random.random() < 0.3:
            text = desk.text().replace("city", "town").replace("Monday", "Sunday")
            desk.project.write("tour.storyboard.yaml", text)
        comments = [line.strip() for line in desk.text().splitlines() if line.lstrip()[:1] == "#"]
        before = differences(desk)
        first = desk.pull(random.choice([None, Prefer.THEIRS]))  # looks at what was taken, too
        # A scene without an id is called by its first words, which may be others now.
        assert len(differences(desk)) <= len(before), seed
        assert all(comment in desk.text() for comment in comments), seed
        assert first.open_fields or not desk.pull().has_any, seed


def differences(desk: Desk) -> set[tuple[str, str]]:
    changes = (c for c in desk.plan().changes if c.desired is not None and not c.desired.holds)
    return {(str(c.address), item.path) for c in changes for item in c.changes}
