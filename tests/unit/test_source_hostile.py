"""What an attacker commits: each file ends within a second, in a finding, with little memory."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from storyboard.source.events import HAS_LIBYAML

ROOT = Path(__file__).parents[2]

READ = """
import json, resource, sys, time
resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))
resource.setrlimit(resource.RLIMIT_CPU, (10, 10))
from storyboard.source import events, schema
from storyboard.source.reader import read_document
opened = getattr(events, sys.argv[1])
content = sys.stdin.buffer.read()
inherited = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss  # a fork remembers its parent's
started = time.process_time()
document, findings = read_document("a.yaml", content, events=opened)
if document is not None:
    findings += schema.check_schema(document, "storyboard")
seconds = time.process_time() - started
peak = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - inherited) // 1024
places = [[f.code, f.span.line, f.span.column] for f in findings]
print(json.dumps({"seconds": seconds, "mebibytes": peak, "places": places}))
"""

MERGE_BOMB = "a0: &a0 {x: 1}\n" + "".join(
    f"a{n}: &a{n}\n  <<: [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 9)
)
ALIAS_BOMB = "a0: &a0 [x]\n" + "".join(
    f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 10)
)
CASES = {
    "brackets": ("[" * 40_000, "yaml-depth"),
    "braces": ("{" * 40_000, "yaml-depth"),
    "brackets-as-key": ("? " + "[" * 40_000, "yaml-depth"),
    "dashes": ("- " * 40_000, "yaml-depth"),
    "questions": ("? " * 40_000, "yaml-key"),
    "expression-of-braces": ("a: {{" + "{" * 40_000, "yaml-depth"),
    "alias-bomb": (ALIAS_BOMB, "yaml-alias"),
    "merge-bomb": (MERGE_BOMB, "yaml-merge"),
    "recursive-alias": ("a: &a [*a]", "yaml-alias"),
    "many-digits": ("name: " + "9" * 5000, "yaml-number"),
    "megabyte-of-digits": ("name: " + "9" * 1_000_000, "yaml-scalar-size"),
    "bad-date": ("name: 2024-13-45\nscenes: 2024-99-99", "wrong-type"),
    "lone-surrogate-escape": ('name: "\\ud800"', "text-control"),
    "lone-surrogate-bytes": (b"name: \xed\xa0\x80", "text-encoding"),
    "megabyte-scalar": ("name: |\n  " + "x" * 1_000_000, "yaml-scalar-size"),
    "megabyte-quoted": ('name: "' + "x\\n" * 330_000 + '"', "yaml-scalar-size"),
    "never-closed": ('name: "' + "x\n" * 500_000, "yaml-syntax"),
    "long-list": ("- a\n" * 250_000, "yaml-nodes"),
    "long-flow-list": ("[" + "a," * 500_000 + "]", "yaml-nodes"),
    "wide-list-below-the-limit": ("name: x\nscenes:\n" + "- a\n" * 49_900, "too-many-scenes"),
    "wide-mapping": ("name: x\nscenes: [a]\nvars:\n" + "".join(
        f"  1x{n}: x\n" for n in range(24_000)), "unknown-key"),
    "same-key": ("a: 1\n" * 100_000, "yaml-duplicate-key"),
    "too-large": ("#" * 2_000_000, "text-size"),
    "controls": ("\x00" * 500_000, "text-control"),
    "unquoted-expressions": ("a: {{ x[0] }}\n" * 20_000, "yaml-unquoted-expression"),
    "quotes-that-grow": ("a: " + "'" * 500_001, "yaml-syntax"),
    "tags": ("- !x y\n" * 100_000, "yaml-tag"),
    "long-tag": ("a: !" + "x" * 900_000 + " y", "yaml-tag"),
    "version": ("%YAML 1." + "9" * 5000 + "\n---\na: 1", "yaml-syntax"),
    "documents": ("---\n" * 100_000, "yaml-documents"),
    "comments": ("# x\n" * 250_000, "yaml-empty"),
    "colons": ("a: " * 100_000, "yaml-syntax"),
    "exponent": ("name: 1e999999999", "yaml-number"),
}  # fmt: skip


PARSERS = [
    pytest.param("open_events_in_c", marks=pytest.mark.skipif(not HAS_LIBYAML, reason="libyaml")),
    pytest.param("open_events_in_python", marks=pytest.mark.slow),
]


@pytest.mark.skipif(sys.platform != "linux", reason="limits of memory and time are Linux's here")
@pytest.mark.parametrize("parser", PARSERS)
@pytest.mark.parametrize("case", CASES)
def test_ends_in_a_finding(case: str, parser: str) -> None:
    text, code = CASES[case]
    done = subprocess.run(
        [sys.executable, "-c", READ, parser],
        input=text.encode() if isinstance(text, str) else text,
        capture_output=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()[-2000:]
    assert done.stderr == b""
    outcome = json.loads(done.stdout)
    assert code in [found for found, _, _ in outcome["places"]]
    assert all(line >= 1 and column >= 1 for _, line, column in outcome["places"])
    assert outcome["mebibytes"] < 300
    assert outcome["seconds"] < (1 if parser == "open_events_in_c" else 5)
