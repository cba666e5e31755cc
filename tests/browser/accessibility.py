"""What axe-core finds in a page. The file in axe/ is that of npm's axe-core 4.12.1, unchanged.

It is kept here, since the Python packages that carry it bring a browser driver that we do without,
and tests ask no registry.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial
from pathlib import Path

from tests.browser.application import module_result
from tests.browser.chromium import Frame, Tab

LOOKS = (("en", False), ("en", True), ("he-IL", False), ("he-IL", True))
"""Languages, and whether it is dark."""

_RUN = """(async () => {
  await document.fonts.ready;
  await Promise.allSettled(document.getAnimations()
    .filter((each) => Number.isFinite(each.effect.getComputedTiming().endTime))
    .map((each) => each.finished));
  // What a bar covers now is not small: it scrolls out from under it.
  const bars = [...document.querySelectorAll("body *")]
    .filter((node) => getComputedStyle(node).position === "sticky");
  for (const bar of bars) bar.style.position = "static";
  const rules = { "target-size": { enabled: true } };
  const options = { rules, resultTypes: ["violations"], preload: false };
  const { violations, passes } = await axe.run(document, options);
  for (const bar of bars) bar.style.removeProperty("position");
  if (passes.length < 10) throw new Error("axe looked at nothing");
  return violations.flatMap(({ id, nodes }) => nodes.map((node) =>
    `${id}: ${node.html.slice(0, 160)} ${node.failureSummary.split("\\n").slice(1).join(";")}`));
})()"""


@cache
def _axe() -> str:
    return (Path(__file__).parent / "axe" / "axe.min.js").read_text(encoding="utf-8")


Wear = Callable[[str, bool], None]
"""Puts a language on the page, and makes it dark or light."""


def violations(tab: Frame) -> list[str]:
    """Return which rules the page breaks, and with what, in its language and colors of now."""
    if not tab.run("'axe' in window"):
        tab.do("Runtime.evaluate", expression=_axe())
    return list(tab.run(_RUN))


def violations_in_all_looks(tab: Tab) -> list[str]:
    """Return what `violations` finds light and dark, from left to right and from right to left."""
    return violations_as(tab, partial(_wear, tab))


def violations_as(frame: Frame, wear: Wear) -> list[str]:
    """Return what `violations` finds in a page, whoever gives it its looks."""
    found = []
    for language, is_dark in LOOKS:
        wear(language, is_dark)
        direction = "rtl" if language == "he-IL" else "ltr"
        frame.wait(f"document.documentElement.dir === '{direction}'")
        ink = "parseInt(getComputedStyle(document.body).color.slice(4))"
        frame.wait(f"{ink} > 128" if is_dark else f"{ink} < 128")
        wide = frame.run(
            "document.documentElement.scrollWidth > document.documentElement.clientWidth"
        )
        found += [f"{language} dark={is_dark}: {each}" for each in violations(frame)]
        found += [f"{language} dark={is_dark}: scrolls sideways"] if wide else []
    wear(*LOOKS[0])
    frame.wait("document.documentElement.dir === 'ltr'")
    return found


def _wear(tab: Tab, language: str, is_dark: bool) -> None:
    module_result(tab, "app/door.js", f"void (m.door.language.value = {language!r})")
    scheme = {"name": "prefers-color-scheme", "value": "dark" if is_dark else "light"}
    tab.do("Emulation.setEmulatedMedia", features=[scheme])
