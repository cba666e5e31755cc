// Which way texts run: as their language does, whatever Latin names stand in them. Knows no page.

/** Latin letters that tell as much as one of another script; scripts.py says the same. */
const LATIN_A_LETTER = 4;

const BACKWARDS = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/gu;
const LETTERS = /\p{L}/gu;

/** @param {string[]} texts @returns {"rtl" | "ltr" | "auto"} as an attribute has it; "auto" without a letter */
export function directionOf(texts) {
  const letters = texts.join("").match(LETTERS)?.join("") ?? "";
  if (!letters) return "auto";
  const backwards = letters.match(BACKWARDS)?.join("").length ?? 0;
  return backwards * LATIN_A_LETTER > letters.length - backwards ? "rtl" : "ltr";
}
