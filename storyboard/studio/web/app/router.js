// Which view is shown. The own page keeps it in the address; a frame keeps it to itself, since its
// address would be part of the host page's history.

import { signal } from "../vendor/preact-htm-signals.js";
import { door } from "./door.js";

/** @typedef {{view: "library" | "builder", id?: string}} Route */

const START = Object.freeze({ view: "library" });
const KEY = "#key="; // the door's, which takes it out of the address
const BUILDER = /^#video\/([\w-]+)$/;

/** What is shown. @type {import("../vendor/preact-htm-signals.js").Signal<Route>} */
export const route = signal(START);

/** Set by a view that holds something unsaved: awaited before another view is shown. */
let leaving = null;

/** Have `act` awaited before the view is left; returns how to take that back. */
export function beforeLeave(act) {
  leaving = act;
  return () => {
    if (leaving === act) leaving = null;
  };
}

/** Show a view, once the one that is shown let go; false where it refused. @param {Route} to */
export async function go(to) {
  if (isShown(to)) return true;
  if (!(await released())) return false;
  route.value = to;
  if (!door.isEmbedded) history.pushState(null, "", hashOf(to));
  return true;
}

/** Follow the address, in the own page. */
export function followAddress() {
  if (door.isEmbedded) return;
  route.value = routeOf(location.hash);
  addEventListener("hashchange", ({ newURL }) => {
    if (location.hash) return;
    // A key says no view: the page goes on where it is. Else it is on its way to where it began.
    const to = new URL(newURL).hash.startsWith(KEY) ? route.peek() : START;
    history.replaceState(null, "", hashOf(to));
  });
  addEventListener("popstate", async () => {
    if (location.hash.startsWith(KEY)) return;
    const to = routeOf(location.hash);
    if (isShown(to)) return;
    if (await released()) route.value = to;
    else history.pushState(null, "", hashOf(route.peek()));
  });
}

function isShown(to) {
  return hashOf(to) === hashOf(route.peek());
}

/** Whoever wants to go on meanwhile waits for the same answer: a person is asked once. */
let releasing = null;

function released() {
  releasing ??= release().finally(() => {
    releasing = null;
  });
  return releasing;
}

async function release() {
  const held = leaving;
  if (held && (await held()) === false) return false;
  if (leaving === held) leaving = null;
  return true;
}

/** Return the route that an address means; the library where it means nothing. */
export function routeOf(hash) {
  const found = BUILDER.exec(hash);
  return found ? { view: "builder", id: found[1] } : START;
}

/** Return the address of a route. */
export function hashOf({ view, id }) {
  return view === "builder" ? `#video/${id}` : "#library";
}

/** Return where the console shows what a route shows. */
export function consoleOf({ id }) {
  return id ? `/__studio/#videos/${id}` : "/__studio/";
}
