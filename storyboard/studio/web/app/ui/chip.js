// A short word on a state; its color repeats what the word says.

import { html } from "../../vendor/preact-htm-signals.js";

/** @param {{tone?: "plain" | "good" | "busy" | "bad" | "brand"}} props */
export function Chip({ tone = "plain", children }) {
  return html`<span class="chip" data-tone=${tone}>${children}</span>`;
}
