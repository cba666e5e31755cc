"""Templates written to harm end at once in a fault, without memory, in a process with limits."""

from __future__ import annotations

import subprocess
import sys

import pytest

HOSTILE = {
    "parentheses": "'{{ ' + '(' * 100 + '1' + ')' * 100 + ' }}'",
    "brackets": "'{{ ' + '[' * 40000",
    "braces": "'{{ ' + '{' * 40000 + ' }}'",
    "statements": "'{% if x %}' * 100",
    "long sum": "'{{ ' + '1+' * 20000 + '1 }}'",
    "sum of 120": "'{{ ' + '1+' * 120 + '1 }}'",
    "signs": "'{{ ' + '-' * 400 + '1 }}'",
    "spaced signs": "'{{ ' + '- ' * 240 + '1 }}'",
    "nots": "'{{ ' + 'not ' * 120 + '1 }}'",
    "choices": "'{{ ' + '1 if 1 else ' * 30 + '1 }}'",
    "fields": "'{{ a' + '.a' * 240 + ' }}'",
    "filters": "'{{ a' + '|trim' * 99 + ' }}'",
    "comparisons": "'{{ ' + '1<' * 120 + '1 }}'",
    "quotes": "'{{ ' + \"'\" * 40001",
    "backslashes": "'{{ \"' + '\\\\\\\\' * 40001",
    "openers": "'{{' * 30000",
    "many": "'{{ a }}' * 10000",
    "power": "'{{ 10**(10**8) }}'",
    "power of power": "'{{ 9**9**9**9 }}'",
    "repeat a text": "'{{ \"a\" * 10**8 }}'",
    "repeat plainly": "'{{ \"a\" * 100000000 }}'",
    "repeat a list": "'{{ [1] * 100000000 }}'",
    "multiply": "'{{ ' + '*'.join(['999999999999999'] * 20) + ' }}'",
    "digits": "'{{ ' + '9' * 400 + ' }}'",
    "infinity": "'{{ 1e999 }}'",
    "range": "'{{ range(10**9) }}'",
    "range, joined": "'{{ range(1000000000)|join }}'",
    "batch": "'{{ xs|batch(100000000, \"x\") }}'",
    "slice": "'{{ xs|slice(100000000) }}'",
    "ljust": "'{{ \"a\".ljust(100000000) }}'",
    "center": "'{{ \"a\"|center(100000000) }}'",
    "indent": "'{{ \"a\"|indent(100000000) }}'",
    "format": "'{{ \"%099999999d\"|format(1) }}'",
    "format by sign": "'{{ \"%099999999d\" % 1 }}'",
    "str.format": "'{{ \"{0.__class__}\".format(1) }}'",
    "attr": "'{{ a|attr(\"__class__\") }}'",
    "class": "'{{ \"\".__class__.__mro__ }}'",
    "class by item": '\'{{ ""["__class__"] }}\'',
    "class, put together": '\'{{ big["__cla" ~ "ss__"] }}\'',
    "map": "'{{ xs|map(\"__class__\") }}'",
    "map that grows": '\'{{ bigs|map("replace", "a", "b")|list }}\'',
    "map of map": '\'{{ [deep]|map("map", "map", "string")|list }}\'',
    "map over all": '\'{{ bigs|map("upper")|map("lower")|map("reverse")|list }}\'',
    "letters": "'{{ big|list }}'",
    "search much in much": "'{{ xs|select(\"in\", xs)|list }}'",
    "search in the deep": "'{{ deep|select(\"in\", twin)|list }}'",
    "compare the deep": "'{{ [deep,deep,deep]|select(\"eq\", twin)|list }}' * 20",
    "tiny factors": "('{{ ' + '*'.join(['tiny'] * 40) + ' }}') * 20 + '{{ xs }}'",
    "tiny divisors": "('{{ ' + '/'.join(['1'] + ['tiny'] * 40) + ' }}')",
    "json of shared parts": "'{{ bigs|tojson }}'",
    "json of much": "'{{ [deep,deep,deep,deep]|tojson }}'",
    "groups": "'{{ bigs|groupby(\"x\") }}'",
    "open comment": "'{#' * 30000",
    "comments": "'{# a #}' * 9000 + '{% a %}'",
    "much space": "'{{ a }}' + ' ' * 60000 + '{{- a }}' + '{{ b }}'",
    "globals": "'{{ cycler.__init__.__globals__ }}'",
    "lipsum": "'{{ lipsum(n=1000) }}'",
    "random": "'{{ xs|random }}'",
    "namespace": "'{{ namespace(a=1) }}'",
    "self": "'{{ self }}'",
    "self's class": "'{{ self.__class__ }}'",
    "include": "'{% include \"/etc/passwd\" %}'",
    "raw": "'{% raw %}{{ a }}{% endraw %}'",
    "replace chain": "'{{ big' + '|replace(\"a\", \"aaaaaaaaaa\")' * 10 + ' }}'",
    "replace nothing": "'{{ big|replace(\"\", big) }}'",
    "join by much": "'{{ xs|join(big) }}'",
    "concat": "'{{ big ~ big ~ big }}'",
    "add": "'{{ big + big + big }}'",
    "lists": "'{{ ' + '+'.join(['xs'] * 40) + ' }}'",
    "sorting": "'{{ ' + '+'.join(['xs|sort|unique|sum'] * 20) + ' }}'",
    "comparing": "('{{ ' + ' and '.join(['deep == twin'] * 25) + ' }}') * 8",
    "list of lists": "'{{ [' + ','.join(['deep'] * 90) + '] }}'",
    "texts": "'{{ big }}' * 3",
    "money": "'{{ 1e14|currency(big) }}'",
    "decimals": "'{{ 1|round(1000000000) }}'",
    "more decimals": "'{{ 1|number(digits=1000000000) }}'",
    "date pattern": "'{{ \"2026-01-01\"|date(big) }}'",
    "number in a text": "'{{ digits|int }}'",
    "surrogate": "'{{ \"\\\\ud800\" }}{{ b }}'",
    "surrogate, bare": "'{{ \"\\ud800\" }}'",
    "nul": "'{{ a\\x00 }}'",
}
"""What each template is, as Python that makes its text."""

