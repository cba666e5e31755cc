// By which door the interface was opened, and what comes through it: session, settings, callbacks.
// Views ask `door` and never need to know which one it is. No KS leaves this module but to api.js.

import { signal } from "../vendor/preact-htm-signals.js";

/**
 * @typedef {object} Settings What the host page may set (guide §11); each has its default here.
 * @property {number | null} partnerId
 * @property {string[] | null} allowedProjectTypes null: all of them.
 * @property {"videoLibrary" | "projectBuilder"} initialView
 * @property {object | null} additionalEsearchFilters
 * @property {boolean} loadThumbnailWithKS
 * @property {boolean} hasEntryLink The page gave `entryLink`.
 * @property {boolean} canShare Somebody takes what is shared: `handleShare`, or the clipboard.
 * @property {boolean} canClose Somebody heeds `closeVodStudio`.
 */

/**
 * @typedef {object} Door
 * @property {boolean} isEmbedded
 * @property {import("../vendor/preact-htm-signals.js").Signal<Settings>} settings
 * @property {import("../vendor/preact-htm-signals.js").Signal<string>} theme "light", "dark", or "" for the system's.
 * @property {import("../vendor/preact-htm-signals.js").Signal<string>} language A tag such as `he-IL`, or "".
 * @property {import("../vendor/preact-htm-signals.js").Signal<string>} ks The session, "" before there is one.
 * @property {(stale: string, wrong?: string) => Promise<string>} renewed Resolves with a session that is
 *   not `stale`; `wrong` is the code of what refused one that never was good.
 * @property {(entryId: string) => Promise<string | null>} entryLink Where the host shows an entry.
 * @property {(entryId: string) => Promise<boolean>} share False: there is nobody to share with.
 * @property {() => Promise<void>} [signOut] End the session of who signed in at the page itself.
 * @property {() => void} close Tell the host that the person has finished.
 * @property {(act: () => unknown) => () => void} onKill Call `act` before the interface goes away;
 *   returns how to take that back. What it sends, it sends at once; a promise may be waited for.
 * @property {() => boolean} isLeaving The interface is going away: requests have to outlive it.
 */

/** @type {Settings} */
export const DEFAULTS = Object.freeze({
  partnerId: null,
  allowedProjectTypes: null,
  initialView: "videoLibrary",
  additionalEsearchFilters: null,
  loadThumbnailWithKS: false,
  hasEntryLink: false,
  canShare: false,
  canClose: false,
});

/** The door; main.js opens it before any view is drawn. @type {Door} */
export let door;

/** Use this door from now on. */
export function useDoor(opened) {
  door = opened;
}

/** Return the parts that every door has, with the values of before anything came through. */
export function doorParts() {
  const ks = signal("");
  /** @type {((ks: string) => void)[]} */
  const waiting = [];
  const last = new Set();
  let leaving = false;
  return {
    settings: signal({ ...DEFAULTS }),
    theme: signal(""),
    language: signal(""),
    ks,
    /** Take a session, and wake who waits for one. */
    take(fresh) {
      ks.value = fresh;
      for (const wake of waiting.splice(0)) wake(fresh);
    },
    /** Resolve at once where there is another session already, else with the next. */
    next(stale) {
      if (ks.peek() && ks.peek() !== stale) return Promise.resolve(ks.peek());
      return new Promise((resolve) => waiting.push(resolve));
    },
    isLeaving: () => leaving,
    onKill(act) {
      last.add(act);
      return () => void last.delete(act);
    },
    /** Have everything done that must be done before the interface goes away. */
    async kill() {
      leaving = true;
      const acts = [...last];
      last.clear();
      await Promise.allSettled(acts.map(async (act) => act()));
    },
  };
}
