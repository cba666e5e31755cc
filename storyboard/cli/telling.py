"""What a command tells beside its result: in words for people, as JSON objects for programs.

With `--json`, a command that fails ends with one object on stderr, and with `--progress json`, or
where stderr is no terminal, each line of stderr is one: also what a library prints there.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, Final

import click

from storyboard.cli.meta_keys import TELLING

if TYPE_CHECKING:  # what only a failure needs: `--version` costs what click costs
    from storyboard.cli.event_stream import EventStream
    from storyboard.errors import StoryboardError
    from storyboard.source.diagnostic import Report

PROGRESS: Final = ("auto", "plain", "json")


class Terminated(KeyboardInterrupt):
    """SIGTERM, which ends a command as Ctrl-C does."""


class Telling:
    """How one run of the program tells what happens; `typed` is what followed its name.

    In JSON a failure is told once the exit code is known: a command has one, however many things
    failed.
    """

    def __init__(self, typed: Sequence[str] = ()) -> None:
        self.typed = tuple(typed)
        own = _own(self.typed)
        self.progress = _value(own, "--progress") or PROGRESS[0]
        self.as_json = self.progress == "json" or _asks_for_json(own)
        self.is_terminated = False
        self.is_logged = _value(own, "--log-format") == "json"
        self._events: EventStream | None = None
        self._failures: list[tuple[StoryboardError, Mapping[str, Any]]] = []
        self._found: Report | None = None

    @property
    def has_events(self) -> bool:
        """Whether each line of stderr is an object."""
        return self._events is not None

    @contextmanager
    def streams(self) -> Iterator[None]:
        """Have each line of stderr be an object, where that was asked for."""
        alone = self.progress == "auto" and self.as_json and not sys.stderr.isatty()
        if self.progress != "json" and not alone:
            yield
            return
        from storyboard.cli.event_stream import EventStream

        before = sys.stderr
        self._events = EventStream(before)
        sys.stderr = self._events
        try:
            yield
        finally:
            self._events.close_line()
            sys.stderr, self._events = before, None

    def event(self, body: Mapping[str, Any]) -> None:
        """Tell an event; nothing where people read stderr."""
        if self._events is not None:
            self._events.tell(body)

    def failed(self, failure: StoryboardError, **details: Any) -> None:
        """Tell a failure: in words at once, in JSON when the command ends."""
        if self.as_json:
            self.noted(failure, **details)
        else:
            self._print(failure)

    def noted(self, failure: StoryboardError, **details: Any) -> None:
        """Keep for JSON what the text of the result tells people already."""
        self._failures.append((failure, details))

    def found(self, report: Report) -> None:
        """Keep findings in the files: those of a failure belong to it, others are an event."""
        self._found = report if report.diagnostics else None

    def bug(self, cause: Exception) -> None:
        """Tell a mistake of ours, while it is being handled."""
        import traceback

        from storyboard.errors import FailureCode, StoryboardError

        if self.as_json:
            told = f"{type(cause).__name__}: {cause}"
            failure = StoryboardError(told, hint=_REPORT, code=FailureCode.BUG)
            self._failures.insert(0, (failure, {"traceback": traceback.format_exc()}))
            return
        with suppress(OSError):
            if self.is_logged:
                self._log("error", _BUG, trace=traceback.format_exc())
            else:
                traceback.print_exc()
                click.echo(_BUG, err=True)

    def interrupted(self, failure: StoryboardError) -> None:
        """Tell that Ctrl-C or SIGTERM ended the command."""
        if self.as_json:
            self.noted(failure)
        elif self.is_logged:
            from storyboard.cli.studio_log import ended_after

            # The words of one that ended in order, of which there was no log to tell it.
            self._log("info", ended_after(("SIGTERM" if self.is_terminated else "SIGINT",)))
        else:
            click.echo("interrupted", err=True)

    def ended(self, code: int) -> int:
        """Return the exit code of an interrupted command: SIGTERM has its own."""
        if not self.is_terminated:
            return code
        from storyboard.failure_codes import ExitCode

        return ExitCode.TERMINATED if code == ExitCode.INTERRUPTED else code

    def end(self, code: int) -> int:
        """Tell what is left to tell, and return the exit code."""
        code = self.ended(code)
        if not code and self._found is None:
            return code
        from storyboard.failure_codes import ExitCode

        has_failed = self.as_json and code not in (ExitCode.OK, ExitCode.CHANGES_PENDING)
        report = self._found if code == ExitCode.FILES_HAVE_ERRORS and has_failed else None
        with suppress(OSError, ValueError):
            if self._found is not None and report is None:
                from storyboard.views.report_json import report_to_dict

                self.event({"event": "found", **report_to_dict(self._found)})
            if has_failed:
                self._tell_error(code, report)
        return code

    def _tell_error(self, code: int, report: Report | None) -> None:
        from storyboard.errors import FailureCode, StoryboardError
        from storyboard.views.error_json import error_to_dict
        from storyboard.views.json_text import json_line

        general = FailureCode.of(code)
        told = sorted(self._failures, key=lambda pair: pair[0].exit_code != code)
        if not told or told[0][0].exit_code != code:
            failed = StoryboardError(general.meaning, hint=general.fix, code=general)
            told.insert(0, (failed if report is None else files_failure(report), {}))
        (failure, details), *others = told
        body = error_to_dict(
            failure,
            details,
            exit=code,
            others=[each for each, _ in others],
            report=report,
            spell=self._spell,
        )
        if self._events is not None:
            self._events.tell(body)
        else:
            click.echo(json_line(body), nl=False, err=True)

    def _spell(self, hint: str) -> str:
        """Return a hint whose commands can be typed as they stand."""
        from storyboard.cli import storyboard
        from storyboard.cli.recovery import Place

        return Place.of(self.typed).spelled(hint, storyboard)

    def _print(self, failure: StoryboardError) -> None:
        """Print a failure in words: a line each for what happened and what to do.

        Foreign words in a message cannot begin a line, which could look like one of ours.
        """
        from storyboard.kaltura.secrets import redact
        from storyboard.views.wording import printable

        hint = self._spell(failure.hint) if failure.hint else ""
        with suppress(OSError):
            if self.is_logged:
                self._log("error", failure.message, **({"hint": hint} if hint else {}))
                return
            click.echo(redact(printable(f"error: {failure.message}")), err=True)
            if hint:
                click.echo(redact(printable(f"hint: {hint}")), err=True)

    def _log(self, level: str, message: str, **more: Any) -> None:
        """Tell it as one more object of a log that is collected."""
        from storyboard.cli.studio_log import logged

        click.echo(logged(level, message, **more), err=True)


_BUG: Final = "this is a bug in storyboard: please report it with the lines above"
_REPORT: Final = "report it, with the lines of `traceback`"


def telling_here() -> Telling:
    """Return how the running command tells; in words outside of any."""
    context = click.get_current_context(silent=True)
    found = None if context is None else context.meta.get(TELLING)
    return found if isinstance(found, Telling) else Telling()


def files_failure(report: Report) -> StoryboardError:
    """Return the failure that the errors of a report are."""
    from storyboard.counting import counted
    from storyboard.errors import FailureCode, StoryboardError
    from storyboard.source.diagnostic import Severity

    errors = sum(1 for found in report.diagnostics if found.severity is Severity.ERROR)
    return StoryboardError(
        f"{counted(errors, 'error')} in the files",
        hint="correct them; `storyboard explain CODE` tells more of each",
        code=FailureCode.FILES_HAVE_ERRORS,
    )


def _own(typed: Sequence[str]) -> Sequence[str]:
    """Return the words that are ours: `studio exec` has those of another program behind it."""
    own = typed[: typed.index("--")] if "--" in typed else typed
    return () if {"studio", "exec"} <= set(own) else own


def _asks_for_json(own: Sequence[str]) -> bool:
    return "--json" in own or _value(own, "--format") == "json"


def _value(own: Sequence[str], option: str) -> str | None:
    """Return the last value of an option, in either spelling."""
    found = None
    for at, word in enumerate(own):
        if word == option:
            found = "".join(own[at + 1 : at + 2])
        elif word.startswith(f"{option}="):
            found = word.partition("=")[2]
    return found
