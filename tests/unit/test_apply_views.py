"""What a person and a script see of an apply: while it runs, at its end, and afterwards."""

from __future__ import annotations

import io
import json
import re
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest

from storyboard.apply.observer import FilmProgress
from storyboard.apply.outcome import ActionOutcome, Ending, Outcome, Row
from storyboard.commands.outputs import outputs_of
from storyboard.errors import (
    ApiError,
    CredentialsError,
    ExitCode,
    FailureCode,
    LockedError,
    ProjectError,
    StateError,
    StoryboardError,
)
from storyboard.plan.action import Action
from storyboard.source.file_facts import FileFacts
from storyboard.source.schema import schema_text
from storyboard.state.model import State
from storyboard.video import Address
from storyboard.views.apply_json import render_outcome_json
from storyboard.views.apply_markdown import render_outcome_markdown
from storyboard.views.apply_text import render_outcome_text
from storyboard.views.outputs import render_outputs_json
from storyboard.views.progress import LineProgress, showing_progress
from storyboard.views.progress_json import EventProgress
from storyboard.views.wording import cut, duration, printable
from tests.support.tiny_studio import PRINCIPAL
from tests.support.videos import World, video

Q1, Q2 = Address("q1", "fr"), Address("q2")
EMPTY = State.fresh(PRINCIPAL)
DONE = ActionOutcome(Q1, Action.GENERATE, Ending.DONE, seconds=12.0)
FAILED = ActionOutcome(
    Q2,
    Action.GENERATE,
    Ending.FAILED,
    "the clip has 24 frames a second, 2 times",
    ("scene 's1' is very short \x1b[2J",),
    3.0,
    ExitCode.GENERATION_FAILED,
)
ROWS = (
    Row(Q1, "ready", "v1", "1_e", "films/q1@fr.mp4", 92.4, 12.0),
    Row(Q2, "failed", "v2", None, None, None, 3.0),
)
OUTCOME = Outcome((DONE, FAILED), ROWS, EMPTY)

TABLE = """\
address  status  entry  film             length   took
q1@fr    ready   1_e    films/q1@fr.mp4   1m32s   12 s
q2       failed  –      –                     –  3.0 s
q2: film failed: the clip has 24 frames a second, 2 times
  hint: scene 's1' is very short \\u001b[2J
1 action done, 1 film made, 1 failed
"""


@pytest.mark.parametrize("width", [40, 60, 80, 120, 200])
def test_a_path_and_an_address_are_never_broken(width: int) -> None:
    """A person copies them: where the table has no room for a path, it stands on a line below."""
    row = OUTCOME.rows[0]
    address = Address("onboarding-for-new-colleagues", "pt-BR")
    path = "films/生産/onboarding-for-new-colleagues@pt-BR.mp4"
    rows = (replace(row, address=address, file=path), replace(row, file=None))
    text = render_outcome_text(replace(OUTCOME, rows=rows), color=True, width=width)
    plain = re.sub(r"\x1b\[[0-9;]*m", "", text)
    assert path in plain
    assert str(address) in plain


def test_the_table_lines_up_and_tells_what_failed() -> None:
    assert render_outcome_text(OUTCOME) == TABLE


def test_color_repeats_what_words_say() -> None:
    colored = render_outcome_text(OUTCOME, color=True, width=80)
    words = re.sub(r"\x1b\[[0-9;]*m", "", colored)
    assert colored != words
    for word in ("q1@fr", "ready", "failed", "1m32s", "films/q1@fr.mp4"):
        assert word in words
    assert max(map(len, words.splitlines())) <= 80


def test_a_lost_state_is_told_first_and_last() -> None:
    fatal = StateError("the state 's' could not be written: disk full", hint="kept in 's.spool'")
    lines = render_outcome_text(Outcome((FAILED,), (), EMPTY, fatal)).splitlines()
    assert lines[0] == "error: the state 's' could not be written: disk full"
    assert lines[1] == "  hint: kept in 's.spool'"
    assert lines[-1] == "stopped: 0 actions done, 1 failed"


