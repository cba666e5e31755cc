"""Brings a film's segments and sounds into the cache, as many at once as there are cores."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Final

import numpy as np

from storyboard.studio.film.acting import Acted, ActedTake
from storyboard.studio.film.ambience import ambience
from storyboard.studio.film.audio import Pcm, ambience_samples, encode_sound, scene_sound
from storyboard.studio.film.drawings import Drawings
from storyboard.studio.film.joining import odd_ones
from storyboard.studio.film.overlays import Overlay, within
from storyboard.studio.film.preparation import Production
from storyboard.studio.film.request import (
    Cancelled,
    Cue,
    FilmError,
    FilmScene,
    OnProgress,
    Progress,
    SceneProgress,
    SceneTiming,
)
from storyboard.studio.film.segments import (
    Segment,
    kept_parameter_sets,
    render_segment,
    segment_key,
    split,
)
from storyboard.studio.film.set_texts import scene_overlays
from storyboard.studio.film.sharing import WHOLE, Share
from storyboard.studio.film.shots import Shot
from storyboard.studio.film.speaking import Spoken
from storyboard.studio.film.threads import Workers
from storyboard.studio.film.timeline import Timeline, samples_per_frame, scene_frames
from storyboard.studio.media.opening import MediaError

_LOOK_SECONDS: Final = 0.2
"""How often is looked for what another machine renders. A choice: a segment takes seconds."""


def shoot(
    plan: Production,
    workers: Workers,
    on_progress: OnProgress,
    segments: Sequence[Segment],
    spoken: Sequence[Spoken],
    share: Share = WHOLE,
) -> tuple[tuple[int, ...], tuple[Path, ...]]:
    """Bring all segments and sounds into the cache; return the scenes rendered, the sounds.

    What is rendered elsewhere is waited for, after all else. A share of some scenes is silent.
    """
    segments = [each for each in segments if share.has(each.scene)]
    written = {segment.key: kept_parameter_sets(plan.cache, segment) for segment in segments}
    missing = {each.key: each for each in segments if written[each.key] is None}
    making = _Segments(plan, workers, share)
    total = sum(segment.frames for segment in missing.values())

    def look() -> None:
        scenes = _scenes_progress(len(spoken), segments, missing, making.done)
        on_progress(Progress("frames", making.done.total(), total, scenes))

    longest_first = sorted(missing.values(), key=lambda each: each.shot.scene.clip is None)
    jobs = [partial(making.make, each) for each in longest_first]
    heard = range(len(spoken)) if share.only is None else ()
    sounds = [partial(film_sound, plan, index, spoken[index]) for index in heard]
    paths = workers.run([*jobs, *sounds], look)
    if making.later:
        workers.run([partial(making.come, each) for each in making.later], look)
    written |= {key: kept_parameter_sets(plan.cache, each) for key, each in missing.items()}
    odd = odd_ones(written, missing)
    if odd:
        again = [each for each in segments if each.key in odd]
        total += sum(segment.frames for segment in again)
        workers.run([partial(making.render, each) for each in again], look)
    keys = missing.keys() | odd
    return tuple(sorted({each.scene for each in segments if each.key in keys})), tuple(
        paths[len(jobs) :]
    )


class _Segments:
    """Makes segments in threads; knows which have come, and which others are making."""

    def __init__(self, plan: Production, workers: Workers, share: Share) -> None:
        self._plan, self._workers, self._share = plan, workers, share
        self._drawings = Drawings(plan.crew, plan.profile.width, plan.profile.height)
        self.done = Counter[str]()
        self.later: list[Segment] = []

    def make(self, segment: Segment) -> Path:
        """Render a segment; one that another machine is making is left for `later`."""
        if self._share.is_elsewhere(segment.scene):
            self.later.append(segment)
            return segment.path(self._plan.cache)
        return self.come(segment) if self._share.has_helpers() else self.render(segment)

    def come(self, segment: Segment) -> Path:
        """Wait for a segment of another machine, or render it where that gave it up.

        Only at the end is asked what machines share beside their own caches, which may be far away.
        """
        path = segment.path(self._plan.cache)
        while self._share.is_elsewhere(segment.scene) and not path.is_file():
            if self._workers.stopped():
                raise Cancelled("the film was canceled")
            time.sleep(_LOOK_SECONDS)
        if kept_parameter_sets(self._plan.cache, segment) is None:
            return self.render(segment)
        self.done[segment.key] = segment.frames
        return path

    def render(self, segment: Segment) -> Path:
        """Render a segment here; raises `FilmError` where its clip cannot be read."""

        def count() -> None:
            self.done[segment.key] += 1

        plan, stopped = self._plan, self._workers.stopped
        try:
            return render_segment(plan.cache, segment, plan.profile, self._drawings, count, stopped)
        except MediaError as error:
            raise FilmError("clip-unreadable", str(error), scene=segment.scene) from error


def plan_segments(
    plan: Production,
    timeline: Timeline,
    acted: Sequence[Acted],
    cues: Sequence[Sequence[Cue]] = (),
) -> tuple[Segment, ...]:
    """Return what the film's picture consists of, in order; `cues` of scenes are burned in."""
    segments = []
    for index, (timing, its) in enumerate(zip(timeline.scenes, acted, strict=True)):
        scene, media = plan.request.scenes[index], plan.grounds[index].media
        texts = _texts(plan, index, timing, cues[index] if cues else (), its.takes)
        for shot in shots_of_scene(scene, its.takes, timeline.fps, texts):
            key = segment_key(shot, plan.profile, media, plan.crew.stage_version)
            segments.append(Segment(index, shot, key))
    return tuple(segments)


