// How long a scene is, as a bar and in words, against what its clip has.

import { html } from "../../vendor/preact-htm-signals.js";
import { number, t } from "../texts.js";

/**
 * @param {object} props
 * @param {import("./lengths.js").Length | null} props.length
 * @param {number | null} props.budget seconds that its clip has; null: no clip is shown
 * @param {number} props.scale seconds of the whole bar
 */
export function LengthBar({ length, budget, scale }) {
  const seconds = length?.seconds ?? 0;
  const isOver = budget !== null && seconds > budget;
  const share = (part) => `${Math.min(100, (100 * part) / scale)}%`;
  const heard = !length ? "builder.length.none" : length.isMeasured ? "builder.length.heard" : "builder.length.about";
  return html`<div class="scene-length" data-over=${isOver || null}>
    <span class="length-bar" aria-hidden="true">
      <span class="length-said" data-guess=${length && !length.isMeasured ? true : null} style=${{ inlineSize: share(seconds) }} />
      ${budget !== null && html`<span class="length-budget" style=${{ insetInlineStart: share(budget) }} />`}
    </span>
    <small>${t(heard, { seconds: short(seconds) })}${budget !== null && html`<span class="length-of"> ${
      t(isOver ? "builder.length.over" : "builder.length.of", { seconds: short(budget) })}</span>`}</small>
  </div>`;
}

/** @returns {string} seconds with one digit behind the point */
export function short(seconds) {
  return number(seconds, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
}
