// How long scenes are: heard where a scene was listened to, else as the studio reckons. Asks for each text
// once, a moment after the last stroke.

import { signal } from "../../vendor/preact-htm-signals.js";
import { characters } from "../plain_text.js";
import { pageClock } from "./autosave.js";

/** Milliseconds after a stroke: soon enough to be seen, and not a request a letter. */
const PAUSE = 400;

/**
 * @typedef {{ seconds: number, isMeasured: boolean }} Length
 * @param {object} given
 * @param {(texts: string[]) => Promise<number[]>} given.ask
 * @param {number} given.longest characters of a text that is asked for
 * @param {import("./autosave.js").Clock} [given.clock]
 */
export function createLengths({ ask, longest, clock = pageClock }) {
  const reckoned = signal(new Map());
  const heard = signal(new Map());
  const latest = new Map();
  let timer = null;
  let isAsking = false;
  let isOver = false;
  let wanted = [];

  const heardKey = (text, avatarId) => JSON.stringify([avatarId, text.trim()]);

  async function run() {
    const missing = wanted.filter((text) => !reckoned.peek().has(text));
    if (isAsking || isOver || !missing.length) return;
    isAsking = true;
    try {
      const seconds = await ask(missing);
      reckoned.value = new Map([...reckoned.peek(), ...missing.map((text, at) => [text, seconds[at]])]);
    } catch {
      if (!isOver) timer = clock.later(run, 10 * PAUSE); // a bar without its number is no reason to disturb
      return;
    } finally {
      isAsking = false;
    }
    void run();
  }

  return {
    /** These are the texts now. */
    want(texts) {
      wanted = [...new Set(texts.map((text) => text.trim()))].filter((text) => text && characters(text) <= longest);
      const known = reckoned.peek();
      if (known.size > 10 * (wanted.length + 20)) {
        reckoned.value = new Map([...known].filter(([text]) => wanted.includes(text)));
      }
      clock.cancel(timer);
      if (wanted.some((text) => !known.has(text))) timer = clock.later(run, known.size ? PAUSE : 0);
    },

    /** A scene was listened to, and took this long. */
    hear(text, avatarId, seconds) {
      heard.value = new Map([...heard.peek(), [heardKey(text, avatarId), seconds]]);
    },

    /**
     * Return how long a scene is, null if that is not known yet. While a text is typed it is as long
     * as it was a moment ago.
     * @returns {Length | null}
     */
    of({ key, text, avatarId }, presenter) {
      if (!text.trim()) return null;
      const measured = heard.value.get(heardKey(text, avatarId ?? presenter));
      if (measured !== undefined) return { seconds: measured, isMeasured: true };
      const seconds = reckoned.value.get(text.trim()) ?? latest.get(key);
      if (seconds === undefined) return null;
      latest.set(key, seconds);
      return { seconds, isMeasured: false };
    },

    end() {
      isOver = true;
      clock.cancel(timer);
    },
  };
}
