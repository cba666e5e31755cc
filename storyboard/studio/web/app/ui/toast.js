// Short notes in a corner: what was done, or was not, for whoever has looked away from it.

import { html, signal } from "../../vendor/preact-htm-signals.js";
import { t } from "../texts.js";
import { Button } from "./button.js";

const TOAST_MS = 6_000;
const toasts = signal([]);
let told = 0;

/** Say something for a few seconds; a `"bad"` toast stays until it is dismissed. */
export function toast(text, kind = "good") {
  const id = ++told;
  toasts.value = [...toasts.value, { id, text, kind }];
  if (kind !== "bad") setTimeout(() => dismiss(id), TOAST_MS);
}

function dismiss(id) {
  toasts.value = toasts.value.filter((each) => each.id !== id);
}

/** Draws what `toast` said; the shell has it once. */
export function Toasts() {
  return html`<div class="toasts" role="status">${toasts.value.map(({ id, text, kind }) => html`
    <p class="toast" data-kind=${kind} key=${id}><span dir="auto">${text}</span>
      <${Button} kind="bare" icon="close" label=${t("shell.dismiss")} onClick=${() => dismiss(id)} /></p>`)}</div>`;
}
