"""A storyboard that was renamed and edited at once is not deleted while its successor waits."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.office import Office
from tests.support.project import Project
from tests.support.tiny_studio import TinyStudio, serving

TOUR = (
    "name: {name}\nscenes:\n  - id: hi\n    narration: Hello and welcome to our office.\n"
    "  - id: bye\n    narration: Thank you for your visit to our office.\n"
)
NAMES = ("one", "two", "three", "four")


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """Four storyboards in two languages, applied; `one` is `uno` then, with another narration."""
    files = {"storyboard.yaml": 'locales: [en, de]\nstoryboards: ["*.yaml"]\n'}
    files |= {f"{name}.yaml": TOUR.format(name=f"The {name}") for name in NAMES}
    studio = TinyStudio(film_polls=1)
    with serving(studio) as url:
        office = Office(Project.of(tmp_path, files), studio, url)
        assert office.run("locale", "sync").code == 0
        for po in tmp_path.glob("locales/de/*.po"):
            text = po.read_text()
            for english, german in (
                ("Hello and welcome to our office.", "Hallo und willkommen in unserem Büro."),
                ("Thank you for your visit to our office.", "Danke für Ihren Besuch im Büro."),
                *((f"The {name}", f"Nummer {name}") for name in NAMES),
            ):
                text = text.replace(f'msgid "{english}"\nmsgstr ""',
                                    f'msgid "{english}"\nmsgstr "{german}"')  # fmt: skip
            po.write_text(text)
        assert office.run("apply", "--yes").code == 0
        assert len(studio.videos) == 8
        (tmp_path / "one.yaml").unlink()
        office.project.write(
            "uno.yaml", TOUR.format(name="The one").replace("Thank", "Many thanks")
        )
        assert office.run("locale", "sync").code == 0
        yield office


def prune(office: Office, *more: str) -> tuple[int, str]:
    ran = office.run("apply", "--yes", "--no-generate", "--prune", *more)
    return ran.code, ran.out + ran.err


@pytest.mark.slow
def test_what_was_renamed_is_not_pruned(office: Office) -> None:
    code, told = prune(office)
    assert code == 5, told
    assert "'one' may be 'uno' now" in told
    assert "`storyboard state mv -e kaltura one uno`" in told
    assert len(office.studio.videos) == 8
    assert office.run("state", "mv", "one", "uno").code == 0
    code, told = prune(office)
    assert code == 0, told
    assert set(office.run("outputs", "--json").json()) == {
        f"{name}@{tag}" for name in ("uno", *NAMES[1:]) for tag in ("en", "de")
    }


@pytest.mark.slow
def test_the_flag_spares_what_waits_for_a_held_video(office: Office) -> None:
    for _ in range(2):
        code, told = prune(office, "--prune-renamed")
        assert code == 0, told
        assert "kept: one@de, one@en (the videos of their new id are held)" in told
        assert {"one@de", "one@en", "uno@en"} <= set(office.run("outputs", "--json").json())


@pytest.mark.slow
def test_after_an_apply_the_commands_still_lead_out(office: Office) -> None:
    assert office.run("apply", "--yes", "--no-generate").code == 0
    code, told = prune(office)
    assert code == 5, told
    assert "`storyboard state mv -e kaltura one@de uno@de`" in told
    refused = office.run("state", "mv", "one", "uno")
    assert refused.code == 64
    assert "`storyboard state mv -e kaltura one@de uno@de`" in refused.err
    assert "`storyboard destroy -e kaltura uno@en`" in refused.err
    assert office.run("state", "mv", "one@de", "uno@de").code == 0
    code, told = prune(office)
    assert code == 0, told
    assert not {"one@de", "one@en"} & set(office.run("outputs", "--json").json())


@pytest.mark.slow
def test_or_the_new_one_is_deleted_and_all_move(office: Office) -> None:
    assert office.run("apply", "--yes", "--no-generate").code == 0
    assert office.run("destroy", "--yes", "uno@en").code == 0
    assert office.run("state", "mv", "one", "uno").code == 0
    assert prune(office)[0] == 0
    assert len(office.studio.videos) == 8


@pytest.mark.slow
def test_what_has_no_successor_is_pruned(office: Office) -> None:
    (office.project.path / "uno.yaml").unlink()
    code, told = prune(office)
    assert code == 0, told
    assert len(office.studio.videos) == 6


INTRO = "  - {id: intro, narration: Hello from us all.}\n"


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Office]:
    """Two storyboards of one language, applied; the file of `one` is gone then."""
    files = {
        "storyboard.yaml": 'storyboards: ["*.yaml"]\n',
        "one.yaml": TOUR.format(name="The one") + INTRO,
        "two.yaml": "name: Two\nscenes:\n"
        "  - {id: x, narration: Here we see how the metrics went this year.}\n" + INTRO,
    }
    studio = TinyStudio(film_polls=1)
    with serving(studio) as url:
        office = Office(Project.of(tmp_path, files), studio, url)
        assert office.run("apply", "--yes", "--no-generate").code == 0
        (tmp_path / "one.yaml").unlink()
        yield office


@pytest.mark.parametrize(
    "edited",
    [
        TOUR.replace("Thank", "Many thanks"),
        TOUR.replace("id: bye", "id: end").replace("Thank", "Many thanks"),
        TOUR + "  - {{id: more, narration: And come again to our office soon.}}\n",
    ],
)
def test_what_has_another_name_too_is_known_by_what_it_says(small: Office, edited: str) -> None:
    small.project.write("uno.yaml", edited.format(name="Quite another name") + INTRO)
    code, told = prune(small)
    assert code == 5, told
    assert "'one' may be 'uno' now" in told
    assert len(small.studio.videos) == 2
    assert small.run("state", "mv", "one", "uno").code == 0
    assert prune(small)[0] == 0
    assert set(small.run("outputs", "--json").json()) == {"uno", "two"}


def test_what_shares_only_an_intro_takes_no_ones_place(small: Office) -> None:
    other = "  - {id: y, narration: Something else that is said in another video.}\n"
    small.project.write("uno.yaml", f"name: Uno\nscenes:\n{INTRO}{other}")
    code, told = prune(small)
    assert code == 0, told
    assert set(small.run("outputs", "--json").json()) == {"uno", "two"}


def test_each_has_one_successor_at_most(small: Office) -> None:
    for name, greeting in (("uno", "Hi"), ("ein", "Good day")):
        small.project.write(
            f"{name}.yaml", TOUR.format(name=name).replace("Hello", greeting) + INTRO
        )
    code, told = prune(small)
    assert code == 5, told
    assert len(set(re.findall(r"'one' may be '(\w+)'", told))) == 1
