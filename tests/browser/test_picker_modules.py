"""What the pickers reckon with, module by module: ranges, colors, uploads, sounds, reasons."""

from __future__ import annotations

import codecs
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.browser.application import module_result, open_studio_page
from tests.browser.chromium import Tab, browser
from tests.browser.rig import served_studio

pytestmark = pytest.mark.browser

Ask = Callable[[str, str], Any]
DESK = "m.createDesk({ speaker, addressOf: (sound) => sound, forget: (it) => forgotten.push(it) })"
SPEAKERS = """(() => {
    globalThis.heard = []; globalThis.forgotten = [];
    globalThis.speaker = () => {
        const told = {};
        const it = { addEventListener: (event, act) => { told[event] = act; },
            play: async () => { heard.push(it.src); }, pause: () => told.pause?.(),
            end: () => told.ended() };
        globalThis.playing = it;
        return it;
    };
})()"""
FACTS = """{ limits: { sources: 5, speechSeconds: 1.5 },
    behavior: { generate_from_ready: "false", broll_overrun: "fail",
        broll_frame_rates: "25,30" } }"""


@pytest.fixture(scope="module")
def tab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tab]:
    folder = tmp_path_factory.mktemp("modules")
    with served_studio(folder) as studio, browser(folder / "profile") as opened:
        open_studio_page(opened, studio)
        yield opened
        assert opened.troubles == []


@pytest.fixture
def ask(tab: Tab) -> Ask:
    return lambda path, expression: module_result(tab, f"app/{path}.js", expression)


def test_a_time_is_read_as_it_is_written(ask: Ask) -> None:
    texts = [
        "0:07.5",
        "1:02:05",
        "65",
        "65.25",
        " 2:00 ",
        "0:7,5",
        "1:65",
        "1:60:00",
        "x",
        "",
        "-1",
    ]
    read = ask("pickers/ranges", f"{texts}.map(m.read)")
    assert read == [7.5, 3725, 65, 65.3, 120, 7.5, None, None, None, None, None]
    written = ask("pickers/ranges", "[0, 7.5, 59.96, 3725, -3].map(m.written)")
    assert written == ["0:00.0", "0:07.5", "1:00.0", "1:02:05.0", "0:00.0"]
    again = """Array.from({ length: 5000 }, (_, n) => n * 1.3).every((s) =>
        m.read(m.written(s)) === Math.round(s * 10) / 10)"""
    assert ask("pickers/ranges", again)


def test_a_range_stays_within_its_clip(ask: Ask) -> None:
    keys = (
        "['Home', 'End', 'ArrowLeft', 'ArrowRight', 'a'].map((key) => m.moved({ key }, 3, 4, 10))"
    )
    assert ask("pickers/ranges", keys) == [0, 6, 2.9, 3.1, None]
    large = "['ArrowLeft', 'ArrowRight'].map((key) => m.moved({ key, shiftKey: true }, 3, 4, 10))"
    assert ask("pickers/ranges", large) == [2, 4]
    assert ask("pickers/ranges", "[m.clamped(-1, 4, 10), m.clamped(99, 4, 10)]") == [0, 6]
    assert ask("pickers/ranges", "[m.dragged(.5, 2, 4, 10), m.dragged(1, 0, 4, 10)]") == [3, 6]
    # A narration that is longer than its clip has one start, and is over from there.
    assert ask("pickers/ranges", "[m.clamped(5, 12, 10), m.overrun(0, 12.1, 10)]") == [0, 2.1]
    outcomes = (
        "['fail', 'loop'].map((rule) => [m.outcome(6, 4.04, 10, rule), m.outcome(7, 4, 10, rule)])"
    )
    assert ask("pickers/ranges", outcomes) == [["fits", "fail"], ["fits", "loop"]]


