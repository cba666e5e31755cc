"""Segments and sound into one MP4, by copying packets. Encodes nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from heapq import merge
from itertools import islice
from operator import itemgetter
from pathlib import Path
from typing import Any

import av
from av import Packet
from av.audio.stream import AudioStream
from av.video.stream import VideoStream

from storyboard.caption_files import Cue
from storyboard.studio.film.mp4_chapters import placeholder, put_chapters
from storyboard.studio.film.segments import open_segment
from storyboard.studio.film.timeline import PACKET_SAMPLES, SAMPLE_RATE
from storyboard.studio.film.track_language import track_language
from storyboard.studio.media.opening import open_kept


@dataclass(frozen=True, slots=True)
class Parts:
    """What a film is joined from, in order: segments with their frames, sounds with their packets.

    A sound's file has one packet more, at least: what the last samples began is ended by it, or by
    the next sound's first one. `language` is the tag of what is spoken.
    """

    segments: tuple[Path, ...]
    frames: tuple[int, ...]
    sounds: tuple[Path, ...]
    packets: tuple[int, ...]
    fps: int
    language: str
    title: str = ""
    chapters: tuple[Cue, ...] = ()


def odd_ones(written: Mapping[str, bytes | None], fresh: Container[str]) -> set[str]:
    """Return the keys of segments whose parameter sets are not those that this encoder writes now.

    `written` are the parameter sets of all, of which the `fresh` ones were encoded just now.
    """
    wanted = next((sets for key, sets in written.items() if key in fresh), None)
    if wanted is None:
        wanted = Counter(written.values()).most_common(1)[0][0]
    return {key for key, sets in written.items() if sets != wanted}


def join(parts: Parts, output: Path) -> None:
    """Write the film; the caller has made sure that all parameter sets are equal."""
    with (
        open_segment(parts.segments[0]) as first,
        open_kept(parts.sounds[0]) as sound,
        av.open(str(output), "w", format="mp4", options={"movflags": "+faststart"}) as out,
    ):
        picture_stream = out.add_stream_from_template(first.streams.video[0])
        sound_stream = out.add_stream_from_template(sound.streams.audio[0])
        sound_stream.metadata["language"] = track_language(parts.language)
        if parts.title:
            out.metadata["title"] = parts.title
        if parts.chapters:
            out.metadata["keywords"] = placeholder(parts.chapters)
        packets = _picture(parts, picture_stream), _sound(parts, sound_stream)
        for _, packet in merge(*packets, key=itemgetter(0)):
            out.mux_one(packet)
    if parts.chapters:
        put_chapters(output, parts.chapters)


def _picture(parts: Parts, stream: VideoStream) -> Iterator[tuple[int, Packet[Any]]]:
    """Yield all packets with decode times that count frames, whatever the containers say.

    Beside each stands its decode time in samples of the sound.
    """
    base = Fraction(1, parts.fps)
    samples = SAMPLE_RATE // parts.fps
    start = count = 0
    delay = _reordering(parts.segments[0])
    for path, frames in zip(parts.segments, parts.frames, strict=True):
        with open_segment(path) as segment:
            its = segment.streams.video[0]
            steps, ticks = ((its.time_base or base) * parts.fps).as_integer_ratio()
            for packet in segment.demux(its):
                if packet.pts is None:
                    continue
                packet.pts = start + round(packet.pts * steps / ticks)
                packet.dts = count - delay
                packet.duration, packet.time_base = 1, base
                packet.stream = stream
                yield packet.dts * samples, packet
                count += 1
        start += frames
        if count != start:
            raise ValueError(f"{path} holds {count - start:+d} frames more than its timing")


def _reordering(segment: Path) -> int:
    """Return by how many frames decoding runs ahead: x264 keeps two with B-frames, else none."""
    with open_segment(segment) as container:
        return 2 if container.streams.video[0].codec_context.has_b_frames else 0


def _sound(parts: Parts, stream: AudioStream) -> Iterator[tuple[int, Packet[Any]]]:
    """Yield the sound's packets and their times; the last one ends with the picture."""
    base = Fraction(1, SAMPLE_RATE)
    samples = sum(parts.frames) * SAMPLE_RATE // parts.fps
    counts = [*parts.packets[:-1], parts.packets[-1] + 1]
    time = -PACKET_SAMPLES
    for path, count in zip(parts.sounds, counts, strict=True):
        with open_kept(path) as sound:
            for packet in islice(sound.demux(sound.streams.audio[0]), count):
                packet.pts = packet.dts = time
                packet.duration = min(PACKET_SAMPLES, samples - time)
                packet.time_base = base
                packet.stream = stream
                yield time, packet
                time += PACKET_SAMPLES
