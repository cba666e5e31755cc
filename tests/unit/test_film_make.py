"""Whole films of a small crew: exact lengths, clean joins, and nothing done twice."""

from __future__ import annotations

import struct
import threading
from collections.abc import Callable
from dataclasses import replace
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from babel.core import get_global

from storyboard.caption_files import Cue
from storyboard.studio.film import mp4_chapters
from storyboard.studio.film.make import make_film
from storyboard.studio.film.request import (
    Cancelled,
    Clip,
    Film,
    FilmError,
    FilmRequest,
    FilmScene,
    Profile,
    Progress,
    SceneProgress,
)
from storyboard.studio.film.rules import STRICT, Overrun, Rules
from storyboard.studio.film.segments import split
from storyboard.studio.film.track_language import track_language
from storyboard.studio.voice.languages import LANGUAGES
from tests.support.film_crew import (
    GREEN,
    SMALL,
    SMALL_B_FRAMES,
    ToneVoice,
    decoded,
    humming_clip,
    lumas,
    numbered_clip,
    scene,
    small_crew,
)


class Desk:
    """Makes films in one folder and remembers what was told meanwhile."""

    def __init__(self, root: Path) -> None:
        self.cache, self.output = root / "cache", root / "film.mp4"
        self.voices: dict[str, ToneVoice] = {}
        self.progress: list[Progress] = []

    def make(self, *scenes: FilmScene, profile: Profile = SMALL_B_FRAMES, **options: Any) -> Film:
        self.progress.clear()
        options.setdefault("crew", small_crew(self.voices))
        return make_film(
            FilmRequest(scenes, profile),
            cache=self.cache,
            output=self.output,
            on_progress=self.progress.append,
            **options,
        )

    @property
    def said(self) -> list[str]:
        return [text for voice in self.voices.values() for text in voice.said]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


@pytest.fixture
def clip(tmp_path: Path) -> Path:
    return numbered_clip(tmp_path / "clip.mp4", frames=90)


def sound_of(path: Path) -> np.ndarray:
    with av.open(str(path)) as film:
        return np.concatenate([frame.to_ndarray()[0] for frame in film.decode(audio=0)])


def strength(sound: np.ndarray, pitch: float) -> float:
    """Return how strong one pitch is in a sound."""
    seconds = np.arange(len(sound)) / 48_000
    return float(np.abs(np.mean(sound * np.exp(-2j * np.pi * pitch * seconds))))


def packets(path: Path, kind: str) -> list[tuple[float, float, bool]]:
    with av.open(str(path)) as film:
        stream = getattr(film.streams, kind)[0]
        return [
            (float(p.pts * p.time_base), float(p.dts * p.time_base), p.is_keyframe)
            for p in film.demux(stream)
            if p.pts is not None
        ]


def test_words_are_said_as_told_and_shown_as_written(desk: Desk) -> None:
    plain = FilmScene("Now use SQL by Acme in here.", "jane", GREEN)
    told = replace(plain, say=(("Acme", "ACK mee"), ("SQL", "ess cue ell")))
    film = desk.make(told)
    assert desk.said == ["Now use ess cue ell by ACK mee in here."]
    assert [cue.text for cue in film.captions] == ["Now use SQL by Acme in here."]
    assert [cue.text for cue in film.chapters] == ["Now use SQL by Acme in here"]
    assert desk.make(told).rendered_scenes == ()
    assert desk.make(plain).rendered_scenes == (0,)


@pytest.mark.parametrize("profile", [SMALL, SMALL_B_FRAMES], ids=["ultrafast", "b-frames"])
@pytest.mark.parametrize("count", [1, 20, 100])
def test_picture_and_sound_are_equally_long(desk: Desk, count: int, profile: Profile) -> None:
    scenes = (scene(1 + index % 4) for index in range(count))
    film = desk.make(*scenes, profile=profile, rules=Rules(shortest_speech=0))
    with av.open(str(film.path)) as container:
        picture, sound = container.streams.video[0], container.streams.audio[0]
        assert picture.frames == film.frames
        assert picture.duration * picture.time_base == pytest.approx(film.seconds)
        assert abs(sound.duration * sound.time_base - film.seconds) < 1 / film.fps
        assert picture.start_time == 0
        assert sound.start_time == 0


