// Buttons. One with a reason stays in the tab order and says why it does nothing.

import { html, useId } from "../../vendor/preact-htm-signals.js";
import { Icon } from "./icon.js";

/**
 * @param {object} props Besides these, attributes of `<button>`.
 * @param {"plain" | "primary" | "danger" | "bare"} [props.kind] "bare" has no box: for icons.
 * @param {string} [props.icon] See icon.js.
 * @param {string} [props.label] The name of a button that shows an icon alone.
 * @param {string} [props.reason] Why it cannot be used now: shown, and told by screen readers.
 * @param {boolean} [props.busy]
 */
export function Button({ kind = "plain", icon, label, reason, busy, onClick, children, ...rest }) {
  const id = useId();
  const isOff = Boolean(reason || busy);
  return html`<button type="button" class="button" data-kind=${kind} aria-label=${label} title=${label}
      aria-disabled=${isOff || null} aria-busy=${busy || null} aria-describedby=${reason ? id : null}
      onClick=${isOff ? null : onClick} ...${rest}
    >${icon && html`<${Icon} name=${icon} />`}${children}</button>${reason &&
    html`<span class="reason" id=${id}>${reason}</span>`}`;
}
