// Dialogs, on `<dialog>`: the browser keeps the focus inside and gives it back; Escape closes.

import { html, signal, useId, useLayoutEffect, useRef } from "../../vendor/preact-htm-signals.js";
import { t } from "../texts.js";
import { Button } from "./button.js";
import { mayTakeFocus } from "./focus.js";

/**
 * A dialog that is open for as long as it is drawn.
 * @param {object} props
 * @param {string} props.title
 * @param {() => void} props.onClose Escape, ×, or a press beside it.
 * @param {unknown} [props.actions] Buttons below; one with `data-first` has the focus.
 * @param {"small" | "wide"} [props.size]
 * @param {boolean} [props.isFirm] A press beside it does not close it: something would be lost.
 */
export function Dialog({ title, onClose, actions, size = "small", isFirm = false, children }) {
  const box = useRef(null);
  const id = useId();
  useLayoutEffect(() => {
    const [opener, dialog] = [document.activeElement, box.current];
    open(dialog);
    return () => {
      dialog.close(); // what is behind an open one takes no focus
      if (opener?.isConnected) opener.focus(); // one that is gone gives its place to the browser
    };
  }, []);
  const cancel = (event) => {
    if (event.target !== box.current) return; // the chooser of a file inside says `cancel` too
    event.preventDefault();
    onClose();
  };
  const beside = (event) => {
    if (!isFirm && event.target === box.current) onClose();
  };
  /** A browser closes a dialog by itself when Escape is pressed again; what is still drawn stays open. */
  const closed = ({ target }) => target === box.current && target.isConnected && open(target);
  return html`<dialog class="dialog" data-size=${size} ref=${box} aria-labelledby=${id}
      onCancel=${cancel} onClose=${closed} onPointerDown=${beside}>
    <div class="dialog-box">
      <header class="dialog-head"><h2 id=${id} dir="auto">${title}</h2>
        <${Button} kind="bare" icon="close" label=${t("ui.close")} onClick=${onClose} /></header>
      <div class="dialog-body">${children}</div>
      ${actions && html`<footer class="dialog-foot">${actions}</footer>`}
    </div>
  </dialog>`;
}

function open(dialog) {
  dialog.inert = !mayTakeFocus(); // what is inert takes none as it opens
  dialog.showModal();
  if (dialog.inert) dialog.inert = false;
  else dialog.querySelector("[data-first]")?.focus(); // `autofocus` is an error in a frame of another site
}

const shown = signal([]);
let asked = 0;

/**
 * Show a dialog over whatever view is shown; resolves with what `draw(done)` calls `done` with.
 * @template T @param {(done: (value?: T) => void) => unknown} draw returns a `Dialog`
 * @returns {Promise<T | undefined>}
 */
export function ask(draw) {
  return new Promise((resolve) => {
    const mine = { id: ++asked };
    const done = (value) => {
      shown.value = shown.value.filter((each) => each !== mine);
      resolve(value);
    };
    mine.draw = () => draw(done);
    shown.value = [...shown.value, mine];
  });
}

/** Ask before something that cannot be taken back; the focus is on Cancel. @returns {Promise<boolean>} */
export async function confirm({ title, text, yes, kind = "danger" }) {
  const sure = await ask((done) => html`<${Dialog} title=${title} onClose=${() => done(false)}
    actions=${html`
      <${Button} data-first onClick=${() => done(false)}>${t("ui.cancel")}<//>
      <${Button} kind=${kind} onClick=${() => done(true)}>${yes}<//>`}><p dir="auto">${text}</p><//>`);
  return sure === true;
}

/** Draws what `ask` opened; the shell has it once. */
export function OpenDialogs() {
  return shown.value.map(({ draw: Draw, id }) => html`<${Draw} key=${id} />`);
}
