// What to look at before the film is made, in words, each leading to its scene.

import { html } from "../../vendor/preact-htm-signals.js";
import { number, t } from "../texts.js";

const OWN = ["name", "long"];

/** @param {{ desk: import("./builder.js").Desk, found: import("./findings.js").Finding[] }} props */
export function Checks({ desk, found }) {
  const { scenes } = desk.editor.said.value;
  if (!found.length) return html`<p>${t("builder.checks.none")}</p>`;
  return html`<ul class="checks">${found.map((each) => html`
    <li key=${JSON.stringify(each)} data-guess=${each.isGuess || null}>${each.scene
      ? html`<button type="button" class="link" onClick=${() => desk.show(scenes[each.scene - 1].key)}>${wordsOf(each)}</button>`
      : wordsOf(each)}</li>`)}</ul>`;
}

function wordsOf({ code, scene, seconds, rate, count, isGuess }) {
  const prefix = isGuess ? "builder.guess" : OWN.includes(code) ? "builder.check" : "generate.reason";
  return t(`${prefix}.${code}`, {
    ...(scene && { scene }), ...(count && { n: count }),
    ...(rate && { rate: number(rate, { maximumFractionDigits: 2 }) }),
    ...(seconds && { seconds: number(seconds, { minimumFractionDigits: 1, maximumFractionDigits: 1 }) }),
  });
}
