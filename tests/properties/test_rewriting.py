"""Laws of writing scenes into a text: they read back as they were, and nothing else moves."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from storyboard.language.rewriting import write_scenes
from storyboard.language.yaml_writing import document_lines
from storyboard.source.reader import read_document
from storyboard.source.text import FORBIDDEN
from tests.support.examples import examples

BLOCK = """\
# what it is for
name: Highlights   # shown in lists
entries:
  talk: {entryId: 1_talk0001}

# the studio writes the scenes
compose:   # ask for more
  formatType: session-highlights   # from captions
  duration: 60
  entryIds: [talk]   # a talk
# the end
protect: true
"""
FLOW = """\
name: Highlights
compose: {formatType: session-highlights, duration: 60,
  entryIds: [talk]}  # a talk
"""
JSON = '{"compose": {"formatType": "session-highlights", "entryIds": ["a"]}, "name": "x"}'
BARE = "name: x\ncompose:\n  duration: 60"
FILES = [BLOCK, BLOCK.replace("\n", "\r\n"), FLOW, JSON, BARE]

texts = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=300).filter(
    lambda text: "{" not in text and not FORBIDDEN.search(text)
)
sentences = st.lists(st.text("abc äß字:#-'\",.!", min_size=1, max_size=12), min_size=1, max_size=60)
scenes = st.lists(
    st.fixed_dictionaries(
        {"id": st.from_regex(r"[a-z][a-z0-9-]{0,12}", fullmatch=True)},
        optional={
            "layoutType": st.sampled_from(["full-screen", "broll"]),
            "narration": texts | sentences.map(" ".join),
            "broll": st.sampled_from(["talk@3.5", {"entryId": "1_talk0001", "startTime": 3.25}]),
            "avatar": st.just(
                {"templateId": "adam", "background": {"type": "color", "color": "#1A1A2E"}}
            ),
        },
    ),
    min_size=1,
    max_size=4,
)


def read(text: str) -> Any:
    document, findings = read_document("a.yaml", text)
    assert document is not None
    assert not findings, findings
    return document


@settings(deadline=None, max_examples=examples(150))
@given(st.sampled_from(FILES), scenes, st.none() | texts)
@example(BLOCK, [{"id": "a", "narration": "A\r0"}], None)
def test_what_is_written_reads_back(
    text: str, scenes: list[dict[str, Any]], name: str | None
) -> None:
    document = read(text)
    written = read(write_scenes(document, scenes, name)).data
    expected = {**document.data, "scenes": scenes}
    expected["composed"] = expected.pop("compose")
    if name is not None:
        expected["name"] = name
    assert written == expected


@pytest.mark.parametrize("text", FILES[:3])
def test_every_other_byte_stays(text: str) -> None:
    written = write_scenes(read(text), [{"id": "one", "narration": "Hello there."}])
    newline = "\r\n" if "\r\n" in text else "\n"
    block = newline.join(("", "scenes:", "  - id: one", "    narration: Hello there."))
    assert block in written
    assert written.replace(block, "", 1).replace("composed:", "compose:", 1) == text
    assert written.index("composed:") < written.index("scenes:")


def test_texts_that_look_like_expressions_are_escaped() -> None:
    written = write_scenes(read(BARE), [{"id": "one", "narration": "Type {{ name }} or {% if %}."}])
    narration = read(written).data["scenes"][0]["narration"]
    assert narration == "Type {{ '{{' }} name }} or {{ '{%' }} if %}."


keys = st.sampled_from(["name", "no", "1", "x y", "Null", "talk-1", "#", "a: b", "templateId"])
values = st.recursive(
    texts | sentences.map(" ".join) | st.integers(0, 10**9) | st.booleans(),
    lambda inner: (
        st.dictionaries(keys, inner, max_size=3)
        | st.lists(st.text("ab,:]} #", min_size=1, max_size=9), max_size=3)
        | st.lists(st.dictionaries(keys, inner, min_size=1, max_size=3), min_size=1, max_size=3)
    ),
    max_leaves=12,
)


@settings(deadline=None, max_examples=examples(150))
@given(st.dictionaries(keys, values, min_size=1, max_size=4))
@example({"name": "One.\n\nTwo: #3\n- four"})
@example({"name": " One.\n\nTwo."})
def test_a_whole_file_reads_back(form: dict[str, Any]) -> None:
    assert read("".join(f"{line}\n" for line in document_lines(form))).data == form
