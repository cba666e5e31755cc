"""Acts a speech: from its sounds to one pose a frame. Knows no drawing and no engine of speech."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import cos, pi, sin
from random import Random

import numpy as np
import numpy.typing as npt

from storyboard.studio.stage.gestures import gestures
from storyboard.studio.stage.phrases import NO_PHRASES, Phrases
from storyboard.studio.stage.pose import MAX_LIFT, Eyes, Mouth, Pose
from storyboard.studio.stage.visemes import mouth_of, weight_of
from storyboard.studio.voice.speech import Phone

_EARLY_FRAMES = 1
"""Mouths move before their sound is heard."""

_RESTS = (-8, -4, 0, 4, 8)
"""Tilts that a head comes to rest at: few, so that their drawings serve again."""

_CLOSED = (Mouth.MBP, Mouth.FV)
"""What must be seen whole, however short it is."""

_BLINK = (Eyes.HALF, Eyes.CLOSED, Eyes.CLOSED, Eyes.HALF)
_BLINKS_APART = (2.2, 4.8)
"""Seconds from one blink to the next."""
_BLINKS_LATE = 0.3
"""Seconds of the end, in any of which the last blink is: not always the same one."""

_STRESSES_APART = 1.4
"""Seconds between two nods or raised brows: more of them are nervous."""

_NEAR = (Mouth.KST, Mouth.EH, Mouth.LTH)
"""Mouths so alike that nobody would see the middle of the way between two of them."""


def performance(
    phones: Sequence[Phone],
    frames: int,
    fps: int,
    lead: float,
    seed: str,
    phrases: Phrases = NO_PHRASES,
) -> tuple[Pose, ...]:
    """Return one pose a frame for a speech that starts `lead` seconds into the scene.

    Deterministic: the same arguments give the same poses. `seed` names the scene and the
    presenter, so that not everybody blinks at once. Without phones the presenter listens.
    """
    mouths, accents = _mouths(phones, frames, fps, lead), _accents(phones, fps, lead)
    return _act(mouths, accents, frames, fps, lead, seed, phrases)


def performance_by_loudness(
    levels: Sequence[float],
    frames: int,
    fps: int,
    lead: float,
    seed: str,
    phrases: Phrases = NO_PHRASES,
) -> tuple[Pose, ...]:
    """Return one pose a frame where no sounds are known: `levels` has each frame's loudness."""
    early = round(lead * fps) - _EARLY_FRAMES
    spoken = [levels[f - early] if 0 <= f - early < len(levels) else 0.0 for f in range(frames)]
    steps = ((0.08, Mouth.REST), (0.2, Mouth.KST), (0.42, Mouth.EH), (0.7, Mouth.AO))
    raw = [next((m for top, m in steps if level < top), Mouth.AA) for level in spoken]
    accents = tuple(f for f in range(1, frames) if spoken[f] > 0.8 >= spoken[f - 1])
    return _act(_steady(raw), accents, frames, fps, lead, seed, phrases)