def test_a_color_is_what_the_api_takes(ask: Ask) -> None:
    texts = ["#ceeedb", "CEEEDB", " #abc ", "#12345", "red", "", "#ceeedb00"]
    parsed = ask("pickers/colors", f"{texts}.map(m.parsed)")
    assert parsed == ["#CEEEDB", "#CEEEDB", "#AABBCC", None, None, None, None]
    assert (
        ask("pickers/colors", "m.contrast(m.luminance([255, 255, 255]), m.luminance([0, 0, 0]))")
        == 21
    )
    figure = """(() => { const width = 20, pixels = new Uint8ClampedArray(4 * width * 5);
        for (let y = 0; y < 5; y++) for (let x = 6; x < 14; x++) pixels.set([20, 20, 20, 255],
            4 * (y * width + x));
        const edge = m.outline(pixels, width);
        return [edge.length, m.standsOut(edge, "#FFFFFF") > 15, m.standsOut(edge,
            "#151515") < m.FAINT]; })()"""
    assert ask("pickers/colors", figure) == [30, True, True]


def test_a_clip_that_cannot_be_filmed_has_its_command(ask: Ask) -> None:
    rates = "[25, 30, 29.97, 29.995, 24, 0].map((rate) => m.isFilmable(rate, [25, 30]))"
    assert ask("pickers/conversion", rates) == [True, True, False, True, False, True]
    assert ask("pickers/conversion", "m.isFilmable(29.97, m.ratesOf('any'))") is True
    commands = """[["clip.mov", 29.97], ["my clip's.mp4", 24], ["-y.mp4", 25.4], ["$(x).mp4", 0]]
        .map(([name, rate]) => m.commandFor(name, rate, [25, 30]))"""
    assert ask("pickers/conversion", commands) == [
        "ffmpeg -i clip.mov -r 30 converted.mp4",
        "ffmpeg -i 'my clip'\\''s.mp4' -r 30 converted.mp4",
        "ffmpeg -i ./-y.mp4 -r 25 converted.mp4",
        "ffmpeg -i '$(x).mp4' -r 30 converted.mp4",
    ]


def test_a_search_is_narrowed_by_the_host(ask: Ask) -> None:
    narrowing = """{ objectType: 'KalturaESearchEntryItem', fieldName: 'tags', itemType: 1,
        searchTerm: 'ok' }"""
    asked = ask(
        "pickers/media_search",
        f"m.question({{ purpose: 'video', text: ' town hall ', page: 3, narrowing: {narrowing} }})",
    )
    operator = asked["searchParams"]["searchOperator"]
    assert operator["operator"] == 1
    kind, words, narrower = operator["searchItems"]
    assert (kind["fieldName"], kind["searchTerm"]) == ("media_type", "1")
    assert (words["objectType"], words["searchTerm"]) == ("KalturaESearchUnifiedItem", "town hall")
    assert (narrower["fieldName"], asked["pager"]["pageIndex"]) == ("tags", 3)


SENDER = """{
    calls: [],
    service(service, action, body) {
        this.calls.push([`${service}.${action}`, body]);
        if (action === this.fails) return Promise.reject(Object.assign(new Error("no"),
            { code: "NO" }));
        return Promise.resolve({ "uploadToken.add": { id: "t" }, "media.add": { id: "e" },
            "uploadToken.get": { uploadedFileSize: this.arrived ?? 0, status: 1 },
            "media.addContent": { id: "e", name: "x" } }[`${service}.${action}`]);
    },
    sendPart(fields, { part }) {
        this.calls.push(["part", Number(fields.resumeAt), part.size, fields.finalChunk]);
        if (this.lost?.length) { this.arrived = this.lost.shift();
            return Promise.reject(new Error("gone")); }
        if (this.stops) { this.stops.abort(); return Promise.reject(new Error("stopped")); }
        return Promise.resolve();
    },
}"""
SEND = """(async () => {
    const sender = Object.assign(%s, %s), stop = sender.stops ?? new AbortController(), told = [];
    const file = new File([new Uint8Array(%d)], "a.mp4");
    let ends;
    try { ends = await m.upload(sender, file, { kind: "video", stop: stop.signal,
        onProgress: ({ sent }) => told.push(sent) }); }
    catch (trouble) { ends = trouble.name === "Error" && trouble.code || trouble.name; }
    return { ends, told, calls: sender.calls.map(([name, ...rest]) =>
        name === "part" ? rest : name) };
})()"""
PART = 256 << 10


