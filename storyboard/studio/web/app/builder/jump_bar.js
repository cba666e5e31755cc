// A bar that stays at the edge of a small screen, where the parts of the builder are one below the other:
// each is one press away. Its style sheet shows it there alone.

import { html } from "../../vendor/preact-htm-signals.js";
import { t } from "../texts.js";
import { Icon } from "../ui/icon.js";

/** The parts by the names of their texts, which are those of the regions. */
const PARTS = { "builder.preview": "film", "builder.scenes": "edit", "builder.side": "image" };

/** @param {{ desk: import("./builder.js").Desk }} props */
export function JumpBar({ desk }) {
  return html`<nav class="builder-jump" aria-label=${t("builder.jump")}>${Object.entries(PARTS).map(([part, icon]) => html`
    <button type="button" key=${part} onClick=${() => jump(part, desk)}><${Icon} name=${icon} />${t(part)}</button>`)}</nav>`;
}

function jump(part, { editor }) {
  const region = document.querySelector(`.builder [data-part="${part}"]`);
  const scene = document.querySelector(`.scene[data-key="${editor.selected.peek()}"]`);
  region.focus({ preventScroll: true });
  (region.contains(scene) ? scene : region).scrollIntoView({ block: "start" });
}
