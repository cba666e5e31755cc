// What a scene shows beside its presenter: a clip from where it starts, or a slide of a presentation.

import { html, useId, useState } from "../../vendor/preact-htm-signals.js";
import { isNext } from "../generations.js";
import { InPoint } from "../pickers/in_point.js";
import { MediaPicker } from "../pickers/media_picker.js";
import { SlidePicker } from "../pickers/slides.js";
import { isolated, t } from "../texts.js";
import { Button } from "../ui/button.js";
import { toast } from "../ui/toast.js";
import { BROLL, FULL_SCREEN, isSlide } from "./scenes.js";

/**
 * @param {{ desk: import("./builder.js").Desk, scene: import("./scenes.js").Scene | undefined, index: number,
 *   length: import("./lengths.js").Length | null }} props
 */
export function MediaPanel({ desk, scene, index, length }) {
  const { editor, clips } = desk;
  const [wanted, setWanted] = useState(null); // the kind that is looked at, where the scene has none of it
  if (!scene) return html`<p class="quiet">${t("builder.noScenes")}</p>`;
  const { broll, key, layoutType } = scene;
  const isLocked = Boolean(editor.lock.value);
  const kind = wanted ?? (isSlide(broll) ? "slide" : "clip");
  const show = (shown, group) => editor.change(key, { layoutType: BROLL, broll: shown }, group);
  const choose = ({ id, name, seconds, partnerId }) => {
    clips.know({ id, name, seconds, partnerId });
    setWanted(null);
    const isTaken = show({ entryId: id, startTime: 0 });
    if (!isTaken) toast(t("builder.clip.late", { name: isolated(name) }), "bad"); // as an upload may end at any time
  };
  const chooseSlide = (slide) => {
    setWanted(null);
    if (!show(slide, `slide ${key}`)) toast(t("builder.slide.late"), "bad");
  };
  const drop = () => editor.change(key, { layoutType: FULL_SCREEN, broll: null });
  return html`<div class="stack">
    <h3>${t(kind === "slide" ? "builder.slide.of" : "builder.clip", { n: index + 1 })}</h3>
    ${isNext && !isLocked && html`<${Kinds} chosen=${kind} onChoose=${setWanted} />`}
    ${broll && layoutType !== BROLL && html`<p class="quiet">${t("builder.clip.kept")}</p>`}
    ${isSlide(broll)
      ? html`<div class="row"><strong>${t("builder.slide", { n: broll.index + 1 })}</strong>
          ${!isLocked && html`<${Button} icon="trash" onClick=${drop}>${t("builder.slide.remove")}<//>`}</div>`
      : html`<${Clip} desk=${desk} scene=${scene} index=${index} length=${length} onDrop=${isLocked ? null : drop} />`}
    ${!isLocked && (kind === "slide"
      ? html`<${SlidePicker} chosen=${isSlide(broll) ? broll : null} onChoose=${chooseSlide} />`
      : html`<${MediaPicker} purpose="video" chosen=${broll?.entryId ?? null} onChoose=${choose} />`)}
  </div>`;
}

function Kinds({ chosen, onChoose }) {
  const group = useId();
  return html`<fieldset class="choice"><legend class="visually-hidden">${t("builder.shows")}</legend>
    ${["clip", "slide"].map((kind) => html`<label key=${kind}><input type="radio" name=${group} checked=${kind === chosen}
      onChange=${() => onChoose(kind)} /><span>${t(`builder.shows.${kind}`)}</span></label>`)}</fieldset>`;
}

function Clip({ desk: { editor, clips, facts }, scene: { key, broll }, index, length, onDrop }) {
  const clip = broll && clips.known.value[broll.entryId];
  if (!clip) return null;
  return html`<div class="row"><strong dir="auto">${clip.name}</strong>
      ${onDrop && html`<${Button} icon="trash" onClick=${onDrop}>${t("builder.clip.remove")}<//>`}</div>
    ${clip.isMissing
      ? html`<p class="error">${t("generate.reason.missing", { scene: index + 1 })}</p>`
      : html`<${InPoint} clip=${clip} start=${broll.startTime} length=${length?.seconds ?? 0}
          isMeasured=${Boolean(length?.isMeasured)} rule=${facts.behavior.broll_overrun} isLocked=${!onDrop}
          onChange=${(startTime) => editor.change(key, { broll: { ...broll, startTime } }, `start ${key}`)} />`}`;
}
