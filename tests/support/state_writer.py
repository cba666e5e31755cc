"""A process that holds a shared state and writes it, for tests that race, freeze and kill it.

    python -m tests.support.state_writer KIND FOLDER TTL WHO WRITES [HOLD-SECONDS] [WAIT-SECONDS]

Prints a line of JSON when it holds the state, after each write, and at its end.
"""

from __future__ import annotations

import sys
import time
from dataclasses import replace
from pathlib import Path

from storyboard.errors import StoryboardError
from storyboard.state.local import next_serial
from storyboard.state.model import State
from storyboard.state.patience import Patience
from storyboard.state.store import open_state
from tests.support.state_places import described, open_store
from tests.support.tiny_studio import PRINCIPAL


def main(kind: str, folder: str, ttl: str, who: str, writes: str, *times: str) -> int:
    hold, wait = [float(text) for text in (*times, "0", "0")[:2]] if times else (0.0, 0.0)
    store = open_store(kind, Path(folder), float(ttl), who)
    try:
        with store.locked(Patience(wait or None)):
            print(described(held=who), flush=True)
            for _ in range(int(writes)):
                state = open_state(store, PRINCIPAL)
                store.seconds_left()
                store.write(_with_writer(state, who))
                print(described(wrote=who), flush=True)
            time.sleep(hold)
            store.seconds_left()
            if hold:
                state = open_state(store, PRINCIPAL)
                store.write(_with_writer(state, who))
    except StoryboardError as failure:
        print(described(failed=failure.message, code=int(failure.exit_code)), flush=True)
        return int(failure.exit_code)
    print(described(left=who), flush=True)
    return 0


def _with_writer(state: State, who: str) -> State:
    """Count a write under the writer's name: a write that is lost is one that is not counted."""
    count = int(state.avatars.get(who, "0")) + 1
    return next_serial(replace(state, avatars={**state.avatars, who: str(count)}))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
