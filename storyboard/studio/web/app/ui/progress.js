// How far something is; without a `value` it is only known to go on.

import { html } from "../../vendor/preact-htm-signals.js";

/** @param {{label: string, value?: number}} props `value` from 0 to 1. */
export function Progress({ label, value }) {
  return html`<progress aria-label=${label} max="1" value=${value} />`;
}
