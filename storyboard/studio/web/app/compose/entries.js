/**
 * What a person enters in the wizard that composes a video, and the calls that it becomes. Values in,
 * values out. Knows no page.
 *
 * @typedef {"session-highlights" | "video-explainer" | "presentation-narration"} Format
 * @typedef {"sources" | "brief" | "length"} Step
 * @typedef {object} Entries
 * @property {Step} step
 * @property {import("../pickers/media_search.js").Medium[]} sources in the order in which they were chosen
 * @property {string} brief
 * @property {boolean} wantsName
 * @property {number | "custom"} length seconds that are offered, or the person's own
 * @property {string} custom what the person wrote
 */

import { characters } from "../plain_text.js";
import { read } from "../pickers/ranges.js";

export const STEPS = /** @type {const} */ (["sources", "brief", "length"]);

/** Seconds: the lengths that the vendor's wizard offers. */
export const LENGTHS = [60, 180, 300];

/** @type {Entries} */
export const EMPTY = Object.freeze({
  step: "sources", sources: [], brief: "", wantsName: true, length: LENGTHS[0], custom: "2:00",
});

const PURPOSES = {
  "session-highlights": "captioned", "video-explainer": "source", "presentation-narration": "presentation",
};

/** @returns {import("../pickers/media_search.js").Purpose} what a format is made of */
export function purposeOf(format) {
  return PURPOSES[format];
}

/** @returns {number} how many sources a format takes */
export function mostSources(format, limits) {
  if (format === "presentation-narration") return 1;
  return format === "session-highlights" ? limits.highlightSources : limits.sources;
}

/** @returns {string | null} why a medium cannot be a source, as a key of the texts */
export function whyNot(medium, entries, most) {
  if (medium.kind !== "document" && medium.hasCaptions === false) return "compose.noCaptions";
  const isChosen = entries.sources.some(({ id }) => id === medium.id);
  return !isChosen && entries.sources.length >= most ? "compose.enough" : null;
}

/** @returns {Entries} with a source more, or less */
export function toggled(entries, medium) {
  const others = entries.sources.filter(({ id }) => id !== medium.id);
  const wasChosen = others.length < entries.sources.length;
  return { ...entries, sources: wasChosen ? others : [...others, medium] };
}

/** @returns {Entries} with a source that has just come, if there is room for it */
export function joined(entries, medium, most) {
  return whyNot(medium, entries, most) || entries.sources.some(({ id }) => id === medium.id)
    ? entries : { ...entries, sources: [...entries.sources, medium] };
}

/** @returns {number | null} the length that is wanted, in whole seconds; null: none that is taken */
export function seconds({ length, custom }, most) {
  const wanted = length === "custom" ? read(custom) : length;
  if (wanted === null) return null;
  const whole = Math.round(wanted);
  return whole >= 1 && whole <= most ? whole : null;
}

/** @returns {string | null} what is missing in a step before the next one, as a key of the texts */
export function missing(entries, step, limits) {
  switch (step) {
    case "sources": return entries.sources.length ? null : "compose.chooseOne";
    case "brief": return characters(entries.brief) > limits.brief ? "compose.briefLong" : null;
    case "length": return seconds(entries, limits.composeSeconds) === null ? "compose.lengthWrong" : null;
    default: throw new Error(`no step '${step}'`);
  }
}

/** @returns {Step} the step before or behind one, which is the first or the last at an end */
export function beside(step, by) {
  return STEPS[Math.min(Math.max(0, STEPS.indexOf(step) + by), STEPS.length - 1)];
}

/** @returns {object} the body of `video/compose` */
export function body(id, format, entries, limits) {
  const brief = entries.brief.trim();
  return {
    id,
    formatType: format,
    duration: seconds(entries, limits.composeSeconds),
    entryIds: entries.sources.map((source) => source.id),
    ...(brief && { userBrief: brief }),
    generateName: entries.wantsName,
  };
}
