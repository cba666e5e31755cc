"""A line at a wrong indentation: one error, which names the line above that it does not fit."""

from __future__ import annotations

import pytest

from storyboard.compiler import compile_project
from storyboard.source.events import OpenEvents, open_events, open_events_in_python
from storyboard.source.files import MemoryFiles
from storyboard.source.reader import read_document

SAYING = "Welcome to the tour of our new search engine."
SCENE = f"name: Tour\nscenes:\n  - id: intro\n    narration: {SAYING}\n"

WRONG = {
    "a key of the file": (
        f"name: Tour\n vars: {{}}\nscenes: [{SAYING}]\n",
        "2:2 'vars' is indented by 1 space, and 'name' above is not indented",
        "write it without spaces before it, as 'name' in line 1",
    ),
    "a file that starts with a space": (
        f" name: Tour\nscenes: [{SAYING}]\n",
        "2:1 'scenes' is not indented, and 'name' above is indented by 1 space",
        "indent it by 1 space, as 'name' in line 1",
    ),
    "a scene's key, too far": (
        f"scenes:\n  - id: intro\n     narration: {SAYING}\n",
        "3:6 'narration' is indented by 5 spaces, and 'id' above is indented by 4 spaces",
        "indent it by 4 spaces, as 'id' in line 2",
    ),
    "a scene's key, not far enough": (
        f"scenes:\n  - id: intro\n   narration: {SAYING}\n",
        "3:4 'narration' is indented by 3 spaces, and 'id' above is indented by 4 spaces",
        "indent it by 4 spaces, as 'id' in line 2",
    ),
    "a scene's key below its dash": (
        f"scenes:\n  - id: intro\n  narration: {SAYING}\n",
        "3:3 'narration' is indented by 2 spaces, and 'id' above is indented by 4 spaces",
        "indent it by 4 spaces, as 'id' in line 2, "
        "or write it without spaces before it, as 'scenes' in line 1",
    ),
    "a mapping's value that hangs left": (
        "vars:\n  first: 1\n second: 2\n",
        "3:2 'second' is indented by 1 space, and 'first' above is indented by 2 spaces",
        "indent it by 2 spaces, as 'first' in line 2, "
        "or write it without spaces before it, as 'vars' in line 1",
    ),
    "a dash, one more": (
        f"{SCENE}   - id: second\n",
        "5:4 '-' is indented by 3 spaces, and the '-' above is indented by 2 spaces",
        "indent it by 2 spaces, as the '-' in line 3",
    ),
    "a dash, one less": (
        f"{SCENE} - id: second\n",
        "5:2 '-' is indented by 1 space, and the '-' above is indented by 2 spaces",
        "indent it by 2 spaces, as the '-' in line 3",
    ),
    "a dash in the keys' column": (
        f"{SCENE}    - id: second\n",
        "5:5 '-' is indented by 4 spaces, and the '-' above is indented by 2 spaces",
        "indent it by 2 spaces, as the '-' in line 3",
    ),
    "a dash without indentation": (
        f"{SCENE}- id: second\n",
        "5:1 '-' is not indented, and the '-' above is indented by 2 spaces",
        "indent it by 2 spaces, as the '-' in line 3",
    ),
    "a dash behind a text, which YAML takes for more of the text": (
        f"scenes:\n  - {SAYING}\n   - {SAYING}\n",
        "3:4 '-' is indented by 3 spaces, and the '-' above is indented by 2 spaces",
        "indent it by 2 spaces, as the '-' in line 2",
    ),
    "a dash behind a text, in a list of words": (
        f"locales:\n- en\n  - de\nscenes: [{SAYING}]\n",
        "3:3 '-' is indented by 2 spaces, and the '-' above is not indented",
        "write it without spaces before it, as the '-' in line 2",
    ),
    "a dash without its space": (
        f"scenes:\n  -{SAYING}\n  - {SAYING}\n",
        "2:3 a space is missing after '-'",
        "write '- ' and the text",
    ),
    "a dash among keys": (
        "scenes:\n  id: intro\n  - id: second\n",
        "3:3 '-' starts an item of a list, and 'id' above is a key",
        "start the list below its key, or delete the '- '",
    ),
    "a text that goes on too far left": (
        f"scenes:\n  - id: intro\n    narration: Welcome\n   and more.\n  - {SAYING}\n",
        "4:4 the text that goes on here is indented by 3 spaces, "
        "and 'narration' above is indented by 4 spaces",
        "indent it by more than 4 spaces",
    ),
    "a block that goes on too far left": (
        "scenes:\n  - id: intro\n    narration: >-\n      Note: one\n     more.\n",
        "5:6 the text that goes on here is indented by 5 spaces, "
        "and the line above is indented by 6 spaces",
        "indent it by 6 spaces",
    ),
    "a tab before a key": (
        f"scenes:\n  - id: intro\n\tnarration: {SAYING}\n",
        "3:1 a tab cannot indent",
        "indent with spaces: 4 spaces to line up with 'id' in line 2",
    ),
    "a tab before a dash": (
        f"{SCENE}\t- {SAYING}\n",
        "5:1 a tab cannot indent",
        "indent with spaces: 2 spaces to line up with the '-' in line 3",
    ),
    "a tab where nothing is to line up with": (
        f"scenes:\n\t- {SAYING}\n",
        "2:1 a tab cannot indent",
        "indent with spaces",
    ),
}


