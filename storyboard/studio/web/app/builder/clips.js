// What is known of the clips that scenes show: each is asked for once.

import { signal } from "../../vendor/preact-htm-signals.js";

/**
 * @typedef {{ id: string, name: string, seconds: number, partnerId?: number, rate?: number,
 *   isMissing?: boolean }} Clip `rate`: frames a second, where a picker has not looked at it yet.
 * `isMissing`: there is none of this id, or none any more
 * @param {(entryId: string) => Promise<Clip>} ask
 */
export function createClips(ask) {
  const known = signal(/** @type {Record<string, Clip>} */ ({}));
  const asked = new Set();

  function know(clip) {
    asked.add(clip.id);
    known.value = { ...known.peek(), [clip.id]: clip };
  }

  return {
    known,
    /** Take what somebody else was told of a clip. @param {Clip} clip */
    know,
    /** Ask for a clip, unless it is known. */
    want(id) {
      if (asked.has(id)) return;
      asked.add(id);
      ask(id).then(know, () => asked.delete(id));
    },
  };
}
