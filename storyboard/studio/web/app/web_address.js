// Which addresses of a host become links. Knows no page.

/**
 * Return an address if it leads to a web page, else null: what a host answers is not to be trusted
 * with `javascript:`.
 * @param {unknown} text
 */
export function webAddress(text) {
  if (typeof text !== "string" || !URL.canParse(text)) return null;
  return ["http:", "https:"].includes(new URL(text).protocol) ? text : null;
}