@pytest.mark.parametrize("events", [open_events, open_events_in_python])
@pytest.mark.parametrize("case", WRONG)
def test_one_error_names_the_line_that_it_does_not_fit(case: str, events: OpenEvents) -> None:
    text, said, hint = WRONG[case]
    _, findings = read_document("tour.yaml", text, events=events)
    (found,) = findings
    assert f"{found.span.line}:{found.span.column} {found.message}" == said
    assert found.hint == hint


@pytest.mark.parametrize("case", WRONG)
def test_the_compiler_adds_no_second_error(case: str) -> None:
    text = WRONG[case][0]
    text += "" if "name: Tour" in text else "name: Tour\n"
    report = compile_project(MemoryFiles({"tour.storyboard.yaml": text})).report
    assert len(report.diagnostics) == 1


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        (
            f"scenes:\n  - id: intro\nnarration: {SAYING}\n",
            "'narration' belongs to the last item of 'scenes', and stands beside 'scenes'",
            "move 'narration' below the item's first key",
        ),
        (
            f"scenes:\n  - narration: {SAYING}\n    broll:\n    entryId: 1_a\n    startTime: 3\n",
            "'entryId' belongs below 'broll', and stands beside 'broll'",
            "indent 'entryId', 'startTime' further",
        ),
        (
            f"avatar:\n  background: '#CEEEDB'\ntemplateId: jane\nscenes: [{SAYING}]\n",
            "'templateId' belongs below 'avatar', and stands beside 'avatar'",
            "indent 'templateId' further",
        ),
    ],
)
def test_keys_beside_the_key_that_they_belong_to(text: str, message: str, hint: str) -> None:
    files = MemoryFiles({"tour.storyboard.yaml": f"name: Tour\n{text}"})
    (found,) = compile_project(files).report.diagnostics
    assert (found.message, found.hint) == (message, hint)


def test_a_key_that_fits_nowhere_is_not_moved_to_where_any_key_fits() -> None:
    text = f"name: Tour\nvars: {{a: 1}}\nsubject: x\nscenes: ['{SAYING} {{{{ a }}}}']\n"
    (found,) = compile_project(MemoryFiles({"tour.storyboard.yaml": text})).report.diagnostics
    assert found.message == "'subject' is not a key that fits here"


@pytest.mark.parametrize(
    "text",
    [
        f"scenes:\n  - {SAYING} - and more\n",
        f"scenes:\n  - narration: >-\n      {SAYING}\n      - one\n",
        f'scenes:\n  - "{SAYING}\n    - one"\n',
        f"scenes:\n- id: a\n  narration: {SAYING}\n- narration: {SAYING} 3 -\n    2\n",
    ],
)
def test_a_dash_inside_a_text_stays(text: str) -> None:
    document, findings = read_document("tour.yaml", text)
    assert document is not None
    assert findings == ()
