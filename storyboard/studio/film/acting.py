"""What each scene shows and tells while its speech sounds. Knows no other scene, draws nothing."""

from __future__ import annotations

from dataclasses import dataclass

from storyboard.caption_files import Cue
from storyboard.studio.film.calm_side import calmer_side
from storyboard.studio.film.cameras import cameras
from storyboard.studio.film.captions import scene_cues
from storyboard.studio.film.performers import Crew
from storyboard.studio.film.phrasing import sentences_of
from storyboard.studio.film.poses import act
from storyboard.studio.film.preparation import Production
from storyboard.studio.film.request import FilmScene
from storyboard.studio.film.speaking import Spoken
from storyboard.studio.film.takes import takes_of
from storyboard.studio.film.timeline import scene_frames
from storyboard.studio.stage.placement import Layout
from storyboard.studio.stage.pose import Pose


@dataclass(frozen=True, slots=True)
class ActedTake:
    """A take from its first frame in the scene: a pose a frame, and where the presenter stands."""

    first: int
    poses: tuple[Pose, ...]
    layout: Layout


@dataclass(frozen=True, slots=True)
class Acted:
    """A scene's speech, its captions and its takes.

    The times of the captions count from where the speech begins.
    """

    spoken: Spoken
    cues: tuple[Cue, ...]
    takes: tuple[ActedTake, ...]


def act_scene(plan: Production, index: int, spoken: Spoken) -> Acted:
    """Return what a scene shows and tells while its speech sounds."""
    scene, language, fps = plan.request.scenes[index], plan.language, plan.profile.fps
    side = None
    if scene.clip is not None:
        media = plan.grounds[index].media
        side = calmer_side(plan.cache, scene.clip, media, plan.crew.placement)
    words, heard, seconds = spoken.words, spoken.heard(), spoken.seconds
    return Acted(
        spoken,
        tuple(scene_cues(scene.narration, words, seconds, 0.0, language, scene.say, heard)),
        act_takes(plan.crew, scene, spoken, language, fps, side, opens=index == 0),
    )


def act_takes(
    crew: Crew,
    scene: FilmScene,
    spoken: Spoken,
    language: str,
    fps: int,
    side: Layout | None,
    *,
    opens: bool,
) -> tuple[ActedTake, ...]:
    """Return a scene's takes, where the presenter stands at a `side` of a clip, or before a camera.

    Whether it `opens` the film counts only for the camera.
    """
    frames = scene_frames(len(spoken.pcm), fps)
    takes = takes_of(sentences_of(scene, spoken, language), spoken.begins, frames, fps)
    layouts = cameras(takes, opens=opens) if side is None else (side,) * len(takes)
    acted = zip(takes, act(crew, scene, spoken, takes), layouts, strict=True)
    return tuple(ActedTake(take.first, poses, layout) for take, poses, layout in acted)