def test_each_failure_is_told_once() -> None:
    """It was told above and below, under two names, and again for what came after it."""
    fatal = StateError("disk full")
    lost = replace(FAILED, address=Q1, message=fatal.message, hints=())
    skipped = [
        ActionOutcome(address, Action.GENERATE, Ending.SKIPPED, "not tried: the run ended before")
        for address in (Q1, Address("q3"), Address("q4"))
    ]
    held = ActionOutcome(Address("q5"), Action.HOLD, Ending.HELD, "'s1' is not translated")
    outcome = Outcome((lost, FAILED, *skipped, held), (), EMPTY, fatal)
    text = render_outcome_text(outcome)
    assert text.splitlines() == [
        "error: disk full",
        "q2: film failed: the clip has 24 frames a second, 2 times",
        "  hint: scene 's1' is very short \\u001b[2J",
        "q3, q4: not tried: the run ended before",
        "stopped: 0 actions done, 2 failed, 1 held, 3 not done",
    ]
    log = io.StringIO()
    for item in outcome.actions:
        LineProgress(log).ended(item)
    assert "24 frames" not in log.getvalue()
    assert "q2: film failed" in log.getvalue()
    assert "held" not in log.getvalue()


def test_an_outcome_in_json() -> None:
    body = json.loads(render_outcome_json(OUTCOME))
    assert body["exitCode"] == 9
    assert body["videos"]["q1@fr"]["file"] == "films/q1@fr.mp4"
    assert [action["status"] for action in body["actions"]] == ["done", "failed"]


def outcome_of(*codes: ExitCode, **fields: object) -> Outcome:
    actions = tuple(replace(FAILED, code=code) for code in codes)
    return replace(Outcome(actions, (), EMPTY), **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("outcome", "code"),
    [
        (outcome_of(), 0),
        (outcome_of(ExitCode.OK), 0),
        (outcome_of(ExitCode.DETACHED), 10),
        (outcome_of(ExitCode.DETACHED, ExitCode.GENERATION_FAILED), 9),
        (outcome_of(ExitCode.GENERATION_FAILED, ExitCode.PARTIAL), 8),
        (outcome_of(ExitCode.PARTIAL, ExitCode.CONFLICT), 6),
        (outcome_of(ExitCode.CONFLICT, fatal=CredentialsError("x")), 4),
        (outcome_of(ExitCode.PARTIAL, fatal=StateError("x")), 11),
        (outcome_of(ExitCode.OK, fatal=ApiError("X", "y")), 1),
        (outcome_of(ExitCode.OK, fatal=ProjectError("x")), 3),
        (outcome_of(interrupted=True), 130),
        (outcome_of(ExitCode.DETACHED, interrupted=True), 10),
    ],
)
def test_the_worst_decides_the_exit_code(outcome: Outcome, code: int) -> None:
    assert outcome.exit_code == code


@pytest.mark.parametrize(
    ("kinds", "fatal", "is_retryable"),
    [
        ((), None, False),
        ((FailureCode.UNREACHABLE,), None, True),
        ((FailureCode.UNREACHABLE, FailureCode.OUTCOME_UNKNOWN), None, True),
        ((FailureCode.UNREACHABLE, FailureCode.STUDIO_REFUSED), None, False),
        ((FailureCode.UNREACHABLE,), StateError("x"), False),
        ((), LockedError("x"), True),
    ],
)
def test_an_outcome_is_retryable_if_all_failures_are(
    kinds: tuple[FailureCode, ...], fatal: StoryboardError | None, is_retryable: bool
) -> None:
    actions = tuple(replace(FAILED, failure=kind) for kind in kinds)
    assert Outcome(actions, (), EMPTY, fatal).is_retryable is is_retryable


def test_outputs_are_what_their_schema_says(tmp_path: Path) -> None:
    world = World(tmp_path)
    world.options = replace(world.options, download=tmp_path / "films")
    world.apply(video("q1@fr", "Bonjour à tous et bienvenue."))
    world.apply(video("q1@fr", "Bonjour à tous et bienvenue."), video("q2", "Hi."), generate=False)
    body = json.loads(rendered(world))
    jsonschema.validate(body, json.loads(schema_text("outputs")))
    jsonschema.validate(json.loads(world.store.path.read_text()), json.loads(schema_text("state")))
    made = world.studio.by_name("Film q1@fr")
    path = tmp_path / "films" / "q1@fr.mp4"
    assert body["q1@fr"] == {
        "videoId": made["id"],
        "entryId": made["entryId"],
        "status": "ready",
        "file": str(path),
        "fileStatus": "saved",
        "captions": [],
    }
    assert (body["q2"]["status"], body["q2"]["entryId"]) == ("draft", None)
    path.unlink()
    told = json.loads(rendered(world))["q1@fr"]
    assert (told["file"], told["fileStatus"]) == (None, "missing")
    assert json.loads(render_outputs_json(())) == {}


