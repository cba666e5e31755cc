"""Shots as H.264 segments that can be joined without encoding again. Knows no sound.

Every segment of a film is encoded with the same options, so that their parameter sets agree;
whoever joins them compares those. One thread for each segment: films scale by segments.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import astuple, dataclass
from fractions import Fraction
from pathlib import Path

import av
from av import VideoFrame
from av.container import InputContainer
from av.error import FFmpegError
from av.video.frame import PictureType

from storyboard.studio.film.cache import Cache, digest
from storyboard.studio.film.drawings import Drawings
from storyboard.studio.film.overlays import overlays_key
from storyboard.studio.film.request import Cancelled, Profile
from storyboard.studio.film.shots import Shot, shot_frames
from storyboard.studio.media.opening import MediaError, open_kept

FILM_VERSION = "14"
"""Changes whenever this package would make another picture of the same request."""

SEGMENT_SECONDS = 5
"""Longest segment, and so the longest way between two key frames."""

SHARED_SECONDS = 4
"""Longest take that is not worth a second segment."""

_KIND, _SUFFIX = "segments", ".mp4"


@dataclass(frozen=True, slots=True)
class Segment:
    """A shot to encode, or already encoded under `key`."""

    scene: int
    shot: Shot
    key: str

    @property
    def frames(self) -> int:
        """Length in frames."""
        return len(self.shot.poses)

    def path(self, cache: Cache) -> Path:
        """Return the segment's place in the cache."""
        return cache.path(_KIND, self.key, _SUFFIX)


def encoder_name() -> str:
    """Return what encodes here: with another one, no segment of this film may be used."""
    return f"av {av.__version__} libavcodec {av.library_versions['libavcodec']}"


def split(frames: int, fps: int) -> tuple[int, ...]:
    """Cut a take into segments of about equal length, none over `SEGMENT_SECONDS`.

    Their number is even, so that two cores share one changed take, but for short ones.
    """
    parts = -(-frames // (SEGMENT_SECONDS * fps))
    if frames > SHARED_SECONDS * fps:
        parts += parts % 2
    return tuple(frames * (part + 1) // parts - frames * part // parts for part in range(parts))


def segment_key(shot: Shot, profile: Profile, media: str | None, stage: str) -> str:
    """Hash all that a segment is made of.

    `media` is the digest of the clip's or the backdrop image's bytes. The narration and its voice
    are in it by the poses that they gave.
    """
    scene = shot.scene
    if scene.clip is not None:
        ground = ["clip", media, *scene.clip.instants]
    else:
        ground = [scene.backdrop.kind.value, media or scene.backdrop.value]
    return digest(
        FILM_VERSION, encoder_name(), stage,
        list(astuple(profile)),
        scene.presenter, ground,
        shot.first if scene.clip is not None else 0,
        [repr(pose) for pose in shot.poses],
        shot.layout.value,
        *overlays_key(shot.overlays),
    )  # fmt: skip


def kept_parameter_sets(cache: Cache, segment: Segment) -> bytes | None:
    """Return the parameter sets of a segment that is kept and whole; `None` of any other."""
    path = cache.find(_KIND, segment.key, _SUFFIX)
    if path is None:
        return None
    frames, parameter_sets = _seen_in(path)
    return parameter_sets if frames == segment.frames else None


def render_segment(
    cache: Cache,
    segment: Segment,
    profile: Profile,
    drawings: Drawings,
    on_frame: Callable[[], None],
    stopped: Callable[[], bool],
) -> Path:
    """Encode a segment into the cache; raises `Cancelled` and leaves nothing when stopped."""

    def pictures() -> Iterator[VideoFrame]:
        for frame in shot_frames(segment.shot, profile, drawings):
            if stopped():
                raise Cancelled("the film was canceled")
            yield frame
            on_frame()

    with cache.writing(_KIND, segment.key, _SUFFIX) as part:
        encode_pictures(pictures(), part, profile)
    return segment.path(cache)


def encode_pictures(pictures: Iterable[VideoFrame], path: Path, profile: Profile) -> None:
    """Encode yuv420p pictures of the profile's size as one segment, in one thread.

    What kind of picture a clip had it encoded as does not count.
    """
    with av.open(str(path), "w", format="mp4") as out:
        stream = out.add_stream("libx264", rate=profile.fps, options=_options(profile))
        stream.width, stream.height, stream.pix_fmt = profile.width, profile.height, "yuv420p"
        stream.codec_context.thread_count = 1
        _tag_bt709(stream.codec_context)
        time_base = Fraction(1, profile.fps)
        for index, frame in enumerate(pictures):
            frame.pts, frame.time_base, frame.pict_type = index, time_base, PictureType.NONE
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))


def _options(profile: Profile) -> dict[str, str]:
    return {
        "preset": profile.preset,
        "crf": str(profile.crf),
        "profile": "high",
        "g": str(SEGMENT_SECONDS * profile.fps),
        "x264-params": f"open-gop=0:subme={profile.subme}",
    }


def _tag_bt709(context: av.VideoCodecContext) -> None:
    context.color_primaries = context.color_trc = context.colorspace = 1
    context.color_range = 1


def open_segment(path: Path) -> InputContainer:
    """Open a segment for its packets: its pictures are never decoded, also not to probe them.

    What stands in its header is enough, so nothing else is read to guess more. PyAV hands these
    options to every stream as well; 19 has no `stream_options` any more.
    """
    return open_kept(path, {"probesize": "32", "skip_frame": "all"})


def _seen_in(path: Path) -> tuple[int, bytes]:
    """Return a segment's frames, 0 where it cannot be read, and its parameter sets."""
    try:
        with open_segment(path) as container:
            stream = container.streams.video[0]
            return stream.frames, stream.codec_context.extradata or b""
    except (FFmpegError, MediaError, IndexError):
        return 0, b""
