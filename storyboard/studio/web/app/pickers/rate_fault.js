// Whether a clip's frame rate lets a film show it, in words, and the command that mends it.

import { html } from "../../vendor/preact-htm-signals.js";
import { facts as askedFacts } from "../facts.js";
import { frameRateOf } from "../frame_rates.js";
import { number, t } from "../texts.js";
import { commandFor, isFilmable, ratesOf } from "./conversion.js";

/** @typedef {{ trouble: string, command: string }} Fault what is wrong, in words, and what mends it */

/**
 * Say at once what only `generate` would say: a clip of another rate is no b-roll.
 *
 * @param {{ id: string, name: string }} medium
 * @returns {Promise<Fault | null>} null: it can be filmed
 */
export async function rateFault({ id, name }) {
  const [facts, rate] = await Promise.all([askedFacts(), frameRateOf(id)]);
  const rates = ratesOf(facts.behavior.broll_frame_rates);
  if (isFilmable(rate, rates)) return null;
  const told = number(rate, { maximumFractionDigits: 2 });
  const trouble = t("media.rate", { rate: told, rates: rates.map((each) => number(each)).join(t("media.rate.or")) });
  return { trouble, command: commandFor(name, rate, rates) };
}

/** The command that mends a file. @param {{ command: string | null }} props */
export function Mending({ command }) {
  return command && html`<p>${t("upload.mend")}</p><pre dir="ltr" tabindex="0"><code>${command}</code></pre>`;
}
