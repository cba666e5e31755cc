"""How many calls pass at once after a refusal, in which order, and whatever is cancelled."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any

from storyboard.kaltura.throttle import Throttle


def run(main: Coroutine[Any, Any, None]) -> None:
    asyncio.run(asyncio.wait_for(main, 20))


async def rest() -> None:
    for _ in range(10):
        await asyncio.sleep(0)


class Calls:
    """Calls under way; each lasts until it is told to end."""

    def __init__(self, throttle: Throttle) -> None:
        self.throttle = throttle
        self.sent: list[str] = []
        self.ends: dict[str, asyncio.Event] = {}

    def begin(self, name: str, *, again: bool = False) -> asyncio.Task[None]:
        self.ends[name] = asyncio.Event()
        return asyncio.create_task(self._call(name, again=again))

    async def end(self, name: str) -> None:
        self.ends[name].set()
        await rest()

    async def _call(self, name: str, *, again: bool) -> None:
        async with self.throttle.turn(again=again):
            self.sent.append(name)
            await self.ends[name].wait()


def test_all_pass_until_the_first_refusal_and_half_of_them_after_it() -> None:
    async def main() -> None:
        calls = Calls(Throttle())
        for number in range(8):
            calls.begin(f"{number}")
        await rest()
        assert len(calls.sent) == 8
        for number in range(8):
            if number == 4:
                async with calls.throttle.paused():
                    calls.begin("new")
                    await rest()
                    assert "new" not in calls.sent
            await calls.end(f"{number}")
        more = [f"more {number}" for number in range(8)]
        for name in more:
            calls.begin(name)
        await rest()
        assert calls.sent[8:] == ["new", "more 0"], "4 were under way, and 1 was refused"

    run(main())


def test_those_that_were_refused_go_first_and_in_their_order() -> None:
    async def main() -> None:
        calls = Calls(Throttle())
        async with calls.throttle.paused():
            for name in ("new 1", "new 2"):
                calls.begin(name)
            await rest()
            for name in ("refused 1", "refused 2"):
                calls.begin(name, again=True)
            await rest()
            assert calls.sent == []
        for name in ("refused 1", "refused 2", "new 1", "new 2"):
            await rest()
            assert calls.sent[-1] == name
            await calls.end(name)

    run(main())


def test_what_is_cancelled_while_it_waits_takes_no_turn_away() -> None:
    async def main() -> None:
        calls = Calls(Throttle())
        async with calls.throttle.paused():
            pass
        async with calls.throttle.turn():
            gone = [calls.begin("gone 1"), calls.begin("gone 2", again=True)]
            calls.begin("stays")
            await rest()
            for each in gone:
                each.cancel()  # and the turn is given on before they have noticed
        await rest()
        assert calls.sent == ["stays"]
        calls.begin("next")
        await calls.end("stays")
        assert calls.sent == ["stays", "next"]

    run(main())


def test_what_is_cancelled_with_its_turn_gives_it_on() -> None:
    async def main() -> None:
        calls = Calls(Throttle())
        async with calls.throttle.paused():
            given = calls.begin("given")
            calls.begin("next")
            await rest()
        await asyncio.sleep(0)  # the turn is given now, and not taken yet
        given.cancel()
        await rest()
        assert calls.sent[-1] == "next"

    run(main())


def test_more_pass_with_each_round_that_goes_well() -> None:
    async def main() -> None:
        throttle = Throttle()
        async with throttle.paused():
            pass
        for _ in range(12):
            throttle.went_well()
        calls = Calls(throttle)
        for number in range(20):
            calls.begin(f"{number}")
        await rest()
        assert 3 < len(calls.sent) < 8

    run(main())
