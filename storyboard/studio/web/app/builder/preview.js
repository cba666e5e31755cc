// What the selected scene looks like: its presenter on its background, or small over a still of its clip.

import { html } from "../../vendor/preact-htm-signals.js";
import { door } from "../door.js";
import { presenterPath } from "../facts.js";
import { slidePath, stillPath } from "../media_paths.js";
import { ListenButton } from "../pickers/listen_button.js";
import { useAvatar } from "../pickers/avatar_picker.js";
import { Stage } from "../pickers/stage.js";
import { directionOf } from "../text_direction.js";
import { t } from "../texts.js";
import { BROLL, isSlide } from "./scenes.js";
import { soundOf } from "./sounds.js";

const WIDTH = 960;

/** @param {{ desk: import("./builder.js").Desk, save: () => Promise<void> }} props */
export function Preview({ desk, save }) {
  const { editor } = desk;
  const { scenes, avatarId } = editor.said.value;
  const index = scenes.findIndex(({ key }) => key === editor.selected.value);
  const scene = scenes[index];
  const avatar = useAvatar(scene?.avatarId ?? avatarId);
  if (!scene) return html`<div class="preview-empty"><p class="quiet">${t("builder.noScenes")}</p></div>`;
  const label = t("builder.preview.of", { n: index + 1 });
  return html`<figure class="preview">
    ${scene.layoutType === BROLL
      ? html`<${OverClip} broll=${scene.broll} avatar=${avatar} label=${label} desk=${desk} />`
      : avatar ? html`<${Stage} choice=${avatar} label=${label} />` : html`<div class="preview-empty" />`}
    <figcaption><${ListenButton} sound=${soundOf(desk, index, save)} index=${index} text=${scene.text} />
      ${scene.text.trim() && html`<span dir=${directionOf(scenes.map(({ text }) => text))}>${scene.text}</span>`}</figcaption>
    <${LeftOut} scenes=${scenes} scene=${scene} />
  </figure>`;
}

/**
 * What the film has of a scene, and its picture here not. There is room for what any scene has: the
 * page would jump under the pointer when another one is chosen.
 */
function LeftOut({ scenes, scene }) {
  const shown = leftOutOf(scene).join("\n");
  const all = new Map(scenes.map((each) => leftOutOf(each)).map((notes) => [notes.join("\n"), notes]));
  return html`<div class="preview-notes">${[...all].map(([key, notes]) => html`
    <div key=${key} data-shown=${key === shown}>${notes.map((note) => html`<p class="quiet">${note}</p>`)}</div>`)}</div>`;
}

function leftOutOf(scene) {
  const { name, role } = scene.spoken?.title ?? {};
  return [
    name && t("builder.preview.title", { title: [name, role].filter(Boolean).join(" · ") }),
    scene.layoutType === BROLL && scene.broll && t("builder.preview.side"),
  ].filter(Boolean);
}

/** The presenter stands at the right, whatever way the page runs; the film may choose the left. */
function OverClip({ broll, avatar, label, desk }) {
  if (!broll) {
    return html`<div class="preview-empty"><p>${t("builder.noClip")}</p>
      <button type="button" class="link" onClick=${() => desk.turnTo("media")}>${t("builder.chooseClip")}</button></div>`;
  }
  return html`<div class="stage" dir="ltr" role="img" aria-label=${label}>
    <img class="stage-ground" alt="" src=${groundPath(broll)} />
    ${avatar && html`<img class="stage-figure stage-corner" alt="" src=${presenterPath(avatar.templateId)} />`}
  </div>`;
}

function groundPath(broll) {
  if (isSlide(broll)) return slidePath(broll.entryId, broll.index);
  const second = Math.round(broll.startTime * 10) / 10;
  return stillPath(door.settings.value.partnerId, broll.entryId, { second, width: WIDTH });
}
