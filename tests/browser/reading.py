"""Whether a page can be read: expressions that a tab runs."""

from typing import Final

NAMED: Final = """(node) => Boolean(
  node.textContent.trim() || node.labels?.length || node.getAttribute("aria-label"))"""

CONTRAST: Final = """(() => {
  const channels = (text) => text.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b].map((c) => c / 255)
    .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const ground = (node) => {
    for (let at = node; at; at = at.parentElement) {
      const color = channels(getComputedStyle(at).backgroundColor);
      if (color.length === 3 || color[3] > 0.5) return color;
    }
    return [255, 255, 255];
  };
  const weak = [];
  for (const node of document.querySelectorAll("body *")) {
    const own = Array.from(node.childNodes).some((n) => n.nodeType === 3 && n.data.trim());
    if (!own || !node.checkVisibility() || node.closest(".skip, option, audio, progress")) continue;
    const [a, b] = [light(channels(getComputedStyle(node).color)), light(ground(node))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) weak.push(`${node.className || node.tagName} ${ratio.toFixed(2)}`);
  }
  return weak;
})()"""
"""Texts whose contrast with what is behind them is below 4.5 (WCAG 2.2, 1.4.3)."""
