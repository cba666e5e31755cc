"""What a stroke costs in the largest video there is, counted: no stroke waits for the last one."""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser.building import build
from tests.browser.chromium import Tab
from tests.contract.studio_rig import Caller

pytestmark = pytest.mark.browser

SCENES, CHARACTERS, STROKES = 20, 4_900, 5
COUNTED = """(async () => {
  const count = { formats: 0, bytes: 0, texts: 0 };
  const write = JSON.stringify;
  const made = new Set(); // a length that comes meanwhile may need a format that none had before
  const isNew = (kind, given) => made.size < made.add(write([kind, ...given])).size;
  for (const kind of ["NumberFormat", "PluralRules"]) Intl[kind] = new Proxy(Intl[kind], {
    construct: (real, given) => {
      count.formats += !isNew(kind, given);
      return new real(...given); } });
  globalThis.Blob = new Proxy(Blob, {
    construct: (real, given) => { count.bytes += 1; return new real(...given); } });
  JSON.stringify = (...given) => { const text = write(...given);
    count.texts += text?.length > 50_000; return text; };
  const later = setTimeout; // a save is no part of a stroke
  globalThis.setTimeout = (act, ms) => ms === 500 ? 0 : later(act, ms);
  const field = document.querySelectorAll(".scene-text")[10];
  const stroke = async () => { field.value += "x";
    field.dispatchEvent(new Event("input", { bubbles: true }));
    for (let drawn = 0; drawn < 2; drawn += 1) await new Promise(requestAnimationFrame); };
  await stroke(); // what is made once is made now
  Object.assign(count, { formats: 0, bytes: 0, texts: 0 });
  for (let n = 0; n < STROKES; n += 1) await stroke();
  return count; })()""".replace("STROKES", str(STROKES))


def test_a_stroke_in_twenty_long_scenes_makes_little_work(user: Caller, tab: Tab) -> None:
    """The video is written out for its draft and its size, and twice to see what differs."""
    text = ("All that is said. " * CHARACTERS)[:CHARACTERS]
    build(tab, user, *({"narration": {"text": text}} for _ in range(SCENES)))
    count: dict[str, Any] = tab.run(COUNTED)
    assert count == {"formats": 0, "bytes": 0, "texts": 4 * STROKES}


def test_what_a_scene_says_beside_its_picture_lays_out_nothing_else(user: Caller, tab: Tab) -> None:
    """Without that, all texts of all scenes are laid out anew for each letter of one."""
    build(tab, user)
    kept = tab.run("getComputedStyle(document.querySelector('.preview')).contain")
    assert kept == "inline-size layout"
