"""The spans of a film's scenes, told by how far its maker is: that is another process."""

from __future__ import annotations

import threading

from storyboard.studio.film.request import OnProgress, Progress
from storyboard.tracing.spans import Side, Span, Traces


class SceneSpans:
    """Owns a span for each scene from its first frame to its last; one of the cache has none."""

    def __init__(self, traces: Traces, parent: str, on_progress: OnProgress) -> None:
        self._traces, self._parent, self._tell = traces, parent, on_progress
        self._lock = threading.Lock()
        self._open: dict[int, Span] = {}

    def note(self, progress: Progress) -> None:
        """Take the latest progress, from any thread, and pass it on."""
        if self._traces.is_on:
            with self._lock:
                self._follow(progress)
        self._tell(progress)

    def __enter__(self) -> SceneSpans:
        return self

    def __exit__(self, *_: object) -> None:
        with self._lock:
            for span in self._open.values():
                span.end()
            self._open.clear()

    def _follow(self, progress: Progress) -> None:
        for index, scene in enumerate(progress.scenes):
            if 0 < scene.done < scene.total and index not in self._open:
                facts = {"scene": index, "frames": scene.total}
                begun = self._traces.begin("scene", self._parent, Side.WITHIN, **facts)
                self._open[index] = begun
            elif scene.done >= scene.total and index in self._open:
                self._open.pop(index).end()
