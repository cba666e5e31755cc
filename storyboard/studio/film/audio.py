"""The film's sound, scene by scene: speech in its place, encoded alone. Knows no picture.

AAC decodes a packet's length of samples from two packets, so pieces that were encoded apart click
when they are joined, but where those samples are silent in both: every scene's sound ends so.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

import av
import numpy as np
import numpy.typing as npt
from av.error import FFmpegError

from storyboard.studio.film.cache import Cache, digest
from storyboard.studio.film.loudness import CEILING
from storyboard.studio.film.segments import encoder_name
from storyboard.studio.film.timeline import LEAD_SAMPLES, PACKET_SAMPLES, SAMPLE_RATE
from storyboard.studio.media.opening import MediaError, open_kept

Pcm = npt.NDArray[np.int16]

BIT_RATE = 128_000
"""Enough for speech in stereo that no ear tells from the samples. A choice."""

_OPTIONS = {"aac_coder": "fast", "aac_tns": "0", "aac_pns": "0"}
"""At this rate, what else the encoder knows costs time and brings it no nearer to the source."""

_KIND, _SUFFIX = "sound", ".m4a"
_VERSION = "4"
_LOUDEST = round(CEILING * 32_767)


def ambience_samples(samples: int) -> int:
    """Return for how long a clip is heard under a scene of so many samples."""
    return samples - 2 * PACKET_SAMPLES


def scene_sound(samples: int, speech: Pcm, under: Pcm) -> Pcm:
    """Return the sound of a scene of so many samples, one channel, in whole packets.

    What lies under the speech begins with the scene; it may be empty, and is at most
    `ambience_samples` long: in a film the sound may have to end a packet early.
    """
    track = np.zeros(-(-samples // PACKET_SAMPLES) * PACKET_SAMPLES, np.int16)
    track[: len(under)] = under
    place = slice(LEAD_SAMPLES, LEAD_SAMPLES + len(speech))
    spoken = track[place].astype(np.int32) + speech
    track[place] = np.clip(spoken, -_LOUDEST, _LOUDEST)
    return track


def encode_sound(cache: Cache, sound: Pcm) -> Path:
    """Return a scene's sound as AAC, stereo, from the cache where it is kept.

    The file holds a packet more than the sound has: the first one only leads into it.
    """
    content = hashlib.sha256(sound.tobytes()).hexdigest()
    key = digest(_VERSION, encoder_name(), BIT_RATE, content)
    kept = cache.find(_KIND, key, _SUFFIX)
    if kept is not None and _packets_in(kept) == len(sound) // PACKET_SAMPLES + 1:
        return kept
    with cache.writing(_KIND, key, _SUFFIX) as part, av.open(str(part), "w", format="mp4") as out:
        stream = out.add_stream("aac", rate=SAMPLE_RATE, options=_OPTIONS)
        stream.layout, stream.bit_rate = "stereo", BIT_RATE
        samples = sound.astype(np.float32) / 32_768
        frame = av.AudioFrame.from_ndarray(
            np.stack((samples, samples)), format="fltp", layout="stereo"
        )
        frame.sample_rate, frame.pts = SAMPLE_RATE, 0
        out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
    return cache.path(_KIND, key, _SUFFIX)


def _packets_in(path: Path) -> int:
    try:
        with open_kept(path) as container:
            return container.streams.audio[0].frames
    except (FFmpegError, MediaError, IndexError):
        return 0
