"""A crew of few words and simple shapes, to make films in milliseconds: nothing of it is ours."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import numpy.typing as npt

from storyboard.studio.film.performers import Crew
from storyboard.studio.film.request import Clip, FilmScene, Profile
from storyboard.studio.stage.phrases import Phrases
from storyboard.studio.stage.placement import placement
from storyboard.studio.stage.pose import Mouth, Pose
from storyboard.studio.stage.presenter import Part, presenter_width
from storyboard.studio.stage.rooms.backdrop import Backdrop, BackdropKind
from storyboard.studio.voice.speech import Phone, Speech, Voice, VoiceError, Word
from tests.support.made_once import made_once

SMALL = Profile(width=320, height=180, preset="ultrafast", crf=28)
SMALL_B_FRAMES = Profile(width=320, height=180, preset="veryfast", crf=23)
GREEN = Backdrop(BackdropKind.COLOR, "#CEEEDB")


class ToneVoice:
    """Hums a word every 0.4 seconds; counts what it was asked to say."""

    def __init__(self, presenter: str, rate: int = 24_000, *, tells_phones: bool = True) -> None:
        self._pitch = 120 + 10 * len(presenter)
        self._rate = rate
        self.key = f"tone {presenter} {rate}"
        self._tells_phones = tells_phones
        self.said: list[str] = []

    def speak(self, text: str) -> Speech:
        self.said.append(text)
        words = text.split()
        if not words:
            raise VoiceError("nothing to say")
        seconds = np.arange(round(0.4 * len(words) * self._rate)) / self._rate
        wave = 0.3 * np.sin(2 * np.pi * self._pitch * seconds) * (seconds % 0.4 < 0.3)
        spoken = tuple(
            Word(word, 0.4 * index, 0.4 * index + 0.3) for index, word in enumerate(words)
        )
        phones = tuple(Phone("a", word.start, word.end) for word in spoken if self._tells_phones)
        return Speech(wave.astype(np.float32), self._rate, phones, spoken)


def perform(
    phones: Sequence[Phone], frames: int, fps: int, lead: float, seed: str, phrases: Phrases
) -> tuple[Pose, ...]:
    def pose(frame: int) -> Pose:
        now = frame / fps - lead
        speaks = any(phone.start <= now < phone.end for phone in phones)
        return Pose(Mouth.AA if speaks else Mouth.REST, lift=frame // 20 % 2)

    return tuple(pose(frame) for frame in range(frames))


def perform_by_loudness(
    levels: Sequence[float], frames: int, fps: int, lead: float, seed: str, phrases: Phrases
) -> tuple[Pose, ...]:
    first = round(lead * fps)
    loud = [0 <= n - first < len(levels) and levels[n - first] > 0.5 for n in range(frames)]
    return tuple(Pose(Mouth.AA if each else Mouth.REST) for each in loud)


def draw_presenter(presenter: str, pose: Pose, height: int) -> npt.NDArray[np.uint8]:
    width = presenter_width(height)
    y, x = np.mgrid[0:height, 0:width]
    up = rise(pose.lift, height)
    out = np.zeros((height, width, 4), np.uint8)
    body = (y > height * 0.6 - up) & (np.abs(x - width / 2) < width * 0.45)
    out[body] = (30, 60, 140, 255)
    head = (x - width / 2) ** 2 + (y + up - height * 0.35) ** 2 < (height * 0.2) ** 2
    out[head] = (220, 170, 130, 255)
    gap = height * (0.06 if pose.mouth is Mouth.AA else 0.01)
    mouth = (np.abs(y + up - height * 0.45) < gap) & (np.abs(x - width / 2) < width * 0.08)
    out[mouth] = (150, 20, 30, 255)
    return out


def draw_region(
    presenter: str, pose: Pose, height: int, box: tuple[int, int, int, int]
) -> npt.NDArray[np.uint8]:
    x0, y0, x1, y1 = box
    drawn = draw_presenter(presenter, pose, height)
    below = max(0, y1 - height)
    return np.pad(drawn, ((0, below), (0, 0), (0, 0)), mode="edge")[y0:y1, x0:x1]


def rise(lift: int, height: int) -> int:
    return lift * max(1, height // 100)


def part_box(presenter: str, pose: Pose, height: int, part: Part) -> tuple[int, int, int, int]:
    width = presenter_width(height)
    sides = {
        Part.BODY: (0.0, 0.0, 1.0, 1.0),
        Part.ARMS: (0.0, 0.7, 1.0, 1.0),
        Part.HEAD: (0.2, 0.1, 0.8, 0.6),
        Part.MOUTH: (0.35, 0.35, 0.65, 0.55),
        Part.EYES: (0.3, 0.2, 0.7, 0.3),
    }
    x0, y0, x1, y1 = sides[part]
    below = rise(3, height) if part is Part.BODY else 0
    return round(width * x0), round(height * y0), round(width * x1), round(height * y1) + below


def draw_backdrop(backdrop: Backdrop, width: int, height: int) -> npt.NDArray[np.uint8]:
    color = bytes.fromhex(backdrop.value.removeprefix("#"))
    return np.broadcast_to(np.frombuffer(color, np.uint8), (height, width, 3)).copy()


def small_crew(voices: dict[str, ToneVoice] | None = None) -> Crew:
    """Return the crew; `voices` collects the voices that were cast."""
    cast: dict[str, ToneVoice] = {} if voices is None else voices

    def voice_for(presenter: str, language: str) -> Voice:
        return cast.setdefault(presenter, ToneVoice(presenter))

    return Crew(
        recognize_language=lambda narrations: "en",
        voice_for=voice_for,
        performance=perform,
        performance_by_loudness=perform_by_loudness,
        placement=placement,
        draw_presenter_region=draw_region,
        part_box=part_box,
        rise=rise,
        draw_backdrop=draw_backdrop,
        stage_version="small",
    )


def scene(words: int = 5, presenter: str = "jane", clip: Clip | None = None) -> FilmScene:
    """Return a scene of so many words, 0.4 seconds each."""
    return FilmScene(" ".join(["word"] * words), presenter, GREEN, clip)


@made_once
def numbered_clip(
    path: Path,
    *,
    frames: int = 100,
    fps: int = 25,
    size: tuple[int, int] = (320, 180),
    group: int = 20,
) -> Path:
    """Write a clip whose frame n is gray of luma 16 + 2 × n, every `group`th a key frame."""
    times = [index / fps for index in range(frames)]
    return timed_clip(path, times, fps=fps, size=size, group=group)


def timed_clip(
    path: Path,
    times: Sequence[float],
    *,
    fps: int | Fraction = 30,
    size: tuple[int, int] = (320, 180),
    group: int = 20,
) -> Path:
    """Write the same with frames that appear at these seconds, as phones and recorders do."""
    (width, height), tick = size, Fraction(1, 3000) / fps
    with av.open(str(path), "w") as out:
        stream = out.add_stream("libx264", rate=fps, options={"crf": "5", "g": str(group)})
        stream.thread_count = 1  # the same bytes on any machine
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        stream.codec_context.colorspace = 1
        stream.codec_context.time_base = tick
        for index, time in enumerate(times):
            planes = np.full((height * 3 // 2, width), 128, np.uint8)
            planes[:height] = 16 + 2 * index % 200
            frame = av.VideoFrame.from_ndarray(planes, format="yuv420p")
            frame.pts, frame.time_base = round(time / tick), tick
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
    return path


def spoiled_clip(path: Path, *, frames: int, first: int, last: int | None = None) -> Path:
    """Write a numbered clip whose packets from `first` on, up to `last`, are noise."""
    numbered_clip(path, frames=frames, group=10)
    with av.open(str(path)) as container:
        packets = [p for p in container.demux(video=0) if p.size and p.pos is not None]
    content = bytearray(path.read_bytes())
    for packet in packets[first:last]:
        content[packet.pos : packet.pos + packet.size] = b"\xff" * packet.size
    path.write_bytes(content)
    return path


def humming_clip(path: Path, picture: Path, pitch: float) -> Path:
    """Write the picture of a clip with a loud tone for its sound."""
    with av.open(str(picture)) as source, av.open(str(path), "w") as out:
        video = out.add_stream_from_template(source.streams.video[0])
        audio = out.add_stream("aac", rate=44_100)
        audio.layout = "stereo"
        seconds = float(source.duration or 0) / 1_000_000
        for packet in source.demux(source.streams.video[0]):
            if packet.dts is not None:
                packet.stream = video
                out.mux(packet)
        wave = 0.8 * np.sin(2 * np.pi * pitch * np.arange(round(seconds * 44_100)) / 44_100)
        sound = av.AudioFrame.from_ndarray(
            np.stack((wave, wave)).astype(np.float32), format="fltp", layout="stereo"
        )
        sound.sample_rate, sound.pts = 44_100, 0
        out.mux(audio.encode(sound))
        out.mux(audio.encode(None))
    return path


def lumas(path: Path, x: int = 4, y: int = 4) -> list[int]:
    """Return one pixel's brightness in every frame of a film."""
    return [int(frame.to_ndarray(format="yuv420p")[y, x]) for frame in decoded(path)]


def decoded(path: Path) -> Iterator[av.VideoFrame]:
    with av.open(str(path)) as container:
        yield from container.decode(video=0)
