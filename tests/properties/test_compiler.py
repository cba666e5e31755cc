"""What holds for every project, good or bad."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from storyboard.compiler import Compilation, compile_project
from storyboard.language.timecode import format_timecode, parse_timecode
from storyboard.source.files import MemoryFiles
from storyboard.source.schema import accepts
from storyboard.views.long_form import long_form
from storyboard.wire import TEMPLATE_IDS
from tests.support.examples import examples

PATIENT = settings(
    max_examples=examples(40), deadline=None, suppress_health_check=[HealthCheck.too_slow]
)

WORDS = "welcome to the tour of our new product and thanks for watching"
KEYS = """
id name avatar avatars entries vars locales scenes localize compose composed protect layoutType
narration text broll entry entryId startTime when for_each include templateId background type color
duration entryIds formatType media en de hello x y host clip checks storyboards
"""
ODD = """
tour jane host clip@0:30 @ @@1 en de hello a:b ../x shared/a.yaml {{x}}
{{item.y}} {{x|upper}} {{ {%x
"""

words = st.sampled_from(WORDS.split())
sentences = st.lists(words, min_size=6, max_size=12).map(" ".join)
colors = st.from_regex(r"#[0-9A-Fa-f]{6}", fullmatch=True)
backgrounds = (
    colors
    | st.fixed_dictionaries({"type": st.just("color"), "color": colors})
    | st.fixed_dictionaries({"type": st.just("library"), "id": st.just("office-1")})
    | st.fixed_dictionaries({"type": st.just("entry"), "entryId": st.just("1_backdrop")})
)
avatars = (
    st.sampled_from(TEMPLATE_IDS)
    | st.just("host")
    | st.fixed_dictionaries(
        {"templateId": st.sampled_from(TEMPLATE_IDS)}, optional={"background": backgrounds}
    )
)
times = (
    st.integers(0, 5000)
    | st.sampled_from(["0:30", "1:02:03.5", "59:59"])
    | st.integers(0, 10**6).map(lambda thousandths: thousandths / 1000)
)
brolls = (
    st.sampled_from(["clip", "clip@0:30", "1_other@12.5"])
    | st.fixed_dictionaries({"entry": st.just("clip")}, optional={"startTime": times})
    | st.fixed_dictionaries({"entryId": st.just("1_third")}, optional={"startTime": times})
)
scenes = sentences | st.fixed_dictionaries(
    {"narration": sentences}, optional={"avatar": avatars, "broll": brolls, "notes": sentences}
)
storyboards = st.fixed_dictionaries(
    {
        "name": sentences,
        "avatar": avatars,
        "avatars": st.just({"host": {"templateId": "ming", "background": "#a1b2c3"}}),
        "entries": st.just({"clip": {"entryId": "1_clip", "media": "media/clip.mp4"}}),
        "scenes": st.lists(scenes, min_size=1, max_size=20),
    },
    optional={
        "protect": st.booleans(),
        "id": st.from_regex(r"[a-z][a-z0-9-]{0,9}", fullmatch=True),
    },
)

scalars = (
    st.none()
    | st.booleans()
    | st.integers(-5, 2000)
    | st.floats(allow_nan=False, allow_infinity=False, width=16)
    | st.sampled_from(["", *ODD.split()])
)
keys = st.sampled_from(KEYS.split())
anything = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=5),
    max_leaves=25,
)


def compiled(*boards: Any, project: Any = None, **files: str) -> Compilation:
    texts = {f"storyboards/s{n}.yaml": json.dumps(board) for n, board in enumerate(boards)}
    if project is not None:
        texts["storyboard.yaml"] = json.dumps(project)
    return compile_project(MemoryFiles({**texts, **files}))


@PATIENT
@given(storyboards)
def test_a_good_storyboard_is_one_video_in_the_strict_form(board: Any) -> None:
    compilation = compiled(board)
    assert not compilation.report.has_errors or _only_checks(compilation)
    (video,) = compilation.videos
    assert accepts("video", long_form(video))


@PATIENT
@given(storyboards)
def test_the_long_form_is_a_storyboard_of_the_same_film(board: Any) -> None:
    (video,) = compiled(board).videos
    (again,) = compiled(long_form(video)).videos
    assert again.fingerprint == video.fingerprint
    assert long_form(again) == long_form(video)


@PATIENT
@given(storyboards)
def test_scene_ids_are_unique(board: Any) -> None:
    (video,) = compiled(board).videos
    ids = [scene.id for scene in video.scenes]
    assert len(set(ids)) == len(ids) == len(board["scenes"])


@PATIENT
@given(anything, anything)
def test_nothing_that_is_written_makes_it_raise(board: Any, project: Any) -> None:
    compilation = compiled(board, project=project, **{"shared/a.yaml": json.dumps(board)})
    for finding in compilation.report.diagnostics:
        assert finding.message
        if finding.span is not None and finding.span.file in compilation.report.texts:
            lines = compilation.report.texts[finding.span.file].split("\n")
            assert 1 <= finding.span.line <= len(lines)
    for video in compilation.videos:
        assert accepts("video", long_form(video))


@PATIENT
@given(storyboards, st.data())
def test_one_wrong_value_anywhere_makes_no_wrong_video(board: Any, data: st.DataObject) -> None:
    rich = {
        **board,
        "locales": ["en", "de"],
        "vars": {"x": "tour", "list": [{"y": "a"}, {"y": "b"}]},
        "localize": {"de": {"vars": {"x": 1}, "scenes": {"one": {"broll": {"startTime": 5}}}}},
        "scenes": [
            {"id": "one", "narration": "{{ x }} is the tour of our product.", "broll": "clip@1"},
            {"for_each": "{{ list }}", "id": "n-{{ item.y }}", "narration": "Number {{ index }}"},
            {"include": "shared/a.yaml", "when": "{{ locale == 'en' }}"},
        ],
    }
    rich = json.loads(json.dumps(rich))
    way = data.draw(st.sampled_from(list(ways(rich))))
    replace_at(rich, way, data.draw(anything))
    shared = json.dumps([{"id": "shared", "narration": "Thanks for watching the tour."}])
    for video in compiled(rich, **{"shared/a.yaml": shared}).videos:
        assert accepts("video", long_form(video))


VARIABLE = {
    "name": "{{ v }}",
    "avatar": "{{ a }}",
    "avatars": {"host": {"templateId": "{{ t }}", "background": "{{ g }}"}},
    "entries": {"clip": {"entryId": "{{ e }}", "media": "{{ v }}", "duration": "{{ v }}"}},
    "locales": ["en", "de"],
    "scenes": [
        {"id": "one", "narration": "{{ n }}", "broll": "{{ b }}", "layoutType": "{{ l }}"},
        {"id": "two", "narration": "{{ n }} {{ v }}", "avatar": "{{ a }}", "when": "{{ w }}"},
        {"for_each": "{{ f }}", "id": "{{ item }}", "narration": "{{ index }}", "broll": "clip"},
    ],
    "localize": {"de": {"scenes": {"one": {"broll": {"startTime": "{{ v }}"}}}}},
}


@PATIENT
@given(st.fixed_dictionaries({}, optional=dict.fromkeys("vateglnbwf", anything)))
def test_variables_may_hold_anything(variables: Any) -> None:
    good = {"v": 1, "a": "host", "t": "ming", "g": "#CEEEDB", "e": "1_clip", "l": "broll"}
    good |= {"n": "Welcome to the tour of them all.", "b": "clip@0:30", "w": True, "f": ["x"]}
    compilation = compiled({**VARIABLE, "vars": {**good, **variables}})
    for video in compilation.videos:
        assert accepts("video", long_form(video))
    assert len(compilation.videos) == 2 or compilation.report.has_errors


@PATIENT
@given(anything, storyboards)
def test_a_broken_storyboard_leaves_the_others_alone(broken: Any, board: Any) -> None:
    alone = compiled({**board, "id": "good"}).videos
    both = compiled({**board, "id": "good"}, broken).videos
    assume(not isinstance(broken, dict) or broken.get("id") != "good")
    assert [v.payload(_Named()) for v in both if v.address.storyboard == "good"] == [
        v.payload(_Named()) for v in alone
    ]


@PATIENT
@given(storyboards, st.lists(st.sampled_from(["en", "de", "fr", "pt-BR"]), min_size=1, unique=True))
def test_every_locale_is_a_video_and_only_the_source_is_not_held(
    board: Any, locales: list[str]
) -> None:
    listed = [s if isinstance(s, dict) else {"narration": s} for s in board["scenes"]]
    named = [{**scene, "id": f"scene-{n}"} for n, scene in enumerate(listed)]
    videos = compiled({**board, "scenes": named, "locales": locales}).videos
    assert [video.address.locale for video in videos] == locales
    assert [bool(video.holds) for video in videos] == [False] + [True] * (len(locales) - 1)


@given(st.integers(0, 10**9))
def test_a_time_reads_back(thousandths: int) -> None:
    seconds = thousandths / 1000
    assert parse_timecode(format_timecode(seconds)) == seconds


def ways(value: Any, way: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the way to every value below this one."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value)
    for step, inner in pairs:
        yield (*way, step)
        if isinstance(inner, dict | list):
            yield from ways(inner, (*way, step))


def replace_at(value: Any, way: tuple[Any, ...], new: Any) -> None:
    for step in way[:-1]:
        value = value[step]
    value[way[-1]] = new


class _Named(dict[Any, str]):
    """Names every avatar by its fingerprint."""

    def __missing__(self, avatar: Any) -> str:
        return str(avatar.fingerprint)


def _only_checks(compilation: Compilation) -> bool:
    codes = {finding.code for finding in compilation.report.diagnostics}
    return codes <= {"too-many-sources", "narration-too-short", "narration-short", "unused-entry"}
