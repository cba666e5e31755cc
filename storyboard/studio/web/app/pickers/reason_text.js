// What speaks against a film, in words. Knows no page.

import { number, t } from "../texts.js";

/**
 * Return a reason in words.
 * @param {import("./generation.js").Reason} reason
 * @param {string} [texts] which texts have its code: `generate.reason`, or others of the same values
 */
export function reasonText({ code, scene, seconds, rate, count }, texts = "generate.reason") {
  return t(`${texts}.${code}`, {
    ...(scene && { scene }), ...(count && { n: count }),
    ...(rate && { rate: number(rate, { maximumFractionDigits: 2 }) }),
    ...(seconds && { seconds: number(seconds, { minimumFractionDigits: 1, maximumFractionDigits: 1 }) }),
  });
}
