"""`doctor` tells which languages' letters cannot be set in films, and what helps."""

from __future__ import annotations

from functools import partial

from storyboard.checks.studio_facts import Unset
from storyboard.commands.doctor_finding import Level
from storyboard.commands.doctor_lettering import examine_lettering
from storyboard.studio.lettering.faces import CannotSet, Fonts, set_in_runs
from storyboard.studio.lettering.font_files import own_files


def unset(text: str, *, shapes: bool) -> Unset | None:
    """Answer as a machine without fonts of its own does."""
    fonts = Fonts(own_files(), lambda: ())
    try:
        set_in_runs(text, "", bold=False, fonts=fonts, shapes=shapes)
    except CannotSet as cause:
        return Unset(cause.told, cause.wants_shaping)
    return None


def test_locales_whose_letters_are_in_no_font() -> None:
    found = list(examine_lettering(("en", "ja", "ko", "zh-TW"), partial(unset, shapes=True)))
    assert [each.level for each in found] == [Level.WARNING] * 3
    assert found[0].message == (
        "no titles and burned-in captions in ja: no font here has the letters '日本語' (CJK)"
    )
    assert all("install a font that has them" in (each.hint or "") for each in found)


def test_locales_whose_letters_nothing_joins() -> None:
    (found,) = examine_lettering(("en", "ar"), partial(unset, shapes=False))
    assert found.level is Level.WARNING
    assert found.message.startswith("no titles and burned-in captions in ar: nothing here shapes")
    assert (
        found.hint == "install FriBiDi (Debian: libfribidi0), which orders and joins such letters"
    )


def test_a_machine_without_what_joins_letters_is_told_without_such_locales() -> None:
    (found,) = examine_lettering(("en",), partial(unset, shapes=False))
    assert found.level is Level.WARNING
    assert "Arabic, Hebrew, Hindi" in found.message
    assert "FriBiDi" in (found.hint or "")


def test_languages_that_no_locale_has_are_named_without_a_warning() -> None:
    (found,) = examine_lettering(("en", "de", "ru"), partial(unset, shapes=True))
    assert found.level is Level.OK
    assert found.message.endswith("Chinese, Japanese, Korean")
    (every,) = examine_lettering((), lambda _: None)
    assert every.message == "titles and captions in all languages"


def test_a_script_without_a_name_leaves_no_empty_parentheses() -> None:
    assert CannotSet("𗼇").told == "no font here has the letters '𗼇'"
