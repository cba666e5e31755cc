"""What each scene shows of who presents it, frame by frame. Knows no other scene, draws nothing."""

from __future__ import annotations

from dataclasses import dataclass

from storyboard.studio.film.calm_side import calmer_side
from storyboard.studio.film.cameras import cameras
from storyboard.studio.film.phrasing import phrases_of
from storyboard.studio.film.poses import act
from storyboard.studio.film.preparation import Production
from storyboard.studio.film.speaking import Spoken
from storyboard.studio.film.timeline import scene_frames
from storyboard.studio.stage.placement import Layout
from storyboard.studio.stage.pose import Pose


@dataclass(frozen=True, slots=True)
class Acted:
    """A scene's speech, and one pose and one layout for each of its frames."""

    spoken: Spoken
    poses: tuple[Pose, ...]
    layouts: tuple[Layout, ...]


def act_scene(plan: Production, index: int, spoken: Spoken) -> Acted:
    """Return what a scene shows while its speech sounds."""
    scene, fps = plan.request.scenes[index], plan.profile.fps
    frames = scene_frames(len(spoken.pcm), fps)
    phrases = phrases_of(scene, spoken, plan.language)
    poses = act(plan.crew, scene, spoken, phrases, frames, fps)
    if scene.clip is None:
        return Acted(spoken, poses, cameras(phrases.stops, frames, fps, opens=index == 0))
    return Acted(spoken, poses, (first_layout(plan, index),) * frames)


def first_layout(plan: Production, index: int) -> Layout:
    """Return from where a scene is seen first, as far as that is known before it is spoken."""
    clip = plan.request.scenes[index].clip
    if clip is None:
        return Layout.FULL
    return calmer_side(plan.cache, clip, plan.grounds[index].media, plan.crew.placement)
