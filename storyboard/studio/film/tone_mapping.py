"""HDR and wide colors into a film's: how they look on a screen of 100 nits. Knows no picture."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import numpy.typing as npt

from storyboard.studio.film.colors import Light

_Floats = npt.NDArray[np.floating[Any]]

_WHITE: Final = 203.0
"""Nits of white paper in HDR (ITU-R BT.2408 §2)."""

_BRIGHTEST: Final = 1000.0 / _WHITE
"""In times of white; what shines brighter is white. HLG ends here, and most screens of PQ do."""

_KNEE: Final = 0.4
"""Up to which share of white light is kept as it is: faces lie below. A choice, by eye: white
paper comes out at 86 % of the signal, which leaves some room for lamps and the sky."""

_GAMMA: Final = 2.4
"""Of a film's screen (ITU-R BT.1886)."""

_TO_BT709: Final = np.array(
    [
        [1.6604910, -0.5876411, -0.0728499],
        [-0.1245505, 1.1328999, -0.0083494],
        [-0.0181508, -0.1005789, 1.1187297],
    ]
)
"""From light in the primaries of BT.2020 (ITU-R BT.2407 §2)."""

LUMA_2020: Final = np.array([0.2627, 0.6780, 0.0593])
LUMA_709: Final = np.array([0.2126, 0.7152, 0.0722])
"""Shares of red, green and blue in luma."""


def mapped(signal: _Floats, light: Light) -> _Floats:
    """Return for red, green and blue of HDR, from 0 to 1 in the last axis, those of a film."""
    if light is Light.WIDE:
        shown = signal**_GAMMA
    else:
        shown = _compressed(_pq_light(signal) if light is Light.PQ else _hlg_light(signal))
    return np.asarray(_in_gamut(shown @ _TO_BT709.T) ** (1 / _GAMMA))


def _pq_light(signal: _Floats) -> _Floats:
    """Return light in times of white (SMPTE ST 2084)."""
    raised = signal ** (32 / 2523)
    dark = np.maximum(raised - 107 / 128, 0) / (2413 / 128 - 2392 / 128 * raised)
    return np.asarray(10_000 / _WHITE * dark ** (16384 / 2610))


def _hlg_light(signal: _Floats) -> _Floats:
    """Return light in times of white, on a screen of 1000 nits (ITU-R BT.2100, table 5)."""
    a, b, c = 0.17883277, 0.28466892, 0.55991073
    bright = (np.exp((np.maximum(signal, 0.5) - c) / a) + b) / 12
    scene = np.where(signal <= 0.5, signal**2 / 3, bright)
    luminance = (scene @ LUMA_2020)[..., None]
    return np.asarray(_BRIGHTEST * np.maximum(luminance, 1e-9) ** 0.2 * scene)


def _compressed(light: _Floats) -> _Floats:
    """Take light from 0 to `_BRIGHTEST` to 0 to 1; the strongest color decides, so hues stay."""
    strongest = np.clip(light.max(axis=-1, keepdims=True), 1e-9, _BRIGHTEST)
    above = np.maximum(strongest - _KNEE, 0) / (1 - _KNEE)
    most = (_BRIGHTEST - _KNEE) / (1 - _KNEE)
    curve = above * (1 + above / most**2) / (1 + above)
    wanted = np.where(strongest <= _KNEE, strongest, _KNEE + (1 - _KNEE) * curve)
    return np.asarray(np.minimum(light * wanted / strongest, 1.0))


def _in_gamut(light: _Floats) -> _Floats:
    """Take colors that the film has not towards gray, until it has them."""
    gray = np.clip(light @ LUMA_709, 0, 1)[..., None]
    away = light - gray
    room = np.where(away < 0, gray, 1 - gray)
    share = np.min(room / np.maximum(np.abs(away), 1e-9), axis=-1, keepdims=True)
    return np.asarray(np.clip(gray + away * np.minimum(share, 1.0), 0, 1))