@pytest.mark.parametrize("size", [(320, 180), (640, 360), (400, 300)], ids=str)
def test_key_frames_of_a_clip_are_none_of_the_film(
    desk: Desk, tmp_path: Path, size: tuple[int, int]
) -> None:
    intra = numbered_clip(tmp_path / "intra.mp4", size=size, group=1)
    film = desk.make(scene(5, clip=Clip(intra, 0.0)), profile=SMALL_B_FRAMES)
    starts = accumulate(split(film.frames, 25)[:-1], initial=0)
    keys = {round(pts * 25) for pts, _, key in packets(film.path, "video") if key}
    assert keys == set(starts)


def test_joins_are_clean(desk: Desk, clip: Path) -> None:
    film = desk.make(scene(20), scene(5, clip=Clip(clip, 0.5)), scene(7, "adam"))
    video = packets(film.path, "video")
    assert len(video) == film.frames == len(list(decoded(film.path)))
    assert sorted(pts for pts, _, _ in video) == [index / 25 for index in range(film.frames)]
    steps = [dts for _, dts, _ in video]
    assert all(later - earlier == pytest.approx(0.04) for earlier, later in pairwise(steps))
    assert all(dts <= pts for pts, dts, _ in video)
    keys = {pts for pts, _, key in video if key}
    assert {timing.start_frame / 25 for timing in film.timeline} <= keys
    sound = [pts for pts, _, _ in packets(film.path, "audio")]
    assert all(
        later - earlier == pytest.approx(1024 / 48_000, abs=1e-4)
        for earlier, later in pairwise(sound)
    )


def test_the_file_starts_playing_before_it_is_loaded(desk: Desk) -> None:
    content = desk.make(scene()).path.read_bytes()
    assert content.index(b"moov") < content.index(b"mdat")


def test_streams_are_what_players_expect(desk: Desk) -> None:
    with av.open(str(desk.make(scene()).path)) as container:
        picture = container.streams.video[0].codec_context
        sound = container.streams.audio[0].codec_context
        assert (picture.name, picture.pix_fmt, picture.width) == ("h264", "yuv420p", 320)
        tags = (picture.colorspace, picture.color_primaries, picture.color_trc)
        assert [int(tag) for tag in (*tags, picture.color_range)] == [1, 1, 1, 1]
        assert (sound.name, sound.sample_rate, sound.layout.name) == ("aac", 48_000, "stereo")


def test_speech_sounds_when_the_mouth_moves(desk: Desk) -> None:
    film = desk.make(scene(4), scene(5))
    with av.open(str(film.path)) as container:
        pieces = [frame.to_ndarray()[0] for frame in container.decode(audio=0)]
    loud = np.abs(np.concatenate(pieces)) > 0.05
    for timing in film.timeline:
        start = timing.start_frame * 1920
        assert not loud[start + 1000 : start + 11_000].any()
        assert loud[start + 12_500 : start + 24_000].any()


def test_nothing_changed_means_nothing_done(desk: Desk, clip: Path) -> None:
    scenes = (scene(5), scene(4, clip=Clip(clip, 0)))
    first = desk.make(*scenes)
    content = desk.output.read_bytes()
    again = desk.make(*scenes)
    assert first.rendered_scenes == (0, 1)
    assert again == replace(first, rendered_scenes=())
    assert desk.output.read_bytes() == content
    assert len(desk.said) == 2


def test_one_changed_scene_is_the_only_one_rendered(desk: Desk) -> None:
    scenes = [scene(words) for words in (4, 5, 6, 7)]
    desk.make(*scenes)
    scenes[2] = scene(8)
    film = desk.make(*scenes)
    assert film.rendered_scenes == (2,)
    assert len(desk.said) == 5
    assert desk.progress[-1] == Progress("joining", film.frames, film.frames)
    assert max(p.total for p in desk.progress if p.stage == "frames") == film.timeline[2].frames
    told = [p.scenes for p in desk.progress if p.stage == "frames"][-1]
    frames = film.timeline[2].frames
    assert told == (*[SceneProgress(0, 0)] * 2, SceneProgress(frames, frames), SceneProgress(0, 0))


