// When edits are saved, and what is done if that fails. One save at a time, the newest state after it;
// nothing is sent before a video was loaded. Knows neither page nor API: what sends and what tells the
// time are handed in.

/**
 * @typedef {"unloaded" | "saved" | "editing" | "saving" | "failed"} Kind
 * @typedef {"session" | "gone" | "locked" | "changed" | "refused"} Trouble
 * `session`: there is none that is good. `gone`: no answer; asked again by itself. `locked`: the studio
 * is at work at the video. `changed`: it was saved elsewhere since it was loaded. `refused`: the studio
 * says what is wrong.
 * @typedef {{ trouble: Trouble, message: string }} Failure
 * @typedef {{ kind: Kind, at: number | null, failure: Failure | null }} SaveState `at`: when it was
 * saved last, in milliseconds
 * @typedef {{ now(): number, later(run: () => void, ms: number): any, cancel(timer: any): void }} Clock
 */

/** What a save throws that did not succeed. */
export class NotSaved extends Error {
  /** @param {Trouble} trouble @param {string} [message] in words, if the trouble does not say all */
  constructor(trouble, message = "") {
    super(message);
    this.trouble = trouble;
  }
}

/** Milliseconds from the last edit to its save (guide §11). */
export const WAIT = 5000;

/** The same for so much that it could not be sent any more while the page goes away. */
export const SOON = 500;

/** Milliseconds after which a studio that gave no answer is asked again, each time. */
export const BACK_OFF = [1000, 2000, 4000, 8000, 10000];

/** Troubles that another try would only meet again: something else has to change first. */
const HELD = ["session", "locked", "changed"];

/** @type {Clock} */
export const pageClock = {
  now: () => Date.now(),
  later: (run, ms) => setTimeout(run, ms),
  cancel: (timer) => clearTimeout(timer),
};

/**
 * @param {object} given
 * @param {() => boolean} given.isDirty whether there is something to save
 * @param {() => Promise<void>} given.send saves what there is by then; rejects with `NotSaved`
 * @param {() => unknown} given.sendLast sends what there is at once: the page goes away
 * @param {() => boolean} given.isLong whether that is too much for `sendLast`
 * @param {(state: SaveState) => void} given.show
 * @param {Clock} [given.clock]
 */
export function createAutosave({ isDirty, isLong, send, sendLast, show, clock = pageClock }) {
  let state = { kind: "unloaded", at: null, failure: null };
  let timer = null;
  let running = null;
  let attempts = 0;
  let isOver = false;

  function become(kind, failure = null, at = state.at) {
    state = { kind, at, failure };
    if (!isOver) show(state);
  }

  function wait(ms) {
    clock.cancel(timer);
    timer = clock.later(() => void flush(), ms);
  }

  const waitForMore = () => wait(isLong() ? SOON : WAIT);

  const isFailing = () => state.kind === "failed" || attempts > 0;

  const isHeld = () => HELD.includes(state.failure?.trouble);

  async function run() {
    clock.cancel(timer);
    become("saving");
    try {
      await send();
    } catch (cause) {
      const trouble = cause instanceof NotSaved ? cause.trouble : "refused";
      become("failed", { trouble, message: cause.message });
      if (trouble === "gone") wait(BACK_OFF[Math.min(attempts++, BACK_OFF.length - 1)]);
      if (!(cause instanceof NotSaved)) throw cause;
      return;
    }
    attempts = 0;
    become(isDirty() ? "editing" : "saved", null, clock.now()); // what is left, `flush` saves next
  }

  /** Save all there is, now. @returns {Promise<boolean>} whether it is saved */
  async function flush() {
    if (state.kind === "unloaded") return false;
    while (running !== null || isDirty()) {
      if (running === null && (isHeld() || isOver)) return false;
      running ??= run().finally(() => {
        running = null;
      });
      await running;
      if (state.kind === "failed") return false;
    }
    clock.cancel(timer);
    if (state.kind !== "saved" && !isHeld()) become("saved");
    return !isHeld();
  }

  return {
    get state() {
      return state;
    },

    /** A video is there as it is kept: what is edited from here on may be saved. */
    loaded() {
      clock.cancel(timer);
      attempts = 0;
      become("saved", null, null);
    },

    /** Something was edited: it is saved in a while, unless saves are held back. */
    edited() {
      if (state.kind === "unloaded" || isOver || isHeld()) return;
      if (state.failure?.trouble === "gone") return; // it is asked again as it is
      if (running === null) become("editing");
      waitForMore();
    },

    flush,

    /** What held saves back is over: a session has come, or the person has decided. */
    resume() {
      if (state.kind === "failed") become("editing");
      return flush();
    },

    /** Hold saves back: something is known that refuses them. @param {Trouble} trouble */
    hold(trouble, message = "") {
      become("failed", { trouble, message });
    },

    /** Return whether something would be lost if the page went away now, in spite of `leave`. */
    isAtRisk: () => !isOver && state.kind !== "unloaded" && isDirty() && (isFailing() || isLong()),

    /** Return whether the last save failed, though another try may be under way. */
    isFailing,

    /** The page or the view goes away: send what is not saved, and save no more. Resolves once it is out. */
    async leave() {
      clock.cancel(timer);
      const isLeft = !isOver && state.kind !== "unloaded" && !isHeld() && isDirty();
      isOver = true;
      if (isLeft) await sendLast();
    },
  };
}
