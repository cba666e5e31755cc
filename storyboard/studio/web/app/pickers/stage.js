// A presenter before a background, laid over each other by the page: no avatar is made to be seen.

import { html } from "../../vendor/preact-htm-signals.js";
import { door } from "../door.js";
import { backgroundPath, presenterPath } from "../facts.js";
import { stillPath } from "../media_paths.js";

const WIDTH = 640;

/**
 * @param {{ choice: import("./avatar_choice.js").Choice, label: string }} props
 * `label` is what the picture shows, in words
 */
export function Stage({ choice, label }) {
  return html`<div class="stage" role="img" aria-label=${label}>
    <${Ground} background=${choice.background} />
    <img class="stage-figure" alt="" fetchpriority="high" src=${presenterPath(choice.templateId)} />
  </div>`;
}

/** @param {{ background: import("./avatar_choice.js").Background }} props */
export function Ground({ background }) {
  switch (background.type) {
    case "color":
      return html`<span class="stage-ground" style=${{ background: background.color }} />`;
    case "library":
      return background.id && html`<img class="stage-ground" alt="" src=${backgroundPath(background.id)} />`;
    default:
      return background.entryId && html`<img class="stage-ground" alt=""
        src=${stillPath(door.settings.value.partnerId, background.entryId, { width: WIDTH })} />`;
  }
}
