"""How a job is to be made, as the server says that takes it: whatever its worker is told itself.

A worker that cannot make it so leaves it to others: see `needs_of`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from storyboard.strict_json import NotJson, parse_json
from storyboard.studio.behavior.contract import Contract
from storyboard.studio.behavior.switches import SWITCHES
from storyboard.studio.jobs.workspace import Workspace
from storyboard.studio.records import queue
from storyboard.studio.records.queue import Way

FRAME_RATES: Final = "broll_frame_rates"
OVERRUN: Final = "broll_overrun"
NO_WISHES: Final[Mapping[str, bool]] = MappingProxyType({})
_MADE_BY: Final = (FRAME_RATES, OVERRUN)
"""The switches of the contract that say how films and compositions are made."""


def way_of(
    workspace: Workspace, kind: str, trace: str = "", wishes: Mapping[str, bool] = NO_WISHES
) -> Way:
    """Return how this server wants a job of a kind to be made, as part of a trace.

    `wishes` are those of who asked for it.
    """
    rules: dict[str, Any] = {name: workspace.contract[name] for name in _MADE_BY}
    rules |= wishes
    return Way(trace, json.dumps(rules), needs_of(workspace, kind))


def needs_of(workspace: Workspace, kind: str) -> str:
    """Return what a process has that makes jobs of a kind: which composer, or which voices."""
    return workspace.composer_name if kind == queue.COMPOSITION else workspace.voices_name


def switch(rules: str, contract: Contract, name: str) -> str:
    """Return a switch as a job's rules have it, or as this process does where they tell none.

    A value that this version does not know is none.
    """
    value = _told(rules).get(name)
    known = next(each.values for each in SWITCHES if each.name == name)
    return value if isinstance(value, str) and value in known else contract[name]


def is_wished(rules: str, name: str) -> bool:
    """Whether who asked for a job wished something."""
    return _told(rules).get(name) is True


def _told(rules: str) -> Mapping[str, Any]:
    try:
        told = parse_json(rules) if rules else {}
    except NotJson:
        return {}
    return told if isinstance(told, dict) else {}