@pytest.mark.parametrize("changed", [0, 1])
def test_so_it_is_in_a_film_of_two(desk: Desk, changed: int) -> None:
    """Both scenes are ends of the film: the pages promise it of the smallest film, too."""
    scenes = [scene(4), scene(5)]
    desk.make(*scenes)
    scenes[changed] = scene(7)
    assert desk.make(*scenes).rendered_scenes == (changed,)


def test_one_changed_scene_is_the_only_one_that_sounds_anew(desk: Desk) -> None:
    scenes = [scene(words) for words in (4, 5, 6, 7)]
    desk.make(*scenes)
    kept = set(desk.cache.glob("sound/*"))
    scenes[1] = scene(9)
    desk.make(*scenes)
    assert len(set(desk.cache.glob("sound/*")) - kept) == 1


def test_sounds_that_were_encoded_apart_join_without_a_click(desk: Desk, tmp_path: Path) -> None:
    loud = humming_clip(tmp_path / "hum.mp4", numbered_clip(tmp_path / "mute.mp4"), 3_000)
    film = desk.make(*[scene(words, clip=Clip(loud, 0.2 * words)) for words in (4, 5, 6)])
    sound = sound_of(film.path)
    assert len(sound) >= film.frames * 1920
    for timing in film.timeline[1:]:
        start = timing.start_frame * 1920
        around = sound[start - 1_024 : start + 2_048]
        assert np.abs(np.diff(around)).max() < 0.003
        assert np.abs(sound[start - 12_000 : start - 4_000]).max() > 0.01, "nothing to join"


def test_moved_scenes_are_not_rendered_again(desk: Desk) -> None:
    first, one, two, last = scene(4), scene(5), scene(6, "adam"), scene(7)
    desk.make(first, one, two, last)
    assert desk.make(first, two, one, last).rendered_scenes == ()


def test_equal_scenes_are_rendered_once(desk: Desk) -> None:
    film = desk.make(*[scene(5)] * 6)
    assert film.rendered_scenes == (0, 1, 2, 3, 4, 5)
    rendered = max(p.total for p in desk.progress if p.stage == "frames")
    frames = film.timeline[0].frames
    assert rendered == 2 * frames, "the first is seen whole, the others from close by"


def test_scenes_meet_in_a_straight_cut(desk: Desk) -> None:
    film = desk.make(scene(5), scene(5, "adam"), scene(5))
    shown = lumas(film.path)
    assert len(film.timeline) == 3
    assert max(shown) - min(shown) <= 3, "the picture dips where scenes meet"


def test_chapters_are_in_the_file(desk: Desk) -> None:
    film = desk.make(scene(5), scene(30), scene(4))
    with av.open(str(film.path)) as container:
        written = [
            (c["start"] * c["time_base"], c["end"] * c["time_base"], c["metadata"]["title"])
            for c in container.chapters()
        ]
    assert [(float(a), float(b)) for a, b, _ in written] == [
        (timing.start_frame / 25, (timing.start_frame + timing.frames) / 25)
        for timing in film.timeline
    ]
    assert [title for _, _, title in written] == [cue.text for cue in film.chapters]
    assert written[0][2] == "word word word word word"
    assert written[1][2].endswith("word…")


def test_a_voice_without_sounds_moves_the_mouth_by_loudness(desk: Desk) -> None:
    desk.voices["jane"] = ToneVoice("jane", tells_phones=False)
    film = desk.make(scene(5))
    frames = [frame.to_ndarray(format="rgb24") for frame in decoded(film.path)]
    still, talking = frames[2].astype(int), frames[9]
    assert np.abs(talking - still).max() > 60


def test_a_clip_is_heard_quietly_under_the_narration(desk: Desk, tmp_path: Path) -> None:
    loud = humming_clip(tmp_path / "hum.mp4", numbered_clip(tmp_path / "mute.mp4"), 3_000)
    film = desk.make(scene(5), scene(5, clip=Clip(loud, 0.5)))
    sound = sound_of(film.path)
    start = film.timeline[1].start_frame * 1920
    before, under = sound[start - 9_600 : start - 2_000], sound[start : start + 120_000]
    hum = strength(under[20_000:80_000], 3_000)
    speech = strength(under[20_000:80_000], 120 + 10 * len("jane"))
    assert np.abs(before).max() < 0.01
    assert -26 < 20 * np.log10(hum / speech) < -14
    assert strength(under[:1_500], 3_000) < hum / 3, "it does not fade in"
    again = desk.make(scene(5), scene(5, clip=Clip(loud, 1.0)))
    assert again.frames == film.frames


