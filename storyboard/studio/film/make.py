"""From a request to an MP4: the order of the work, and what of it can be left out.

Knows the steps; how each is done is its module's matter.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from itertools import chain
from pathlib import Path

from av.error import FFmpegError

from storyboard.disk.writing import write_whole
from storyboard.studio.film.acting import Acted, act_scene
from storyboard.studio.film.cache import Cache, SharedCache
from storyboard.studio.film.captions import chapter_title, chapters, later
from storyboard.studio.film.disk import want_of_room
from storyboard.studio.film.film_cache import (
    film_path,
    find_film,
    keep_film,
    publish,
    writing_film,
)
from storyboard.studio.film.joining import Parts, join
from storyboard.studio.film.performers import Crew, default_crew
from storyboard.studio.film.preparation import Production, blaming_voices, build_production
from storyboard.studio.film.refusals import check_speech
from storyboard.studio.film.rendering import film_sound, plan_segments, shoot
from storyboard.studio.film.request import (
    Film,
    FilmError,
    FilmOrder,
    FilmRequest,
    OnProgress,
    Progress,
)
from storyboard.studio.film.rules import POSSIBLE, Rules
from storyboard.studio.film.sharing import WHOLE, Share
from storyboard.studio.film.speaking import is_spoken, speak
from storyboard.studio.film.threads import Workers
from storyboard.studio.film.timeline import build_timeline
from storyboard.studio.stage.rooms.painting import BackdropError
from storyboard.studio.voice.giving_up import never


def _unheard(progress: Progress) -> None:
    del progress


def make_film(
    request: FilmRequest,
    *,
    cache: Path,
    output: Path,
    on_progress: OnProgress = _unheard,
    cancelled: Callable[[], bool] = never,
    rules: Rules = POSSIBLE,
    crew: Crew | None = None,
    shared: SharedCache | None = None,
    share: Share = WHOLE,
) -> Film:
    """Film the request into `output`, doing only what no earlier film in `cache` has done.

    Blocks; several films may be made at once, also with one cache. `on_progress` and `cancelled`
    are called in the calling thread, some ten times a second. Raises `FilmError`, and `Cancelled`
    soon after `cancelled()`; then `output` is as it was before.
    """
    with _world_failures():
        plan = build_production(request, rules, crew or default_crew(), Cache(cache, shared))
        film = find_film(plan.cache, plan.key)
        if film is None:
            with Workers(cancelled) as workers:
                film = _film(plan, workers, on_progress, share)
        else:
            on_progress(Progress("joining", film.frames, film.frames))
        if share.only is not None:
            write_whole(output, b"", inside=output.parent)
            return replace(film, path=output)
        return publish(film, output)


def make_ordered(
    order: FilmOrder,
    on_progress: OnProgress,
    cancelled: Callable[[], bool],
    *,
    crew: Crew | None = None,
) -> Film:
    """Make what was ordered, as `make_film` does."""
    return make_film(
        order.request,
        cache=order.cache,
        output=order.output,
        rules=order.rules,
        on_progress=on_progress,
        cancelled=cancelled,
        crew=crew or default_crew(order.voices),
        shared=order.shared,
        share=order.share,
    )


def _film(plan: Production, workers: Workers, on_progress: OnProgress, share: Share) -> Film:
    acted = _act(plan, workers, on_progress, share)
    scenes, spoken = plan.request.scenes, [each.spoken for each in acted]
    check_speech(scenes, plan.grounds, [speech.seconds for speech in spoken], plan.rules)
    timeline = build_timeline([len(speech.pcm) for speech in spoken], plan.profile.fps)
    captions = [later(its.cues, timeline.speech_starts(at)) for at, its in enumerate(acted)]
    burned = captions if plan.request.burns_captions else ()
    segments = plan_segments(plan, timeline, acted, burned)
    rendered, sounds = shoot(plan, workers, on_progress, segments, spoken, share)
    where = film_path(plan.cache, plan.key)
    film = Film(where, timeline.frames, timeline.fps, plan.language, timeline.scenes, rendered)
    if share.only is not None:
        return film
    on_progress(Progress("joining", timeline.frames, timeline.frames))
    titles = [chapter_title(scene.narration, plan.language) for scene in scenes]
    titled = chapters(titles, timeline.scenes, timeline.fps)
    parts = Parts(
        tuple(segment.path(plan.cache) for segment in segments),
        tuple(segment.frames for segment in segments),
        sounds,
        tuple(timeline.packets(index) for index in range(len(scenes))),
        timeline.fps,
        plan.language,
        plan.request.title,
        titled,
    )
    with writing_film(plan.cache, plan.key) as part:
        join(parts, part)
    film = replace(film, captions=tuple(chain.from_iterable(captions)), chapters=titled)
    keep_film(plan.cache, plan.key, film)
    return film


def _act(plan: Production, workers: Workers, on_progress: OnProgress, share: Share) -> list[Acted]:
    """Have all scenes spoken and acted, the new ones first.

    If one scene is new, all others are acted while it is spoken, and its sound is encoded while all
    else is planned: the threads have nothing else to do then.
    """
    total = len(plan.voices)
    done = Counter[str]()
    new = [index for index in range(total) if share.has(index) and not _is_spoken(plan, index)]

    def act(index: int) -> Acted:
        with blaming_voices(index):
            text = plan.request.scenes[index].spoken
            spoken = speak(plan.cache, plan.voices[index], text, workers.stopped)
        if new == [index] and share.only is None:
            workers.begin(partial(film_sound, plan, index, spoken))
        done["scenes"] += 1
        return act_scene(plan, index, spoken)

    order = sorted(range(total), key=lambda index: index not in new)
    jobs = [partial(act, index) for index in order]
    acted = workers.run(jobs, lambda: on_progress(Progress("speech", done["scenes"], total)))
    by_scene = dict(zip(order, acted, strict=True))
    return [by_scene[index] for index in range(total)]


def _is_spoken(plan: Production, index: int) -> bool:
    return is_spoken(plan.cache, plan.voices[index], plan.request.scenes[index].spoken)


@contextmanager
def _world_failures() -> Iterator[None]:
    try:
        yield
    except BackdropError as error:
        raise FilmError("backdrop-unreadable", str(error)) from error
    except (OSError, FFmpegError) as error:
        if (wanting := want_of_room(error)) is not None:
            raise FilmError("disk-full", wanting) from error
        raise
