// Whether the screen is as a media query says, for what a style sheet cannot do alone.

import { useEffect, useState } from "../../vendor/preact-htm-signals.js";

/** @param {string} query such as "(max-width: 40rem)" @returns {boolean} */
export function useMediaQuery(query) {
  const [matches, setMatches] = useState(() => matchMedia(query).matches);
  useEffect(() => {
    const list = matchMedia(query);
    const changed = () => setMatches(list.matches);
    list.addEventListener("change", changed);
    changed();
    return () => list.removeEventListener("change", changed);
  }, [query]);
  return matches;
}
