"""How many tests run at once, and how properties choose their examples.

The same ones each time, or new ones to search for faults.

A check of a change has to say something about the change, so `make test` takes the same examples
each time; `make search` takes new ones, many more of them, and a failure that it finds becomes an
example of its test.
"""

import os

import pytest
from hypothesis import settings

settings.register_profile("same", derandomize=True, print_blob=True)
settings.register_profile("search", print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """Take half as many processes again as there are cores: a third of their time is waiting."""
    return max(2, (os.cpu_count() or 1) * 3 // 2)
