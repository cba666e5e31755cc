"""How a served studio logs: lines for people, or one JSON object a line for what collects logs."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, Final

import click

from storyboard.kaltura.secrets import redact
from storyboard.views.json_text import json_line

TEXT: Final = "text"
JSON: Final = "json"
FORMATS: Final = (TEXT, JSON)

LOG: Final = logging.getLogger("storyboard.studio")

FIELDS: Final = ("videoId", "entryId", "job", "attempt", "worker", "formerWorker", "version")
"""What a message may be about: members of its JSON object, given as `extra`."""


class Lines(logging.Formatter):
    """A time and a message; a traceback has lines of its own."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        """Return the record without what looks like a session or a secret."""
        return redact(super().format(record))


class JsonLines(logging.Formatter):
    """One object a line, whatever the message holds."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the record without what looks like a session or a secret."""
        more = {name: getattr(record, name) for name in FIELDS if hasattr(record, name)}
        if record.exc_text:  # of another program, which told it as a text
            more["trace"] = record.exc_text
        elif record.exc_info:
            more["trace"] = self.formatException(record.exc_info)
        level, message = record.levelname.lower(), record.getMessage()
        return logged(level, message, at=record.created, logger=record.name, **more)


def logged(
    level: str, message: str, *, at: float | None = None, logger: str = LOG.name, **more: Any
) -> str:
    """Return a line of a log that is collected, without what looks like a session or a secret."""
    when = datetime.now(UTC) if at is None else datetime.fromtimestamp(at, UTC)
    told = {
        "time": when.isoformat(timespec="milliseconds"),
        "level": level,
        "logger": logger,
        "message": redact(message),
    }
    told |= {name: redact(each) if isinstance(each, str) else each for name, each in more.items()}
    return json_line(told).rstrip("\n")


def tell(log_format: str, text: str, *, grave: bool = False) -> None:
    """Say something that is no event: a line for people, or one more object of a log."""
    if log_format == JSON:
        LOG.log(logging.WARNING if grave else logging.INFO, "%s", text)
    else:
        click.echo(f"warning: {text}" if grave else text, err=True)


def log_end(signals: Sequence[str]) -> None:
    """Log that a command ended in order: whoever reads a log has to tell it from a kill."""
    LOG.info("%s", ended_after(signals))


def ended_after(signals: Sequence[str]) -> str:
    """Return the words of a last line: after which signals."""
    return f"ended after {' and '.join(signals) or 'no signal'}"


def log_to_stderr(log_format: str) -> None:
    """Log what the studio does, in one of the `FORMATS`."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines() if log_format == JSON else Lines())
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    for noisy in ("uvicorn", "asyncio"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