def shots_of_scene(
    scene: FilmScene, takes: Sequence[ActedTake], fps: int, texts: Sequence[Overlay] = ()
) -> Iterator[Shot]:
    """Yield what a scene consists of, in order: its takes, the long ones in parts."""
    for take in takes:
        begin = 0
        for frames in split(len(take.poses), fps):
            first, poses = take.first + begin, take.poses[begin : begin + frames]
            yield Shot(scene, first, poses, take.layout, within(texts, first, first + frames))
            begin += frames


def _texts(
    plan: Production,
    index: int,
    timing: SceneTiming,
    cues: Sequence[Cue],
    takes: Sequence[ActedTake],
) -> tuple[Overlay, ...]:
    layout, cuts = takes[0].layout, [take.first for take in takes]
    crew, language = plan.crew, plan.language
    return scene_overlays(plan.request, index, timing, cues, layout, crew, language, cuts)


def _scenes_progress(
    count: int,
    segments: Sequence[Segment],
    missing: Mapping[str, Segment],
    done: Mapping[str, int],
) -> tuple[SceneProgress, ...]:
    work = [(each.scene, done[each.key], each.frames) for each in segments if each.key in missing]
    return tuple(
        SceneProgress(
            sum(encoded for scene, encoded, _ in work if scene == index),
            sum(frames for scene, _, frames in work if scene == index),
        )
        for index in range(count)
    )


def film_sound(plan: Production, index: int, spoken: Spoken) -> Path:
    """Encode what is spoken in a scene, and what its clip sounds like."""
    fps = plan.profile.fps
    samples = scene_frames(len(spoken.pcm), fps) * samples_per_frame(fps)
    under = _ambience(plan, index, ambience_samples(samples))
    return encode_sound(plan.cache, scene_sound(samples, spoken.pcm, under))


def _ambience(plan: Production, index: int, samples: int) -> Pcm:
    scene, ground = plan.request.scenes[index], plan.grounds[index]
    if scene.clip is None or ground.facts is None or not ground.facts.has_audio:
        return np.zeros(0, np.int16)
    try:
        return ambience(plan.cache, scene.clip, ground.media, samples)
    except MediaError as error:
        raise FilmError("clip-unreadable", str(error), scene=index) from error
