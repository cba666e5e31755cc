"""`/metrics`: what is counted, for whom, and that nothing a caller says becomes a label."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from storyboard.cli import studio_operation
from storyboard.errors import MissingExtraError
from storyboard.studio.api.probes import Probes
from storyboard.studio.api.slow_calls import Threads
from storyboard.studio.app import build_worker_app
from storyboard.studio.execution import answering
from storyboard.studio.jobs.prometheus import PrometheusMeasures
from storyboard.studio.local import Studio
from storyboard.studio.serving import bind, url_of
from storyboard.studio.worker import open_worker
from tests.contract.studio_rig import Caller, TinyFilmMaker, caller, open_test_studio
from tests.contract.test_rights import page, started
from tests.support.databases import rows_of_run
from tests.support.passing_time import eventually
from tests.support.project import Project

TOKEN = "a-token-of-the-collector"
MADE = 'storyboard_job_seconds_count{kind="generate",outcome="made"} 1.0'
Counts = dict[tuple[str, ...], float]


@pytest.fixture
def counted(tmp_path: Path) -> Iterator[Studio]:
    measures = PrometheusMeasures(TOKEN)
    with open_test_studio(tmp_path / "w", measures=measures, workers=1) as studio:
        yield studio


def counts(studio: Studio, name: str) -> Counts:
    """Return the samples of a name, by the values of their labels."""
    headers = {"Authorization": f"Bearer {TOKEN}"}
    told = Caller(studio, "").send("GET", "/metrics", headers=headers)
    assert told.status_code == 200, told.text
    assert told.headers["content-type"].startswith("text/plain; version=")
    families = text_string_to_metric_families(told.text)
    samples = [sample for family in families for sample in family.samples]
    found = [sample for sample in samples if sample.name == name]
    return {tuple(sample.labels.values()): sample.value for sample in found}


def test_requests_are_counted_by_call_and_status(counted: Studio) -> None:
    user = caller(counted)
    user.video()
    user("video/get", id="0" * 24)
    user.service("media.list", ks=user.ks)
    user.send("GET", "/p/1/sp/100/raw/entry_id/1_secret00")
    requests = counts(counted, "storyboard_request_seconds_count")
    assert requests["/api/v1/video/add", "200"] == 1
    assert requests["/api_v3/media/list", "200"] == 1
    assert requests["/p/{partner:whole}/sp/{sub:whole}/raw/entry_id/{entry}", "404"] == 1


def test_errors_of_the_api_are_counted_by_their_code(counted: Studio) -> None:
    """They are answered with 200: a studio that refuses all calls looked well."""
    user = caller(counted)
    user.video()
    for _ in "ab":
        assert user("video/get", id="0" * 24)["code"] == "VIDEO_NOT_FOUND"
    user.service("media.get", ks=user.ks, entryId="1_nothing0")
    in_xml = {"ks": "made-up", "entryId": "1_nothing0", "format": "2"}
    user.send("POST", "/api_v3/service/media/action/get", data=in_xml)
    member = {"1:service": "media", "1:action": "get", "1:entryId": "1_nothing0"}
    known = {"2:service": "media", "2:action": "list", "format": "1", "ks": user.ks}
    told = user.send("POST", "/api_v3/service/multirequest", data={**member, **known})
    [missing, _] = told.json()
    assert missing["code"] == "ENTRY_ID_NOT_FOUND"
    user.send("GET", "/p/1/sp/100/raw/entry_id/1_secret00")
    assert counts(counted, "storyboard_api_errors_total") == {
        ("/api/v1/video/get", "VIDEO_NOT_FOUND"): 2,
        ("/api_v3/media/get", "ENTRY_ID_NOT_FOUND"): 1,
        ("/api_v3/media/get", "INVALID_KS"): 1,
        ("other", "ENTRY_ID_NOT_FOUND"): 1,
    }
    assert counts(counted, "storyboard_request_seconds_count")["/api/v1/video/get", "200"] == 2


@pytest.mark.parametrize(
    "path", ["/nowhere", "/api/v1/video/made-up", "/api/v1/a/b", "/api_v3/service/a/action/b"]
)
def test_what_a_caller_makes_up_is_no_label(counted: Studio, path: str) -> None:
    """A collector keeps each value of a label for ever."""
    Caller(counted, "").send("POST", path, json={})
    calls = {call for call, _ in counts(counted, "storyboard_request_seconds_count")}
    assert calls == {"other"}


def test_jobs_are_counted_by_how_they_end_and_how_many_wait(counted: Studio) -> None:
    user = caller(counted)
    made, refused = user.video(), user.video({"narration": {"text": "No."}}, name="short")
    user("video/generate", id=made)
    user.wait(made, "ready")
    user("video/generate", id=refused)
    user.wait(refused, "generate-error")
    wanted = {("generate", "made"): 1, ("generate", "failed"): 1}
    eventually(lambda: counts(counted, "storyboard_job_seconds_count") == wanted)
    user.control("POST", "hold")
    user("video/update", id=made, name="again")
    user("video/generate", id=user.video(name="waits"))
    assert counts(counted, "storyboard_open_jobs") == {
        ("generate", "waiting"): 1,
        ("generate", "in_work"): 0,
        ("compose", "waiting"): 0,
        ("compose", "in_work"): 0,
    }
    assert counts(counted, "storyboard_free_bytes")["workspace",] > 0
    assert counts(counted, "storyboard_draining") == {(): 0}


def test_the_token_and_sessions_that_look_may_read_it(counted: Studio) -> None:
    def status(token: str) -> str:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        told = Caller(counted, "").send("GET", "/metrics", headers=headers)
        if told.headers["content-type"].startswith("text/plain"):
            return f"{told.status_code} told"
        assert (told.status_code == 401) == ("www-authenticate" in told.headers)
        return f"{told.status_code} {told.json()['code']}"

    assert status(TOKEN) == status(started(counted, 2)) == status(page(counted)) == "200 told"
    assert status("") == "401 MISSING_KS"
    assert status(TOKEN + "x") == status(TOKEN[:-1]) == "401 INVALID_KS"
    assert status(started(counted, 0)) == "403 SERVICE_FORBIDDEN"


def test_without_metrics_it_says_how_to_have_them(studio: Studio) -> None:
    headers = {"Authorization": f"Bearer {studio.admin_session()}"}
    told = Caller(studio, "").send("GET", "/metrics", headers=headers)
    assert (told.status_code, "--metrics" in told.text) == (404, True)
    assert Caller(studio, "").send("GET", "/metrics").json()["code"] == "MISSING_KS"


def test_an_empty_token_opens_nothing(tmp_path: Path) -> None:
    with open_test_studio(tmp_path, measures=PrometheusMeasures("")) as studio:
        for given in ("Bearer ", "Bearer"):
            told = Caller(studio, "").send("GET", "/metrics", headers={"Authorization": given})
            assert told.json()["code"] == "MISSING_KS"


def test_without_the_extra_the_command_says_how_to_install_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    import sys

    monkeypatch.delitem(sys.modules, "storyboard.studio.jobs.prometheus")
    monkeypatch.setitem(sys.modules, "prometheus_client", None)
    with pytest.raises(MissingExtraError) as missing:
        studio_operation.measures_of({}, has_metrics=True)
    assert "metrics" in str(missing.value.hint)


def test_a_worker_tells_its_counts_to_who_has_the_token(tmp_path: Path) -> None:
    places = {"database": rows_of_run(), "measures": PrometheusMeasures(TOKEN)}
    with (
        closing(open_test_studio(tmp_path / "w")) as studio,
        open_worker(tmp_path / "w", films=1, film_maker=TinyFilmMaker(), **places) as worker,
    ):
        user = caller(studio)
        video = user.video()
        user("video/generate", id=video)
        user.wait(video, "ready")
        listener = bind("127.0.0.1", 0)
        url = url_of(listener, "127.0.0.1")
        with (
            closing(Threads()) as threads,
            answering(
                build_worker_app(worker.workspace, Probes(worker.workspace, threads)), listener
            ),
            httpx.Client(base_url=url, trust_env=False) as collector,
        ):
            assert collector.get("/healthz").json() == {"status": "ok"}
            assert collector.get("/readyz").json() == {"status": "ready"}
            shown = {"Authorization": f"Bearer {TOKEN}"}
            eventually(lambda: MADE in collector.get("/metrics", headers=shown).text)
            for wrong in ({}, {"Authorization": "Bearer another"}):
                refused = collector.get("/metrics", headers=wrong)
                told = refused.status_code, refused.headers["www-authenticate"]
                assert told == (401, "Bearer")
                assert "storyboard_" not in refused.text


@pytest.mark.parametrize("place", ["9464", ":9464", "127.0.0.1:x", "127.0.0.1:70000"])
def test_an_address_that_is_none_is_refused(tmp_path: Path, place: str) -> None:
    ran = Project.of(tmp_path, {}).run(
        *("studio", "worker", "--metrics", place), **{studio_operation.METRICS_TOKEN: TOKEN}
    )
    assert ran.code == 64
    assert "is not an address to listen at" in ran.err


def test_a_worker_without_a_token_does_not_listen(tmp_path: Path) -> None:
    ran = Project.of(tmp_path, {}).run("studio", "worker", "--metrics", "127.0.0.1:0")
    assert ran.code == 64
    assert studio_operation.METRICS_TOKEN in ran.err
