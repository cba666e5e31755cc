/** Colors as the API takes them, and how well something stands out from one. Knows no page. */

/** @returns {string | null} `#RRGGBB` of what was typed: `ceeedb`, `#abc`, ` #CEEEDB `; null for no color */
export function parsed(text) {
  const found = /^#?([0-9a-f]{6}|[0-9a-f]{3})$/i.exec(text.trim());
  if (!found) return null;
  const digits = found[1].length === 3 ? found[1].replace(/./g, "$&$&") : found[1];
  return `#${digits.toUpperCase()}`;
}

/** @returns {[number, number, number]} */
export function channels(color) {
  return [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16));
}

/** @returns {number} relative luminance, 0 to 1 (WCAG 2.2) */
export function luminance([red, green, blue]) {
  const linear = (channel) => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}

/** @returns {number} the contrast of two luminances, 1 to 21 */
export function contrast(one, other) {
  return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
}

/**
 * Pixels of a cut-out figure that have nothing beside them: its outline, where a background shows.
 *
 * @param {Uint8ClampedArray} pixels RGBA, rows of `width`
 * @returns {number[]} their luminances
 */
export function outline(pixels, width) {
  const solid = (at) => pixels[4 * at + 3] > 250;
  const found = [];
  for (let at = 0; at < pixels.length / 4; at += 1) {
    const column = at % width;
    if (!solid(at) || column < 3 || column > width - 4) continue;
    if (solid(at - 3) && solid(at + 3)) continue;
    found.push(luminance(pixels.slice(4 * at, 4 * at + 3)));
  }
  return found;
}

/** Below it an outline can hardly be seen: half of what is asked of a sign's edge (WCAG 1.4.11). */
export const FAINT = 1.5;

/** @returns {number | null} the median contrast of an outline to a color; null where there is none */
export function standsOut(luminances, color) {
  if (!luminances.length) return null;
  const ground = luminance(channels(color));
  const ratios = luminances.map((each) => contrast(each, ground)).sort((a, b) => a - b);
  return ratios[Math.floor(ratios.length / 2)];
}
