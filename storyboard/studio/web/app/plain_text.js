// What the API takes of a text, and how it counts it. Knows no page.

const PAIRS = /[\ud800-\udbff][\udc00-\udfff]/g;

/** @returns {number} characters as the API counts them: a picture letter is one, whatever it is stored as */
export function characters(text) {
  return text.length - (text.match(PAIRS)?.length ?? 0);
}

/** Line breaks of word processors, which no storyboard file holds. */
const LINES = /[\v\f\x85\u2028\u2029]/g;

/** What a file system may take for something else than a part of a name; downloads.py says the same. */
const UNNAMED = /[<>:"/\\|?*\s]+/g;

/** Controls, which no storyboard file holds either, and what word processors put between letters unseen. */
const UNSEEN = /[\0-\x08\x0e-\x1f\x7f-\x9f\u00ad\u200b\u2060\ufeff\ufffe\uffff]/g;

/**
 * Return a text without what the API or a storyboard file cannot take, or what came along unseen when it was pasted.
 * Marks of direction and joiners stay: scripts are written with them.
 * @param {string} text @param {string} [line] what stands for a line break that only some programs know
 */
export function storable(text, line = " ") {
  return text.toWellFormed().replace(LINES, line).replace(UNSEEN, "");
}

/** Characters that a file's name has at most. */
const LONGEST_NAME = 120;

/** @returns {string} a text as the name of a file, without its suffix; "" where nothing is left of it */
export function fileName(text) {
  return storable(text).replace(UNNAMED, " ").slice(0, LONGEST_NAME).replace(/^[ .]+|[ .]+$/g, "");
}
