// Says how long ago something was, as people do, in the language of the interface.

const STEPS = /** @type {const} */ ([
  ["year", 31_536_000], ["month", 2_592_000], ["week", 604_800],
  ["day", 86_400], ["hour", 3_600], ["minute", 60],
]);

/** How long ago a moment still is "now": clocks differ, and nobody counts the seconds. */
const NOW = 45;

/**
 * Return "3 hours ago", "yesterday", "now".
 * @param {string} stamp as the API writes it @param {string} language @param {number} [now] milliseconds
 */
export function relative(stamp, language, now = Date.now()) {
  const words = new Intl.RelativeTimeFormat(language, { numeric: "auto" });
  const seconds = (Date.parse(stamp) - now) / 1000;
  if (Number.isNaN(seconds)) return stamp;
  if (Math.abs(seconds) < NOW) return words.format(0, "second");
  const [unit, size] = STEPS.find(([, length]) => Math.abs(seconds) >= length) ?? ["minute", 60];
  return words.format(Math.sign(seconds) * Math.max(1, Math.floor(Math.abs(seconds) / size)), unit);
}

/** Return a moment exactly, with its day: what stands in a `title`. */
export function exact(stamp, language) {
  const at = new Date(stamp);
  if (Number.isNaN(at.getTime())) return stamp;
  return new Intl.DateTimeFormat(language, { dateStyle: "full", timeStyle: "medium" }).format(at);
}

/** Return seconds as a player shows them: 0:07, 1:02:05. */
export function clock(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  const two = (number) => String(number).padStart(2, "0");
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
  return hours ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`;
}
