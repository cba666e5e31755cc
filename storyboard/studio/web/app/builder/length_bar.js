// How long a scene is, as a bar and in words, against what its clip has.

import { html } from "../../vendor/preact-htm-signals.js";
import { number, t } from "../texts.js";

/** Seconds that a length bar is long at least, so that a short scene looks short. */
const SHORTEST = 15;

/** How much longer than the longest narration a clip may make the bars; a recording has hours. */
const ROOM = 2;

/**
 * Return how many seconds the bars of all scenes are long. A clip that has more ends at their end.
 * @param {(import("./lengths.js").Length | null)[]} lengths @param {(number | null)[]} budgets
 */
export function scaleOf(lengths, budgets) {
  const longest = Math.max(SHORTEST, ...lengths.map((length) => length?.seconds ?? 0));
  return Math.max(longest, ...budgets.filter((budget) => budget !== null && budget <= ROOM * longest));
}

/**
 * @param {object} props
 * @param {import("./lengths.js").Length | null} props.length
 * @param {boolean} props.isSilent it says nothing; else a length that is null is not known yet
 * @param {number | null} props.budget seconds that its clip has; null: no clip is shown
 * @param {number} props.scale seconds of the whole bar
 */
export function LengthBar({ length, isSilent, budget, scale }) {
  const seconds = length?.seconds ?? 0;
  const isOver = budget !== null && seconds > budget;
  const share = (part) => `${Math.min(100, (100 * part) / scale)}%`;
  const unknown = isSilent ? "builder.length.none" : "builder.length.asked";
  const heard = !length ? unknown : length.isMeasured ? "builder.length.heard" : "builder.length.about";
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
