"""What reaches a terminal or a log: no control, no turned line, no command of a pipeline."""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from storyboard.catalogs.po_reader import read_catalog
from storyboard.printing import GuardedStream, guarded_streams, is_safe
from storyboard.source.escapes import forbidden_escape
from storyboard.source.text import FORBIDDEN, read_text
from storyboard.templates.faults import TemplateFault
from storyboard.templates.scanning import split
from tests.support.passing_time import soon

ROOT = Path(__file__).parents[2]

COMMANDS = [
    "::error file=a,line=1::x",
    "::add-mask::x",
    "::stop-commands::x",
    " \t ::error::x",
    "\u00a0\u3000::error::x",
    "\u200b::error::x",
    ":\u200b:error::x",
    ":\u2066:error::x",
    "\ufe0f :\u00ad\u2060:error::x",
    "##[error]x",
    "in the middle ##[error]x",
    "#\u200b#[error]x",
    "##\u200b[error]x",
    "##vso[task.setvariable variable=x]y",
    "said ##VSO[task.complete result=Failed;]x",
    "##teamcity[buildStop]",
    "\u001b[0Ksection_start:1:x\r\u001b[0Kx",
]
HONEST = [
    "a narration with a::b, std::vector and ::: in it\n",
    "مرحبا بكم في الجولة\n",
    "שלום \u200fלכולם\u200e\n",
    "👩\u200d👩\u200d👧 and 🏴\U000e0067\U000e0062\U000e007f and ❤\ufe0f\n",
    "می\u200cخواهم\n",
    "# a title\n## another\n### [a link](b)\n",
    "\tcolumns\tof\tcells\n",
    "10:30, :smile: and : :\n",
]


def printed_as(text: str) -> str:
    """What comes out of a guarded stream."""
    stream = io.StringIO()
    GuardedStream(stream).write(text)
    return stream.getvalue()


def runner_obeys(line: str) -> bool:
    """Whether a pipeline's runner would read a line as a command, compared as runners compare."""
    seen = re.sub("[\u00ad\u200b-\u200f\u2060-\u206f\ufe00-\ufe0f\ufeff]", "", line)
    return seen.lstrip().startswith("::") or bool(re.search(r"##\w*\[", seen))


@pytest.mark.parametrize("text", COMMANDS, ids=ascii)
def test_no_line_is_a_command_of_a_pipeline(text: str) -> None:
    for before in ("", "error: 'x\n", "\r", "\v", "\x85", "\u2028"):
        printed = printed_as(before + text)
        assert not any(map(runner_obeys, re.split("[\r\n\v\x85\u2028]", printed))), ascii(before)
        assert not re.search(
            "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]", printed
        ), ascii(before)


@pytest.mark.parametrize("text", HONEST, ids=ascii)
def test_honest_text_is_printed_as_it_is(text: str) -> None:
    assert printed_as(text) == text


@pytest.mark.parametrize("text", COMMANDS, ids=ascii)
def test_what_is_written_in_pieces_is_no_command_either(text: str) -> None:
    for size in (1, 2, 3, 7):
        stream = io.StringIO()
        guarded = GuardedStream(stream)
        for at in range(0, len(text), size):
            guarded.write(text[at : at + size])
        assert not any(map(runner_obeys, re.split("[\r\n]", stream.getvalue()))), size


def test_a_line_that_was_begun_is_no_command() -> None:
    stream = io.StringIO()
    guarded = GuardedStream(stream)
    guarded.write("x" * 1000)
    guarded.write("::a\n")
    guarded.write(" " * 1000)
    guarded.write("::a\n")
    assert stream.getvalue() == f"{'x' * 1000}::a\n{' ' * 1000}:\\u003aa\n"


def test_what_is_spelled_out_in_json_is_the_same_json() -> None:
    value = {"a": "##[error]x \u202e \x9b \u2066", "b": ["::error::x\n::error::y"]}
    printed = printed_as(json.dumps(value, ensure_ascii=False, indent=1))
    assert json.loads(printed) == value
    assert not any(map(runner_obeys, printed.splitlines()))


def test_colors_pass_on_a_terminal_only_and_nothing_else_does() -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    text = "\x1b[1;31mred\x1b[0m \x1b]8;;http://x\x07link \x1b[2J \x1b[?25l \x1b[5n"
    terminal, pipe = Terminal(), io.StringIO()
    before = sys.stdout, sys.stderr
    try:
        sys.stdout, sys.stderr = terminal, pipe
        with guarded_streams():
            print(text)
            print(text, file=sys.stderr)
    finally:
        sys.stdout, sys.stderr = before
    assert set(re.findall("\x1b.{0,7}", terminal.getvalue())) == {"\x1b[1;31mr", "\x1b[0m \\u0"}
    assert "\x1b" not in pipe.getvalue()


