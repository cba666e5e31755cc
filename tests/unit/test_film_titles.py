"""Titles in the pictures of a film: where they are, for how long, and what stays as it was."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from storyboard.presenter_title import Title
from storyboard.studio.film.frame_areas import text_area
from storyboard.studio.film.lower_thirds import lower_third
from storyboard.studio.film.make import make_film
from storyboard.studio.film.request import Clip, Film, FilmError, FilmRequest, FilmScene, Profile
from storyboard.studio.lettering import faces
from storyboard.studio.lettering.faces import CannotSet, Fonts, set_in_runs, shaped_letters
from storyboard.studio.lettering.font_files import machine_files, machine_folders, own_files
from storyboard.studio.lettering.letter_sets import LetterSet, letter_sets
from storyboard.studio.lettering.line_ends import phrases
from storyboard.studio.lettering.lines import fit_line, fit_lines, line_width, set_line
from storyboard.studio.stage.placement import Layout, placement
from tests.support.film_crew import SMALL, decoded, numbered_clip, scene, small_crew

JANE = Title("Jane Miller", "Head of Product")
FULL_HD = (1920, 1080)
SCENE = 20
"""Words of a scene of 8.6 seconds."""


def make(root: Path, *scenes: FilmScene, profile: Profile = SMALL, name: str = "film") -> Film:
    request = FilmRequest(scenes, profile=profile)
    output = root / f"{name}.mp4"
    return make_film(request, cache=root / "cache", output=output, crew=small_crew())


def changed(film: Film, plain: Film) -> list[npt.NDArray[np.bool_]]:
    """Return for each frame of a film where its picture is clearly another."""
    pairs = zip(decoded(film.path), decoded(plain.path), strict=True)
    return [
        np.abs(a.to_ndarray(format="gray").astype(int) - b.to_ndarray(format="gray").astype(int))
        > 40
        for a, b in pairs
    ]


def box(mask: npt.NDArray[np.bool_]) -> tuple[int, int, int, int]:
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    return int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1


@pytest.mark.slow
def test_a_title_is_there_for_its_time_in_its_place_and_nowhere_else(tmp_path: Path) -> None:
    plain = make(tmp_path, scene(SCENE), scene(SCENE, "adam"), name="plain")
    titled = replace(scene(SCENE), title=JANE)
    film = make(tmp_path, titled, scene(SCENE, "adam"))
    assert film.rendered_scenes == (0,), "a scene without a title was made again"
    masks = changed(film, plain)
    band = lower_third(JANE, film.timeline[0].frames, 25, area(Layout.FULL, 320, 180), None, "en")
    image, x, y = band.draw()
    seen = [frame for frame, mask in enumerate(masks) if mask.sum() > 20]
    assert band.first < seen[0] <= band.first + band.fade
    assert band.end - band.fade - 1 <= seen[-1] < band.end
    assert seen == list(range(seen[0], seen[-1] + 1))
    assert 3.9 <= (band.end - band.first - 2 * band.fade) / 25 <= 4.1
    x0, y0, x1, y1 = box(masks[band.first + 2 * band.fade])
    assert x <= x0 <= x + 4
    assert y <= y0 <= y + 4
    assert x1 <= x + image.shape[1]
    assert y1 <= y + image.shape[0] <= 171


@pytest.mark.parametrize("side", [Layout.RIGHT, Layout.LEFT])
@pytest.mark.parametrize("title", [JANE, Title("\u05d3\u05e0\u05d4", "x" * 90), Title("y" * 150)])
def test_a_band_keeps_to_the_safe_area_beside_who_presents(side: Layout, title: Title) -> None:
    stands = placement(side, *FULL_HD)
    band = lower_third(title, 250, 25, area(side), None, "en")
    image, x, y = band.draw()
    assert 96 <= x <= x + image.shape[1] <= 1920 - 96
    assert y + image.shape[0] == 1080 - 54
    assert x + image.shape[1] <= stands.x or x >= stands.x + stands.width


@pytest.mark.parametrize("layout", [Layout.FULL, Layout.CLOSE])
@pytest.mark.parametrize("raised", [False, True])
@pytest.mark.parametrize("words", [("y" * 150, "z" * 150), ("yyyyy " * 30, "zzzzz " * 30)])
def test_a_band_is_never_over_a_face(layout: Layout, raised: bool, words: tuple[str, str]) -> None:
    """A face ends above row 850 from close by, and begins at column 660."""
    raised_to = 880 if raised else None
    band = lower_third(Title(*words), 250, 25, area(layout), raised_to, "en")
    image, x, y = band.draw()
    assert y >= 850 or x + image.shape[1] <= 640


LONG = ("Dr. Alexandra Featherstonehaugh", "Senior Vice President of International Learning")


@pytest.mark.parametrize("raised", [False, True])
def test_a_long_title_is_not_cut_above_captions(raised: bool) -> None:
    """Above captions there is little room beside a face, and titles lost their ends there."""
    where = area(Layout.FULL)
    band = lower_third(Title(*LONG), 250, 25, where, 880 if raised else None, "en")
    image, x, y = band.draw()
    assert y + image.shape[0] == (880 if raised else 1080 - 54)
    assert x + image.shape[1] <= (640 if raised else 1056)
    for text, size, bold in zip(LONG, (46, 31), (True, False), strict=True):
        least = round(size * (0.7 if bold else 0.81))
        lines = fit_lines(text, size, least, 482 if raised else 898, "en", bold=bold)
        assert len(lines) == (2 if raised else 1)
        assert sum(line.width for line in lines) > 0.95 * line_width(
            text.replace(" ", "") if raised else text, lines[0].size, "en", bold=bold
        )


def test_a_scene_that_is_over_soon_shows_its_title_for_less() -> None:
    for frames in (53, 55, 80, 130, 500):
        band = lower_third(JANE, frames, 25, area(Layout.FULL), None, "en")
        assert 0 < band.first < band.end <= frames
        assert max(map(band.opacity, range(band.first, band.end))) > 0.99
        assert band.opacity(band.first) == band.opacity(band.end - 1) == 0.0


def test_a_title_of_a_script_from_right_to_left_stands_on_the_right() -> None:
    latin, hebrew = (
        lower_third(Title(name), 250, 25, area(Layout.FULL), None, "en").draw()
        for name in ("Dana", "\u05d3\u05e0\u05d4 \u05db\u05d4\u05df")
    )
    assert latin[1] == 96
    assert hebrew[1] + hebrew[0].shape[1] == 1920 - 96
    accent = [blue(image) for image, _, _ in (latin, hebrew)]
    assert accent[0] < 20
    assert accent[1] > hebrew[0].shape[1] - 20


def test_texts_over_a_clip_are_taken_off_again(tmp_path: Path) -> None:
    """A clip may stand still: what was laid over its picture must not stay."""
    clip = Clip(numbered_clip(tmp_path / "clip.mp4", frames=40, size=(320, 180)), 0.0)
    film = make(tmp_path, replace(scene(SCENE, clip=clip), title=JANE))
    plain = make(tmp_path, scene(SCENE, clip=clip), name="plain")
    seen = [frame for frame, mask in enumerate(changed(film, plain)) if mask.sum() > 20]
    assert 12 <= seen[0] <= 23
    assert seen[-1] < 13 + 100 + 20
    assert seen == list(range(seen[0], seen[-1] + 1))


def test_a_film_without_texts_needs_no_font_and_is_the_same(tmp_path: Path) -> None:
    make(tmp_path, scene(), name="one")
    make(tmp_path / "other", scene(), name="two")
    one, two = tmp_path / "one.mp4", tmp_path / "other" / "two.mp4"
    assert one.read_bytes() == two.read_bytes()


def test_another_role_makes_another_film_of_its_scene_alone(tmp_path: Path) -> None:
    first, second = replace(scene(SCENE), title=JANE), scene(SCENE, "adam")
    make(tmp_path, first, second)
    other = replace(first, title=replace(JANE, role="Chair"))
    assert make(tmp_path, other, second).rendered_scenes == (0,)
    assert make(tmp_path, other, second).rendered_scenes == ()


def test_letters_that_cannot_be_set_fail_before_a_word_is_spoken(tmp_path: Path) -> None:
    """No font has letters of the private use that are no letters; these are of no script yet."""
    with pytest.raises(FilmError, match="no font here has the letters") as failed:
        make(tmp_path, scene(), replace(scene(), title=Title("\U00012f90\U00012f91")))
    assert (failed.value.code, failed.value.scene) == ("no-font", 1)
    assert not (tmp_path / "cache").exists()


OWN = Fonts(own_files(), lambda: ())


def test_the_package_brings_latin_greek_and_cyrillic() -> None:
    for text in (
        "Zoë Ångström",
        "Łukasz Ğül",
        "Nguyễn Thị Ánh",
        "Ἀθηνᾶ",
        "Владимир Ґ",
        "€ – „x“ …",
    ):
        for bold in (False, True):
            [run] = set_in_runs(text, "", bold=bold, fonts=OWN)
            assert run.face.path.name == f"NotoSans-{'Bold' if bold else 'Regular'}.ttf"


def test_what_is_no_letter_is_left_out_and_a_letter_is_told() -> None:
    assert (
        "".join(run.text for run in set_in_runs("O \U0001f389 K", "", bold=False, fonts=OWN))
        == "O K"
    )
    with pytest.raises(CannotSet) as told:
        set_in_runs("Dr. \u5f20\u4f1f", "", bold=False, fonts=OWN)
    assert told.value.letters == "\u5f20\u4f1f"
    assert not told.value.wants_shaping


@pytest.mark.parametrize(
    "text", ["\u05d3\u05e0\u05d4", "\u0639\u0644\u064a", "\u0928\u092e\u0938\u094d\u0924\u0947"]
)
def test_scripts_that_need_shaping_are_refused_where_nothing_shapes(text: str) -> None:
    assert shaped_letters(text)
    with pytest.raises(CannotSet) as told:
        set_in_runs(text, "", bold=False, shapes=False)
    assert told.value.wants_shaping
    assert not shaped_letters("Zoë Владимир \u5f20\u4f1f e\u0301")


def test_long_lines_shrink_and_are_then_cut_between_letters() -> None:
    name = "Maria e\u0301lodie " * 3
    wide = line_width(name, 46)
    assert fit_line(name, 46, 32, wide).size == 46
    shrunk = fit_line(name, 46, 32, wide * 9 // 10)
    assert 32 < shrunk.size < 46
    assert shrunk.width <= wide * 9 // 10
    cut = fit_line(name, 46, 32, wide // 3)
    assert cut.size == 32
    assert cut.width <= wide // 3
    assert fit_line("Maximilian", 46, 32, 10).width > 0


def test_a_line_that_is_too_long_becomes_two_before_it_is_cut() -> None:
    role = "Senior Vice President of Global Customer Success, Europe and Africa"
    room = line_width(role, 25) * 2 // 3
    first, second = fit_lines(role, 31, 25, room)
    assert 25 <= first.size == second.size <= 31
    assert max(first.width, second.width) <= room
    assert first.width + second.width > 0.95 * line_width(role, first.size)
    cut = fit_lines(f"{role}, {role}", 31, 25, room)
    assert cut[0].width == line_width("Senior Vice President of Global Customer", 25)
    assert len(fit_lines("Jane Miller", 46, 32, 900)) == 1
    assert len(fit_lines("Wildenburg" * 9, 46, 32, 300)) == 1


def test_a_long_title_with_burned_captions_is_whole_and_above_them() -> None:
    long = Title("Dr. Maximiliane von Hohenstein-Wildenburg", "Vice President of Customer Success")
    raised_to = 880
    band = lower_third(long, 250, 25, area(Layout.CLOSE), raised_to, "en")
    image, x, y = band.draw()
    assert y + image.shape[0] == raised_to
    assert x + image.shape[1] <= 640
    assert image.shape[0] > 36 + 2 * 40 + 30


def test_a_line_from_right_to_left_is_drawn_in_its_own_order() -> None:
    alone, line = set_line("\u05d0", 40), set_line("\u05d0\u05e0\u05d9", 40)
    own = alone.mask[:, alone.margin : alone.margin + alone.width].ravel()

    def like(start: int) -> float:
        there = line.mask[:, line.margin + start : line.margin + start + alone.width]
        return float(np.corrcoef(there.ravel(), own)[0, 1])

    assert like(line.width - alone.width) > like(0) + 0.2


@pytest.fixture
def with_chinese(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A user who has a font of some Chinese letters."""
    fonts = tmp_path / "home" / ".local" / "share" / "fonts"
    shutil.copytree(Path(__file__).parents[1] / "support" / "fonts", fonts)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    machine_files.cache_clear()
    yield
    machine_files.cache_clear()


