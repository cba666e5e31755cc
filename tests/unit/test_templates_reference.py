"""Each filter and test says what it does, with examples that come out as they say."""

from __future__ import annotations

import re
from itertools import chain

import pytest
from jinja2.defaults import DEFAULT_FILTERS, DEFAULT_TESTS

from reference_tables.expressions import examples_of
from storyboard.templates import elsewhere
from storyboard.templates.elsewhere import (
    CALLS_ELSEWHERE,
    FILTERS_ELSEWHERE,
    NAMES_ELSEWHERE,
    STATEMENTS_ELSEWHERE,
    TESTS_ELSEWHERE,
    is_slip,
)
from storyboard.templates.expressions import TemplateFault, parse_template
from storyboard.templates.filters import FILTERS
from storyboard.templates.predicates import ALIASES, TESTS
from tests.support.expression_examples import outcome

DOCSTRINGS = {
    **{f"|{name}": each.run.__doc__ or "" for name, each in FILTERS.items()},
    **{f"is {name}": each.__doc__ or "" for name, each in TESTS.items()},
}


def test_an_example_comes_out_as_it_says() -> None:
    for name, text in DOCSTRINGS.items():
        examples = examples_of(text)
        assert examples, f"{name}: write one: {{{{ x|filter }}}} → what comes out"
        assert text.splitlines()[0].endswith("."), name
        named = [e for e in examples if name in e.text or f"'{name.split()[-1]}'" in e.text]
        assert named, name
        for example in examples:
            assert outcome(example) == example.value, example.text


def test_all_that_jinja_has_is_here_or_is_explained() -> None:
    known = FILTERS.keys() | FILTERS_ELSEWHERE.keys()
    assert DEFAULT_FILTERS.keys() - known == set()
    assert DEFAULT_TESTS.keys() - (TESTS.keys() | ALIASES.keys() | TESTS_ELSEWHERE.keys()) == set()


def test_nothing_is_both_here_and_explained_away() -> None:
    assert not FILTERS.keys() & FILTERS_ELSEWHERE.keys()
    assert not TESTS.keys() & TESTS_ELSEWHERE.keys()


def test_a_hint_names_only_what_is_there() -> None:
    tables = [table for name, table in vars(elsewhere).items() if name.endswith("ELSEWHERE")]
    assert len(tables) > 3
    for word, hint in chain.from_iterable(table.items() for table in tables):
        for name in re.findall(r"\|(\w+)", hint):
            assert name in FILTERS, (word, hint)
        for name in re.findall(r"\bis (\w+)", hint):
            assert name in TESTS or name in ("there", "no", "nothing", "an"), (word, hint)
        assert not hint.endswith("."), (word, hint)


def test_what_others_have_is_answered_by_its_meaning() -> None:
    texts = {
        **{f"{{{{ x|{word} }}}}": hint for word, hint in FILTERS_ELSEWHERE.items()},
        **{f"{{{{ x is {word} }}}}": hint for word, hint in TESTS_ELSEWHERE.items()},
        **{f"{{{{ {word}() }}}}": hint for word, hint in CALLS_ELSEWHERE.items()
           if word not in FILTERS},
        **{f"{{{{ {word} }}}}": hint for word, hint in NAMES_ELSEWHERE.items()},
        **{f"{{% {word} x %}}": hint for word, hint in STATEMENTS_ELSEWHERE.items()},
    }  # fmt: skip
    assert {text: fault(text).hint for text in texts} == texts


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("uper", "upper"),
        ("lenght", "length"),
        ("jion", "join"),
        ("joinn", "join"),
        ("sirt", "sort"),
        ("percents", "percent"),
        ("Upper", "upper"),
        ("tojson_", "tojson"),
        ("lst", "last' or 'list"),
        ("mas", "map' or 'max"),
    ],
)
def test_a_slip_of_the_finger_is_told(word: str, meant: str) -> None:
    assert fault("{{ 'a'|" + word + " }}").hint == f"did you mean '{meant}'?"


@pytest.mark.parametrize("word", ["lists", "lastly", "summary", "numeric", "sorter", "xyz", "el"])
def test_a_word_that_is_only_alike_is_not_sent_elsewhere(word: str) -> None:
    hint = fault("{{ 'a'|" + word + " }}").hint or ""
    meant = re.match("did you mean '(.+)'", hint)
    is_foreign = any(is_slip(word, name) for name in FILTERS_ELSEWHERE)  # 'sorter' is 'sorted'
    assert hint.startswith("known filters: ") or is_foreign or (meant and is_slip(word, meant[1]))


def fault(text: str) -> TemplateFault:
    template = parse_template(text)
    if isinstance(template, TemplateFault):
        return template
    with pytest.raises(TemplateFault) as caught:
        template.render({"x": "a"}, "en")
    return caught.value
