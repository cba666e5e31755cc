"""Into which stages the CPU seconds of a film go: cold, and with one scene changed.

A film is made as always. The functions that begin a stage tell the clock of their thread when they
are entered and left; the time of a stage is without that of the stages within it. What runs in
threads of a stage's own, as voices do, is in the rest.
"""

from __future__ import annotations

import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import Any, Final
from unittest.mock import patch

from benchmarks.film_speed import CHANGED, SCENES, make_once, with_word_changed
from benchmarks.filming import dashboard_clip, scenes_over
from benchmarks.measuring import Row
from storyboard.studio.film import clips, make, rendering, segments
from storyboard.studio.film.drawings import Drawings
from storyboard.studio.film.fitting import Fit
from storyboard.studio.film.overlay_presenter import OverlayPresenter
from storyboard.studio.film.performers import default_crew

_REST: Final = "the rest"

_STAGES: Final[dict[str, tuple[tuple[Any, str], ...]]] = {
    "reading files and cache": ((make, "build_production"), (make, "find_film")),
    "speech": ((make, "speak"),),
    "poses, captions and keys": ((make, "act_scene"), (make, "plan_segments")),
    "drawing": ((Drawings, "part"), (Drawings, "ground"), (OverlayPresenter, "patches")),
    "decoding clips": ((clips, "decoded_pictures"),),
    "scaling clips": ((Fit, "__call__"),),
    "presenter and texts into pictures": ((segments, "shot_frames"),),
    "encoding pictures": ((segments, "encode_pictures"),),
    "sound": (
        (rendering, "film_sound"),
        (make, "film_sound"),
    ),
    "joining": ((make, "join"), (make, "keep_film"), (make, "publish")),
}
"""The functions that begin a stage, where their callers find them."""


def measure() -> Iterator[Row]:
    """Make the film of `film_speed` cold, then with one scene changed, and tell the stages."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        default_crew().voice_for("jane", "en").speak("Warm up.")
        scenes = scenes_over(dashboard_clip(root / "dashboard.mp4"), SCENES)
        yield from _rows("cold", [partial(make_once, scenes, root / "film")])
        for ground, changed in CHANGED.items():
            films = [
                partial(make_once, with_word_changed(scenes, each), root / "film")
                for each in changed
            ]
            yield from _rows(f"one scene changed, {ground}", films)


def _rows(name: str, films: Sequence[Callable[[], object]]) -> Iterator[Row]:
    """Yield what each stage takes, on average of some films."""
    clock = _Clock()
    begun = time.process_time()
    with clock.listening():
        for film in films:
            film()
    whole = time.process_time() - begun
    spent = {stage: clock.spent[stage] for stage in _STAGES}
    spent[_REST] = whole - sum(spent.values())
    for stage, its in spent.items():
        yield Row(f"{name}: {stage}", its / len(films), "CPU-s", detail=f"{its / whole:.1%}")
    yield Row(f"{name}: all", whole / len(films), "CPU-s")


class _Clock:
    """Counts the CPU seconds of stages, in whichever threads they run."""

    def __init__(self) -> None:
        self.spent: defaultdict[str, float] = defaultdict(float)
        self._lock = threading.Lock()
        self._local = threading.local()

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Have the functions of all stages tell this clock."""
        with ExitStack() as stack:
            for stage, functions in _STAGES.items():
                for owner, name in functions:
                    timed = self._timed(stage, getattr(owner, name))
                    stack.enter_context(patch.object(owner, name, timed))
            yield

    def _timed(self, stage: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def told(*args: Any, **options: Any) -> Any:
            with self._within(stage):
                result = function(*args, **options)
            return self._each(stage, result) if isinstance(result, Iterator) else result

        return told

    def _each(self, stage: str, items: Iterator[Any]) -> Iterator[Any]:
        while True:
            with self._within(stage):
                item = next(items, self)
            if item is self:
                return
            yield item

    @contextmanager
    def _within(self, stage: str) -> Iterator[None]:
        outer = getattr(self._local, "stage", None)
        self._turn(stage)
        try:
            yield
        finally:
            self._turn(outer)

    def _turn(self, stage: str | None) -> None:
        """Give the time since the last turn to the stage that was on, and begin another one."""
        now = time.thread_time()
        before = getattr(self._local, "stage", None)
        if before is not None:
            with self._lock:
                self.spent[before] += now - self._local.since
        self._local.stage, self._local.since = stage, now
