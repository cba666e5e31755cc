// What the API takes of a text, and how it counts it. Knows no page.

const PAIRS = /[\ud800-\udbff][\udc00-\udfff]/g;

/** @returns {number} characters as the API counts them: a picture letter is one, whatever it is stored as */
export function characters(text) {
  return text.length - (text.match(PAIRS)?.length ?? 0);
}

/** @returns {string} the text without what no JSON can carry on: half characters, and U+0000 */
export function storable(text) {
  return text.toWellFormed().replaceAll("\0", "");
}
