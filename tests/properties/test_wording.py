"""No word of the source reaches a video in another language, whatever an expression is."""

from __future__ import annotations

import json
import re

from hypothesis import given, settings
from hypothesis import strategies as st

from storyboard.compiler import compile_project
from storyboard.source.files import MemoryFiles
from tests.support.examples import examples
from tests.support.syncing import synced_files

VARS = {
    "word": "sourcewords here",
    "items": [{"t": "sourcewords one"}, {"t": "sourcewords two"}],
    "name": "Acme",
    "n": 3,
    "yes": True,
}
leaves = st.sampled_from(
    [
        *("word", "name", "n", "items[0].t", "'sourcewords said'", "'Q1'", "3", "items[-1]['t']"),
        *("word | upper", "items | map(attribute='t') | map('upper') | join(', ')"),
        *("items | map(attribute='t') | join(', ')", "n | unit('day')", "n | number"),
        "n | plural(one='sourcewords one', other='sourcewords more')",
    ]
)


LETTERS = ("upper", "title", "capitalize", "upper | tojson", "tojson | upper", "string | upper")
"""Filters after which no small letter may be left to tell words from names."""


def grown(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        st.tuples(inner, inner).map(lambda pair: f"({pair[0]}) ~ ({pair[1]})"),
        st.tuples(inner, inner).map(lambda pair: f"({pair[0]}) if yes else ({pair[1]})"),
        st.tuples(inner, inner).map(lambda pair: f"({pair[0]}) if n > 5 else ({pair[1]})"),
        inner.map(lambda text: f"(({text}) ~ '') | trim"),
        inner.map(lambda text: f"(({text}) ~ '') | lower"),
        st.tuples(inner, st.sampled_from(LETTERS)).map(
            lambda pair: f"(({pair[0]}) ~ '') | {pair[1]}"
        ),
        inner.map(lambda text: f"nothing | default({text})"),
    )


narrations = st.lists(
    st.recursive(leaves, grown, max_leaves=4).map(lambda text: "{{ " + text + " }}")
    | st.just("Sourcewords and more."),
    min_size=1,
    max_size=3,
).map(" ".join)


@given(narrations, st.sampled_from(["de", "pl", "ja"]))
@settings(deadline=None, max_examples=examples(150))
def test_no_word_of_the_source_is_in_a_video_that_is_not_held(narration: str, tag: str) -> None:
    board = {
        "name": "A",
        "locales": ["en", tag],
        "vars": VARS,
        "scenes": [{"id": "x", "narration": narration}],
    }
    checks = "checks: {narration-too-short: off}\n"
    files: dict[str, bytes | str] = {
        "storyboard.yaml": checks,
        "a.storyboard.yaml": json.dumps(board),
    }
    rewrites, report = synced_files(MemoryFiles(files))
    assert not report.has_errors, report
    for rewrite in rewrites:
        text = (rewrite.after or b"").decode()
        head, *entries = text.removesuffix("\n").split("\n\n")
        done = [_translated(entry) for entry in entries]
        files[rewrite.path] = "\n\n".join([head, *done]) + "\n"
    for given_files in (files, {k: v for k, v in files.items() if not k.endswith(".po")}):
        compilation = compile_project(MemoryFiles(given_files))
        assert not compilation.report.has_errors, compilation.report
        video = compilation.videos[1]
        said = video.scenes[0].narration or ""
        assert video.holds or "sourcewords" not in said.lower()
        if given_files is files:
            assert not video.holds, "all that was asked for is translated"


def _translated(entry: str) -> str:
    """Translate an entry: each word of the source is another one, tokens stay."""
    source = entry.partition("msgid ")[2].partition("\nmsgstr")[0]
    target = re.sub("ourcewords", "ielworte", source, flags=re.IGNORECASE)
    return entry.replace('msgstr ""', f"msgstr {target}")
