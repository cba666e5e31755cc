// Whether a text has the words of a search, as people type them. Knows no page.

/** Final letters of Hebrew and Greek, which another letter behind them would change. */
const FINAL = Object.freeze({ ך: "כ", ם: "מ", ן: "נ", ף: "פ", ץ: "צ", ς: "σ" });

/**
 * Return whether a text has all words of a search, in whatever case or order.
 * @param {string} text @param {string} search
 */
export function hasWords(text, search) {
  const searched = folded(text);
  return folded(search).split(/\s+/).every((word) => searched.includes(word));
}

/**
 * Return letters without case, accents and final forms, so that "resume" finds "Résumé", and "GRÖSSE" and "grosse"
 * find "Größe": a capital ß is SS. What cannot be seen is left out: pasted text has it between letters.
 */
function folded(text) {
  const plain = text.normalize("NFKD").replace(/[\p{M}\p{Cf}]/gu, "");
  return plain.toUpperCase().toLowerCase().replace(/[ךםןףץς]/g, (letter) => FINAL[letter]);
}
