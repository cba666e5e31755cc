"""What a hint says of a catalog that lies wrong never overwrites another one."""

from __future__ import annotations

import pytest

from storyboard.catalogs.po_reader import read_catalog
from storyboard.catalogs.unread import Heading, Reader, misplaced_catalogs, unread_catalogs

WELCOME = Reader("w", ("en", "de", "pt-BR"))


@pytest.mark.parametrize(
    ("path", "beside", "hint"),
    [
        ("de/LC_MESSAGES/w.po", (), "move it to locales/de/w.po"),
        (
            "de/LC_MESSAGES/w.po",
            ("de/w.po",),
            "locales/de/w.po is there already: bring over what it lacks and delete this one",
        ),
        (
            "pt_BR/w.po",
            (),
            "rename the folder to locales/pt-BR/; folders are spelled as in `locales`",
        ),
        (
            "pt_BR/w.po",
            ("pt-BR/other.po",),
            "move its files to locales/pt-BR/; folders are spelled as in `locales`",
        ),
        (
            "pt_BR/w.po",
            ("pt-BR/w.po",),
            "locales/pt-BR/w.po is there already: bring over what it lacks and delete this one; "
            "folders are spelled as in `locales`",
        ),
        (
            "de-AT/w.po",
            ("de/w.po",),
            "locales/de/w.po is there already: bring over what it lacks and delete this one, "
            "or add 'de-AT' to `locales`",
        ),
    ],
)
def test_a_catalog_that_no_video_reads(path: str, beside: tuple[str, ...], hint: str) -> None:
    paths = [f"locales/{each}" for each in (path, *beside)]
    odd = {each.span.file: each.hint for each in unread_catalogs(paths, [WELCOME])}
    assert odd[f"locales/{path}"] == hint


@pytest.mark.parametrize("beside", [False, True])
def test_a_catalog_of_another_language(beside: bool) -> None:
    path, other = "locales/de/w.po", "locales/pl/w.po"
    catalog, _ = read_catalog(path, b'msgid ""\nmsgstr "Language: pl\\n"\n')
    assert catalog is not None
    paths = [path, other] if beside else [path]
    (odd,) = misplaced_catalogs([Heading.of(catalog)], lambda: paths)
    told = f"{other} is there already" if beside else f"move it to {other}, or "
    assert told in (odd.hint or "")
    assert ("move it" in (odd.hint or "")) is not beside
    assert 'write "Language: de\\n" in the header' in (odd.hint or "")


def test_without_a_storyboard_no_catalog_is_called_unread() -> None:
    """The locales are there; "add 'de' to `locales`" would be wrong."""
    assert not list(unread_catalogs(["locales/de/w.po"], []))
