"""From a request to an MP4: the order of the work, and what of it can be left out.

Knows the steps; how each is done is its module's matter.
"""

from __future__ import annotations

import errno
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import astuple, dataclass
from functools import partial
from pathlib import Path

import numpy as np
from av.error import FFmpegError

from storyboard.studio.film.acting import act
from storyboard.studio.film.ambience import ambience
from storyboard.studio.film.audio import Pcm, ambience_samples, encode_sound, scene_sound
from storyboard.studio.film.cache import Cache
from storyboard.studio.film.captions import chapter_title, chapters, scene_cues
from storyboard.studio.film.crew import Crew, default_crew
from storyboard.studio.film.drawings import Drawings
from storyboard.studio.film.fades import lights
from storyboard.studio.film.finished import film_key, find_film, keep_film, publish
from storyboard.studio.film.joining import Parts, join, odd_ones
from storyboard.studio.film.media import MediaError
from storyboard.studio.film.request import (
    Cue,
    Film,
    FilmError,
    FilmRequest,
    OnProgress,
    Profile,
    Progress,
)
from storyboard.studio.film.rules import POSSIBLE, Ground, Rules, check_scenes, check_speech
from storyboard.studio.film.segments import (
    Segment,
    find_segment,
    render_segment,
    segment_key,
    split,
)
from storyboard.studio.film.shots import Shot
from storyboard.studio.film.speaking import Spoken, speak
from storyboard.studio.film.timeline import Timeline, build_timeline
from storyboard.studio.film.workers import Workers
from storyboard.studio.stage.backdrop import BackdropError
from storyboard.studio.voice.casting import voice_for
from storyboard.studio.voice.mp3 import encode_mp3
from storyboard.studio.voice.recognition import recognise_language
from storyboard.studio.voice.speech import Voice, VoiceError

CACHE_LIMIT = 8 * 2**30
"""Bytes a cache may grow to by default."""


def _never() -> bool:
    return False


def _unheard(progress: Progress) -> None:
    del progress


def make_film(
    request: FilmRequest,
    *,
    cache: Path,
    output: Path,
    on_progress: OnProgress = _unheard,
    cancelled: Callable[[], bool] = _never,
    rules: Rules = POSSIBLE,
    crew: Crew | None = None,
    cache_limit: int = CACHE_LIMIT,
) -> Film:
    """Film the request into `output`, doing only what no earlier film in `cache` has done.

    Blocks; several films may be made at once, also with one cache. `on_progress` and `cancelled`
    are called in the calling thread, some ten times a second. Raises `FilmError`, and `Cancelled`
    soon after `cancelled()`; then `output` is as it was before.
    """
    with _world_failures():
        plan = _production(request, rules, crew or default_crew(), Cache(cache))
        film = find_film(plan.cache, plan.key)
        if film is None:
            with Workers(cancelled) as workers:
                film = _film(plan, workers, on_progress)
            plan.cache.trim(cache_limit)
        else:
            on_progress(Progress("joining", film.frames, film.frames))
        return publish(film, output)


@dataclass(frozen=True, slots=True)
class _Production:
    """All that is settled before the first word is spoken."""

    request: FilmRequest
    rules: Rules
    crew: Crew
    cache: Cache
    grounds: tuple[Ground, ...]
    language: str
    voices: tuple[Voice, ...]
    key: str

    @property
    def profile(self) -> Profile:
        return self.request.profile


def preview_mp3(narration: str, presenter: str, narrations: Sequence[str]) -> bytes:
    """Speak one narration as MP3, in the language of all of them; raises `VoiceError`."""
    language = recognise_language([*narrations, narration])
    return encode_mp3(voice_for(presenter, language).speak(narration))


def _production(request: FilmRequest, rules: Rules, crew: Crew, cache: Cache) -> _Production:
    grounds = check_scenes(request, rules)
    language = crew.recognise_language([scene.narration for scene in request.scenes])
    voices = []
    for index, scene in enumerate(request.scenes):
        with _no_voice(index):
            voices.append(crew.voice_for(scene.presenter, language))
    media = [ground.media for ground in grounds]
    keys = [voice.key for voice in voices]
    key = film_key(request, astuple(rules), crew.stage_version, language, keys, media)
    return _Production(request, rules, crew, cache, grounds, language, tuple(voices), key)


def _film(plan: _Production, workers: Workers, on_progress: OnProgress) -> Film:
    spoken = _speak(plan, workers, on_progress)
    scenes = plan.request.scenes
    check_speech(scenes, plan.grounds, [speech.seconds for speech in spoken], plan.rules)
    timeline = build_timeline([len(speech.pcm) for speech in spoken], plan.profile.fps)
    segments = _segments(plan, timeline, spoken)
    rendered, sounds = _render(plan, workers, on_progress, segments, timeline, spoken)
    on_progress(Progress("joining", timeline.frames, timeline.frames))
    titles = [chapter_title(scene.narration) for scene in scenes]
    titled = chapters(titles, timeline.scenes, timeline.fps)
    parts = Parts(
        tuple(segment.path(plan.cache) for segment in segments),
        tuple(segment.frames for segment in segments),
        sounds,
        tuple(timeline.packets(index) for index in range(len(scenes))),
        timeline.fps,
        titled,
    )
    with plan.cache.writing("films", plan.key, ".mp4") as part:
        join(parts, part)
    film = Film(
        plan.cache.path("films", plan.key, ".mp4"),
        timeline.frames,
        timeline.fps,
        plan.language,
        timeline.scenes,
        rendered,
        _captions(plan, timeline, spoken),
        titled,
    )
    keep_film(plan.cache, plan.key, film)
    return film


