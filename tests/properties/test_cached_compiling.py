"""After any edits, what is kept of a project gives the findings of a project that keeps nothing."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from unittest.mock import patch

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storyboard.commands.check import check_files
from storyboard.commands.compiled_before import CompiledBefore
from storyboard.commands.compiled_project import compile_asking, compile_request
from storyboard.commands.request import Request
from storyboard.compile_cache import forked, trace
from storyboard.compiler import Compilation
from storyboard.errors import StoryboardError
from tests.support.examples import examples

SAID = "Welcome to the tour of {{ product }} and thanks for watching."
BOARDS = [
    f"name: '{{{{ product }}}} tour'\nscenes:\n  - {{id: a, narration: '{SAID}'}}\n",
    "name: Other\navatar: host\nscenes:\n  - {id: a, narration: Hi}\n  - {id: a, narration: Hi}\n",
    "name: Other\nid: one\nscenes: [include: shared/part.yaml]\n",
    "name: Clips\nscenes:\n  - {id: b, narration: Look at this fine clip., broll: clip@0:09}\n",
    "name: Cut # here\nvars: {unused: 1}\nlocales: [en, fr]\nscenes: ['{{ unknown }}', 'x\t']\n",
    "name: [\n",
    "",
]
PARTS = [
    "- {id: p, narration: 'A part that many storyboards have in common.'}\n",
    "- {id: p, narration: Short}\n",
    "- [\n",
]
CATALOGS = [
    'msgid ""\nmsgstr "Language: de\\n"\n\nmsgctxt "a.narration"\n'
    'msgid "Welcome to the tour of {product} and thanks for watching."\n'
    'msgstr "Willkommen zur Tour von {product} und vielen Dank!"\n',
    'msgid ""\nmsgstr "Language: pl\\n"\n\nmsgctxt "p.narration"\n'
    'msgid "A part that many storyboards have in common."\nmsgstr "Ein Teil von vielen davon."\n',
    'msgctxt "a.narration"\nmsgid "Hi"\nmsgstr "{gone}"\n',
    "msgid\n",
]
PROJECTS = [
    "locales: [en, de]\nvars: {product: Acme}\n",
    "locales: [en, de, pt-BR]\nvars: {product: 1}\navatars: {host: {templateId: adam}}\n",
    "vars: {product: Acme}\nchecks: {narration-short: off, duplicate-name: error}\n"
    "entries: {clip: {entryId: 1_clip, media: clip.mp4, duration: 10}}\n",
    "locales: 3\n",
]
KINDS: Mapping[str, list[str]] = {
    "storyboard.yaml": PROJECTS,
    **{f"storyboards/{name}.yaml": BOARDS for name in ("one", "two", "three")},
    "shared/part.yaml": PARTS,
    **{f"locales/de/{name}.po": CATALOGS for name in ("one", "two", "shared/part", "gone")},
    "locales/pt/one.po": CATALOGS,
}
edits = st.sampled_from(sorted(KINDS)).flatmap(
    lambda path: st.tuples(st.just(path), st.none() | st.sampled_from(KINDS[path]))
)
requests = st.fixed_dictionaries(
    {},
    optional={
        "environment": st.sampled_from(["local", "kaltura"]),
        "scope": st.sampled_from([("one",), ("*@de",), ("tw*", "three@en")]),
        "paths": st.sampled_from([("storyboards/one.yaml",)]),
        "variables": st.sampled_from([{"product": "Other"}, {"product": 2}, {"mistyped": "x"}]),
        "allow_stale": st.booleans(),
        "fallback": st.booleans(),
    },
)


def told(request: Request, *, uses_cache: bool) -> Any:
    try:
        return check_files(request, uses_cache=uses_cache)
    except StoryboardError as failure:
        return failure.message, failure.hint


@settings(max_examples=examples(18), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(edits, min_size=4, max_size=9),
    st.lists(requests, min_size=1, max_size=2),
    st.lists(st.tuples(edits, st.integers(0, 1)), min_size=2, max_size=5),
)
def test_findings_are_those_of_a_cold_run(
    first: list[tuple[str, str | None]],
    asked: list[dict[str, Any]],
    steps: list[tuple[tuple[str, str | None], int]],
) -> None:
    with tempfile.TemporaryDirectory() as folder, patch.object(trace, "MANY", 1):
        for path, text in [("storyboard.yaml", PROJECTS[0]), *first]:
            edit(Path(folder), path, text)
        for (path, text), number in steps:
            edit(Path(folder), path, text)
            request = Request(Path(folder), **{"shell": {}, **asked[number % len(asked)]})
            cold = told(request, uses_cache=False)
            assert told(request, uses_cache=True) == cold
            assert told(request, uses_cache=True) == cold


def edit(root: Path, path: str, text: str | None) -> None:
    target = root / path
    target.parent.mkdir(parents=True, exist_ok=True)
    if text is None:
        target.unlink(missing_ok=True)
    else:
        target.write_text(text)


def test_processes_find_what_one_finds(tmp_path: Path) -> None:
    for number in range(40):
        board = BOARDS[number % len(BOARDS)].replace("id: one\n", f"id: one-{number % 9}\n")
        edit(tmp_path, f"storyboards/board-{number}.yaml", board)
    edit(tmp_path, "shared/part.yaml", PARTS[1])
    edit(tmp_path, "storyboard.yaml", PROJECTS[1])
    found = []
    for cores in (1, 3):
        can_fork = patch.object(forked, "_can_fork", lambda: True)  # whatever threads pytest has
        with can_fork, patch.object(forked, "cores", lambda cores=cores: cores):
            found.append(check_files(Request(tmp_path, shell={}), uses_cache=cores == 3))
        shutil.rmtree(tmp_path / ".storyboard", ignore_errors=True)
    assert found[0] == found[1]
    assert len(found[0].report.diagnostics) > 40


@settings(max_examples=examples(12), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(edits, min_size=4, max_size=9), st.lists(edits, max_size=2))
def test_videos_are_those_of_a_cold_run(
    first: list[tuple[str, str | None]], later: list[tuple[str, str | None]]
) -> None:
    """All of them, with where each text was written: that is found again."""
    with tempfile.TemporaryDirectory() as folder, patch.object(trace, "MANY", 1):
        root = Path(folder)
        for path, text in [("storyboard.yaml", PROJECTS[0]), *first]:
            edit(root, path, text)
        for changes in ([], later):
            for path, text in changes:
                edit(root, path, text)
            request = Request(root, environment="kaltura", shell={})
            cold = compile_request(request)
            for _ in range(2):
                asking = CompiledBefore(request).asking(None, keeps=True, keeps_videos=True)
                assert_same(compile_asking(request, asking), cold)


def assert_same(found: Compilation, cold: Compilation) -> None:
    assert found.videos == cold.videos
    assert found.report == cold.report
    assert (found.unmade, found.is_complete) == (cold.unmade, cold.is_complete)
    for mine, theirs in zip(found.videos, cold.videos, strict=True):
        assert (mine.name_origin, mine.avatar_origin) == (theirs.name_origin, theirs.avatar_origin)
        sources = [(mine.name_source, theirs.name_source)]
        for scene, other in zip(mine.scenes, theirs.scenes, strict=True):
            sources.append((scene.narration_source, other.narration_source))
        for one, two in sources:
            assert (one is None) == (two is None)
            if one is not None and two is not None:
                assert one.definition_of("Acme") == two.definition_of("Acme")
