// What can be undone and done again: states of a video, the newest last. Values in, values out.

/**
 * @template State
 * @typedef {object} History
 * @property {State[]} past
 * @property {State} present
 * @property {State[]} future the next one first
 * @property {string} group of the last change; "" closes it
 * @property {number} at when that was, in milliseconds
 */

/** Steps that are kept. */
const MOST = 200;

/** Milliseconds: strokes in one field that are not further apart are one step. */
const PAUSE = 1000;

/** @returns {History} with nothing to undo */
export function begun(present) {
  return { past: [], present, future: [], group: "", at: 0 };
}

/**
 * Note a change. Changes of a group that follow each other within a second are one step; "" is no
 * group. What was undone before cannot be done again.
 */
export function noted(history, state, group, now) {
  if (state === history.present) return history;
  // Clocks are set back: that is a pause too.
  const goesOn = group !== "" && group === history.group && Math.abs(now - history.at) <= PAUSE;
  const past = goesOn ? history.past : [...history.past, history.present].slice(-MOST);
  return { past, present: state, future: [], group, at: now };
}

/** Return whether there is a step to undo. */
export function canUndo(history) {
  return history.past.length > 0;
}

/** Return whether there is a step to do again. */
export function canRedo(history) {
  return history.future.length > 0;
}

const TYPED = "typed ";

/** Return the group of strokes in one field. */
export function typed(field) {
  return `${TYPED}${field}`;
}

/** Return whether the last change was to write in a field, which undoes that by itself. */
export function isTyped({ group }) {
  return group.startsWith(TYPED);
}

/** @returns {History} one step back, or itself where there is none */
export function undone(history) {
  if (!canUndo(history)) return history;
  const past = history.past.slice(0, -1);
  const future = [history.present, ...history.future];
  return { past, present: history.past.at(-1), future, group: "", at: 0 };
}

/** @returns {History} one step forward, or itself where there is none */
export function redone(history) {
  if (!canRedo(history)) return history;
  const [present, ...future] = history.future;
  return { past: [...history.past, history.present], present, future, group: "", at: 0 };
}
