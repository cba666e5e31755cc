"""Laws of export: what is written checks, and plans empty; what is not has a reason."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storyboard.cli import run
from storyboard.compiler import compile_project
from storyboard.export.project import Exported, ExportOptions, export_project
from storyboard.export.taken import Left, Taken, take_video
from storyboard.kaltura.fields import MalformedReply
from storyboard.kaltura.objects import Principal, RemoteVideo
from storyboard.plan.current import Current
from storyboard.plan.plan import PlanOptions, make_plan
from storyboard.source.file_names import is_portable
from storyboard.source.files import MemoryFiles
from storyboard.state.model import State
from storyboard.studio.execution import served
from storyboard.studio.local import open_studio
from storyboard.studio.serving import bind, url_of
from storyboard.video import Avatar, Background
from tests.support.examples import examples

PRINCIPAL = Principal(101, "maker", "http://studio.test/api/v1")
WORDS = "a the of tour #1 # 50% {{ }} {% {# C: - | > ' & * ! true 1:30 é ß 東京 — … ,"
SPACES = ('"', "\\", "\u00a0", "\n", "\n\n", "  ", "\t")
sentences = st.lists(st.sampled_from((*WORDS.split(), *SPACES)), min_size=6, max_size=50).map(
    " ".join
)
letters = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=80)
anything = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20)
texts = st.one_of(sentences, sentences, letters, letters, anything)
tagged = st.builds(
    "{} ({})".format, st.sampled_from("TA"), st.sampled_from(["en", "de", "fr", "DE"])
)
odd_names = st.sampled_from(["Tour", "tour", "TOUR", "con", "Con", "aux", "../../etc", ".git"])
names = st.one_of(tagged, tagged, odd_names, texts)
entries = st.sampled_from(["1_demo", "1_123", "0_e5", "1_own", "abc"] * 3 + ["1_a.b"])
backgrounds = st.one_of(
    st.sampled_from(["#CEEEDB", "#ceeedb", "#1A1A2E"]).map(lambda c: {"type": "color", "color": c}),
    st.sampled_from(["office-1", "office-2", "office-1", "office-2", "{{ x }}"]).map(
        lambda i: {"type": "library", "id": i}
    ),
    st.sampled_from(["1_bg", "1_demo"]).map(lambda i: {"type": "entry", "entryId": i}),
)
AVATARS = st.fixed_dictionaries(
    {
        "templateId": st.sampled_from(["jane"] * 5 + ["adam"] * 5 + ["zoe"]),
        "background": backgrounds,
    }
)
starts = st.sampled_from([0, 1, 2.5, 12.3456, 3600.0]) | st.floats(0, 86_401)
scenes = st.fixed_dictionaries(
    {"narration": st.fixed_dictionaries({"text": texts}, optional={"avatarId": st.integers(0, 3)})},
    optional={
        "layoutType": st.sampled_from(["full-screen", "full-screen", "broll", "split"]),
        "broll": st.fixed_dictionaries({"entryId": entries, "startTime": starts}),
    },
)
videos = st.fixed_dictionaries(
    {
        "name": names,
        "avatarId": st.integers(0, 3),
        "scenes": st.lists(scenes, min_size=1, max_size=1)
        | st.lists(scenes, min_size=1, max_size=2)
        | st.lists(scenes, max_size=22),
    },
    optional={
        "status": st.sampled_from(["draft", "ready", "generating", "composed"]),
        "entryId": st.just("1_film"),
        "composeParams": st.fixed_dictionaries(
            {"formatType": st.sampled_from(["session-highlights", "odd"]), "duration": starts},
            optional={"entryIds": st.just(["1_demo"]), "userBrief": texts, "odd": st.just([1])},
        ),
    },
)
locale_scenes = st.fixed_dictionaries(
    {
        "narration": st.fixed_dictionaries(
            {"text": st.sampled_from(["Hello, you {all}.", "Hallo.", "#1"])}
        )
    },
    optional={
        "layoutType": st.sampled_from(["full-screen", "broll"]),
        "broll": st.fixed_dictionaries(
            {"entryId": st.sampled_from(["1_en", "1_de"]), "startTime": starts}
        ),
    },
)
locales = st.fixed_dictionaries(
    {
        "name": st.sampled_from(["en", "de", "fr", "pt-BR", "DE"]).map("Tour ({})".format),
        "avatarId": st.integers(0, 1),
        "scenes": st.lists(locale_scenes, min_size=2, max_size=2),
    }
)
told_names = st.dictionaries(entries, names, max_size=3)


def named_by_id(video: Mapping[str, Any], ids: list[str]) -> dict[str, Any]:
    """Return a video whose avatars are these, by their numbers."""
    body = json.loads(json.dumps(video))
    body["avatarId"] = ids[body["avatarId"]]
    for each in body["scenes"]:
        if "avatarId" in each["narration"]:
            each["narration"]["avatarId"] = ids[each["narration"]["avatarId"]]
    return dict(body)


def remotes_of(bodies: list[dict[str, Any]]) -> Iterator[RemoteVideo]:
    for number, body in enumerate(bodies):
        made = {"id": f"v{number}", "createdAt": f"{number:04}", "updatedAt": "", "status": "draft"}
        try:
            yield RemoteVideo.parse(made | named_by_id(body, ["a0", "a1", "a2", "a3"]))
        except MalformedReply:
            continue


def planned(exported: Exported, remotes: list[RemoteVideo], avatars: Mapping[str, Avatar]) -> Any:
    compiled = compile_project(MemoryFiles(exported.files), environment="kaltura")
    assert not compiled.report.has_errors, compiled.report.diagnostics
    state = State.fresh(PRINCIPAL)
    for address, record in exported.records.items():
        state = state.with_video(address, record)
    current = Current(PRINCIPAL, tuple(remotes), avatars)
    return make_plan(compiled.videos, state, current, PlanOptions(generate=False))


@settings(deadline=None, max_examples=examples(60))
@given(
    st.lists(AVATARS, min_size=4, max_size=4), st.lists(videos | locales, max_size=6), told_names
)
def test_what_is_written_plans_empty(
    looks: list[dict[str, Any]], bodies: list[dict[str, Any]], told: dict[str, str]
) -> None:
    avatars = {
        f"a{n}": Avatar(look["templateId"], Background.from_payload(look["background"]))
        for n, look in enumerate(looks)
    }
    remotes = list(remotes_of(bodies))
    judged = [take_video(remote, avatars) for remote in remotes]
    taken = [each for each in judged if isinstance(each, Taken)]
    exported = export_project(taken, avatars, ExportOptions("kaltura", told=told))
    plan = planned(exported, remotes, avatars)
    assert not plan.has_changes, plan
    left = [*(each for each in judged if isinstance(each, Left)), *exported.left]
    assert all(each.reasons for each in left)
    written = [each.video.remote.id for each in exported.written]
    assert sorted([*written, *(each.video_id for each in left)]) == sorted(r.id for r in remotes)
    paths = list(exported.files)
    assert len({path.casefold() for path in paths}) == len(paths)
    assert all(is_portable(part) for path in paths for part in path.split("/")), paths


@pytest.fixture(scope="module")
def account(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """A local studio that is served in Kaltura's place."""
    listener = bind("127.0.0.1", 0)
    place = tmp_path_factory.mktemp("studio")
    studio = open_studio(place, public_url=url_of(listener, "127.0.0.1", None))
    with studio, served(studio, listener), pytest.MonkeyPatch.context() as patch:
        for name, value in studio.variables().items():
            patch.setenv(name, value)
        yield studio.variables()


