// One video as the studio has it, and how what differs gets there: when it is saved, what locks it, and what
// was changed elsewhere. Never replaces an edit by an answer. Knows no history and draws nothing.

import { batch, computed, signal } from "../../vendor/preact-htm-signals.js";
import { isMaking } from "../statuses.js";
import { createAutosave, NotSaved } from "./autosave.js";
import { changesOf, contentOf, isNameAtMost, isSameContent } from "./content.js";
import { lockOf } from "./locks.js";

/**
 * @typedef {object} Remote the video in the studio; what rejects does so with `NotSaved`
 * @property {() => Promise<object>} get
 * @property {(body: object) => Promise<object>} update
 * @property {(body: object) => unknown} updateLast sends it while the page goes away
 * @property {(body: object) => boolean} outlives whether that is possible with so much
 */

/**
 * @param {object} given
 * @param {string} given.id
 * @param {Remote} given.remote
 * @param {Record<string, string>} given.behavior switches of the studio's contract
 * @param {() => import("./content.js").Said} given.said what the person has made of it by now
 * @param {(video: object) => void} given.onComposed the studio wrote the scenes: show them
 * @param {() => void} given.onSaved nothing differs any more
 * @param {import("./autosave.js").Clock} given.clock
 */
export function createSavedVideo({ id, remote, behavior, said, onComposed, onSaved, clock }) {
  const video = signal(null);
  const elsewhere = signal(null);
  const isUnlocked = signal(false);
  const saving = signal({ kind: "unloaded", at: null, failure: null });
  const lock = computed(() => lockOf(video.value, behavior, isUnlocked.value));
  let isLooking = false;

  /** What the studio has, as it was told last. */
  let base = null;

  /** What was sent and not answered: the studio may have it. */
  let sent = null;

  /** What differs, and of what: it is asked for several times a stroke, and compares all that is said. */
  let compared = { now: null, base: null, sent: null, found: null };

  /** What the studio has otherwise, or may have: also what was undone after it was sent. */
  function changes() {
    const now = said();
    if (compared.now !== now || compared.base !== base || compared.sent !== sent) {
      const found = { ...changesOf(now, base), ...(sent && changesOf(now, { ...base, ...sent })) };
      compared = { now, base, sent, found: Object.keys(found).length ? found : null };
    }
    return compared.found;
  }

  const autosave = createAutosave({
    isDirty: () => changes() !== null,
    isLong: () => !remote.outlives({ id, ...changes() }),
    send,
    sendLast: () => remote.updateLast({ id, ...changes() }),
    show: (state) => {
      saving.value = state;
      if (state.kind === "saved") onSaved();
    },
    clock,
  });

  async function send() {
    take(await remote.get());
    if (elsewhere.peek()) throw new NotSaved("changed");
    const wanted = changes();
    if (wanted === null) return; // an answer was lost, and what it answered was not
    if (lock.peek() && !isNameAtMost(wanted)) refuse();
    sent = wanted;
    const answered = await remote.update({ id, ...wanted }).catch((cause) => {
      if (cause.trouble !== "gone") sent = null; // it was refused: the studio does not have it
      throw cause;
    });
    if (video.peek().status === "composing") take(answered); // scenes may have come with it
    else accept(answered);
    if (elsewhere.peek()) await askAgain();
  }

  /** Find out what came last, where another's change was told of while a save was under way. */
  async function askAgain() {
    elsewhere.value = null;
    take(await remote.get());
    if (elsewhere.peek()) throw new NotSaved("changed");
  }

  function refuse() {
    if (lock.peek() === "making") throw new NotSaved("locked");
    elsewhere.value = video.peek();
    throw new NotSaved("changed");
  }

  /** Take what the studio says of the video, unless its content was changed elsewhere: ask, then. */
  function take(answered) {
    if ([{}, sent, changes()].some((ours) => isSameContent(answered, { ...base, ...ours }))) accept(answered);
    else if (video.peek().status === "composing" && isNameAtMost(changes())) onComposed(answered);
    else ask(answered);
  }

  /** Know that another has changed the video: nothing is saved until the person decides. */
  function ask(answered) {
    elsewhere.value = answered;
    autosave.hold("changed");
  }

  function accept(answered) {
    batch(() => {
      base = contentOf(answered);
      sent = null;
      if (answered.status !== "ready") isUnlocked.value = false;
      video.value = answered;
    });
  }

  return {
    video, elsewhere, isUnlocked, lock, saving, changes, accept, ask, autosave,

    /** Ask whether it was changed elsewhere. While the studio is at work at it, others ask. */
    async look() {
      if (["unloaded", "saving"].includes(saving.peek().kind) || isLooking || lock.peek() === "making") return;
      isLooking = true;
      const before = base;
      try {
        const answered = await remote.get();
        // What was saved meanwhile is newer than an answer to a question from before.
        if (base === before) take(answered);
      } finally {
        isLooking = false;
      }
    },

    /** Take an answer that another part got, and save what waited for it, if it may be saved now. */
    answered(told) {
      take(told);
      if (saving.peek().failure?.trouble === "locked" && !isMaking(video.peek())) void autosave.resume();
    },
  };
}