def rendered(world: World) -> str:
    return render_outputs_json(outputs_of(world.state, world.folder, FileFacts(None)))


def test_a_log_has_two_lines_a_film_and_a_sign_of_life() -> None:
    now = [0.0]
    stream = io.StringIO()
    lines = LineProgress(stream, clock=lambda: now[0])
    lines.started(Q1, Action.CREATE)
    lines.ended(replace(DONE, action=Action.CREATE))
    lines.taken(Q1, Action.GENERATE)
    for second in range(281):
        now[0] = float(second)
        lines.progressed(FilmProgress(Q1, second / 400, 400.0 - second, exact=True))
    lines.ended(DONE)
    assert stream.getvalue().splitlines() == [
        "q1@fr: created",
        "q1@fr: film being made",
        "q1@fr: film ready in 12 s",
    ]
    now[0] = 600.0
    told = FilmProgress(Q1, 0.4, 12.0, exact=True, scenes_ready=2, scenes=6)
    lines.progressed(told)
    lines.progressed(told)
    assert stream.getvalue().splitlines()[3:] == [
        "1 film being made; q1@fr: 40 %, 2 of 6 scenes, 12 s left"
    ]


def test_a_program_hears_what_is_new_and_signs_of_life() -> None:
    """Some pipelines end what is silent for ten minutes; a pipe that was closed ends no run."""
    now, told = [0.0], []
    events = EventProgress(lambda body: told.append(dict(body)), clock=lambda: now[0])
    events.started(Q1, Action.COMPOSE)
    for second in range(0, 601, 10):
        now[0] = float(second)
        events.progressed(FilmProgress(Q1, 0.951, None, exact=False))
    events.ended(DONE)
    assert [each["event"] for each in told] == ["started", *["progressed"] * 3, "ended"]
    assert told[1] == {
        "event": "progressed",
        "address": "q1@fr",
        "action": "compose",
        "share": 0.95,
        "secondsLeft": None,
        "exact": False,
        "scenesReady": 0,
        "scenes": 0,
    }

    def gone(body: object) -> None:
        raise BrokenPipeError

    EventProgress(gone).noticed("whoever read this has left")


def test_bars_on_a_terminal_and_lines_elsewhere() -> None:
    terminal, log = io.StringIO(), io.StringIO()
    for stream, bars in ((terminal, True), (log, False)):
        with showing_progress(stream, bars=bars) as observer:
            observer.started(Q1, Action.CREATE)
            observer.taken(Q1, Action.GENERATE)
            observer.progressed(FilmProgress(Q1, 0.4, 12.0, exact=True))
            observer.ended(DONE)
            observer.ended(FAILED)
            observer.noticed("a notice [with brackets]")
    assert "\x1b" in terminal.getvalue()
    assert "ready in 12 s" in terminal.getvalue()
    assert "a notice [with brackets]" in terminal.getvalue()
    assert "\x1b" not in log.getvalue()
    assert "q2: film failed" in log.getvalue()


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (None, "–"),
        (0.04, "0.0 s"),
        (9.94, "9.9 s"),
        (9.96, "10 s"),
        (59.6, "1m00s"),
        (7500, "2h05m"),
    ],
)
def test_durations(seconds: float | None, text: str) -> None:
    assert duration(seconds) == text


def test_texts_are_safe_to_print() -> None:
    assert printable("a\nb\x1b[31m\u202ec\ud800") == r"a b\u001b[31m\u202ec\ud800"
    assert cut("one two three", 9) == "one two…"


def test_of_many_videos_those_that_the_run_was_about_are_shown() -> None:
    outcome = outcome_of(ExitCode.OK)
    row = Row(Q1, "ready", "v1", "1_e1", None, 5.0, None)
    acted = {item.address for item in outcome.actions}
    more = tuple(replace(row, address=Address(f"other-{number}")) for number in range(100))
    about = tuple(replace(row, address=address) for address in acted)
    many = replace(outcome, rows=(*more, *about))
    for text in (
        render_outcome_text(many, most=40),
        render_outcome_markdown(many, environment="local", digest="sha256:0"),
    ):
        assert "other-" not in text
        assert "… and 100 other videos" in text
    assert render_outcome_text(many).count("other-") == 100
