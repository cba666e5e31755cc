"""More distinct clips than one video may show (`TOO_MANY_SOURCES`)."""

from __future__ import annotations

from collections.abc import Iterator

from storyboard.checks.subject import Finding, Rule, Subject
from storyboard.video import Scene
from storyboard.wire import MAX_SOURCES


def _check(subject: Subject) -> Iterator[Finding]:
    for video in subject.videos:
        first: dict[str, Scene] = {}
        for scene in video.scenes:
            if scene.shown_broll is not None:
                first.setdefault(scene.shown_broll.entry_id, scene)
        if len(first) > MAX_SOURCES:
            over = list(first.values())[MAX_SOURCES]
            yield Finding(
                f"the video shows {len(first)} different clips, and {MAX_SOURCES} is the most",
                over.origin.of("broll.entryId"),
                "show fewer clips, or split the storyboard",
            )


RULE = Rule("too-many-sources", _check)
