// What could not be loaded, in words, with a way to try it again.

import { html } from "../../vendor/preact-htm-signals.js";
import { t } from "../texts.js";
import { Button } from "./button.js";

/** @param {{ text: string, again: () => void }} props */
export function Trouble({ text, again }) {
  return html`<div class="stack" role="alert"><p class="error">${text}</p>
    <div><${Button} onClick=${again}>${t("picker.again")}<//></div></div>`;
}