def test_a_file_goes_in_parts_and_becomes_an_entry(ask: Ask) -> None:
    sent = ask("pickers/upload", SEND % (SENDER, "{}", 2 * PART + 5))
    assert sent["ends"]["id"] == "e"
    assert sent["told"] == [0, PART, 2 * PART, 2 * PART + 5]
    parts = [[0, PART, "0"], [PART, PART, "0"], [2 * PART, 5, "1"]]
    assert sent["calls"] == ["uploadToken.add", *parts, "media.add", "media.addContent"]


def test_a_part_that_is_lost_goes_on_from_what_arrived(ask: Ask) -> None:
    sent = ask("pickers/upload", SEND % (SENDER, "{ lost: [100] }", PART + 5))
    parts = [[0, PART, "0"], "uploadToken.get", [100, PART - 95, "1"]]
    assert sent["calls"] == ["uploadToken.add", *parts, "media.add", "media.addContent"]


@pytest.mark.parametrize(
    ("given", "ends", "left"),
    [
        ("{ fails: 'addContent' }", "NO", ["media.delete", "uploadToken.delete"]),
        ("{ fails: 'add' }", "NO", []),
        ("{ stops: new AbortController() }", "AbortError", ["uploadToken.delete"]),
        ("{ lost: [0, 0, 0, 0, 0] }", "Error", ["uploadToken.delete"]),
    ],
    ids=["refused", "no token", "canceled", "gone for good"],
)
def test_what_comes_to_nothing_leaves_nothing(ask: Ask, given: str, ends: str, left: list) -> None:
    sent = ask("pickers/upload", SEND % (SENDER, given, 5))
    assert sent["ends"] == ends
    assert [call for call in sent["calls"] if "delete" in call] == left


def test_a_file_that_cannot_be_meant_is_not_sent(ask: Ask) -> None:
    files = """[["a.mp4", 1, ""], ["a.MOV", 1, ""], ["a.mp4", 0, "video/mp4"], ["a.mp4", 11,
        "video/mp4"],
        ["a.txt", 1, "text/plain"], ["a", 1, ""]].map(([name, size, type]) => m.faultOf({ name,
            size, type }, "video", 10))"""
    assert ask("pickers/upload", files) == [None, None, "empty", "large", "kind", "kind"]


def test_one_sound_at_a_time_and_each_is_made_once(tab: Tab, ask: Ask) -> None:
    tab.run(SPEAKERS)
    played = f"""(async () => {{
        const desk = {DESK}, made = [];
        const load = (name) => async () => {{ made.push(name); return name; }};
        const turn = () => new Promise((resolve) => setTimeout(resolve));
        const first = desk.play("a", load("a")); await turn();
        const second = desk.play("b", load("b")); await turn();
        const during = desk.now.value;
        playing.end();
        const ends = [await first, await second, desk.now.value];
        const third = desk.play("a", load("a")); await turn(); desk.stop();
        const late = desk.play("c", () => new Promise(() => {{}})); desk.stop();
        const all = desk.playAll([{{ key: "d", load: () => new Promise(() => {{}}) }}]);
        desk.stop();
        const stopped = [await late, await all];
        return [ends, during, await third, made, heard, desk.now.value ?? stopped];
    }})()"""
    ends, during, third, made, heard, silent = ask("pickers/sound_desk", played)
    assert ends == [False, True, None]
    assert during == {"key": "b", "state": "playing"}
    assert (third, made, heard) == (False, ["a", "b"], ["a", "b", "a"])
    assert silent == [False, False], "a sound that is still made is not waited for"


