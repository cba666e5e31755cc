// The video's time from left to right: each scene as wide as it is long. Leads to a scene, plays them all.

import { html } from "../../vendor/preact-htm-signals.js";
import { PlayAllButton } from "../pickers/listen_button.js";
import { forecast } from "../pickers/generation.js";
import { clock } from "../ui/time.js";
import { t } from "../texts.js";
import { short } from "./length_bar.js";
import { soundOf } from "./sounds.js";

/** Seconds that a scene is drawn as, as long as it says nothing. */
const EMPTY = 1;

/**
 * @param {{ desk: import("./builder.js").Desk, lengths: (import("./lengths.js").Length | null)[],
 *   save: () => Promise<void> }} props
 */
export function Timeline({ desk, lengths, save }) {
  const { editor } = desk;
  const { scenes } = editor.said.value;
  if (!scenes.length) return null;
  const spoken = scenes.map((scene, index) => ({ scene, index })).filter(({ scene }) => scene.text.trim());
  const sounds = spoken.map(({ index }) => soundOf(desk, index, save));
  const { seconds, isMeasured } = forecast(lengths);
  return html`<section class="timeline" aria-label=${t("builder.timeline")}>
    <div class="row"><${PlayAllButton} sounds=${sounds}
        onNext=${(at) => { editor.selected.value = spoken[at].scene.key; }} />
      <span class="quiet">${seconds > 0 && t(isMeasured ? "builder.total.heard" : "builder.total.about", { time: clock(seconds) })}</span></div>
    <ol class="timeline-scenes" dir="ltr">${scenes.map(({ key, text, layoutType }, index) => html`
      <li key=${key} style=${{ flexGrow: lengths[index]?.seconds ?? EMPTY }}>
        <button type="button" data-layout=${layoutType} data-empty=${!text.trim() || null}
          aria-current=${editor.selected.value === key ? "true" : null}
          aria-label=${blockLabel(index, text, lengths[index])} title=${blockLabel(index, text, lengths[index])}
          onClick=${() => { editor.selected.value = key; }}>${index + 1}</button></li>`)}</ol>
  </section>`;
}

function blockLabel(index, text, length) {
  const n = index + 1;
  if (!length) return t(text.trim() ? "builder.block.asked" : "builder.block.empty", { n });
  return t(length.isMeasured ? "builder.block.heard" : "builder.block.about", { n, seconds: short(length.seconds) });
}
