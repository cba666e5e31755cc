// The builder: the scenes of one video.

import { html } from "../../vendor/preact-htm-signals.js";

/** @param {{id: string}} props */
export function Builder({ id }) {
  return html`<h1>${id}</h1>`;
}
