"""What a studio or a worker that runs for long writes to its log, on stderr."""

from __future__ import annotations

import logging


def log_to_stderr() -> None:
    """Write what the studio tells, and of its server what is a warning."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    for noisy in ("uvicorn", "asyncio"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