def test_bars_may_move_the_cursor_and_nothing_more() -> None:
    stream = io.StringIO()
    GuardedStream(stream).for_bars().write("\r\x1b[2K\x1b[1A\x1b[?25l\x1b[32m \x1b]8;;x\x07\x1b[6n")
    assert stream.getvalue() == "\r\x1b[2K\x1b[1A\x1b[?25l\x1b[32m \\u001b]8;;x\\u0007\\u001b[6n"


EVERY_WRITER = r"""
import logging, sys, threading, traceback, warnings
from storyboard.printing import guarded_streams
HOSTILE = "x\n::error::%s\x1b[2J"
def fail(): raise ValueError(HOSTILE % "thread")
with guarded_streams():
    warnings.warn(HOSTILE % "warning")
    logging.warning(HOSTILE % "log")
    thread = threading.Thread(target=fail)
    thread.start(); thread.join()
    try:
        raise ValueError(HOSTILE % "caught")
    except ValueError:
        traceback.print_exc()
    sys.stderr.writelines([HOSTILE % "lines"])
"""


def test_warnings_logs_and_tracebacks_pass_the_guard() -> None:
    ran = subprocess.run(
        [sys.executable, "-c", EVERY_WRITER],
        capture_output=True,
        env={"PYTHONPATH": str(ROOT)},
        text=True,
        check=True,
    )
    for writer in ("warning", "log", "thread", "caught", "lines"):
        assert f"\n:\\u003aerror::{writer}\\u001b[2J" in ran.stderr, writer


def test_a_stream_of_another_encoding_spells_what_it_lacks() -> None:
    script = "from storyboard.printing import guarded_streams as g\nwith g(): print('a – ü 日')"
    for encoding, shown in (("ascii", "a – ü 日"), ("latin-1", "a \\u2013 ü \\u65e5")):
        ran = subprocess.run(
            [sys.executable, "-c", script],
            capture_output=True,
            env={"PYTHONIOENCODING": encoding, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "0"},
            check=True,
        )
        assert ran.stdout.decode("utf-8" if encoding == "ascii" else encoding).strip() == shown


@pytest.mark.parametrize("piece", [" ", "\n", ":", "#", "\u200b", "a: [b]\n", "\x1b", "##aaaa"])
def test_a_megabyte_is_printed_at_once(piece: str) -> None:
    with soon(5):
        GuardedStream(io.StringIO()).write(piece * (1_000_000 // len(piece)))


RANGES = "".join(map(chr, (*range(0x300), *range(0x2000, 0x2100), *range(0xD7FF, 0x10010))))


def test_the_characters_that_no_file_may_have_are_one_set() -> None:
    """Documents, catalogs, expressions and escapes refuse the same, and the terminal sees none."""
    for char in RANGES:
        is_forbidden = FORBIDDEN.match(char) is not None
        text = f'msgctxt "a"\nmsgid "b{char}c"\n'
        if char not in "\r\n":
            document = read_text("a.yaml", f"a{char}b")[0]
            assert (document is None) == is_forbidden, ascii(char)
            found = refused_by_catalogs(text)
            assert found == is_forbidden, ascii(char)
        if char != "\n":
            assert refused_by_expressions(char) == (is_forbidden or char == "\r"), ascii(char)
        if is_forbidden:
            assert not is_safe(char), ascii(char)
            escape = f'"\\U{ord(char):08x}"'
            assert forbidden_escape(escape, 0, len(escape)), ascii(char)


def refused_by_catalogs(text: str) -> bool:
    _, findings = read_catalog("fr.po", text.encode("utf-8", "surrogatepass"))
    told = " ".join(finding.message for finding in findings)
    return "is not allowed" in told or "not UTF-8" in told


def refused_by_expressions(char: str) -> bool:
    try:
        list(split("{{ 'a" + char + "b' }}"))
    except TemplateFault as fault:
        return "control character" in str(fault)
    return False


SKIPPED = ("\u200b", "\u0488", "\u20dd", "\u0600", "\U0001d173", "\U000e0041", "\u3164", "\u0301")


@pytest.mark.parametrize("skipped", SKIPPED)
@pytest.mark.parametrize("command", ["{0}::error::h", ":{0}:error::h", "x #{0}#[error]h"])
def test_what_no_comparison_sees_hides_no_command(skipped: str, command: str) -> None:
    """Nor does any number of it, in pieces."""
    text = command.format(skipped)
    whole, pieces = io.StringIO(), io.StringIO()
    GuardedStream(whole).write(text)
    guarded = GuardedStream(pieces)
    for piece in command.format(f"|{skipped * 100}|").split("|"):
        guarded.write(piece)
    for shown in (whole.getvalue(), pieces.getvalue()):
        seen = shown.replace(skipped, "")
        assert "::error" not in seen
        assert "##[" not in seen
