"""JSON that can be written again, and numbers that others wrote."""

from __future__ import annotations

import ast
import json
import re
import tracemalloc
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storyboard.strict_json import MAX_DEPTH, NotJson, is_storable, parse_json
from storyboard.whole_numbers import whole_number
from tests.support.passing_time import soon
from tests.support.python_names import PACKAGE, imported, modules_with, names

UNWRITABLE = {
    "NaN": '{"x": NaN}',
    "Infinity": '{"x": [-Infinity]}',
    "a number that overflows": '{"x": 1e999}',
    "half a character": '{"x": "\\ud800"}',
    "the other half": '{"x": {"\\uDFFF": 1}}',
    "5,000 digits": '{"x": ' + "9" * 5000 + "}",
    "41 digits": "9" * 41,
    "a key twice": '{"x": 1, "x": 1}',
    "a key twice inside": '[{"x": 1, "y": {"z": 1, "z": 2}}]',
    "100,000 lists": "[" * 100_000,
    "100,000 closed lists": "[" * 100_000 + "]" * 100_000,
    "900 lists": "[" * 900 + "]" * 900,
    "900 objects": '{"a":' * 900 + "1" + "}" * 900,
    "U+0000": '{"x": "a\\u0000b"}',
    "U+0000 in a key": '{"a\\u0000b": 1}',
    "a key of a megabyte": '{"' + "k" * 1_000_000 + '": 1}',
    "nothing": "",
    "no JSON": "{'a': 1}",
}


@pytest.mark.parametrize("text", UNWRITABLE.values(), ids=UNWRITABLE)
@pytest.mark.parametrize("as_bytes", [True, False], ids=["bytes", "text"])
def test_what_cannot_be_written_again_is_refused(text: str, as_bytes: bool) -> None:
    with soon(2), pytest.raises(NotJson) as refused:
        parse_json(text.encode() if as_bytes else text)
    assert len(str(refused.value)) < 80


@pytest.mark.parametrize("body", [b"\xff", b'"\xed\xa0\x80"', '{"a": 1}'.encode("utf-16")])
def test_bytes_that_are_not_utf8_are_refused(body: bytes) -> None:
    with pytest.raises(NotJson):
        parse_json(body)


def test_a_text_with_half_a_character_is_refused() -> None:
    with pytest.raises(NotJson):
        parse_json('"\ud800"')


PLAIN = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**38), 10**38)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")),
    lambda inner: (
        st.lists(inner)
        | st.dictionaries(st.text(st.characters(codec="ascii", exclude_characters="\0")), inner)
    ),
)


@settings(deadline=None)
@given(PLAIN, st.booleans())
def test_everything_else_is_read_as_it_was_written(value: Any, ascii_only: bool) -> None:
    text = json.dumps(value, ensure_ascii=ascii_only)
    assert parse_json(text) == value
    assert parse_json(text.encode()) == value


@settings(deadline=None)
@given(st.binary() | st.text().map(lambda text: f'{{"x": {text}}}'.encode("utf-8", "replace")))
def test_what_is_accepted_can_be_written_and_read_again(body: bytes) -> None:
    try:
        value = parse_json(body)
    except NotJson:
        return
    written = json.dumps(value, ensure_ascii=False, allow_nan=False).encode()
    assert parse_json(written) == value


def test_a_backslash_before_u0000_is_a_text() -> None:
    value = {"x": "\\u0000 \\\\u0000", "\\u0000": 1}
    assert parse_json(json.dumps(value)) == value


@given(st.text() | st.text(st.sampled_from("a\0\ud800\udfff\ue000")))
def test_what_is_storable_is_what_is_read_again(text: str) -> None:
    try:
        is_read = parse_json(json.dumps(text)) == text
    except NotJson:
        is_read = False
    assert is_storable(text) == is_read