@pytest.mark.slow
@pytest.mark.usefixtures("with_chinese")
def test_a_chinese_title_is_in_the_film(tmp_path: Path) -> None:
    title = Title("\u5f20\u4f1f", "\u9996\u5e2d\u6280\u672f\u5b98")
    film = make(tmp_path, replace(scene(SCENE), title=title))
    plain = make(tmp_path, scene(SCENE), name="plain")
    assert changed(film, plain)[50].sum() > 100


@pytest.mark.usefixtures("with_chinese")
def test_a_long_chinese_title_is_parted_between_phrases() -> None:
    """It has no spaces, and was cut with an ellipsis where two lines had held it."""
    role = "\u9996\u5e2d\u6280\u672f\u5b98\u5f20\u4f1f" * 3
    parts = phrases(role, "zh")
    room = line_width(role, 25, "zh") * 2 // 3
    lines = fit_lines(role, 31, 25, room, "zh")
    assert len(lines) == 2
    assert max(line.width for line in lines) <= room
    heads = {
        line_width("".join(parts[:at]), lines[0].size, "zh"): line_width(
            "".join(parts[at:]), lines[0].size, "zh"
        )
        for at in range(1, len(parts))
    }
    assert heads.get(lines[0].width) == lines[1].width


def test_a_table_of_letters_is_read_and_no_font_has_none(tmp_path: Path) -> None:
    [letters] = letter_sets(own_files()[0].path)
    assert "A" in letters
    assert "\u05d0" not in letters
    for content in (b"", b"ttcf", b"\0" * 40, b"ttcf\0\1\0\0\xff\xff\xff\xff"):
        (tmp_path / "odd.ttf").write_bytes(content)
        letter_sets.cache_clear()
        assert all(each == LetterSet() for each in letter_sets(tmp_path / "odd.ttf"))
    assert faces.FONTS.own


