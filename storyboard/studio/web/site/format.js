// Says numbers and times as people do.

/** Return seconds as 4.2 s or 1:05. */
export function length(seconds) {
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

/** Return bytes as kB or MB. */
export function size(bytes) {
  return bytes < 1e6 ? `${Math.max(1, Math.round(bytes / 1e3))} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

/** Return 1 video, 2 videos. */
export function count(number, noun) {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}

/** Return how long ago a moment was, as 42 s, 7 min or 3 h. */
export function since(stamp) {
  const seconds = Math.max(0, Math.round((Date.now() - new Date(stamp)) / 1000));
  if (seconds < 100) return `${seconds} s`;
  return seconds < 6000 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3600)} h`;
}

const DAY = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });
const CLOCK = new Intl.DateTimeFormat(undefined, { timeStyle: "medium" });

/** Return a moment with its day. */
export function moment(stamp) {
  return DAY.format(new Date(stamp));
}

/** Return the time of day. */
export function clock(stamp) {
  return CLOCK.format(new Date(stamp));
}
