"""One trace of `apply`, server and worker, each a process of its own, with rows in PostgreSQL."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

import pytest

from storyboard.local_studio.opening import SERVICE
from storyboard.studio.execution import served
from storyboard.studio.local import Studio
from storyboard.studio.serving import bind, url_of
from storyboard.tracing.opening import PARENT, traces_of
from tests.contract.studio_rig import open_test_studio
from tests.contract.test_traces import CONTEXT, SPAN, TRACE, Collector, collector
from tests.crash.test_workers import PATIENCE
from tests.support.postgres_server import postgres_server
from tests.support.project import Project

pytestmark = pytest.mark.scale
__all__ = ["collector"]

TEXTS = ("Good morning to all of you.", "This is the second scene of the tour.")


@contextmanager
def serving(workspace: Path, database: str) -> Iterator[Studio]:
    """Serve a studio that renders nothing, and tells the collector what it is asked."""
    listener = bind("127.0.0.1", 0)
    url = url_of(listener, "127.0.0.1")
    with closing(traces_of(os.environ, SERVICE)) as traces:
        studio = open_test_studio(
            workspace, workers=0, public_url=url, database=database, traces=traces
        )
        with served(studio, listener):
            yield studio


@contextmanager
def working(workspace: Path, database: str) -> Iterator[None]:
    """Run a worker as an operator does, to its end: then it has told all."""
    words = [sys.executable, "-m", "storyboard", "studio", "worker", "--films", "1"]
    places = ["--workspace", str(workspace), "--database", database]
    with subprocess.Popen([*words, *places]) as worker:
        try:
            yield
        finally:
            worker.terminate()
            assert worker.wait(PATIENCE) == 0


def test_a_film_of_another_process_is_part_of_the_apply_that_wanted_it(
    tmp_path: Path, collector: Collector
) -> None:
    project = Project.of(
        tmp_path / "project",
        {"tour.storyboard.yaml": f"name: Tour\navatar: jane\nscenes: {[*TEXTS]}\n"},
    )
    with ExitStack() as until:
        database = until.enter_context(postgres_server()).url
        studio = until.enter_context(serving(tmp_path / "w", database))
        until.enter_context(working(tmp_path / "w", database))
        told = {name: value for name, value in os.environ.items() if name.startswith("OTEL_")}
        variables = studio.variables() | told | {PARENT: CONTEXT}
        ran = project.run("apply", "-e", "kaltura", "--yes", **variables)
        assert ran.code == 0, ran.err
    applied, film = collector.only("storyboard apply"), collector.only("generate")
    asked = collector.only("POST /api/v1/video/generate")
    scenes = [span for span in collector.spans if span.name == "scene"]
    assert applied.parent_span_id.hex() == SPAN
    assert asked.parent_span_id == applied.span_id
    assert film.parent_span_id == asked.span_id
    assert [scene.parent_span_id for scene in scenes] == [film.span_id] * len(TEXTS)
    assert {each.trace_id.hex() for each in (applied, asked, film, *scenes)} == {TRACE}
