"""What is away is told once, and once that it is back: a log of each look would hide both."""

from __future__ import annotations

import logging

import pytest

from storyboard.errors import StudioError
from storyboard.studio.jobs.outages import Outage
from tests.support.passing_time import Clock


def test_an_outage_has_a_beginning_and_an_end(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "storyboard.studio")
    clock = Clock()
    outage = Outage("the queue cannot be read", "the queue is read again", clock)
    outage.over()
    for lasted in (40, 2):
        for _ in range(lasted):
            outage.note(StudioError("no route to it"))
            clock.seconds += 1
        outage.over()
        outage.over()
    assert [record.getMessage() for record in caplog.records] == [
        "the queue cannot be read: no route to it",
        "the queue is read again, after 40 s",
        "the queue cannot be read: no route to it",
        "the queue is read again, after 2 s",
    ]
