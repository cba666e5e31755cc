"""How many tests run at once, and how properties choose their examples.

The same ones each time, or new ones to search for faults.

A check of a change has to say something about the change, so `make test` takes the same examples
each time; `make search` takes new ones, many more of them, and a failure that it finds becomes an
example of its test.
"""

import gc
import os
import signal
import sys
import threading
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.internal.conjecture import providers

from tests.support.certificates import reading_once
from tests.support.examples import PROFILE, SEARCH, examples
from tests.support.memory_folders import give_memory_back, prefer_memory
from tests.support.shaking import SHAKEN
from tests.support.shares import is_of_share

BROWSER = Path(__file__).parent / "browser"

# Without a deadline an example, and without that check what makes examples, may take its time: a
# slow machine is no fault of the code.
UNHURRIED = settings(deadline=None, print_blob=True, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("same", UNHURRIED, derandomize=True, max_examples=examples(100))
settings.register_profile(SEARCH, UNHURRIED)
settings.load_profile(PROFILE)
if PROFILE != SEARCH:
    # Hypothesis draws from the numbers and texts of the modules that are loaded by then: what a
    # property was given hung on the tests that had run before it in the same process.
    constants = providers.Constants()
    providers._get_local_constants = lambda: constants


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """Take two processes a core: half of their time is waiting, for programs and for sockets."""
    return 2 * (os.cpu_count() or 1)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let a run take one share of the tests: a slow machine runs the others at other changes."""
    parser.addoption("--share", default="1/1", help="which part, of how many equal ones: 2/3")


def pytest_configure(config: pytest.Config) -> None:
    """Heed signals as in a terminal: who runs tests in the background has them ignored, as `nohup`
    and the shell's `&` do, and what a test starts would wait for them for ever."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    for name in ("SIGHUP", "SIGTERM"):
        number = getattr(signal, name, None)  # Windows has no SIGHUP
        if number is not None and signal.getsignal(number) is signal.SIG_IGN:
            signal.signal(number, signal.SIG_DFL)
    prefer_memory(config)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    if exitstatus == 0:
        give_memory_back(session.config)


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Look into no folder whose tests a run leaves out all."""
    return (collection_path == BROWSER and "not browser" in config.option.markexpr) or None


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Have the collector of cycles rest meanwhile: what is gathered stays, and it looked at all of
    it two thousand times, a quarter of the time."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.enable()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what is not of this share. In `make shake`, let threads take turns all the time,
    and tests come in reverse order."""
    which, _, parts = config.getoption("share").partition("/")
    items[:] = [each for each in items if is_of_share(each.nodeid, int(which), int(parts))]
    if SHAKEN:
        sys.setswitchinterval(1e-5)
        items.reverse()


@pytest.fixture(autouse=True, scope="session")
def certificates_read_once() -> Iterator[None]:
    """Hundreds of clients of plain HTTP would read all authorities of the system, 20 ms each."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("httpx.create_ssl_context", reading_once())
        yield


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown() -> Iterator[None]:
    """Fail a test that leaves a timer: it goes off in another, which is innocent."""
    yield
    timers = [each for each in threading.enumerate() if isinstance(each, threading.Timer)]
    left = [each.function for each in timers if not each.finished.is_set()]
    for each in timers:
        each.cancel()
    assert not left, "a timer outlives its test"


def pytest_collection_finish(session: pytest.Session) -> None:
    """Spare the collector the tests themselves: it looked at all of them again and again, which was
    a tenth of the time."""
    gc.freeze()
