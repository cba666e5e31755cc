// What to look at before the film is made, in words, each leading to its scene.

import { html } from "../../vendor/preact-htm-signals.js";
import { reasonText } from "../pickers/reason_text.js";
import { t } from "../texts.js";

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

function wordsOf(found) {
  const { code, isGuess } = found;
  return reasonText(found, isGuess ? "builder.guess" : OWN.includes(code) ? "builder.check" : "generate.reason");
}
