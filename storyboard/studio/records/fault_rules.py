"""The rules of requests that fail, and how often each was met, by all servers of a studio."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from storyboard.studio.behavior.faults import Fault, FaultKind, Rule, met_by
from storyboard.studio.records.store import Row, Transaction


def add(tx: Transaction, fault: Fault) -> int:
    """Add a rule behind the others, and return how many there are."""
    tx.run("faults.add", rule=json.dumps(asdict(fault) | {"kind": fault.kind.value}))
    return len(tx.rows("faults.rows"))


def rules(tx: Transaction) -> list[Rule]:
    """Return all rules, in their order."""
    return [_rule(row) for row in tx.rows("faults.rows")]


def meet(tx: Transaction, action: str, body: Any) -> Fault | None:
    """Return the fault that a request meets, and count it."""
    rows = tx.rows("faults.rows")
    before = [_rule(row) for row in rows]
    after, fault = met_by(before, action, body)
    for row, was, now in zip(rows, before, after, strict=True):
        if now != was:
            told = {"matched": now.matched, "fired": now.fired, "drawn": now.drawn}
            tx.run("faults.count", seq=row["seq"], **told)
    return fault


def _rule(row: Row) -> Rule:
    told = json.loads(row["rule"])
    fault = Fault(FaultKind(told.pop("kind")), **told)
    return Rule(fault, row["matched"], row["fired"], row["drawn"])