def test_sounds_follow_each_other_until_one_is_stopped(tab: Tab, ask: Ask) -> None:
    tab.run(SPEAKERS)
    played = f"""(async () => {{
        const desk = {DESK}, came = [];
        const turn = () => new Promise((resolve) => setTimeout(resolve));
        const all = desk.playAll(["a", "b", "c"].map((key) => ({{ key, load: async () =>
            key }})), (n) => came.push(n));
        await turn(); playing.end(); await turn(); await turn(); desk.stop();
        return [await all, came, heard];
    }})()"""
    assert ask("pickers/sound_desk", played) == [False, [0, 1], ["a", "b"]]


def test_old_sounds_are_forgotten(tab: Tab, ask: Ask) -> None:
    tab.run(SPEAKERS)
    played = f"""(async () => {{
        const desk = {DESK};
        for (let n = 0; n < 50; n++) {{
            const over = desk.play(`${{n}}`, async () => `${{n}}`);
            await new Promise((resolve) => setTimeout(resolve));
            playing.end(); await over;
        }}
        return forgotten;
    }})()"""
    assert ask("pickers/sound_desk", played) == ["0", "1"]


def reasons(ask: Ask, video: str, known: str = "{}") -> list[dict[str, Any]]:
    found = ask("pickers/generation", f"m.reasons({video}, {FACTS}, {known})")
    return [dict(sorted(each.items())) for each in found]


def test_a_video_that_can_be_filmed_has_nothing_against_it(ask: Ask) -> None:
    scene = "{ narration: { text: 'Welcome to the course.' } }"
    assert reasons(ask, f"{{ status: 'draft', avatarId: 'a', scenes: [{scene}] }}") == []
    assert reasons(ask, "{ status: 'ready', scenes: [] }") == [{"code": "ready"}]
    assert reasons(ask, "{ status: 'generating', scenes: [] }") == [{"code": "generating"}]
    assert reasons(ask, "{ status: 'generate-error', scenes: [] }") == [{"code": "error"}]


def test_a_film_is_longer_than_its_speech_by_the_pauses_between(ask: Ask) -> None:
    lengths = "[{ seconds: 4, isMeasured: true }, { seconds: 2.5, isMeasured: true }, null]"
    told = ask("pickers/generation", f"[m.forecast({lengths}), m.forecast({lengths}, 0.5)]")
    assert told == [
        {"seconds": 6.5, "isMeasured": False},
        {"seconds": 7.5, "isMeasured": False},
    ]


def test_each_thing_that_fails_a_film_is_named_with_its_scene(ask: Ask) -> None:
    clip = (
        "layoutType: 'broll', broll: { entryId: '%s', startTime: %d }, narration: { text: 'Look.' }"
    )
    scenes = ", ".join(
        (
            "{}",
            "{ narration: { text: ' ' } }",
            "{ layoutType: 'broll', narration: { text: 'Look.' } }",
            "{ " + clip % ("short", 8) + " }",
            "{ " + clip % ("phone", 0) + " }",
            "{ " + clip % ("unknown", 0) + ", layoutType: 'full-screen' }",
        )
    )
    known = """{ clips: { short: { seconds: 10, rate: 25 }, phone: { seconds: 10, rate: 29.97 } },
        lengths: [null, null, { seconds: 2, isMeasured: true }, { seconds: 4.1, isMeasured: true },
            { seconds: 1, isMeasured: true }, { seconds: 1, isMeasured: false }] }"""
    assert reasons(ask, f"{{ status: 'draft', scenes: [{scenes}] }}", known) == [
        {"code": "avatar"},
        {"code": "narration", "scene": 1},
        {"code": "narration", "scene": 2},
        {"code": "clip", "scene": 3},
        {"code": "overrun", "scene": 4, "seconds": 2.1},
        {"code": "short", "scene": 5, "seconds": 1.5},
        {"code": "rate", "rate": 29.97, "scene": 5},
    ]
    six = ", ".join("{ " + clip % (name, 0) + " }" for name in "abcdef")
    video = f"{{ status: 'composed', avatarId: 'a', scenes: [{six}] }}"
    assert reasons(ask, video) == [{"code": "sources", "count": 5}]


