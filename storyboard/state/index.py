"""What is looked up in a state at every effect, kept up to date by what each one changes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from storyboard.state.layered import Layered
from storyboard.state.model import State, VideoRecord


class StateIndex:
    """The ids of all videos that a state ever answered for, and how often a film's place is named.

    Both would else be a walk through all records, for each of as many records.
    """

    def __init__(self, state: State) -> None:
        self._ids = set(state.video_ids)
        self._places = Counter(_places(state.videos.values()))

    def follow(self, before: State, after: State) -> None:
        """Take in what changed from one state to the next."""
        for address, record in Layered.of(after.videos).differences(before.videos):
            old = before.videos.get(address)
            self._places.subtract(_places(() if old is None else (old,)))
            if record is not None:
                self._places.update(_places((record,)))
                self._ids.update(o.id for o in (record.current, record.successor) if o is not None)
        self._ids.update(id_ for _, id_ in after.retired)

    def knows(self, video_id: str) -> bool:
        """Whether a video is, or was, one of the state's."""
        return video_id in self._ids

    def is_shared(self, path: str) -> bool:
        """Whether several records name the place as that of their film."""
        return self._places[path] > 1


def _places(records: Iterable[VideoRecord]) -> Iterator[str]:
    return (record.saved.path for record in records if record.saved is not None)