@pytest.mark.parametrize(
    "change",
    [
        lambda it: replace(it, presenter="adam"),
        lambda it: replace(it, backdrop=replace(GREEN, value="#102030")),
        lambda it: replace(it, narration=it.narration + " more"),
    ],
    ids=["presenter", "backdrop", "narration"],
)
def test_every_change_of_a_scene_shows(
    desk: Desk, change: Callable[[FilmScene], FilmScene]
) -> None:
    desk.make(scene())
    assert desk.make(change(scene())).rendered_scenes == (0,)


def test_new_bytes_under_the_old_name_are_filmed(desk: Desk, clip: Path) -> None:
    filmed = scene(4, clip=Clip(clip, 1.0))
    desk.make(filmed)
    numbered_clip(clip, frames=91)
    assert desk.make(filmed).rendered_scenes == (0,)
    assert desk.make(scene(4, clip=Clip(clip, 1.04))).rendered_scenes == (0,)


def test_b_roll_plays_from_its_in_point_to_the_end(desk: Desk, clip: Path) -> None:
    film = desk.make(scene(4, clip=Clip(clip, 1.0)))
    shown = lumas(film.path)
    assert shown == pytest.approx([16 + 2 * (25 + n) for n in range(film.frames)], abs=2)


def test_b_roll_goes_on_across_the_segments_of_a_scene(desk: Desk, tmp_path: Path) -> None:
    long = numbered_clip(tmp_path / "long.mp4", frames=300, fps=30)
    film = desk.make(scene(15, clip=Clip(long, 2.0)))
    shown = lumas(film.path)
    wanted = [16 + 2 * int((50 + n) * 30 / 25 + 1e-6) % 200 for n in range(film.frames)]
    inside = [(a, b) for a, b in zip(shown, wanted, strict=True) if 20 < b < 190]
    assert [a for a, _ in inside] == pytest.approx([b for _, b in inside], abs=3)


def test_the_draft_has_the_same_timing(desk: Desk) -> None:
    scenes = (scene(5), scene(9, "adam"))
    final = desk.make(*scenes)
    draft = desk.make(*scenes, profile=Profile(160, 90, 25, "ultrafast", 28))
    assert draft.timeline == final.timeline
    assert len(desk.said) == 2


def test_damage_in_the_cache_is_repaired(desk: Desk) -> None:
    film = desk.make(scene(5), scene(6))
    whole = desk.output.read_bytes()
    for path in desk.cache.glob("*/*"):
        path.write_bytes(path.read_bytes()[:100])
    assert desk.make(scene(5), scene(6)) == film
    assert desk.output.read_bytes() == whole


def test_a_segment_of_another_encoder_is_rendered_again(desk: Desk) -> None:
    scenes = (scene(5), scene(6))
    desk.make(scenes[0])
    mine = next(desk.cache.glob("segments/*.mp4"))
    desk.make(scenes[0], profile=replace(SMALL_B_FRAMES, crf=40))
    other = next(path for path in desk.cache.glob("segments/*.mp4") if path != mine)
    mine.write_bytes(other.read_bytes())
    film = desk.make(*scenes)
    assert film.rendered_scenes == (0, 1)
    assert len(list(decoded(film.path))) == film.frames


def test_of_kept_segments_the_odd_one_is_rendered_again(desk: Desk) -> None:
    scenes = (scene(5), scene(6), scene(7))

    def made(*chosen: FilmScene, profile: Profile = SMALL_B_FRAMES) -> list[Path]:
        before = set(desk.cache.glob("segments/*.mp4"))
        desk.make(*chosen, profile=profile)
        return sorted(set(desk.cache.glob("segments/*.mp4")) - before)

    first = made(scenes[0])
    other = made(scenes[0], profile=replace(SMALL_B_FRAMES, crf=40))[0]
    made(*scenes)
    equal = next(
        each for each in first if len(packets(each, "video")) == len(packets(other, "video"))
    )
    equal.write_bytes(other.read_bytes())
    film = desk.make(scenes[0], scenes[2], scenes[1])
    assert film.rendered_scenes == (0,)
    assert len(list(decoded(film.path))) == film.frames


