"""On which side of a clip less happens: that is where a presenter covers less of it.

Knows pictures, draws none. It looks at the clip from its in-point on and not at the speech, so that
an edited narration leaves the presenter where it was.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

import numpy as np
import numpy.typing as npt

from storyboard.studio.film.cache import Cache, digest
from storyboard.studio.film.clips import clip_frames
from storyboard.studio.film.kept_arrays import load_array
from storyboard.studio.film.picture import planes_of
from storyboard.studio.film.request import Clip
from storyboard.studio.media.opening import MediaError
from storyboard.studio.stage.placement import Layout, Placement

_SECONDS: Final = (0.0, 3.0, 6.0, 9.0)
"""When is looked, after the in-point. A choice: scenes last about that long."""

_SIZE: Final = (320, 180)
"""Of the pictures that are compared: small print becomes gray, as it is to the eye."""

_CLEARLY: Final = 0.8
"""Left of the clip only where so much less happens there: presenters stand on the right."""

_KIND, _SUFFIX = "sides", ".npy"
_VERSION = "2"


def calmer_side(
    cache: Cache,
    clip: Clip,
    media: str | None,
    placement: Callable[[Layout, int, int], Placement],
) -> Layout:
    """Return the side for a presenter; `media` is the digest of the clip's bytes.

    What cannot be decoded is told by who films it; here it counts as calm.
    """
    key = digest(_VERSION, media, *clip.instants)
    path = cache.find(_KIND, key, _SUFFIX)
    kept = load_array(path) if path is not None else None
    if kept is None or kept.dtype != np.float64 or kept.shape != (2,):
        kept = _happening(clip, [placement(side, *_SIZE) for side in (Layout.RIGHT, Layout.LEFT)])
        with cache.writing(_KIND, key, _SUFFIX) as part, part.open("wb") as file:
            np.save(file, kept)
    right, left = kept.tolist()
    return Layout.LEFT if left < _CLEARLY * right else Layout.RIGHT


def _happening(clip: Clip, places: Sequence[Placement]) -> npt.NDArray[np.float64]:
    """Return how much there is to see at each place: edges in it, and what changes there."""
    pictures = _pictures(clip)
    parts = [
        [each[place.y :, max(0, place.x) : place.x + place.width] for each in pictures]
        for place in places
    ]
    return np.array([_detail(each) + _change(each) for each in parts])


def _detail(pictures: Sequence[npt.NDArray[np.int16]]) -> float:
    if not pictures:
        return 0.0
    return float(
        np.mean([np.abs(np.diff(each, axis=a)).mean() for each in pictures for a in (0, 1)])
    )


def _change(pictures: Sequence[npt.NDArray[np.int16]]) -> float:
    steps = [float(np.abs(b - a).mean()) for a, b in pairwise(pictures)]
    return float(np.mean(steps)) if steps else 0.0


def _pictures(clip: Clip) -> list[npt.NDArray[np.int16]]:
    """Return the brightness of some pictures of the clip: key frames, which are quick to get."""
    seconds = (0.0,) if clip.is_still else _SECONDS
    pictures = []
    try:
        for later in seconds:
            then = replace(clip, start=clip.start + later, loop=None)
            picture = next(clip_frames(then, 0, 25, *_SIZE, is_late=_always))
            pictures.append(planes_of(picture)[0].astype(np.int16))
    except MediaError:
        return []
    return pictures


def _always() -> bool:
    return True
