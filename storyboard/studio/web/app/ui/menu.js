// A menu behind a button: arrows move, Escape closes, a press elsewhere closes.

import { html, useEffect, useId, useRef, useState } from "../../vendor/preact-htm-signals.js";
import { t } from "../texts.js";
import { Button } from "./button.js";
import { Icon } from "./icon.js";

/**
 * @typedef {object} Item
 * @property {string} label
 * @property {() => void} act
 * @property {string} [icon]
 * @property {boolean} [isDangerous]
 * @property {string} [reason] Why it cannot be chosen now.
 *
 * @param {{items: (Item | false | null)[], label?: string, icon?: string}} props
 */
export function Menu({ items, label = t("ui.more"), icon = "more" }) {
  const [isOpen, setOpen] = useState(false);
  const box = useRef(null);
  const id = useId();
  const rows = () => [...box.current.querySelectorAll("[role=menuitem]")];
  const close = () => {
    setOpen(false);
    box.current?.querySelector("button").focus();
  };
  useEffect(() => {
    if (!isOpen) return undefined;
    rows()[0]?.focus();
    const elsewhere = (event) => {
      if (!box.current.contains(event.target)) setOpen(false);
    };
    addEventListener("pointerdown", elsewhere);
    return () => removeEventListener("pointerdown", elsewhere);
  }, [isOpen]);
  const keys = (event) => {
    if (!isOpen) return;
    const all = rows();
    const to = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Escape") close();
    else if (event.key === "Tab") return setOpen(false);
    else if (event.key === "Home") all[0].focus();
    else if (event.key === "End") all.at(-1).focus();
    else if (to) all[(all.indexOf(document.activeElement) + to + all.length) % all.length].focus();
    else return;
    event.preventDefault();
    event.stopPropagation(); // Escape closes the menu, not the dialog that it is in
  };
  const choose = (item) => {
    if (item.reason) return;
    close();
    item.act();
  };
  return html`<div class="menu" ref=${box} onKeyDown=${keys}>
    <${Button} kind="bare" icon=${icon} label=${label} aria-haspopup="menu" aria-expanded=${isOpen}
      aria-controls=${isOpen ? id : null} onClick=${() => setOpen(!isOpen)} />
    ${isOpen && html`<div class="menu-list" role="menu" id=${id} aria-label=${label}>${items.filter(Boolean).map(
      (item) => html`<button type="button" role="menuitem" tabindex="-1" key=${item.label}
        aria-disabled=${item.reason ? true : null} data-danger=${item.isDangerous || null}
        onClick=${() => choose(item)}>${item.icon && html`<${Icon} name=${item.icon} />`}
        <span>${item.label}${item.reason && html` <small>${item.reason}</small>`}</span></button>`)}</div>`}
  </div>`;
}
