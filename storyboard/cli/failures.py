"""What a command raised → a message and an exit code. Knows no command."""

from __future__ import annotations

import errno
from typing import Final

import click

from storyboard.cli import drop_output, storyboard
from storyboard.cli.telling import Telling, Terminated
from storyboard.errors import ExitCode, FailureCode, StoryboardError

_LEFT: Final = "whoever read stdout left before the end"
_FULL: Final = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EBADF)
"""What a full disk, a quota, or a stream that is no place to write says."""


def code_of(cause: BaseException, telling: Telling) -> int:
    """Tell a failure while it is being handled, and return its exit code; our own bugs' too."""
    match cause:
        case click.UsageError():
            return _show_usage(cause, telling)
        case click.ClickException():
            telling.failed(StoryboardError(cause.format_message()))
            return ExitCode.FAILURE
        case click.Abort() | KeyboardInterrupt():
            return _show_interrupt(cause, telling)
        case StoryboardError():
            telling.failed(cause)
            return cause.exit_code
        case SystemExit() if not cause.code:  # click has completed a word
            return ExitCode.OK
        case BrokenPipeError() | SystemExit():
            drop_output()
            telling.noted(StoryboardError(_LEFT, code=FailureCode.OUTPUT_NOT_WRITTEN))
            return ExitCode.FAILURE
        case OSError() if cause.errno in _FULL:
            drop_output()
            where = f"'{cause.filename}'" if cause.filename else "the output"
            told = f"{where} cannot be written: {cause.strerror}"
            telling.failed(StoryboardError(told, code=FailureCode.OUTPUT_NOT_WRITTEN))
            return ExitCode.FAILURE
        case Exception():
            telling.bug(cause)
            return ExitCode.BUG
        case _:
            raise cause


def _show_usage(mistake: click.UsageError, telling: Telling) -> int:
    """Tell a wrong use of the command line; a group without a command prints its help."""
    from storyboard.cli.usage import usage_error

    if isinstance(mistake, click.exceptions.NoArgsIsHelpError) and not telling.as_json:
        mistake.show()
    else:
        telling.failed(usage_error(mistake, telling.typed, storyboard))
    return ExitCode.USAGE


def _show_interrupt(end: BaseException, telling: Telling) -> int:
    """Tell that Ctrl-C or SIGTERM ended the command; click makes one exception of both."""
    if isinstance(end, Terminated) or isinstance(end.__cause__, Terminated):
        telling.is_terminated = True
    code = FailureCode.TERMINATED if telling.is_terminated else FailureCode.INTERRUPTED
    telling.interrupted(StoryboardError(code.meaning, hint=code.fix, code=code))
    return code.exit
