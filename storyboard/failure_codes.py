"""The exit codes of the command, and the stable name of each kind of failure. Raises nothing."""

from __future__ import annotations

from enum import Enum, IntEnum


class ExitCode(IntEnum):
    """What the command's exit status means; stable across releases. `meaning` is for the page."""

    meaning: str

    def __new__(cls, number: int, meaning: str) -> ExitCode:
        """Make a code of a number and its meaning."""
        code = int.__new__(cls, number)
        code._value_ = number
        code.meaning = meaning
        return code

    OK = 0, "success"
    FAILURE = 1, "any failure without a code of its own"
    CHANGES_PENDING = 2, "changes are pending; only with `--detailed-exitcode`, or `pull --check`"
    FILES_HAVE_ERRORS = 3, "the files have errors; with `--check`, a file would be written"
    CREDENTIALS = 4, "no valid credentials, or the state belongs to another user"
    REFUSED = 5, "refused by a guard, a policy or a budget, or by `--fail-on`"
    CONFLICT = 6, "the plan is stale, the studio changed meanwhile, or `pull` left an edit open"
    LOCKED = 7, "another run holds the lock of the state, or took it from this one"
    PARTIAL = 8, "some actions failed"
    GENERATION_FAILED = 9, "a film could not be generated"
    DETACHED = 10, "detached; films are still being made"
    STATE_NOT_WRITTEN = 11, "the state could not be read or written"
    USAGE = 64, "wrong use of the command line"
    BUG = 70, "a bug in storyboard"
    INTERRUPTED = 130, "interrupted by Ctrl-C"
    TERMINATED = 143, "ended by SIGTERM"


