// Keeps the focus near where it was when what has it goes away: a message that is dismissed, a clip that
// is taken out. A browser gives it to the whole page, and whoever cannot see begins at the top again.

import { mayTakeFocus } from "./focus.js";

const FOCUSABLE = "a[href], button, input, textarea, select, [tabindex='0']";

/** Views that went away are not kept for what had the focus in them. */
const NONE = { deref: () => null };

/** Begin to look after the focus of a page. */
export function watchFocus(page = document.body) {
  let [focused, before] = [NONE, NONE];
  let place = null; // where what had the focus was taken from
  page.addEventListener("focusin", ({ target }) => {
    if (target !== focused.deref()) [focused, before] = [new WeakRef(target), focused];
  });
  const look = () => {
    const { parent, after } = place;
    place = null;
    if (focused.deref()?.isConnected || document.activeElement !== page || !mayTakeFocus()) return;
    const next = parent.isConnected ? behind(parent, after) : null;
    const last = before.deref();
    const to = next ?? (last?.isConnected ? last : document.getElementById("main"));
    to?.focus({ preventScroll: true });
    to?.scrollIntoView({ block: "nearest" });
  };
  new MutationObserver((records) => {
    const lost = focused.deref();
    for (const { removedNodes, target, previousSibling } of lost ? records : []) {
      if (![...removedNodes].some((node) => node.contains(lost))) continue;
      // Whoever took it away may know better, and says so when the next picture is drawn.
      if (!place) requestAnimationFrame(() => requestAnimationFrame(look));
      place = { parent: target, after: previousSibling };
    }
  }).observe(page, { childList: true, subtree: true });
}

/** Return what Tab leads to behind a node of a parent, or behind where its first one was. */
function behind(parent, after) {
  const from = after?.parentNode === parent ? after : parent;
  const isBehind = (node) => from.compareDocumentPosition(node) & Node.DOCUMENT_POSITION_FOLLOWING
    && (from === parent || !from.contains(node));
  const around = parent.closest("main, dialog") ?? parent;
  return [...around.querySelectorAll(FOCUSABLE)].find((node) => node.tabIndex >= 0 && !node.disabled
    && node.checkVisibility() && isBehind(node)) ?? null;
}