def levels_of(samples: npt.NDArray[np.float32], rate: int, fps: int) -> tuple[float, ...]:
    """Return the loudness of each frame of a speech, 0 to 1 of its loud parts."""
    count = len(samples) * fps // rate
    if count == 0:
        return ()
    edges = [index * rate // fps for index in range(count + 1)]
    rms = [float(np.sqrt(np.mean(np.square(samples[a:b])))) for a, b in pairwise(edges)]
    loud = max(float(np.percentile(rms, 95)), 1e-6)
    return tuple(min(1.0, value / loud) for value in rms)


def _act(
    mouths: Sequence[Mouth],
    accents: Sequence[int],
    frames: int,
    fps: int,
    lead: float,
    seed: str,
    phrases: Phrases,
) -> tuple[Pose, ...]:
    eyes = _blinks(frames, fps, Random(f"{seed}/eyes"))
    tilts = _ending(_glides(frames, fps, Random(f"{seed}/head")), 1)
    stops = [round((stop + lead) * fps) for stop in phrases.stops]
    nods, brows = _emphasis(accents, stops, frames, fps, Random(f"{seed}/accent"))
    hands = gestures(phrases, accents, frames, fps, lead, Random(f"{seed}/hands"))
    half = MAX_LIFT / 2
    breath = [round(half - half * cos(2 * pi * frame / (fps * 4.2))) for frame in range(frames)]
    breath = _ending(breath, 4)
    poses = []
    for frame, mouth in enumerate(mouths):
        before = mouths[frame - 1] if frame else mouth
        near = before is mouth or (before in _NEAR and mouth in _NEAR)
        after = None if near or mouth in _CLOSED else before
        head = (eyes[frame], tilts[frame], breath[frame], nods[frame], brows[frame])
        poses.append(Pose(mouth, *head, after, *hands[frame]))
    return tuple(poses)


def _mouths(phones: Sequence[Phone], frames: int, fps: int, lead: float) -> list[Mouth]:
    """Return the mouth of each frame: the one with the largest weighted share of it.

    However short a closure is, and whatever sounds beside it, one frame shows it.
    """
    scores: list[dict[Mouth, float]] = [{} for _ in range(frames)]
    closures: list[tuple[Mouth, list[int]]] = []
    for phone in phones:
        mouth, weight = mouth_of(phone.symbol), weight_of(phone.symbol)
        shares = _shares(phone, frames, fps, lead)
        for frame, share in shares.items():
            scores[frame][mouth] = scores[frame].get(mouth, 0.0) + share * weight
        if mouth in _CLOSED and shares:
            closures.append((mouth, sorted(shares, key=lambda f: -shares[f])))
    raw = [max(score, key=lambda m: score[m]) if score else Mouth.REST for score in scores]
    for mouth, theirs in closures:
        if not any(raw[frame] is mouth for frame in theirs):
            raw[theirs[0]] = mouth
    return _steady(raw)


def _shares(phone: Phone, frames: int, fps: int, lead: float) -> dict[int, float]:
    """Return how much of each frame a phone takes."""
    start = (phone.start + lead) * fps - _EARLY_FRAMES
    end = (phone.end + lead) * fps - _EARLY_FRAMES
    shares = (
        (frame, min(end, frame + 1) - max(start, frame))
        for frame in range(max(0, int(start)), min(frames, int(end) + 1))
    )
    return {frame: share for frame, share in shares if share > 0}


def _steady(raw: Sequence[Mouth]) -> list[Mouth]:
    """Take out what would flicker: a mouth of one frame, unless it closes the lips."""
    steady = list(raw)
    for frame in range(1, len(steady) - 1):
        alone = steady[frame] is not steady[frame - 1] and steady[frame] is not steady[frame + 1]
        if alone and steady[frame] not in _CLOSED:
            before, after = steady[frame - 1], steady[frame + 1]
            steady[frame] = after if before in _CLOSED else before
    return steady


def _accents(phones: Sequence[Phone], fps: int, lead: float) -> tuple[int, ...]:
    """Return the frames of long vowels, where a speaker stresses with head and brows."""
    vowels = [p for p in phones if weight_of(p.symbol) in (1.3, 1.5)]
    if not vowels:
        return ()
    lengths = sorted(vowel.end - vowel.start for vowel in vowels)
    long = lengths[int(len(lengths) * 0.8)]
    return tuple(round((v.start + lead) * fps) for v in vowels if v.end - v.start >= long)


def _blinks(frames: int, fps: int, random: Random) -> list[Eyes]:
    """Return open eyes that blink for four frames, and in the end, when what is said is over.

    Between two blinks are 2.2 to 4.8 seconds, and up to half a second less or more to the one that
    came before; in a speech that is shorter, there is only the one in the end.
    """
    eyes = [Eyes.OPEN] * frames
    least, most = (seconds * fps for seconds in _BLINKS_APART)
    last = frames - len(_BLINK) - 1 - random.randrange(1, round(_BLINKS_LATE * fps))
    at = 0.0
    while last - at > most:
        at += random.uniform(least, min(most, last - at - least))
        eyes[round(at) : round(at) + len(_BLINK)] = _BLINK
    if last > 0:
        eyes[last : last + len(_BLINK)] = _BLINK
    return eyes


def _glides(frames: int, fps: int, random: Random) -> list[int]:
    """Return the head's tilt: it rests, and turns to its next rest with soft ends."""
    tilts: list[int] = []
    here = 0
    rest = random.uniform(0.3, 1.5)
    while len(tilts) < frames:
        tilts.extend([here] * round(rest * fps))
        rest = random.uniform(1.2, 3.2)
        there = random.choice([each for each in _RESTS if 0 < abs(each - here) <= 8])
        step = 1 if there > here else -1
        ends = [here + step, there - step]
        tilts.extend([ends[0], *range(here + 2 * step, there - step, 2 * step), ends[1]])
        here = there
    return tilts[:frames]


def _emphasis(
    accents: Sequence[int], stops: Sequence[int], frames: int, fps: int, random: Random
) -> tuple[list[int], list[int]]:
    """Return nods at full stops, and nods and raised brows at some of the accents.

    What is stressed is never closer than 1.4 seconds to another one, to a full stop, or to the
    beginning, before which may have been one. Of full stops that are closer, the last has its nod.
    """
    nods, brows = [0] * frames, [0] * frames
    apart = round(_STRESSES_APART * fps)
    nod = round(0.56 * fps)
    stressed = _stressed(stops, apart)
    for stop in stressed:
        _swing(nods, 3, min(stop - round(0.12 * fps), frames - nod - 1), nod)
    free = apart
    for accent in accents:
        if accent < free or random.random() < 0.35:
            continue
        free = accent + apart
        if any(abs(accent - stop) < apart for stop in stressed):
            continue
        if random.random() < 0.5:
            _swing(nods, 2, accent - 2, round(0.48 * fps))
        else:
            _swing(brows, 3, accent - 2, round(0.72 * fps))
    return nods, brows


def _stressed(stops: Sequence[int], apart: int) -> list[int]:
    """Return the last stop, and those before it that are so far from the next, and from 0."""
    chosen = list(stops[-1:])
    for stop in reversed(stops[:-1]):
        if apart <= stop <= chosen[-1] - apart:
            chosen.append(stop)
    return chosen


def _swing(values: list[int], peak: int, first: int, length: int) -> None:
    """Let a movement come and go within so many frames; where it would be cut off, not at all."""
    if not 0 < first < first + length < len(values):
        return
    for i in range(length):
        swung = round(peak * sin(pi * (i + 0.5) / length))
        values[first + i] = max(values[first + i], swung)


def _ending(values: Sequence[int], frames_each: int) -> list[int]:
    """Return steps of a movement that is at rest in the last frame, as it is in the first."""
    left = len(values) - 1
    bounds = [(left - frame) // frames_each for frame in range(len(values))]
    return [max(-most, min(most, value)) for value, most in zip(values, bounds, strict=True)]
