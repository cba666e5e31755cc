"""A process that holds a state and writes it, for tests that race, freeze and end it.

    python -m tests.support.state_writer KIND FOLDER TTL WHO WRITES [HOLD-SECONDS] [WAIT-SECONDS]

Prints a line of JSON when it holds the state, after each write, and at its end. It looks at a lease
and renews it a few times a second. With `line` as HOLD-SECONDS, it holds until it is sent a line,
and does nothing meanwhile: its lease is renewed as TTL says.
"""

from __future__ import annotations

import asyncio
import sys
from dataclasses import replace
from pathlib import Path

from storyboard.cli.held_run import run_held
from storyboard.errors import StoryboardError
from storyboard.state.local import next_serial
from storyboard.state.model import State
from storyboard.state.patience import LockPatience, held
from storyboard.state.store import Store, open_state
from tests.support.state_places import (
    PRINCIPAL,
    described,
    look_and_renew_often,
    open_store,
)


def main(kind: str, folder: str, ttl: str, who: str, writes: str, *times: str) -> int:
    hold, wait = (*times, "0", "0")[:2]
    if hold != "line":
        look_and_renew_often(float(ttl), 0.25)
    store = open_store(kind, Path(folder), float(ttl), who)
    try:
        run_held(_work(store, who, int(writes), hold, float(wait)))
    except StoryboardError as failure:
        print(described(failed=failure.message, code=int(failure.exit_code)), flush=True)
        return int(failure.exit_code)
    except KeyboardInterrupt:
        return 130
    print(described(left=who), flush=True)
    return 0


async def _work(store: Store, who: str, writes: int, hold: str, wait: float) -> None:
    patience = LockPatience(wait or None)
    async with held(store.locked(patience), patience):
        print(described(held=who), flush=True)
        for _ in range(writes):
            _write(store, who)
            print(described(wrote=who), flush=True)
        if hold == "line":
            await asyncio.to_thread(sys.stdin.readline)
        else:
            await asyncio.sleep(float(hold))
        if hold != "0":
            _write(store, who)


def _write(store: Store, who: str) -> None:
    """Count a write under the writer's name: a write that is lost is one that is not counted."""
    store.seconds_left()
    state: State = open_state(store, PRINCIPAL)
    count = int(state.avatars.get(who, "0")) + 1
    store.write(next_serial(replace(state, avatars={**state.avatars, who: str(count)})))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
