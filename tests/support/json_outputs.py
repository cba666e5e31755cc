"""Holds what a command prints with `--json` against its schema, and against the laws of stderr."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from typing import Any

import jsonschema

from storyboard.cli import storyboard
from storyboard.cli.printed import STDERR, schema_of, working_commands
from storyboard.errors import ExitCode
from storyboard.source.schema import read_schema

NO_FAILURES = (ExitCode.OK, ExitCode.CHANGES_PENDING)


def read_printed(words: str, code: int, out: str, err: str) -> tuple[Any, list[dict[str, Any]]]:
    """Return the value on stdout, None for nothing, and the events on stderr; both are checked.

    `words` are those of the command, such as `state list`; empty for a command that is none.
    """
    value = json.loads(out) if out else None
    if out and words:
        found = "plan" if "digest" in value and words == "show" else schema_of(words)
        _validator(found).validate(value)
    events = read_events(err)
    errors = [event for event in events if event["event"] == "error"]
    if code in NO_FAILURES:
        assert not errors, errors
    else:
        assert [error["exit"] for error in errors] == [code], (words, code, err)
        assert events[-1] is errors[0]
    return value, events


def read_events(err: str) -> list[dict[str, Any]]:
    """Return the events of a text of stderr, each as its schema says."""
    events = [json.loads(line) for line in err.splitlines()]
    for event in events:
        _validator(STDERR).validate(event)
    return events


def words_of(arguments: Sequence[str], commands: Sequence[str]) -> str:
    """Return the words of the command that a command line calls, empty for none."""
    given = [word for word in arguments if not word.startswith("-")]
    found = [words for words in commands if given[: len(words.split())] == words.split()]
    return max(found, key=len, default="")


@cache
def all_commands() -> tuple[str, ...]:
    """Return the words of every command."""
    return tuple(working_commands(storyboard))


@cache
def _validator(name: str) -> jsonschema.Draft7Validator:
    return jsonschema.Draft7Validator(read_schema(name))
