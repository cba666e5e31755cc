"""The laws of the patterns that name videos, for any pattern and any address."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from storyboard.video import Address

LOCALES = (None, "de", "en", "de-AT", "pt-BR")
ids = st.text("ade-", min_size=1, max_size=4)


@st.composite
def named(draw: st.DrawFn) -> tuple[Address, str]:
    """An address, and a pattern that names it: parts of the name as wildcards."""
    address = Address(draw(ids), draw(st.sampled_from(LOCALES)))
    left, pattern = draw(st.sampled_from((str(address), address.storyboard))), ""
    while left:
        taken = draw(st.integers(1, 3))
        forms = ("*", left[:taken], "?" * len(left[:taken]), f"*[{left[0]}]*", "[!#]*")
        pattern += draw(st.sampled_from(forms))
        left = left[taken:]
    return address, pattern


@given(named())
@example((Address("tour", "de"), "*de"))
@example((Address("tour", "de"), "*@de"))
@example((Address("tour", "de"), "t*[!@]e"))
@example((Address("tour", "de"), "tour@[a-d]?"))
@example((Address("tour", "de"), "tour?de"))
def test_what_names_a_video_may_name_its_storyboard(pair: tuple[Address, str]) -> None:
    address, pattern = pair
    assert address.matches((pattern,))
    assert Address(address.storyboard).may_match((pattern,))


@given(ids, ids, st.sampled_from(LOCALES))
def test_an_address_may_name_its_own_storyboard_alone(
    name: str, other: str, locale: str | None
) -> None:
    may_be = Address(other).may_match((str(Address(name, locale)),))
    assert may_be == (name == other)


@given(ids, st.sampled_from(("{}@", "{}e", "e{}@de", "x*@{}", "*x@de", "?{}@d*")))
def test_a_pattern_that_names_no_locale_of_a_storyboard_may_not_name_it(
    name: str, form: str
) -> None:
    assert not Address(name).may_match((form.format(name),))


def test_no_pattern_may_name_all() -> None:
    assert Address("tour").may_match(())
