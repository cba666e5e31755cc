"""What each scene shows and tells while its speech sounds. Knows no other scene, draws nothing."""

from __future__ import annotations

from dataclasses import dataclass

from storyboard.caption_files import Cue
from storyboard.studio.film.calm_side import calmer_side
from storyboard.studio.film.cameras import cameras
from storyboard.studio.film.captions import scene_cues
from storyboard.studio.film.phrasing import phrases_of
from storyboard.studio.film.poses import act
from storyboard.studio.film.preparation import Production
from storyboard.studio.film.speaking import Spoken
from storyboard.studio.film.timeline import scene_frames
from storyboard.studio.stage.placement import Layout
from storyboard.studio.stage.pose import Pose


@dataclass(frozen=True, slots=True)
class Acted:
    """A scene's speech and its captions, and one pose and one layout for each of its frames.

    The times of the captions count from where the speech begins.
    """

    spoken: Spoken
    cues: tuple[Cue, ...]
    poses: tuple[Pose, ...]
    layouts: tuple[Layout, ...]


def act_scene(plan: Production, index: int, spoken: Spoken) -> Acted:
    """Return what a scene shows and tells while its speech sounds."""
    scene, language, fps = plan.request.scenes[index], plan.language, plan.profile.fps
    frames = scene_frames(len(spoken.pcm), fps)
    phrases = phrases_of(scene, spoken, language)
    if scene.clip is None:
        layouts = cameras(phrases.stops, frames, fps, opens=index == 0)
    else:
        media = plan.grounds[index].media
        layouts = (calmer_side(plan.cache, scene.clip, media, plan.crew.placement),) * frames
    words, heard, seconds = spoken.words, spoken.heard(), spoken.seconds
    return Acted(
        spoken,
        tuple(scene_cues(scene.narration, words, seconds, 0.0, language, scene.say, heard)),
        act(plan.crew, scene, spoken, phrases, frames, fps),
        layouts,
    )
