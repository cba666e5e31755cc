"""How a job is to be made, as the server says that takes it: whatever its worker is told itself.

A worker that cannot make it so leaves it to others: see `needs_of`.
"""

from __future__ import annotations

import json
from typing import Final

from storyboard.strict_json import NotJson, parse_json
from storyboard.studio.behavior.contract import Contract
from storyboard.studio.behavior.switches import SWITCHES
from storyboard.studio.jobs.workspace import Workspace
from storyboard.studio.records import queue
from storyboard.studio.records.queue import Way

FRAME_RATES: Final = "broll_frame_rates"
OVERRUN: Final = "broll_overrun"
_MADE_BY: Final = (FRAME_RATES, OVERRUN)
"""The switches of the contract that say how films and compositions are made."""


def way_of(workspace: Workspace, kind: str, trace: str = "") -> Way:
    """Return how this server wants a job of a kind to be made, as part of a trace."""
    rules = {name: workspace.contract[name] for name in _MADE_BY}
    return Way(trace, json.dumps(rules), needs_of(workspace, kind))


def needs_of(workspace: Workspace, kind: str) -> str:
    """Return what a process has that makes jobs of a kind: which composer."""
    return workspace.composer_name if kind == queue.COMPOSITION else ""


def switch(rules: str, contract: Contract, name: str) -> str:
    """Return a switch as a job's rules have it, or as this process does where they tell none.

    A value that this version does not know is none.
    """
    try:
        told = parse_json(rules) if rules else {}
    except NotJson:
        told = {}
    value = told.get(name) if isinstance(told, dict) else None
    known = next(each.values for each in SWITCHES if each.name == name)
    return value if isinstance(value, str) and value in known else contract[name]
