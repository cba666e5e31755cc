// The library: the grid of videos.

import { html } from "../../vendor/preact-htm-signals.js";
import { t } from "../texts.js";

export function Library() {
  return html`<h1>${t("shell.library")}</h1>`;
}
