// The three steps of the wizard: fields over the entries, and nothing else.

import { html, useEffect, useId, useState } from "../../vendor/preact-htm-signals.js";
import { CaptionsButton } from "../pickers/captions_button.js";
import { MediaList } from "../pickers/media_list.js";
import { written } from "../pickers/ranges.js";
import { Mending, rateFault } from "../pickers/rate_fault.js";
import { Uploads } from "../pickers/uploads.js";
import { isolated, number, t } from "../texts.js";
import { Button } from "../ui/button.js";
import { Field } from "../ui/field.js";
import { joined, LENGTHS, mostSources, purposeOf, toggled, whyNot } from "./entries.js";

/**
 * @typedef {object} StepProps
 * @property {import("./entries.js").Format} format
 * @property {import("./entries.js").Entries} entries
 * @property {Record<string, number>} limits
 * @property {(change: (entries: import("./entries.js").Entries) => Partial<import("./entries.js").Entries>) => void}
 *   onChange makes something else of what is entered by then
 * @property {string | null} error what is missing, in words
 */

/** @param {StepProps} props */
export function Sources({ format, entries, limits, onChange }) {
  const [version, setVersion] = useState(0);
  const purpose = purposeOf(format);
  const most = mostSources(format, limits);
  const toggle = (medium) => onChange((before) => toggled(before, medium));
  const join = (medium) => onChange((before) => joined(before, medium, most));
  const reason = (medium) => {
    const key = whyNot(medium, entries, most);
    return key && t(key, { n: most });
  };
  const arrived = () => setVersion((before) => before + 1);
  const captioned = (medium) => {
    join(medium);
    arrived();
  };
  const mend = (medium) => medium.hasCaptions === false && medium.kind === "video" && html`
    <${CaptionsButton} medium=${medium} onAdded=${captioned} />`;
  return html`<p>${t(`compose.sources.${format}`, { n: most })}</p>
    ${entries.sources.length > 0 && html`<ul class="chosen" aria-label=${t("compose.chosen")}>${entries.sources.map(
      (medium) => html`<li key=${medium.id}><bdi dir="auto">${medium.name}</bdi>
        <${Button} kind="bare" icon="close" label=${t("compose.remove", { name: medium.name })} onClick=${() => toggle(medium)} /></li>`)}</ul>`}
    ${entries.sources.map((medium) => medium.kind === "video" && html`<${Unseen} key=${medium.id} medium=${medium} />`)}
    ${["source", "presentation"].includes(purpose) && html`<${Uploads} kind="document" isMany onUploaded=${join} onArrived=${arrived} />`}
    ${purpose === "captioned" && html`<${Uploads} kind="video" isMany onUploaded=${() => {}} onArrived=${arrived} />`}
    <${MediaList} purpose=${purpose} isMany whyNot=${reason} mend=${mend} onChoose=${toggle} version=${version}
      chosen=${entries.sources.map(({ id }) => id)} />`;
}

/** Says that a recording is good for its words alone, where no film can show its pictures. */
function Unseen({ medium }) {
  const [fault, setFault] = useState(null);
  useEffect(() => {
    rateFault(medium).then(setFault, () => {}); // it is a source in any case
  }, [medium.id]);
  return fault && html`<div class="unseen" role="status">
    <p>${t("compose.unseen", { name: isolated(medium.name) })} ${fault.trouble}</p>
    <${Mending} command=${fault.command} /></div>`;
}

/** @param {StepProps} props */
export function Brief({ entries, onChange, error }) {
  const box = useId();
  return html`<div class="stack">
    <${Field} label=${t("compose.brief")} hint=${t("compose.brief.hint")} error=${error}>
      <textarea rows="5" dir="auto" value=${entries.brief}
        onInput=${(event) => onChange(() => ({ brief: event.target.value }))} /><//>
    <p class="row"><input type="checkbox" id=${box} checked=${entries.wantsName}
        onChange=${(event) => onChange(() => ({ wantsName: event.target.checked }))} />
      <label for=${box}>${t("compose.name")}</label></p>
  </div>`;
}

/** @param {StepProps} props */
export function Length({ entries, limits, onChange, error }) {
  const group = useId();
  const choose = (length) => onChange(() => ({ length }));
  return html`<fieldset class="stack"><legend>${t("compose.length")}</legend>
    <div class="segments">${[...LENGTHS, "custom"].map((length) => html`<label key=${length}>
      <input type="radio" name=${group} value=${length} checked=${entries.length === length} onChange=${() => choose(length)} />
      ${" "}${length === "custom" ? t("compose.length.custom") : t("compose.length.minutes", { n: length / 60 })}</label>`)}</div>
    ${entries.length === "custom" && html`<${Field} label=${t("compose.length.own")} error=${error}
        hint=${t("compose.length.hint", { most: written(limits.composeSeconds).replace(/\.0$/, "") })}>
      <input type="text" dir="ltr" inputmode="numeric" autocomplete="off" value=${entries.custom}
        onInput=${(event) => onChange(() => ({ custom: event.target.value }))} /><//>`}
    <p class="quiet">${t("compose.offline", { n: number(limits.scenes) })}</p>
  </fieldset>`;
}
