"""Marks of other services are found in a narration, and what only looks like one is not."""

from __future__ import annotations

import pytest

from storyboard.narration.service_marks import SERVICE_MARK


@pytest.mark.parametrize(
    "mark",
    [
        *("[pause]", "[pause 2s]", "[Pause: 1.5 seconds]", "[short pause]", "[laughs]"),
        *("[sighs]", "[excited]", "(laughs)", "(clears throat)", "(pause 2s)", "<#0.5#>"),
        *("[[slnc 500]]", "{pause=1s}", "[clears throat]", "[break 500ms]"),
    ],
)
def test_marks_of_other_services_are_found(mark: str) -> None:
    found = SERVICE_MARK.search(f"Welcome {mark} to all of you.")
    assert found is not None
    assert found[0] == mark


@pytest.mark.parametrize(
    "text",
    [
        *("Press the key [optional].", "Press (pause) to stop.", "See [1] and [Pause menu]."),
        *("A break (of 5 minutes) follows.", "Ticket <#5", "The list [a, b] is sad (he says)."),
    ],
)
def test_other_brackets_are_none(text: str) -> None:
    assert SERVICE_MARK.search(text) is None
