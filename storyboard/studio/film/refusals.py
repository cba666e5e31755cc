"""What a studio refuses to film, as far as media and speech decide it. Knows no pixels.

The service's own rules are known from films that failed: too little speech, clips of another frame
rate than two, and clips that end before the narration does.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from storyboard.studio.film.request import Clip, FilmError, FilmRequest, FilmScene
from storyboard.studio.film.rules import Overrun, Rules
from storyboard.studio.media.opening import MediaError, MediaFacts, MediaMissing, probe_media
from storyboard.studio.stage.rooms.backdrop import Backdrop, BackdropKind
from storyboard.wire import is_broll_rate


@dataclass(frozen=True, slots=True)
class Ground:
    """What a scene stands on, as far as it is a file: its facts and the digest of its bytes.

    Of a clip that can be seen through, what is behind it counts as well.
    """

    facts: MediaFacts | None = None
    media: str | None = None


def check_scenes(request: FilmRequest, rules: Rules) -> tuple[Ground, ...]:
    """Look at every file of the request; raises `FilmError` with the scene's index."""
    if not request.scenes:
        raise FilmError("no-scenes", "the film has no scene")
    seen: dict[Path, Ground] = {}

    def look(path: Path, scene: int) -> Ground:
        if path not in seen:
            seen[path] = _look(path, scene)
        return seen[path]

    grounds = []
    for index, scene in enumerate(request.scenes):
        path = _file_of(scene)
        if path is None:
            grounds.append(Ground())
            continue
        ground = look(path, index)
        if scene.clip is not None:
            _check_clip(scene.clip, ground.facts, index, rules)
            if ground.facts is not None and ground.facts.has_alpha:
                behind = _behind(scene.backdrop, partial(look, scene=index))
                ground = replace(ground, media=f"{ground.media} {behind}")
        grounds.append(ground)
    return tuple(grounds)


def check_speech(
    scenes: Sequence[FilmScene], grounds: Sequence[Ground], seconds: Sequence[float], rules: Rules
) -> None:
    """Compare what was spoken with the rules and the clips; raises `FilmError`."""
    for index, (scene, ground, spoken) in enumerate(zip(scenes, grounds, seconds, strict=True)):
        if spoken < rules.shortest_speech:
            raise FilmError(
                "speech-too-short",
                f"the narration lasts {spoken:.1f} s, and {rules.shortest_speech:g} s is the least",
                scene=index,
            )
        if scene.clip is None or scene.clip.is_still:
            continue
        if ground.facts is None or rules.overrun is not Overrun.FAIL:
            continue
        left = ground.facts.seconds - scene.clip.start
        if spoken > left + 0.02:
            raise FilmError(
                "clip-too-short",
                f"the narration lasts {spoken:.1f} s, and '{scene.clip.path.name}' only "
                f"{left:.1f} s from {scene.clip.start:g} s on",
                scene=index,
            )


def looping(request: FilmRequest, grounds: Sequence[Ground], rules: Rules) -> FilmRequest:
    """Return the request with clips that begin again when they are over, where the rules say so.

    A round is of whole frames, so that picture and sound turn at the same instant.
    """
    if rules.overrun is not Overrun.LOOP:
        return request
    fps = request.profile.fps
    scenes = list(request.scenes)
    for index, (scene, ground) in enumerate(zip(scenes, grounds, strict=True)):
        if scene.clip is not None and not scene.clip.is_still and ground.facts is not None:
            frames = max(1, int((ground.facts.seconds - scene.clip.start) * fps + 0.01))
            scenes[index] = replace(scene, clip=replace(scene.clip, loop=frames / fps))
    return replace(request, scenes=tuple(scenes))


def _file_of(scene: FilmScene) -> Path | None:
    if scene.clip is not None:
        return scene.clip.path
    if scene.backdrop.kind is BackdropKind.IMAGE:
        return Path(scene.backdrop.value)
    return None


def _behind(backdrop: Backdrop, look: Callable[[Path], Ground]) -> str:
    """Return what tells a background from others."""
    if backdrop.kind is BackdropKind.IMAGE:
        return f"{look(Path(backdrop.value)).media}"
    return f"{backdrop.kind.value} {backdrop.value}"


def _look(path: Path, scene: int) -> Ground:
    try:
        facts = probe_media(path)
        with path.open("rb") as file:
            return Ground(facts, hashlib.file_digest(file, "sha256").hexdigest())
    except MediaMissing as error:
        raise FilmError("clip-missing", str(error), scene=scene) from error
    except (MediaError, OSError) as error:
        raise FilmError("clip-unreadable", str(error), scene=scene) from error


def _check_clip(clip: Clip, facts: MediaFacts | None, scene: int, rules: Rules) -> None:
    assert facts is not None
    if clip.is_still:
        return
    if not facts.has_video or facts.seconds <= 0:
        raise FilmError("clip-unreadable", f"'{clip.path.name}' has no moving picture", scene=scene)
    if rules.frame_rates and not is_broll_rate(facts.fps, rules.frame_rates):
        wanted = " or ".join(str(rate) for rate in rules.frame_rates)
        raise FilmError(
            "clip-frame-rate",
            f"'{clip.path.name}' has {facts.fps:g} frames a second, and {wanted} are taken",
            scene=scene,
        )
    if clip.start >= facts.seconds:
        raise FilmError(
            "in-point-past-end",
            f"'{clip.path.name}' ends at {facts.seconds:.1f} s, before {clip.start:g} s",
            scene=scene,
        )
