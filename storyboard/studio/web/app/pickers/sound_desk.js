/**
 * Plays one sound at a time, and keeps those that were played. Knows no page and no API: what makes a
 * sound is handed in, and what plays one.
 *
 * @typedef {{ key: string, state: "loading" | "playing" }} Now
 * @typedef {{ src: string, play(): Promise<void>, pause(): void,
 *   addEventListener(event: string, heard: () => void): void }} Speaker such as `new Audio()`
 */

import { signal } from "../../vendor/preact-htm-signals.js";

/** Sounds that are kept: more than the scenes of two videos. */
const MOST = 48;

/** @param {{ speaker: () => Speaker, addressOf?: (sound: Blob) => string, forget?: (address: string) => void }} given */
export function createDesk({
  speaker,
  addressOf = (sound) => URL.createObjectURL(sound),
  forget = (address) => URL.revokeObjectURL(address),
}) {
  /** What is heard, or is about to be; null for silence. */
  const now = signal(/** @type {Now | null} */ (null));
  const kept = new Map();
  let playing = null;
  let turn = 0;
  let stopWaiting = () => {};

  async function address(key, load) {
    const known = kept.get(key);
    if (known) {
      kept.delete(key);
      kept.set(key, known);
      return known;
    }
    const made = addressOf(await load());
    kept.set(key, made);
    if (kept.size > MOST) {
      const [oldest, its] = kept.entries().next().value;
      kept.delete(oldest);
      forget(its);
    }
    return made;
  }

  function stop() {
    turn += 1;
    playing?.pause();
    playing = null;
    now.value = null;
    stopWaiting();
  }

  /**
   * Play a sound, and stop any other. Resolves with true at its end, with false if another one or
   * `stop` came before; rejects with what `load` rejects with.
   *
   * @param {string} key what the sound depends on
   * @param {() => Promise<Blob>} load makes it, if it is not kept
   */
  async function play(key, load) {
    stop();
    const mine = turn;
    const stopped = new Promise((resolve) => {
      stopWaiting = resolve;
    });
    now.value = { key, state: "loading" };
    try {
      const source = await Promise.race([address(key, load), stopped]);
      if (mine !== turn) return false;
      playing = speaker();
      const isOver = ended(playing);
      playing.src = source;
      now.value = { key, state: "playing" };
      await Promise.all([playing.play(), isOver]);
      return mine === turn;
    } catch (trouble) {
      if (mine !== turn) return false; // it was stopped, which a speaker may take for a failure
      throw kept.has(key) ? Object.assign(new Error("the sound cannot be played"), { code: "UNPLAYABLE" }) : trouble;
    } finally {
      if (mine === turn) {
        playing = null;
        now.value = null;
      }
    }
  }

  /** Play sounds one after another; `onNext` is told which one comes. Ends as `play` does. */
  async function playAll(sounds, onNext = () => {}) {
    for (const [index, { key, load }] of sounds.entries()) {
      onNext(index);
      if (!(await play(key, load))) return false;
    }
    return true;
  }

  return { now, play, playAll, stop };
}

function ended(speaker) {
  return new Promise((resolve, reject) => {
    speaker.addEventListener("ended", resolve);
    speaker.addEventListener("pause", resolve);
    speaker.addEventListener("error", reject);
  });
}