PROGRAM = """
import resource, sys, time
from storyboard.templates.expressions import Template, TemplateFault, parse_template
deep = [[i, [i]] for i in range(5000)]
scope = {"a": "a", "big": "a" * 40000, "xs": list(range(9000)), "deep": deep,
         "twin": [[i, [i]] for i in range(5000)], "digits": "9" * 100000, "tiny": 5e-324}
scope["bigs"] = [scope["big"]] * 9000
parse_template("{{ 1|number }}").render(scope, "en")  # imports
texts = eval(sys.stdin.read())
used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
room = 64 * 2**20
resource.setrlimit(resource.RLIMIT_AS, (used + 2 * 2**30, used + 2 * 2**30))
resource.setrlimit(resource.RLIMIT_CPU, (20, 20))
for name, text in texts.items():
    start = time.process_time()
    template = parse_template(text)
    if isinstance(template, Template):
        try:
            value = template.render(scope, "en")
            print(f"{name}: a value")
        except TemplateFault as fault:
            template = fault
    took = time.process_time() - start
    if isinstance(template, TemplateFault):
        assert 0 <= template.offset <= len(text), (name, template.offset)
        print(f"{name}: {template.kind.value}: {template.message}")
    assert took < 0.25, f"{name} took {took:.2f} s"
grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 - used
assert grown < room, f"memory grew by {grown >> 20} MiB"
"""

HARMLESS = {"choices", "filters"}
"""Long, and yet within the limits: these must be answered with a value."""


@pytest.fixture(scope="module")
def answers() -> dict[str, str]:
    texts = "{" + ", ".join(f"{name!r}: {text}" for name, text in HOSTILE.items()) + "}"
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], input=texts, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return dict(line.split(": ", 1) for line in done.stdout.splitlines())


@pytest.mark.parametrize("name", sorted(set(HOSTILE) - HARMLESS))
def test_it_ends_in_a_fault(name: str, answers: dict[str, str]) -> None:
    assert answers[name] != "a value"


@pytest.mark.parametrize("name", sorted(HARMLESS))
def test_what_is_only_long_is_rendered(name: str, answers: dict[str, str]) -> None:
    assert answers[name] == "a value"
