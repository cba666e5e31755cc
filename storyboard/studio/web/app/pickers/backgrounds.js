// What stands behind a presenter: a color, a picture of the library, or an image from media.

import { html, useEffect, useId, useState } from "../../vendor/preact-htm-signals.js";
import { backgroundPath, presenterPath } from "../facts.js";
import { number, t } from "../texts.js";
import { Button } from "../ui/button.js";
import { ask, Dialog } from "../ui/dialog.js";
import { Field } from "../ui/field.js";
import { background as made, KINDS, valueOf } from "./avatar_choice.js";
import { FAINT, outline, parsed, standsOut } from "./colors.js";
import { MediaPicker } from "./media_picker.js";
import { Ground } from "./stage.js";

/**
 * @param {object} props
 * @param {import("./avatar_choice.js").Choice} props.choice
 * @param {import("../facts.js").Facts} props.facts
 * @param {(background: import("./avatar_choice.js").Background) => void} props.onChoose
 */
export function Backgrounds({ choice, facts, onChoose }) {
  const group = useId();
  const { background } = choice;
  // What was chosen of a kind comes back with the kind.
  const [last, setLast] = useState({
    color: facts.defaultColor, library: facts.backgrounds[0], entry: "", [background.type]: valueOf(background),
  });
  const choose = (type, value) => {
    setLast({ ...last, [type]: value });
    onChoose(made(type, value));
  };
  return html`<fieldset class="backgrounds">
    <legend>${t("avatar.background")}</legend>
    <div class="segments">${KINDS.map((kind) => html`<label key=${kind}>
      <input type="radio" name=${group} value=${kind} checked=${kind === background.type}
        onChange=${() => choose(kind, last[kind])} /> ${t(`avatar.background.${kind}`)}</label>`)}</div>
    ${background.type === "color" && html`<${Color} choice=${choice} onChoose=${(color) => choose("color", color)} />`}
    ${background.type === "library" && html`<${Library} ids=${facts.backgrounds} chosen=${background.id}
      onChoose=${(id) => choose("library", id)} />`}
    ${background.type === "entry" && html`<${Image} background=${background} onChoose=${(id) => choose("entry", id)} />`}
  </fieldset>`;
}

function Color({ choice, onChoose }) {
  const { color } = choice.background;
  const [text, setText] = useState(null); // while it is typed
  const ratio = useContrast(choice.templateId, color);
  const type = (event) => {
    setText(event.target.value);
    const typed = parsed(event.target.value);
    if (typed) onChoose(typed);
  };
  const isFaint = ratio !== null && ratio < FAINT;
  return html`<div class="color">
    <input type="color" aria-label=${t("avatar.color.pick")} value=${color.toLowerCase()}
      onInput=${(event) => onChoose(event.target.value.toUpperCase())} />
    <${Field} label=${t("avatar.color")} error=${text === null || parsed(text) ? null : t("avatar.color.wrong")}>
      <input type="text" dir="ltr" spellcheck="false" autocomplete="off" value=${text ?? color}
        onInput=${type} onBlur=${() => setText(null)} /><//>
    ${ratio !== null && html`<p class="contrast" data-faint=${isFaint || null}>
      ${t(isFaint ? "avatar.contrast.faint" : "avatar.contrast", {
        ratio: number(ratio, { maximumFractionDigits: 1, minimumFractionDigits: 1 }),
      })}</p>`}
  </div>`;
}

function Library({ ids, chosen, onChoose }) {
  const group = useId();
  return html`<div class="cards rooms" role="radiogroup" aria-label=${t("avatar.background.library")}>
    ${ids.map((id) => html`<label class="card" key=${id} data-chosen=${id === chosen || null}>
      <input type="radio" class="card-radio" name=${group} value=${id} checked=${id === chosen}
        onChange=${() => onChoose(id)} />
      <span class="card-picture"><img alt="" loading="lazy" src=${backgroundPath(id)} /></span>
      <span class="card-name">${id}</span></label>`)}
  </div>`;
}

function Image({ background, onChoose }) {
  const pick = async () => {
    const medium = await ask((done) => html`<${Dialog} title=${t("avatar.image.choose")} size="wide"
      onClose=${() => done()}><${MediaPicker} purpose="image" onChoose=${done} /><//>`);
    if (medium) onChoose(medium.id);
  };
  return html`<div class="row">
    ${background.entryId && html`<span class="thumb"><${Ground} background=${background} /></span>`}
    <${Button} icon="image" onClick=${pick}>${t(background.entryId ? "avatar.image.other" : "avatar.image.choose")}<//>
  </div>`;
}

const outlines = new Map();

/** How well a presenter stands out from a color; null until its picture is looked at. */
function useContrast(templateId, color) {
  const [seen, setSeen] = useState({ templateId: "", edge: [] });
  useEffect(() => {
    let isOver = false;
    if (!outlines.has(templateId)) outlines.set(templateId, looked(presenterPath(templateId)));
    outlines.get(templateId).then((edge) => isOver || setSeen({ templateId, edge }), () => outlines.delete(templateId));
    return () => {
      isOver = true;
    };
  }, [templateId]);
  return seen.templateId === templateId ? standsOut(seen.edge, color) : null;
}

async function looked(path) {
  const picture = document.createElement("img");
  picture.src = path;
  await picture.decode();
  const { naturalWidth: width, naturalHeight: height } = picture;
  const canvas = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true });
  canvas.drawImage(picture, 0, 0);
  return outline(canvas.getImageData(0, 0, width, height).data, width);
}