class Browser:
    """A person who makes videos in the served studio."""

    def __init__(self, variables: Mapping[str, str]) -> None:
        self._base = variables["KALTURA_VOD_AVATAR_URL"]
        self._headers = {"Authorization": f"Bearer {variables['KALTURA_KS']}"}

    def call(self, action: str, body: Any) -> Any:
        told = httpx.post(
            f"{self._base}/{action}", json=body, headers=self._headers, timeout=60
        ).text
        return json.loads(told) if told else {}

    def clear(self) -> None:
        body = {"filter": {"orderBy": "createdAt"}, "pager": {"offset": 0, "limit": 100}}
        for video in self.call("video/list", body)["objects"]:
            self.call("video/delete", {"id": video["id"]})


@pytest.mark.slow
@settings(deadline=None, max_examples=examples(15))
@given(
    st.lists(AVATARS, min_size=4, max_size=4), st.lists(videos | locales, min_size=1, max_size=5)
)
def test_videos_of_a_real_store_plan_empty(
    account: dict[str, str], looks: list[dict[str, Any]], bodies: list[dict[str, Any]]
) -> None:
    person = Browser(account)
    person.clear()
    ids = [str(person.call("avatar/upsert", look).get("id", "none")) for look in looks]
    there = 0
    for body in bodies:
        made = named_by_id(body, ids)
        sent = {key: made[key] for key in ("name", "avatarId", "scenes")}
        there += "id" in person.call("video/add", sent)
    with tempfile.TemporaryDirectory() as folder:
        out = str(Path(folder) / "out")
        code = run(["export", "--all", "-o", out, "-e", "kaltura"])
        assert code in ((0, 8) if there else (1,))
        if Path(out).exists():
            assert run(["-C", out, "check", "-e", "kaltura"]) == 0
            planning = ["plan", "-e", "kaltura", "--no-generate", "--detailed-exitcode"]
            assert run(["-C", out, *planning]) == 0
