"""The coroutine of a command is run, and what it returns is handed over as it is."""

from __future__ import annotations

from pathlib import Path

from storyboard.cli import event_loop
from storyboard.cli.event_loop import run_to_end

CLI = Path(event_loop.__file__).parent


class Plan:
    """Counts how often it is spelled out."""

    spelled = 0

    def __repr__(self) -> str:
        self.spelled += 1
        return "a plan"


def test_a_result_is_not_spelled_out() -> None:
    """`asyncio.run` has its task spelled out when it takes its handler of SIGINT away."""

    async def work() -> Plan:
        return Plan()

    assert run_to_end(work()).spelled == 0


def test_each_command_is_run_so() -> None:
    running = {path.name for path in CLI.glob("*.py") if "asyncio.run(" in path.read_text()}
    assert running == {"event_loop.py"}