def test_a_font_of_pictures_has_no_letters(tmp_path: Path) -> None:
    """FreeType draws its letters in no other size."""
    own = own_files()[0].path.read_bytes()
    (tmp_path / "pictures.ttf").write_bytes(own.replace(b"glyf", b"CBDT", 1))
    (tmp_path / "outlines.ttf").write_bytes(own)
    assert letter_sets(tmp_path / "pictures.ttf") == (LetterSet(),)
    assert "A" in letter_sets(tmp_path / "outlines.ttf")[0]


def test_a_user_whom_the_system_does_not_know_has_fonts_too(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def unknown(_: type[Path]) -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.setattr(Path, "home", classmethod(unknown))
    for system in ("linux", "darwin", "win32"):
        assert len(machine_folders(system)) > 1


def area(layout: Layout, width: int = 1920, height: int = 1080):  # type: ignore[no-untyped-def]
    return text_area(layout, width, height, placement)


def blue(image: npt.NDArray[np.uint8]) -> float:
    """Return at which column most of the accent is."""
    is_accent = (image[..., 2] > 200) & (image[..., 0] < 120)
    return float(np.flatnonzero(is_accent.sum(axis=0) > 20).mean())


@pytest.mark.parametrize("text", ["Zoë\ufe0f", "Zoë\U000e0100", "Müller\ufe0e"])
def test_a_choice_between_forms_of_a_letter_is_no_letter(text: str) -> None:
    own = Fonts(own_files(), lambda: ())
    assert "".join(run.text for run in set_in_runs(text, "en", bold=False, fonts=own)) == text
    assert shaped_letters(text) == ""


def test_a_sign_that_another_font_has_is_set_in_it() -> None:
    """It may be the meaning: `Sales → Support`."""
    text = "Sales → Support"
    others = [file for file in machine_files() if "→" in letter_sets(file.path)[0]]
    assert others, "no font of this machine has an arrow"
    found = set_in_runs(text, "en", bold=False, fonts=Fonts(own_files(), lambda: others))
    assert "".join(run.text for run in found) == text
