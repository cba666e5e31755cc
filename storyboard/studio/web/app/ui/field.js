// A field with its label, its hint and what is wrong with it, tied together for screen readers.

import { cloneElement, html, useId } from "../../vendor/preact-htm-signals.js";
import { storable } from "../plain_text.js";

/**
 * Return what a field has, as it can be stored, and have the field show just that: its caret stays where it is.
 * @param {HTMLInputElement | HTMLTextAreaElement} field
 */
export function stored(field) {
  const { value, selectionStart: caret } = field;
  const line = field.localName === "textarea" ? "\n" : " ";
  const kept = storable(value, line);
  if (kept !== value) {
    const before = storable(value.slice(0, caret), line).length;
    field.value = kept;
    field.setSelectionRange(before, before);
  }
  return kept;
}

/**
 * @param {object} props
 * @param {string} props.label
 * @param {string} [props.hint]
 * @param {string} [props.error]
 * @param {import("../../vendor/preact-htm-signals.js").VNode} props.children One input, select or textarea.
 */
export function Field({ label, hint, error, children }) {
  const id = useId();
  const about = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ");
  const [input] = [children].flat();
  return html`<div class="field" data-wrong=${error ? true : null}>
    <label for=${id}>${label}</label>
    ${cloneElement(input, { id, "aria-describedby": about || null, "aria-invalid": error ? true : null })}
    ${hint && html`<small id="${id}-hint">${hint}</small>`}
    ${error && html`<small class="error" id="${id}-error">${error}</small>`}
  </div>`;
}
