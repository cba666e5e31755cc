"""Clips show the colors that they are tagged with: any matrix, range, depth, and HDR."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from av import VideoFrame
from av.video.reformatter import ColorRange, Colorspace

from storyboard.studio.film.colors import Light
from storyboard.studio.film.hdr_pictures import ToneMapper
from storyboard.studio.film.picture import planes_of
from storyboard.studio.film.tone_mapping import mapped
from tests.support.made_clips import (
    QUARTERS,
    corners,
    in_yuv,
    is_near,
    moving_clip,
    quarters,
    shown,
)

_601, _709, _2020 = Colorspace.ITU601, Colorspace.ITU709, Colorspace.BT2020
_LIMITED, _FULL = ColorRange.MPEG, ColorRange.JPEG

KINDS = {
    "bt709": ("libx264", "yuv420p", _709, _LIMITED),
    "bt601": ("libx264", "yuv420p", _601, _LIMITED),
    "full range": ("libx264", "yuvj420p", _709, _FULL),
    "4:2:2": ("libx264", "yuv422p", _709, _LIMITED),
    "4:4:4 full": ("libx264", "yuv444p", _709, _FULL),
    "ten bits": ("libx264", "yuv420p10le", _709, _LIMITED),
    "ProRes": ("prores_ks", "yuv422p10le", _709, _LIMITED),
    "240M": ("libx264", "yuv420p", Colorspace.SMPTE240M, _LIMITED),
    "RGB": ("libx264rgb", "rgb24", None, _FULL),
    "RGB in rows": ("qtrle", "rgb24", None, _FULL),
}


@pytest.mark.parametrize("kind", KINDS)
def test_colors_are_the_same_in_every_format(tmp_path: Path, kind: str) -> None:
    codec, pix_fmt, matrix, its_range = KINDS[kind]
    rgb = quarters(160, 96)
    if matrix is None:
        frame = VideoFrame.from_ndarray(rgb, format="rgb24").reformat(format=pix_fmt)
    else:
        frame = in_yuv(rgb, pix_fmt, dst_colorspace=matrix, dst_color_range=its_range)
    options = {"profile": "standard"} if codec == "prores_ks" else {}
    clip = moving_clip(tmp_path / "c.mov", [frame], codec, options=options)
    seen = corners(shown(clip, 160, 96)[0])
    assert all(
        is_near(one, other, by=9)
        for row, wanted in zip(seen, QUARTERS, strict=True)
        for one, other in zip(row, wanted, strict=True)
    ), seen


@pytest.mark.parametrize(
    ("size", "matrix"), [((720, 480), _601), ((1280, 536), _709), ((540, 960), _709)]
)
def test_a_clip_that_tells_no_matrix_is_of_hd_by_its_size(
    tmp_path: Path, size: tuple[int, int], matrix: Colorspace
) -> None:
    frame = in_yuv(np.full((size[1], size[0], 3), (230, 20, 20), np.uint8), dst_colorspace=matrix)
    frame.colorspace = 2
    clip = moving_clip(tmp_path / "c.mkv", [frame], options={"preset": "ultrafast"})
    assert is_near(tuple(shown(clip, 160, 90)[0][45, 80]), (230, 20, 20))


def gray_steps(path: Path, codes: list[int], transfer: int, primaries: int = 9) -> Path:
    """Write columns of gray of ten bits, of BT.2020."""
    width, height = 16 * len(codes), 32
    frame = VideoFrame(width, height, "yuv420p10le")
    for plane, by in zip(frame.planes, (1, 2, 2), strict=True):
        pixels = np.ndarray(
            (plane.height, plane.width), np.uint16, memoryview(plane), 0, (plane.line_size, 2)
        )
        pixels[:] = np.repeat(codes, 16) if by == 1 else 512
    frame.colorspace, frame.color_range = _2020, _LIMITED
    frame.color_trc, frame.color_primaries = transfer, primaries
    return moving_clip(path.with_suffix(".mkv"), [frame], "ffv1")


def lumas(path: Path, count: int) -> list[int]:
    picture = shown(path, 16 * count, 32)[0]
    return [int(picture[16, 16 * step + 8, 1]) for step in range(count)]


def pq(nits: float) -> int:
    raised = (nits / 10_000) ** (2610 / 16384)
    signal = ((3424 / 4096 + 2413 / 128 * raised) / (1 + 2392 / 128 * raised)) ** (2523 / 32)
    return round(64 + 876 * signal)


def hlg(scene: float) -> int:
    if scene <= 1 / 12:
        return round(64 + 876 * (3 * scene) ** 0.5)
    return round(64 + 876 * (0.17883277 * np.log(12 * scene - 0.28466892) + 0.55991073))


def test_pq_is_tone_mapped(tmp_path: Path) -> None:
    """Black stays black, faces keep their light, paper is light gray, lamps are white."""
    codes = [pq(nits) for nits in (0, 20, 203, 1000, 4000)]
    black, face, paper, lamp, sun = lumas(gray_steps(tmp_path / "c.mp4", codes, 16), 5)
    assert black <= 2
    assert face == pytest.approx(255 * (20 / 203) ** (1 / 2.4), abs=5)
    assert 205 <= paper <= 235
    assert 250 <= lamp <= sun


def test_hlg_is_tone_mapped(tmp_path: Path) -> None:
    """The same scene as in PQ looks the same: 203 nits are a signal of 75 % (BT.2408)."""
    codes = [hlg(0.0), hlg(0.0205), 64 + 657, 940]
    black, face, paper, lamp = lumas(gray_steps(tmp_path / "c.mp4", codes, 18), 4)
    same = lumas(gray_steps(tmp_path / "p.mp4", [pq(0), pq(9.4), pq(203), pq(1000)], 16), 4)
    assert [black, face, paper, lamp] == pytest.approx(same, abs=6)


def test_wide_colors_without_hdr_are_no_paler(tmp_path: Path) -> None:
    """What BT.2020 writes of a red of BT.709 is that red; gray stays as it was."""
    to_2020 = np.linalg.inv(
        [[1.6605, -0.5876, -0.0728], [-0.1246, 1.1329, -0.0083], [-0.0182, -0.1006, 1.1187]]
    )
    light = (np.array((230, 20, 20)) / 255) ** 2.4 @ to_2020.T
    rgb = np.full((32, 64, 3), np.round(255 * light ** (1 / 2.4)), np.uint8)
    frame = in_yuv(rgb, "yuv420p10le", dst_colorspace=_2020)
    frame.color_trc, frame.color_primaries = 14, 9
    clip = moving_clip(tmp_path / "c.mkv", [frame], "ffv1")
    assert is_near(tuple(shown(clip, 64, 32)[0][16, 32]), (230, 20, 20))


@pytest.mark.parametrize("light", Light)
def test_brighter_is_never_darker_and_gray_never_colored(light: Light) -> None:
    steps = np.linspace(0, 1, 200)
    grays = mapped(np.stack([steps] * 3, axis=-1), light)
    assert np.all(np.diff(grays[:, 1]) >= -1e-9)
    assert np.ptp(grays, axis=1).max() < 0.01
    assert grays[0].max() < 0.01
    assert grays[-1].min() > 0.98


@pytest.mark.parametrize("light", Light)
def test_a_strong_color_keeps_its_hue(light: Light) -> None:
    reds = mapped(np.array([[0.5, 0.2, 0.2], [0.7, 0.0, 0.0], [1.0, 0.1, 0.1]]), light)
    assert np.all(reds[:, 0] > 1.4 * reds[:, 1:].max(axis=1))


def test_no_table_stays_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = tmp_path / "it's: here"
    place.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(place))
    assert lumas(gray_steps(tmp_path / "c.mp4", [64, 500], 18), 2)
    assert not list(place.iterdir())


@pytest.mark.parametrize(("width", "height"), [(64, 64), (65, 33), (33, 64), (64, 257)])
def test_hdr_is_scaled_as_other_clips_are(tmp_path: Path, width: int, height: int) -> None:
    clip = gray_steps(tmp_path / "c.mp4", [pq(1), pq(203)], 16)
    picture = shown(clip, width, height)[0]
    assert picture.shape == (height, width, 3)
    row, middle = picture[height // 2, :, 1], width // 2
    assert row[middle - 6] < 60 < 200 < row[middle + 6]


@pytest.mark.parametrize("light", Light)
def test_the_tables_show_what_is_worked_out(light: Light) -> None:
    """Colors of every kind, each over some pixels, but for those that no film has."""
    film = np.random.default_rng(1).random((24, 40, 3)) ** 2
    to_2020 = np.linalg.inv(
        [[1.6605, -0.5876, -0.0728], [-0.1246, 1.1329, -0.0083], [-0.0182, -0.1006, 1.1187]]
    )
    signal = np.clip(0.8 * film @ to_2020.T, 0, 1) ** (1 / 2.4)
    large = np.repeat(np.repeat(signal, 8, axis=0), 8, axis=1)
    rgb = VideoFrame.from_ndarray(np.round(large * 65535).astype(np.uint16), format="rgb48le")
    frame = rgb.reformat(format="yuv420p10le", dst_colorspace=_2020, dst_color_range=_LIMITED)
    frame.colorspace, frame.color_range, frame.time_base = _2020, _LIMITED, Fraction(1, 25)
    seen = ToneMapper(320, 192)(frame, light).to_ndarray(format="rgb24", src_colorspace=_709)
    off = np.abs(seen[4::8, 4::8].astype(float) - 255 * mapped(signal, light))
    assert off.mean() < 2
    assert np.quantile(off, 0.99) < 15


def test_an_edge_of_gray_stays_as_sharp_as_it_was(tmp_path: Path) -> None:
    """Letters have edges within the four pixels that share a color."""
    codes = [pq(0), pq(203)]
    width, height = 64, 32
    frame = VideoFrame(width, height, "yuv420p10le")
    for plane, by in zip(frame.planes, (1, 2, 2), strict=True):
        pixels = np.ndarray(
            (plane.height, plane.width), np.uint16, memoryview(plane), 0, (plane.line_size, 2)
        )
        pixels[:] = np.array(codes * 32) if by == 1 else 512
    frame.colorspace, frame.color_range, frame.time_base = _2020, _LIMITED, Fraction(1, 25)
    luma = planes_of(ToneMapper(width, height)(frame, Light.PQ))[0]
    black, white = (lumas(gray_steps(tmp_path / "c.mp4", [code], 16), 1)[0] for code in codes)
    assert np.all(luma[:, ::2] <= 16 + black + 1)
    assert np.all(np.abs(luma[:, 1::2] - (16 + 219 * white / 255)) < 3)


def test_an_hdr_still_is_tone_mapped(tmp_path: Path) -> None:
    from storyboard.studio.jobs.thumbnails import Still, thumbnail

    content = thumbnail(gray_steps(tmp_path / "c.mp4", [pq(203)] * 2, 16), Still())
    assert content is not None
    picture = tmp_path / "s.jpg"
    picture.write_bytes(content)
    with av.open(str(picture)) as container:
        frame = next(container.decode(video=0))
    assert 205 <= int(frame.to_ndarray(format="rgb24")[16, 16, 1]) <= 235