def test_the_wizard_keeps_what_was_entered_and_asks_for_what_is_missing(ask: Ask) -> None:
    limits = "{ sources: 5, composeSeconds: 1200, brief: 10 }"
    lengths = """[60, 'custom'].flatMap((length) => ['2:30', '20:00', '20:01', '0:00',
        'x'].map((custom) => m.seconds({ length, custom }, 1200)))"""
    assert ask("compose/entries", lengths) == [60] * 5 + [150, 1200, None, None, None]
    lacks = f"""m.STEPS.map((step) => m.missing({{ ...m.EMPTY, brief: 'x'.repeat(11),
        length: 'custom', custom: '' }}, step, {limits}))"""
    assert ask("compose/entries", lacks) == [
        "compose.chooseOne",
        "compose.briefLong",
        "compose.lengthWrong",
    ]
    why = """[{ id: 1, kind: "video", hasCaptions: false }, { id: 2, kind: "video",
        hasCaptions: true },
        { id: 3, kind: "document", hasCaptions: false }, { id: 9, kind: "video",
            hasCaptions: true }]
        .map((medium) => m.whyNot(medium, { sources: [{ id: 9 }] }, 1))"""
    assert ask("compose/entries", why) == [
        "compose.noCaptions",
        "compose.enough",
        "compose.enough",
        None,
    ]
    body = f"""m.body('v', 'session-highlights', {{ ...m.EMPTY, sources: [{{ id: 'b' }},
        {{ id: 'a' }}], brief: ' hi ' }}, {limits})"""
    assert ask("compose/entries", body) == {
        "id": "v", "formatType": "session-highlights", "duration": 60,
        "entryIds": ["b", "a"], "userBrief": "hi", "generateName": True,
    }  # fmt: skip
    steps = "[m.beside('sources', -1), m.beside('brief', 1), m.beside('length', 1)]"
    assert ask("compose/entries", steps) == ["sources", "length", "length"]


def test_an_avatar_is_the_same_however_its_color_is_written(ask: Ask) -> None:
    same = """(() => { const of = (color, templateId = "jane") => ({ templateId,
        background: { type: "color", color } });
        return [m.isSame(of("#ceeedb"), of("#CEEEDB")), m.isSame(of("#CEEEDB"), of("#CEEEDB",
            "adam")),
            m.isSame(of("#CEEEDB"), { templateId: "jane", background: { type: "library",
                id: "#CEEEDB" } }),
            m.isSame(of("#CEEEDB"), null), m.isWhole({ templateId: "jane",
                background: { type: "entry", entryId: "" } })]; })()"""
    assert ask("pickers/avatar_choice", same) == [True, False, False, False, False]


def test_captions_are_read_in_the_encodings_that_files_come_in(ask: Ask) -> None:
    text = "1\n00:00:00,000 --> 00:00:02,000\nשלום.\n"
    wide = [codecs.BOM_UTF16_LE + text.encode("utf-16-le"), text.encode("utf-16")]
    wide.append(codecs.BOM_UTF16_BE + text.encode("utf-16-be"))
    files = [text.encode(), text.encode("utf-8-sig"), *wide]
    broken = [text.encode("cp1255"), wide[0] + b"\n", b"\x00\xff"]
    read = f"""Promise.all({[list(content) for content in files + broken]}.map(async (bytes) => {{
      let said = null;
      const service = async (_, action, {{ contentResource }}) => {{
        said = contentResource?.content ?? said; return {{ id: "c" }}; }};
      const file = new File([new Uint8Array(bytes)], "talk.srt");
      await m.addCaptions(service, "e", file)
        .catch((trouble) => {{ said = trouble instanceof m.NoText; }});
      return said; }}))"""
    assert ask("pickers/captions", read) == [text] * len(files) + [True] * len(broken)


def test_each_purpose_has_words_for_who_has_nothing_yet(ask: Ask) -> None:
    """Whoever opens a picker without them has the page fail."""
    purposes = "['video', 'image', 'captioned', 'source', 'presentation']"
    words = f"{purposes}.map((each) => m.t(`media.empty.${{each}}`).length > 10)"
    assert ask("texts", words) == [True] * 5