def test_depth_is_counted_exactly() -> None:
    parse_json("[" * MAX_DEPTH + "]" * MAX_DEPTH)
    with pytest.raises(NotJson):
        parse_json("[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1))


CROWDS = {
    "objects": "[" + "{}," * 250_000 + "{}]",
    "lists": "[" + "[]," * 250_000 + "[]]",
    "numbers": "[" + "1," * 250_000 + "1]",
    "fields": "{" + ",".join(f'"{at}":1' for at in range(250_000)) + "}",
    "quotation marks": '["' + '\\",' * 500_000,
}


@pytest.mark.slow
@pytest.mark.parametrize("text", CROWDS.values(), ids=CROWDS)
def test_a_crowd_of_values_is_refused_before_it_takes_memory(text: str) -> None:
    tracemalloc.start()
    try:
        with pytest.raises(NotJson):
            parse_json(text, most=200_000)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 4 * len(text)


def test_marks_in_texts_are_no_values() -> None:
    text = json.dumps([{"a, [b] {c}": ["\\", '",,,"'], "d": 1}, [], {}, 2, None])
    assert parse_json(text, most=12)
    with pytest.raises(NotJson, match="more than 11 values"):
        parse_json(text, most=11)
    crowd = "[" + "0," * 99 + "0]"
    assert len(parse_json(crowd, most=101)) == 100
    with pytest.raises(NotJson, match="more than 100 values"):
        parse_json(crowd, most=100)


@pytest.mark.parametrize(
    ("text", "number"),
    [("0", 0), ("007", 7), ("9" * 15, 10**15 - 1), (b"12", 12)],
)
def test_a_whole_number(text: str | bytes, number: int) -> None:
    assert whole_number(text) == number


@pytest.mark.parametrize(
    "text", ["", "-1", "+1", " 1", "1_0", "²", "١", "1.0", "9" * 16, "9" * 5000, b"\xb2"]
)
def test_no_whole_number(text: str | bytes) -> None:
    assert whole_number(text) is None


@pytest.mark.parametrize(("text", "number"), [("-7", -7), ("7", 7), ("-0", 0), (b"-12", -12)])
def test_a_whole_number_with_a_sign(text: str | bytes, number: int) -> None:
    assert whole_number(text, signed=True) == number


@pytest.mark.parametrize("text", ["", "-", "--1", "+1", "-²", "-١", "- 1", "-1_0", "-" + "9" * 16])
def test_no_whole_number_with_a_sign(text: str) -> None:
    assert whole_number(text, signed=True) is None


DIGITS_OF_ALL_SCRIPTS: dict[str, str] = {}


def takes_foreign_digits(tree: ast.AST) -> bool:
    """Tell whether digits that a pattern finds, by `\\d` without `re.ASCII`, may become numbers."""
    plain = {
        id(part)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and "re.ASCII" in ast.unparse(node)
        for part in ast.walk(node)
    }
    patterns = (
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in plain
    )
    reads = {
        node.func.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    found = any(re.search(r"(?<!\\)(?:\\\\)*\\d", node.value) for node in patterns)
    return found and not reads.isdisjoint({"int", "float", "Fraction", "Decimal"})


def test_no_pattern_finds_digits_of_other_scripts_for_a_number() -> None:
    found = {
        str(path.relative_to(PACKAGE))
        for path, tree in modules_with(r"\d")
        if takes_foreign_digits(tree)
    }
    assert found == set(DIGITS_OF_ALL_SCRIPTS)


@pytest.mark.parametrize(
    ("text", "is_seen"),
    [
        (r"int(re.match(r'\d+', a)[0])", True),
        (r"CLOCK = r'(\d+)'; TIME = re.compile(rf'{CLOCK}:{CLOCK}'); int(a)", True),
        (r"float(re.compile(rf'{a}\d', re.I)[0])", True),
        (r"int(re.match(r'\d+', a, re.ASCII)[0])", False),
        (r"int(re.match(r'[0-9]+', a)[0])", False),
        (r"re.match(r'\d+', a)", False),
    ],
)
def test_a_pattern_of_foreign_digits_is_seen(text: str, is_seen: bool) -> None:
    assert takes_foreign_digits(ast.parse(text)) is is_seen


READERS = {
    "strict_json.py": "is the reader",
    "source/schema.py": "reads the package's own schemas",
    "compile_cache/entries.py": "reads what a secret of this machine has sealed",
    "studio/records/fault_rules.py": "reads what the studio wrote into its own rows",
    "studio/records/videos.py": "likewise",
    "studio/records/avatars.py": "likewise",
    "studio/records/queue.py": "likewise",
    "studio/compose/clauses.py": "reads what the package of the English voice has",
    "studio/voice/espeak_voice.py": "reads the answer of its own worker",
    "studio/voice/espeak_worker.py": "reads the order of its own parent",
    "studio/voice/model_worker.py": "likewise",
}


def test_nothing_foreign_is_read_by_another_reader() -> None:
    """`READERS` are all who may name Python's own."""
    found = {
        str(path.relative_to(PACKAGE)) for path, tree in modules_with("json") if reads_json(tree)
    }
    assert found == set(READERS)


def reads_json(tree: ast.AST) -> bool:
    """Tell whether a module names what of Python's own package reads JSON, by any name."""
    told = {name for _, name in names(tree)} | set(imported(tree).values())
    return any(
        re.fullmatch(r"json\.(decoder\.)?(loads|load|JSONDecoder|scanner.*)", name) for name in told
    )


@pytest.mark.parametrize(
    "text",
    [
        "import json; json.loads(a)",
        "import json as j; map(j.loads, a)",
        "from json import loads",
        "from json import JSONDecoder as D; D().decode(a)",
        "from json.decoder import JSONDecoder",
    ],
)
def test_another_reader_is_seen(text: str) -> None:
    assert reads_json(ast.parse(text))
    assert not reads_json(ast.parse("import json; json.dumps(a)"))


def test_no_digits_are_read_by_what_isdigit_says() -> None:
    """`int()` fails for `²`, a digit, and for 5,000 of them: `whole_number` is the one reader."""
    for path, tree in modules_with("isdigit", "isdecimal"):
        for node in ast.walk(tree):
            if not isinstance(node, ast.If | ast.IfExp | ast.BoolOp):
                continue
            written = ast.unparse(node)
            asked = ".isdigit()" in written or ".isdecimal()" in written
            if (
                asked
                and "int(" in written
                and path.name not in ("value_filters.py", "whole_numbers.py")
            ):
                raise AssertionError(f"{path}: {written[:80]}")
