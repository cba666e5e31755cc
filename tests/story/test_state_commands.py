"""The state lost, damaged, or under old names: nothing is made twice, and people are told how."""

from __future__ import annotations

import shutil
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.office import TOUR, TWO_TOURS, Office, applied_office
from tests.support.project import Project
from tests.support.tiny_studio import TinyStudio, serving


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with applied_office(tmp_path, TWO_TOURS, TinyStudio(film_polls=1)) as office:
        yield office


def test_a_state_deleted_by_hand_is_restored_from_its_copy(office: Office) -> None:
    office.state.unlink()
    for command in (("plan",), ("apply", "--yes"), ("outputs",), ("status",)):
        ran = office.run(*command)
        assert ran.code == 11, command
        assert "knows 2 videos that would be created twice" in ran.err
        assert "restore it: `storyboard state restore -e kaltura`" in ran.err
    assert len(office.studio.videos) == 2
    assert office.run("state", "restore").code == 0
    assert office.actions() == []
    ran = office.run("state", "restore")
    assert ran.code == 5
    assert "--force" in ran.err


def test_a_damaged_state_is_put_aside(office: Office) -> None:
    office.state.write_text("{")
    assert "`storyboard state restore -e kaltura`" in office.run("plan").err
    ran = office.run("state", "restore")
    assert ran.code == 0
    assert "kaltura.json.damaged" in ran.err
    assert office.actions() == []


def test_a_damaged_state_without_backups_is_no_dead_end(office: Office) -> None:
    shutil.rmtree(office.state.with_name(office.state.name + ".backup"))
    whole = office.state.read_text()
    office.state.write_text(f"<<<<<<< HEAD\n{whole}=======\n{whole}>>>>>>> other\n")
    assert "is damaged: it has git's conflict marks" in office.run("plan").err
    ran = office.run("state", "restore")
    assert ran.code == 64
    assert "git checkout -- " in ran.err
    assert "delete the file" in ran.err
    assert "`storyboard state rebuild -e kaltura`" in ran.err
    office.state.unlink()
    assert office.run("state", "adopt").code == 0
    assert len(office.studio.videos) == 2
    assert office.run("apply", "--yes").code == 0
    assert len(office.studio.videos) == 2


def test_an_older_copy_comes_back_by_its_serial(office: Office) -> None:
    office.project.write("third.yaml", TOUR.format(name="Third"))
    assert office.run("apply", "--yes").code == 0
    before = office.run("state", "copies", "--json").json()["copies"]
    assert [len(copy["videos"]) for copy in before] == [2, 3]
    ran = office.run("state", "restore", "12345")
    assert (ran.code, "there is no backup 12345" in ran.err) == (64, True)
    assert office.run("state", "restore", str(before[0]["serial"]), "--force").code == 0
    reasons = [item["reasons"] for item in office.run("plan", "--json").json()["actions"]]
    assert any("storyboard state adopt third" in reason for each in reasons for reason in each)


def test_a_state_lost_with_its_copies_is_built_from_the_studio(office: Office) -> None:
    shutil.rmtree(office.state.parent)
    [made] = [video for video in office.studio.videos.values() if video["name"] == "Goodbye"]
    office.studio.edit(made["id"], scenes=[{"narration": {"text": "So long."}}])
    told = office.run("state", "adopt", "--dry-run", "--json").json()
    assert told["written"] is False
    assert {a: v["same"] for a, v in told["videos"].items()} == {"goodbye": False, "hello": True}
    assert ("hello", "create") in office.actions()
    ran = office.run("state", "adopt")
    assert "as goodbye: it is not as the files say, and who changed" in ran.out.splitlines()[0]
    assert office.actions() == [("goodbye", "update"), ("goodbye", "generate")]
    assert office.run("apply", "--yes").code == 0
    assert len(office.studio.videos) == 2
    assert office.actions() == []


@pytest.mark.slow
def test_what_cannot_be_adopted_is_refused(office: Office) -> None:
    made = office.studio.by_name("Hello")["id"]
    office.project.write("third.yaml", TOUR.format(name="Third"))
    for arguments, words in (
        (("hello", made), "'hello' stands for a video already"),
        (("third", made), f"the studio has no video '{made}' to import"),
        (("third",), "the studio has no video of the name 'Third' to import"),
        (("fourth",), "'fourth' names no video"),
        (("th*",), "invalid address 'th*'"),
    ):
        ran = office.run("state", "adopt", *arguments)
        assert (ran.code, words in ran.err) == (64, True), ran.err
    for _ in range(2):
        office.studio._video_add({"name": "Third", "scenes": []})
    ran = office.run("state", "adopt", "third")
    assert (ran.code, "2 videos of this name" in ran.err) == (64, True)
    ran = office.run("state", "adopt")
    assert (ran.code, "skipped third: 2 videos of this name" in ran.out) == (0, True)
    first = office.run("state", "adopt", "--json").json()["ambiguous"]["third"][0]
    assert f"`storyboard state adopt third {first}`" in ran.out
    assert office.run("state", "adopt", "third", first).code == 0
    assert "no video of a name" in office.run("state", "adopt").out


