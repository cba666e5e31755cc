"""What an earlier plan estimated is told again: the same, and with no text read out."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Coroutine, Iterator
from pathlib import Path
from typing import Any, Protocol
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storyboard.commands.compiled_project import compile_request
from storyboard.commands.plan import plan_changes, plan_keeping
from storyboard.commands.request import Request
from storyboard.compile_cache import kept_answers, kept_estimates
from storyboard.compile_cache.code_version import code_version
from storyboard.compile_cache.entries import FOLDER, Entries
from storyboard.compile_cache.kept_answers import entry_key
from storyboard.compile_cache.kept_estimates import KeptEstimates
from storyboard.compiler import Compilation
from storyboard.narration import spoken_parts
from storyboard.plan.change import Change
from storyboard.plan.plan import Plan, PlanOptions
from storyboard.speech_rates import _kept_estimate, estimate_seconds
from storyboard.wire import MAX_SCENES
from tests.support.examples import examples
from tests.support.office import Office
from tests.support.project import Project
from tests.support.tiny_studio import TinyStudio, serving

TEXTS = [
    f"Part {number} of 86,420 shows 5 % of what the teams that use it have."
    for number in range(300)
]
"""Long enough that no check asks how short they are."""


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The texts that were read out; call `another_run` before a run that remembers nothing."""
    asked: list[str] = []
    clean = spoken_parts.clean_narration
    told = lambda text: asked.append(text) or clean(text)  # noqa: E731
    monkeypatch.setattr(spoken_parts, "clean_narration", told)
    _kept_estimate.cache_clear()
    yield asked
    _kept_estimate.cache_clear()


class Planning(Protocol):
    def __call__(
        self, request: Request, compilation: Compilation, options: PlanOptions
    ) -> Coroutine[Any, Any, Plan]: ...


def another_run(read: list[str]) -> None:
    _kept_estimate.cache_clear()
    read.clear()


def estimated(root: Path, texts: list[str], locale: str | None = "en") -> list[float]:
    kept = KeptEstimates(Entries(root))
    found = [kept.seconds(text, locale) for text in texts]
    kept.save()
    return found


def test_a_second_run_reads_nothing_out(tmp_path: Path, read: list[str]) -> None:
    first = estimated(tmp_path, TEXTS)
    assert read == TEXTS
    another_run(read)
    assert estimated(tmp_path, TEXTS) == first
    assert read == []


def test_other_texts_and_locales_are_read_out(tmp_path: Path, read: list[str]) -> None:
    estimated(tmp_path, TEXTS)
    another_run(read)
    new = "Another 12 % is new."
    estimated(tmp_path, [new, *TEXTS])
    assert read == [new]
    another_run(read)
    for locale in ("de", None, "None"):
        assert estimated(tmp_path, TEXTS[:1], locale) == [estimate_seconds(TEXTS[0], locale)]
    assert read == TEXTS[:1] * 3


def test_what_was_kept_before_stays_beside_what_is_new(tmp_path: Path, read: list[str]) -> None:
    others = [f"{text} And 1 more." for text in TEXTS]
    estimated(tmp_path, TEXTS)
    estimated(tmp_path, others)
    another_run(read)
    estimated(tmp_path, TEXTS + others)
    assert read == []


def test_what_no_run_asks_for_goes_at_the_limit(
    tmp_path: Path, read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept_estimates, "_MOST", 400)
    others = [f"{text} And 1 more." for text in TEXTS]
    estimated(tmp_path, TEXTS)
    estimated(tmp_path, others)
    another_run(read)
    estimated(tmp_path, TEXTS[:1] + others)
    assert read == TEXTS[:1]


def test_few_estimates_are_not_kept(tmp_path: Path) -> None:
    estimated(tmp_path, [*TEXTS[:20] * 20, *["A text of letters alone."] * 300])
    assert list(tmp_path.iterdir()) == []