class FailureCode(Enum):
    """What kind of failure it is, by a stable name: `code` in JSON, and for `storyboard explain`.

    `exit` is the status that the command ends with. `meaning` and `fix` are for people.
    `retryable` says that the same command may be run again as it is, and without a look at
    anything: it does no harm, and may succeed. A program that reads a code it does not know goes
    by `exit`.
    """

    exit: ExitCode
    meaning: str
    fix: str
    retryable: bool

    def __new__(
        cls, name: str, exit: ExitCode, meaning: str, fix: str, retryable: bool = False
    ) -> FailureCode:
        """Make a code of its name, the exit code, and what is said about it."""
        code = object.__new__(cls)
        code._value_ = name
        code.exit = exit
        code.meaning = meaning
        code.fix = fix
        code.retryable = retryable
        return code

    # fmt: off
    # Of several with one exit code, the first is the one that says least.
    FAILED = ("failed", ExitCode.FAILURE,
        "a failure without a code of its own",
        "read the message")
    EXTRA_MISSING = ("extra-missing", ExitCode.FAILURE,
        "an optional package is needed, and is not installed",
        "run the command in the hint")
    OUTPUT_NOT_WRITTEN = ("output-not-written", ExitCode.FAILURE,
        "the output cannot be written, as on a full disk",
        "free room, and run the command again")
    STUDIO_FAILED = ("studio-failed", ExitCode.FAILURE,
        "the studio failed, or answered what cannot be used",
        "read the message; `storyboard doctor` examines the studio")
    STUDIO_REFUSED = ("studio-refused", ExitCode.FAILURE,
        "the studio answered with an error code, which `studioCode` has",
        "do what the hint says; the guide of the API has all codes")
    STUDIO_BUSY = ("studio-busy", ExitCode.FAILURE,
        "the studio made another film of the same user until the time limit; no film was begun",
        "apply again: the film is made then; `--timeout` sets the limit",
        True)
    STUDIO_NOT_SERVED = ("studio-not-served", ExitCode.FAILURE,
        "the command needs a local studio that is served, and none is",
        "start one in another terminal: `storyboard studio`")
    UNREACHABLE = ("unreachable", ExitCode.FAILURE,
        "the studio cannot be reached; it did not get the request",
        "check the network and the address, and run the command again",
        True)
    OUTCOME_UNKNOWN = ("outcome-unknown", ExitCode.FAILURE,
        "the studio may or may not have done what was asked",
        "run the command again: it finds out first, and does nothing twice",
        True)
    VIDEO_GONE = ("video-gone", ExitCode.FAILURE,
        "an applied video is no longer in the studio",
        "see what apply would do: `storyboard plan`")
    PROBLEMS_FOUND = ("problems-found", ExitCode.FAILURE,
        "`storyboard doctor` found a problem; its findings are on stdout",
        "do what the findings say")
    FILES_HAVE_ERRORS = ("files-have-errors", ExitCode.FILES_HAVE_ERRORS,
        "the files have errors, or there is no project",
        "correct what `diagnostics` lists; `storyboard explain CODE` tells more")
    FILES_OUTDATED = ("files-outdated", ExitCode.FILES_HAVE_ERRORS,
        "with `--check`: a file would be written, or a text holds a video",
        "run `storyboard locale sync` or `storyboard fmt --ids`, and complete the translations")
    CREDENTIALS = ("credentials", ExitCode.CREDENTIALS,
        "there are no valid credentials",
        "check the variables: `storyboard doctor`")
    WRONG_USER = ("wrong-user", ExitCode.CREDENTIALS,
        "the state belongs to another user, account or studio than the session",
        "use that user's session, or another state")
    STATE_ACCESS = ("state-access", ExitCode.CREDENTIALS,
        "there are no valid credentials for the place of a shared state, or they lack a right",
        "do what the hint says; see also: storyboard doctor")
    REFUSED = ("refused", ExitCode.REFUSED,
        "a guard, a policy or a budget refused; `rules` names the guards of a plan",
        "look at the plan; the hint has the option that allows it")
    FAIL_ON = ("fail-on", ExitCode.REFUSED,
        "`--fail-on` names what was found",
        "look at what was found, or leave the option out")
    CONFLICT = ("conflict", ExitCode.CONFLICT,
        "the studio changed meanwhile",
        "plan again, and look at what changed")
    PLAN_STALE = ("plan-stale", ExitCode.CONFLICT,
        "what the plan was made from has changed since",
        "plan again: `storyboard plan -o FILE`")
    PLAN_EXPIRED = ("plan-expired", ExitCode.CONFLICT,
        "the saved plan is too old",
        "plan again: `storyboard plan -o FILE`")
    PLAN_USED = ("plan-used", ExitCode.CONFLICT,
        "the saved plan was applied before; it can be applied once",
        "plan again: `storyboard plan -o FILE`")
    PLAN_DAMAGED = ("plan-damaged", ExitCode.CONFLICT,
        "the saved plan cannot be read, or was edited",
        "plan again: `storyboard plan -o FILE`")
    PLAN_UNEXPECTED = ("plan-unexpected", ExitCode.CONFLICT,
        "the plan has another digest than `--expect-digest`",
        "plan again, and look at it")
    EDITS_OPEN = ("edits-open", ExitCode.CONFLICT,
        "`pull` left edits of the studio that both sides made, or that no file takes by itself",
        "look at `fields`; decide with --theirs or --ours, or edit the files")
    FILE_CHANGED = ("file-changed", ExitCode.CONFLICT,
        "a file was changed while the command ran; it was not written",
        "run the command again",
        True)
    LOCKED = ("locked", ExitCode.LOCKED,
        "another run holds the lock of the state",
        "wait for that run, or give a `--lock-timeout`; see: `storyboard lock status`",
        True)
    LOCK_LOST = ("lock-lost", ExitCode.LOCKED,
        "another run took the lock of the state from this one",
        "run the command again: what was begun is found and continued",
        True)
    ACTIONS_FAILED = ("actions-failed", ExitCode.PARTIAL,
        "some actions failed; the others were carried out",
        "see `actions` on stdout; apply again once the causes are gone")
    VIDEOS_LEFT_OUT = ("videos-left-out", ExitCode.PARTIAL,
        "some videos could not be exported; the others were written",
        "see `left` on stdout; correct them in the studio, then export them alone")
    FILM_FAILED = ("film-failed", ExitCode.GENERATION_FAILED,
        "a film could not be generated",
        "do what the hints of the result say, and apply again")
    DETACHED = ("detached", ExitCode.DETACHED,
        "the command ended, and films are still being made",
        "run the command in `resume`",
        True)
    STATE = ("state", ExitCode.STATE_NOT_WRITTEN,
        "the state could not be read or written",
        "do what the hint says; `storyboard state repair`")
    STATE_UNREACHABLE = ("state-unreachable", ExitCode.STATE_NOT_WRITTEN,
        "the place of a shared state cannot be reached",
        "check the network, and run the command again",
        True)
    STATE_DAMAGED = ("state-damaged", ExitCode.STATE_NOT_WRITTEN,
        "the state or its journal cannot be understood",
        "restore a backup: `storyboard state restore`")
    STATE_GONE = ("state-gone", ExitCode.STATE_NOT_WRITTEN,
        "the state is not where it was, and a backup of it is",
        "restore the backup: `storyboard state restore`")
    USAGE = ("usage", ExitCode.USAGE,
        "the command line asks for something impossible",
        "see the options: `storyboard COMMAND --help`")
    CONFIRMATION_NEEDED = ("confirmation-needed", ExitCode.USAGE,
        "the command asks before it changes anything, and there is no terminal to ask on",
        "look at the plan first; then pass `--yes`")
    BUG = ("bug", ExitCode.BUG,
        "a bug in storyboard",
        "report it, with `traceback`")
    INTERRUPTED = ("interrupted", ExitCode.INTERRUPTED,
        "interrupted by Ctrl-C",
        "run the command again: what was begun is found and continued",
        True)
    TERMINATED = ("terminated", ExitCode.TERMINATED,
        "ended by SIGTERM",
        "run the command again: what was begun is found and continued",
        True)
    # fmt: on

    @classmethod
    def of(cls, exit: int) -> FailureCode:
        """Return the code that says of an exit code what can be said without more knowledge."""
        return next((code for code in cls if code.exit == exit), cls.FAILED)
