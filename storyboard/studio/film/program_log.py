"""Brings what a program of the studio logs to its parent, whose log has one format and place."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Logged:
    """A record of a log, taken apart; `created` is a unix time, and `trace` that of a bug."""

    logger: str
    level: int
    created: float
    message: str
    trace: str


class _ToParent(logging.Handler):
    """Tells the parent each record."""

    def __init__(self, tell: Callable[[Any], None]) -> None:
        super().__init__()
        self._tell = tell

    def emit(self, record: logging.LogRecord) -> None:
        info = record.exc_info
        trace = logging.Formatter().formatException(info) if info and info[0] else ""
        message = record.getMessage()
        self._tell(Logged(record.name, record.levelno, record.created, message, trace))


def log_to_parent(tell: Callable[[Any], None]) -> None:
    """Have this program tell its parent what it logs, and of what Python warns."""
    logging.getLogger().addHandler(_ToParent(tell))
    logging.getLogger("storyboard").setLevel(logging.INFO)
    logging.captureWarnings(True)


def log_here(logged: Logged) -> None:
    """Log what a program told, as if it had happened here.

    Where nothing is logged, as in `apply`, the trace of a bug goes to stderr: it is to be reported.
    """
    if logged.trace and not logging.getLogger().handlers:
        print(logged.trace, file=sys.stderr)
    record = logging.makeLogRecord(
        {
            "name": logged.logger,
            "levelno": logged.level,
            "levelname": logging.getLevelName(logged.level),
            "msg": logged.message,
            "created": logged.created,
            "exc_text": logged.trace or None,
        }
    )
    logger = logging.getLogger(logged.logger)
    if logger.isEnabledFor(logged.level):
        logger.handle(record)