def _captions(plan: _Production, timeline: Timeline, spoken: Sequence[Spoken]) -> tuple[Cue, ...]:
    return tuple(
        cue
        for index, speech in enumerate(spoken)
        for cue in scene_cues(
            plan.request.scenes[index].narration,
            speech.words,
            speech.seconds,
            timeline.speech_starts(index),
        )
    )


def _speak(plan: _Production, workers: Workers, on_progress: OnProgress) -> list[Spoken]:
    total = len(plan.voices)
    done = Counter[str]()

    def speak_scene(index: int) -> Spoken:
        with _no_voice(index):
            spoken = speak(plan.cache, plan.voices[index], plan.request.scenes[index].narration)
        done["scenes"] += 1
        return spoken

    jobs = [partial(speak_scene, index) for index in range(total)]
    return workers.run(jobs, lambda: on_progress(Progress("speech", done["scenes"], total)))


def _segments(
    plan: _Production, timeline: Timeline, spoken: Sequence[Spoken]
) -> tuple[Segment, ...]:
    segments = []
    for index, (timing, speech) in enumerate(zip(timeline.scenes, spoken, strict=True)):
        scene = plan.request.scenes[index]
        poses = act(plan.crew, scene, speech, timing.frames, timeline.fps)
        light = lights(timing.frames, opens=index == 0, closes=index == len(spoken) - 1)
        first = 0
        for frames in split(timing.frames, timeline.fps):
            stretch = slice(first, first + frames)
            shot = Shot(scene, first, tuple(poses[stretch]), light[stretch])
            media = plan.grounds[index].media
            key = segment_key(shot, plan.profile, media, plan.crew.stage_version)
            segments.append(Segment(index, shot, key))
            first += frames
    return tuple(segments)


def _render(
    plan: _Production,
    workers: Workers,
    on_progress: OnProgress,
    segments: Sequence[Segment],
    timeline: Timeline,
    spoken: Sequence[Spoken],
) -> tuple[tuple[int, ...], tuple[Path, ...]]:
    """Bring all segments and sounds into the cache; return the scenes rendered, the sounds."""
    missing = {
        segment.key: segment for segment in segments if not find_segment(plan.cache, segment)
    }
    drawings = Drawings(plan.crew, plan.profile.width, plan.profile.height)
    done = Counter[str]()
    total = sum(segment.frames for segment in missing.values())

    def render(segment: Segment) -> Path:
        def count() -> None:
            done[segment.key] += 1

        try:
            return render_segment(
                plan.cache, segment, plan.profile, drawings, count, workers.stopped
            )
        except MediaError as error:
            raise FilmError("clip-unreadable", str(error), scene=segment.scene) from error

    def look() -> None:
        on_progress(Progress("frames", done.total(), total))

    longest_first = sorted(missing.values(), key=lambda each: each.shot.scene.clip is None)
    jobs = [partial(render, each) for each in longest_first]
    sounds = [partial(_sound, plan, timeline, spoken, index) for index in range(len(spoken))]
    paths = workers.run([*jobs, *sounds], look)
    odd = odd_ones(plan.cache, segments, missing)
    if odd:
        total += sum(segment.frames for segment in odd.values())
        workers.run([partial(render, each) for each in odd.values()], look)
    keys = missing.keys() | odd.keys()
    return tuple(sorted({each.scene for each in segments if each.key in keys})), tuple(
        paths[len(jobs) :]
    )


def _sound(plan: _Production, timeline: Timeline, spoken: Sequence[Spoken], index: int) -> Path:
    """Encode what is spoken in a scene, and what its clip sounds like."""
    samples = timeline.scenes[index].frames * timeline.samples_per_frame
    under = _ambience(plan, index, ambience_samples(samples))
    return encode_sound(plan.cache, scene_sound(samples, spoken[index].pcm, under))


def _ambience(plan: _Production, index: int, samples: int) -> Pcm:
    scene, ground = plan.request.scenes[index], plan.grounds[index]
    if scene.clip is None or ground.facts is None or not ground.facts.has_audio:
        return np.zeros(0, np.int16)
    try:
        return ambience(plan.cache, scene.clip, ground.media, samples)
    except MediaError as error:
        raise FilmError("clip-unreadable", str(error), scene=index) from error


@contextmanager
def _no_voice(scene: int) -> Iterator[None]:
    try:
        yield
    except VoiceError as error:
        raise FilmError("no-voice", str(error), scene=scene) from error


@contextmanager
def _world_failures() -> Iterator[None]:
    try:
        yield
    except BackdropError as error:
        raise FilmError("backdrop-unreadable", str(error)) from error
    except (OSError, FFmpegError) as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise FilmError("disk-full", "there is no room left for the film") from error
        raise