def test_another_program_estimates_anew(
    tmp_path: Path, read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    estimated(tmp_path, TEXTS)
    another_run(read)
    monkeypatch.setattr(kept_answers, "code_version", lambda: f"{code_version()} and a change")
    estimated(tmp_path, TEXTS)
    assert read == TEXTS


@pytest.mark.parametrize("odd", [[], 3, {"name": 2.0}])
def test_an_odd_entry_is_none(tmp_path: Path, odd: Any) -> None:
    Entries(tmp_path).keep(entry_key(kept_estimates.PART), odd)
    assert estimated(tmp_path, TEXTS) == [estimate_seconds(text, "en") for text in TEXTS]


def test_a_forged_entry_is_not_believed(tmp_path: Path) -> None:
    estimated(tmp_path, TEXTS)
    (entry,) = (tmp_path / FOLDER).glob("*.entry")
    kept = entry.read_bytes()
    entry.write_bytes(kept.replace(b":8.", b":1."))
    assert entry.read_bytes() != kept
    assert estimated(tmp_path, TEXTS) == [estimate_seconds(text, "en") for text in TEXTS]


LOCALES = st.sampled_from(["en", "en-GB", "de", "ja", "ar", "th", None])
PIECES = st.sampled_from(["7", "3.5 km", "é", "好", "\ud800", "a", "§", " "])
ASKED = st.tuples(st.lists(PIECES, max_size=6).map("".join), LOCALES)


@settings(max_examples=examples(20), deadline=None)
@given(st.lists(st.lists(ASKED, max_size=6), min_size=2, max_size=4))
def test_estimates_are_those_of_a_cold_run(runs: list[list[tuple[str, str | None]]]) -> None:
    with tempfile.TemporaryDirectory() as folder, patch.object(kept_estimates, "_WORTH_IT", 1):
        for asked in runs:
            kept = KeptEstimates(Entries(Path(folder)))
            for text, locale in asked:
                assert kept.seconds(text, locale) == estimate_seconds(text, locale)
            kept.save()


@pytest.fixture
def tours(tmp_path: Path) -> Path:
    """A project of new videos that say all texts."""
    (tmp_path / "storyboard.yaml").write_text('storyboards: ["tour-*.yaml"]\n')
    for start in range(0, len(TEXTS), MAX_SCENES):
        scenes = "".join(f"  - '{text}'\n" for text in TEXTS[start : start + MAX_SCENES])
        board = f"name: Tour {start}\navatar: jane\nscenes:\n{scenes}"
        (tmp_path / f"tour-{start}.yaml").write_text(board)
    return tmp_path


def test_a_second_plan_reads_nothing_out(tours: Path, read: list[str]) -> None:
    with serving(TinyStudio()) as url:
        shell = {
            "KALTURA_VOD_AVATAR_URL": f"{url}/api/v1",
            "KALTURA_SERVICE_URL": f"{url}/api_v3",
            "KALTURA_KS": "a-session",
            "KALTURA_PARTNER_ID": "101",
            "KALTURA_USER_ID": "maker",
        }
        request = Request(tours, environment="kaltura", shell=shell)

        def plan(make: Planning) -> tuple[Change, ...]:
            another_run(read)
            compilation = compile_request(request)
            return asyncio.run(make(request, compilation, PlanOptions())).changes

        cold = plan(plan_changes)
        assert len(read) == len(TEXTS)
        assert not (tours / FOLDER).exists()
        assert plan(plan_keeping) == cold
        assert plan(plan_keeping) == cold
        assert read == []
        assert plan(plan_changes) == cold
        assert len(read) == len(TEXTS)


@pytest.mark.slow
def test_the_command_keeps_estimates_unless_told_not_to(tours: Path) -> None:
    studio = TinyStudio()
    with serving(studio) as url:
        office = Office(Project(tours), studio, url)
        cold = office.run("plan", "--no-cache").out
        assert not (tours / FOLDER).exists()
        planned = [office.run("plan").out for _ in range(2)]
        assert len([*(tours / FOLDER).glob("*.entry")]) == 1
        assert [_without_id(each) for each in planned] == [_without_id(cold)] * 2


def _without_id(told: str) -> str:
    """Return a plan without its id, which is another one each time before the first apply."""
    return told.partition("plan id")[0]