def test_another_id_is_told_to_the_state(office: Office) -> None:
    (office.project.path / "hello.yaml").unlink()
    office.project.write("hi.yaml", TOUR.format(name="Hello").replace("office", "kitchen"))
    [created] = [a for a in office.run("plan", "--json").json()["actions"] if a["address"] == "hi"][
        :1
    ]
    assert created["action"] == "create"
    assert "`storyboard state mv hello hi` keeps it" in created["reasons"][1]
    assert office.run("state", "mv", "hello", "hi").code == 0
    assert office.actions() == [("hi", "update"), ("hi", "generate")]
    for arguments, words in (
        (("hello", "ho"), "'hello' names no applied video"),
        (("hi", "goodbye"), "'goodbye' stands for another video already"),
        (("hi", "hi"), "'hi' has this address already"),
        (("hi", "hi.yaml"), "invalid address 'hi.yaml'"),
        (("hi", ""), "invalid address ''"),
    ):
        ran = office.run("state", "mv", *arguments)
        assert (ran.code, words in ran.err) == (64, True), ran.err


def test_files_of_the_same_content_move_by_themselves(office: Office) -> None:
    shutil.move(office.project.path / "hello.yaml", office.project.path / "hi.yaml")
    assert office.actions() == [("hi", "move")]
    assert office.run("apply", "--yes").code == 0
    assert set(office.run("outputs", "--json").json()) == {"hi", "goodbye"}
    assert len(office.studio.videos) == len(office.studio.films) == 2


def test_an_id_moves_all_its_locales_and_names_compare_in_one_form(tmp_path: Path) -> None:
    """The studio keeps names decomposed; plan and `state adopt` see the same ones."""
    files = {
        "storyboard.yaml": 'locales: [en, fr]\nstoryboards: ["*.yaml"]\n',
        "visite.yaml": TOUR.format(name="Visite guidée"),
        "locales/fr/visite.po": (
            'msgid ""\nmsgstr "Language: fr\\nContent-Type: text/plain; charset=UTF-8\\n"\n\n'
            'msgctxt "hi.narration"\nmsgid "Hello and welcome to the tour of our office."\n'
            'msgstr "Bonjour et bienvenue dans nos bureaux."\n'
        ),
    }
    studio = TinyStudio(film_polls=1)
    with serving(studio) as url:
        office = Office(Project.of(tmp_path, files), studio, url)
        assert office.run("apply", "--yes").code == 0
        ran = office.run("state", "mv", "visite", "tour")
        assert ran.out == "'visite@en' is 'tour@en' now\n'visite@fr' is 'tour@fr' now\n"
        assert office.run("state", "mv", "tour", "visite").code == 0
        assert office.actions() == []
        shutil.rmtree(office.state.parent)
        for made in list(studio.videos.values()):
            studio.edit(made["id"], name=unicodedata.normalize("NFD", made["name"]))
        planned = office.run("plan", "--json").json()["actions"]
        assert all("of this name" in " ".join(item["reasons"]) for item in planned[::2])
        ran = office.run("state", "adopt", "visite@en", next(iter(studio.videos)))
        assert ran.code == 0
        assert office.run("state", "adopt", "visite@fr", list(studio.videos)[1]).code == 0
        assert office.actions() == []


def test_a_held_video_is_taken_in_only_by_its_address(tmp_path: Path) -> None:
    files = {
        "storyboard.yaml": 'locales: [en, fr]\nstoryboards: ["*.yaml"]\n',
        "tour.yaml": TOUR.format(name="Tour"),
    }
    studio = TinyStudio(film_polls=1)
    with serving(studio) as url:
        office = Office(Project.of(tmp_path, files), studio, url)
        assert office.run("apply", "--yes").code == 0
        other = studio._video_add({"name": "Tour", "scenes": []})
        assert office.run("state", "adopt", "--dry-run", "--json").json()["videos"] == {}
        assert office.run("state", "adopt", "tour@fr", other["id"]).code == 0
