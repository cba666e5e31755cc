"""Whatever changes, what is kept of a plan tells what a plan tells that keeps nothing."""

from __future__ import annotations

import tempfile
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storyboard.compile_cache import trace
from tests.support.examples import examples
from tests.support.planner_desk import FILES, Person
from tests.support.tiny_studio import TinyStudio, serving

EDITS = st.sampled_from(sorted(FILES)).flatmap(
    lambda path: st.tuples(st.just(path), st.none() | st.sampled_from(FILES[path]))
)
REMOTE = st.sampled_from(
    [
        "apply",
        "apply one",
        "edited",
        "added",
        "lost",
        "odd",
        "user",
        "limit",
        "no state",
        "gone state",
    ]
)
LOCAL = st.sampled_from(
    ["apply", "apply one", "media", "limit", "no state", "gone state", "no studio"]
)
OPTIONS = st.sampled_from(
    [(), ("--json",), ("--format", "markdown"), ("--full",), ("--prune",), ("one",)]
)
Step = tuple[tuple[str, str | None] | str, tuple[str, ...]]
"""What happens, and the options of the plans after it."""


def follow(person: Person, steps: list[Step]) -> None:
    """Hold what is told again against what is told anew, after each thing that happens."""
    for happens, options in steps:
        if isinstance(happens, str):
            person.act(happens)
        else:
            person.edit(*happens)
        words = ("plan", *options)
        anew = person.run(*words, "--no-cache", "-e", person.environment)
        with patch.object(trace, "MANY", 1):
            for _ in range(3):
                assert person.run(*words, "-e", person.environment) == anew


def steps_of(events: st.SearchStrategy[str]) -> st.SearchStrategy[list[Step]]:
    return st.lists(st.tuples(EDITS | events | events, OPTIONS), min_size=2, max_size=6)


@pytest.mark.slow
@settings(max_examples=examples(6), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(steps_of(REMOTE))
def test_a_plan_for_a_remote_studio_is_that_of_a_cold_run(steps: list[Step]) -> None:
    studio = TinyStudio()
    with (
        tempfile.TemporaryDirectory() as folder,
        serving(studio) as url,
        patch.object(trace, "MANY", 1),
    ):
        follow(Person(Path(folder), "kaltura", studio, url), steps)


@pytest.mark.slow
@settings(max_examples=examples(4), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(steps_of(LOCAL))
def test_a_plan_for_the_studio_in_this_process_is_that_of_a_cold_run(steps: list[Step]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        follow(Person(Path(folder), "local", TinyStudio(), "http://127.0.0.1:9"), steps)