def test_cancelling_leaves_nothing_half_written(desk: Desk) -> None:
    desk.make(scene(5))
    before = desk.output.read_bytes()
    calls = iter([False, False, True])
    with pytest.raises(Cancelled):
        desk.make(*[scene(20 + n) for n in range(10)], cancelled=lambda: next(calls, True))
    assert desk.output.read_bytes() == before
    assert not list(desk.cache.glob("*/.*"))
    assert desk.make(*[scene(20 + n) for n in range(2)]).frames > 0


def test_a_failing_listener_stops_the_threads(desk: Desk) -> None:
    def listener(progress: Progress) -> None:
        raise RuntimeError("listener")

    before = set(threading.enumerate())
    with pytest.raises(RuntimeError, match="listener"):
        make_film(
            FilmRequest((scene(40),), SMALL),
            cache=desk.cache,
            output=desk.output,
            crew=small_crew(),
            on_progress=listener,
        )
    assert not set(threading.enumerate()) - before


def test_two_films_at_once_share_a_cache(tmp_path: Path) -> None:
    def make(name: str) -> None:
        desk = Desk(tmp_path)
        desk.output = tmp_path / name
        desk.make(*(scene(words) for words in (4, 5, 6)))

    threads = [threading.Thread(target=make, args=(f"{n}.mp4",)) for n in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    films = {(tmp_path / f"{n}.mp4").read_bytes() for n in range(3)}
    assert len(films) == 1


@pytest.mark.parametrize(
    ("made", "code"),
    [
        (lambda root: scene(3), "speech-too-short"),
        (lambda root: FilmScene("", "jane", GREEN), "no-voice"),
        (lambda root: scene(clip=Clip(root / "none.mp4", 0)), "clip-missing"),
        (lambda root: scene(clip=Clip(root / "text.mp4", 0)), "clip-unreadable"),
        (lambda root: scene(clip=Clip(root / "clip.mp4", 3.6)), "in-point-past-end"),
        (lambda root: scene(clip=Clip(root / "clip.mp4", 2.0)), "clip-too-short"),
        (lambda root: scene(clip=Clip(root / "slow.mp4", 0)), "clip-frame-rate"),
    ],
)
def test_what_cannot_be_filmed_is_blamed_on_its_scene(
    desk: Desk, clip: Path, made: Callable[[Path], FilmScene], code: str
) -> None:
    (clip.parent / "text.mp4").write_text("words")
    numbered_clip(clip.parent / "slow.mp4", frames=40, fps=10)
    with pytest.raises(FilmError) as caught:
        desk.make(scene(), made(clip.parent), rules=STRICT)
    assert (caught.value.code, caught.value.scene) == (code, 1)
    assert str(clip.parent) not in str(caught.value)
    assert not desk.output.exists()


def test_the_last_frame_of_a_short_clip_is_held(desk: Desk, clip: Path) -> None:
    film = desk.make(scene(5, clip=Clip(clip, 3.0)))
    shown = lumas(film.path)
    assert shown[20:] == pytest.approx([16 + 2 * 89] * (film.frames - 20), abs=3)


def test_a_short_clip_loops_across_the_segments_of_a_scene(desk: Desk, clip: Path) -> None:
    looped = Rules(overrun=Overrun.LOOP)
    film = desk.make(scene(15, clip=Clip(clip, 3.0)), rules=looped)
    shown = lumas(film.path)
    assert film.frames > 150
    wanted = [16 + 2 * (75 + n % 15) for n in range(film.frames)]
    assert shown == pytest.approx(wanted, abs=3)
    assert desk.make(scene(15, clip=Clip(clip, 3.0)), rules=looped).rendered_scenes == ()
    held = desk.make(scene(15, clip=Clip(clip, 3.0)), rules=Rules())
    assert lumas(held.path)[-1] == pytest.approx(16 + 2 * 89, abs=3)


def test_a_rate_rule_can_be_left_out(desk: Desk, clip: Path) -> None:
    numbered_clip(clip, frames=40, fps=10)
    assert desk.make(scene(5, clip=Clip(clip, 0))).frames > 0


def test_a_film_without_scenes_is_refused(desk: Desk) -> None:
    with pytest.raises(FilmError) as caught:
        desk.make()
    assert caught.value.code == "no-scenes"


def boxes(content: bytes, path: str) -> list[bytes]:
    """Return the contents of the boxes at a path like `moov/trak/tkhd`, without their heads."""
    head, _, rest = path.partition("/")
    found, at = [], 0
    while at < len(content):
        size, kind = struct.unpack_from(">I4s", content, at)
        if kind.decode("latin-1") == head:
            inner = content[at + 8 : at + size]
            found += boxes(inner[4 * (head == "meta") :], rest) if rest else [inner]
        at += size
    return found


def test_players_are_told_title_language_and_chapters_and_no_subtitles(desk: Desk) -> None:
    long = FilmScene("Ünd so " + "weiter " * 30 + ".", "jane", GREEN)
    crew = replace(small_crew(), recognize_language=lambda texts: "de")
    film = make_film(
        FilmRequest((scene(4), long), SMALL, "Über uns"),
        cache=desk.cache,
        output=desk.output,
        crew=crew,
    )
    content = desk.output.read_bytes()
    assert [kind[8:12] for kind in boxes(content, "moov/trak/mdia/hdlr")] == [b"vide", b"soun"]
    assert boxes(content, "moov/trak/tref") == []
    assert all(flags[3] & 1 for flags in boxes(content, "moov/trak/tkhd"))
    packed = [int.from_bytes(head[20:22]) for head in boxes(content, "moov/trak/mdia/mdhd")]
    letters = ["".join(chr(0x60 + (code >> at & 31)) for at in (10, 5, 0)) for code in packed]
    assert letters == ["und", "deu"]
    (title,) = boxes(content, "moov/udta/meta/ilst/\xa9nam/data")
    assert title[8:].decode() == "Über uns"
    assert boxes(content, "moov/udta/meta/ilst/keyw") == []
    rows = b""
    for cue in film.chapters:
        told = cue.text.encode()
        rows += struct.pack(">QB", round(cue.start * 10_000_000), len(told)) + told
    assert boxes(content, "moov/udta/chpl") == [b"\1\0\0\0\0\0\0\0\2" + rows]
    with av.open(str(desk.output)) as container:
        assert [stream.type for stream in container.streams] == ["video", "audio"]
        assert container.metadata["title"] == "Über uns"
        read = [(c["metadata"]["title"], c["start"] * c["time_base"]) for c in container.chapters()]
    assert read == [(cue.text, pytest.approx(cue.start)) for cue in film.chapters]


def test_titles_of_chapters_end_with_a_whole_sign(tmp_path: Path) -> None:
    """The list counts a title's bytes in one: what is too long was cut within a character."""
    content = b"\0\0\0\x08free"
    row = mp4_chapters._row(Cue(0, 1, "한" + "👩\u200d🚀" * 40))
    assert row[9:].decode() == "한" + "👩\u200d🚀" * 22
    assert row[8] == len(row) - 9
    film = tmp_path / "film.mp4"
    film.write_bytes(content)
    with pytest.raises(ValueError, match="no box moov"):
        mp4_chapters.put_chapters(film, [Cue(0, 1, "a")])
    assert film.read_bytes() == content


def test_the_code_of_each_language_is_the_one_that_players_know() -> None:
    """Babel's table has codes for each, also such as no MP4 should have."""
    known = get_global("language_aliases")
    assert {tag: track_language(tag) for tag in ("de-AT", "zh", "fa", "yue", "pt-BR", "x")} == {
        "de-AT": "deu", "zh": "zho", "fa": "fas", "yue": "yue", "pt-BR": "por", "x": "und"
    }  # fmt: skip
    for tag in LANGUAGES:
        code = track_language(tag)
        assert known.get(code, code) in (tag.partition("-")[0], "yue")
        assert code not in ("ger", "fre", "chi", "cze", "dut", "gre", "per", "rum", "slo", "may")
