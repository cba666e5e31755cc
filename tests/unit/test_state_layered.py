"""A mapping with cheap changed copies: it is as a dict would be, and the older ones stay."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from storyboard.state.layered import Layered
from tests.support.passing_time import soon

STEPS = st.lists(st.tuples(st.integers(0, 60), st.none() | st.integers()), max_size=150)


@given(st.dictionaries(st.integers(0, 60), st.integers()), STEPS)
def test_it_is_as_a_dict_would_be(
    start: dict[int, int], steps: list[tuple[int, int | None]]
) -> None:
    plain, layered = dict(start), Layered.of(dict(start))
    seen = [(dict(plain), layered)]
    for key, value in steps:
        if value is None:
            plain.pop(key, None)
            layered = layered.without(key)
        else:
            plain[key] = value
            layered = layered.with_item(key, value)
        seen.append((dict(plain), layered))
        assert len(layered) == len(plain)
        assert (key in layered) == (key in plain)
    for expected, found in seen:
        assert found == expected
        assert expected == found
        assert list(found) == list(dict.fromkeys(found))
        now = {key: layered.get(key) for key in {*expected, *plain}}
        changed = {key: value for key, value in now.items() if value != expected.get(key)}
        assert dict(layered.differences(found)) == changed


def test_a_change_does_not_cost_what_the_mapping_holds() -> None:
    many = Layered.of({number: str(number) for number in range(200_000)})
    with soon(2.5):
        for number in range(2_000):
            changed = many.with_item(number, "new")
            assert dict(changed.differences(many)) == {number: "new"}
            many = changed
    assert len(many) == 200_000
