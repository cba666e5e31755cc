/** Which clips can be filmed, and the command that mends one that cannot. Knows no page. */

/** What a container may round its rate by: 29.97 is another rate than 30. */
const ROUNDING = 0.01;

const DEFAULT_RATE = 30;

/** @returns {boolean} whether a clip has one of the rates, frames a second; [] takes any */
export function isFilmable(rate, rates) {
  return !rates.length || !rate || rates.some((each) => Math.abs(each - rate) <= ROUNDING);
}

/** @returns {number[]} the rates of the switch `broll_frame_rates`: "25,30"; [] for "any" */
export function ratesOf(text) {
  return text === "any" ? [] : text.split(",").map(Number);
}

/** @returns {string} the command that converts a file: what the page on the local studio says */
export function commandFor(name, rate, rates) {
  const wanted = rates.find((each) => Math.abs(each - rate) < 1) ?? DEFAULT_RATE;
  return `ffmpeg -i ${quoted(name || "clip.mov")} -r ${wanted} converted.mp4`;
}

/** A word of a shell's command; a name that begins like an option is a path first. */
function quoted(name) {
  const path = name.startsWith("-") ? `./${name}` : name;
  return /^[\w./+:@%,-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
}
