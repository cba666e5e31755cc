/**
 * The stretch of a clip that a scene shows: where it begins is chosen, how long it is follows from the
 * narration. Seconds in, seconds out. Knows no page.
 *
 * @typedef {"fits" | "fail" | "hold-last-frame" | "loop"} Outcome
 * what becomes of a stretch: it lies within its clip, or what the studio does where it does not
 */

/** Seconds of one step; times are kept in tenths, as the text field writes them. */
export const STEP = 0.1;

const LARGE_STEP = 1;

/** Less is rounding: clips and narrations are measured in frames of 1/25 s. */
const SLACK = 0.05;

const TIME = /^(?:(\d{1,2}):)?(?:(\d{1,4}):)?(\d{1,5})(?:[.,](\d{1,3}))?$/;

/** @returns {string} a moment as the field shows it: 0:07.5, 1:02:05.0 */
export function written(seconds) {
  const tenths = Math.round(Math.max(0, seconds) * 10);
  const [whole, rest] = [Math.floor(tenths / 10), tenths % 10];
  const two = (number) => String(number).padStart(2, "0");
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
  const front = hours ? `${hours}:${two(minutes)}` : `${minutes}`;
  return `${front}:${two(whole % 60)}.${rest}`;
}

/** @returns {number | null} the seconds of `m:ss.s`, `h:mm:ss` or plain seconds; null for other texts */
export function read(text) {
  const found = TIME.exec(text.trim());
  if (!found) return null;
  const [, first, second, last, part = ""] = found;
  const parts = [first, second].filter((each) => each !== undefined).map(Number);
  const seconds = Number(`${last}.${part || 0}`);
  if (parts.length && seconds >= 60) return null;
  if (parts.length === 2 && parts[1] >= 60) return null;
  return rounded(parts.reduce((sum, each) => sum * 60 + each, 0) * 60 + seconds);
}

/** @returns {number} the last moment at which a stretch still lies within its clip; 0 if none does */
export function latest(length, clip) {
  return Math.max(0, Math.floor((clip - length) * 10 + 1e-6) / 10);
}

/** @returns {number} a start that a stretch can have */
export function clamped(start, length, clip) {
  return rounded(Math.min(Math.max(0, start), latest(length, clip)));
}

/** @returns {number} seconds by which a stretch goes on after its clip is over */
export function overrun(start, length, clip) {
  const over = start + length - clip;
  return over > SLACK ? rounded(over) : 0;
}

/** @returns {Outcome} `rule` is what the studio says of `broll_overrun` */
export function outcome(start, length, clip, rule) {
  return overrun(start, length, clip) ? rule : "fits";
}

/**
 * @param {{ key: string, shiftKey: boolean }} pressed
 * @returns {number | null} where a key leads from `start`; null for a key that leads nowhere
 */
export function moved({ key, shiftKey }, start, length, clip) {
  const step = shiftKey ? LARGE_STEP : STEP;
  const places = {
    ArrowLeft: start - step,
    ArrowDown: start - step,
    ArrowRight: start + step,
    ArrowUp: start + step,
    PageDown: start - 10 * LARGE_STEP,
    PageUp: start + 10 * LARGE_STEP,
    Home: 0,
    End: clip,
  };
  return Object.hasOwn(places, key) ? clamped(places[key], length, clip) : null;
}

/**
 * @param {number} grip where in the stretch the pointer holds it, in seconds
 * @returns {number} the start of a stretch that is dragged to a share, 0 to 1, of the strip
 */
export function dragged(share, grip, length, clip) {
  return clamped(share * clip - grip, length, clip);
}

/** @returns {number[]} the moments of `count` stills, each in the middle of its part of the clip */
export function stills(clip, count) {
  return Array.from({ length: count }, (_, index) => rounded(((index + 0.5) / count) * clip));
}

function rounded(seconds) {
  return Math.round(seconds * 10) / 10;
}
