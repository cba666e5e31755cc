// Short notes in a corner: what was done, or was not, for whoever has looked away from it.

import { html, signal } from "../../vendor/preact-htm-signals.js";
import { t } from "../texts.js";
import { Button } from "./button.js";

const TOAST_MS = 6_000;
/** Time to find out that it was the wrong one, and to reach the button by keys. */
const OFFER_MS = 8_000;

/**
 * @typedef {object} Offer
 * @property {string} label of the button
 * @property {() => void} take it was pressed, and the note is gone
 * @property {() => void} pass the note is gone, and the button was not pressed
 */

const toasts = signal([]);
let told = 0;

/**
 * Say something for a few seconds; a `"bad"` toast stays until it is dismissed. None goes while the
 * person points at it or has the focus in it.
 * @param {string} text @param {"good" | "bad"} [kind] @param {Offer} [offer]
 * @returns {() => void} how to take it away; it passes its offer
 */
export function toast(text, kind = "good", offer = undefined) {
  const id = ++told;
  const note = { id, text, kind, offer, ms: kind === "bad" ? 0 : offer ? OFFER_MS : TOAST_MS, timer: null };
  toasts.value = [...toasts.value, note];
  release(note);
  return () => dismiss(note);
}

function hold(note) {
  clearTimeout(note.timer);
}

function release(note) {
  hold(note);
  if (note.ms) note.timer = setTimeout(() => dismiss(note), note.ms);
}

function dismiss(note, end = note.offer?.pass) {
  if (!toasts.peek().includes(note)) return;
  hold(note);
  toasts.value = toasts.value.filter((each) => each !== note);
  end?.();
}

/** The mouse left: where the focus is in the note, that still holds it. */
function pointedAway({ currentTarget }, note) {
  if (!currentTarget.contains(document.activeElement)) release(note);
}

/** Draws what `toast` said; the shell has it once. */
export function Toasts() {
  return html`<div class="toasts" role="status">${toasts.value.map((note) => html`
    <p class="toast" data-kind=${note.kind} key=${note.id} onPointerEnter=${() => hold(note)} onPointerLeave=${(event) => pointedAway(event, note)}
        onFocusIn=${() => hold(note)} onFocusOut=${() => release(note)}><span dir="auto">${note.text}</span>
      ${note.offer && html`<${Button} onClick=${() => dismiss(note, note.offer.take)}>${note.offer.label}<//>`}
      <${Button} kind="bare" icon="close" label=${t("shell.dismiss")} onClick=${() => dismiss(note)} /></p>`)}</div>`;
}
