// The panel beside the preview: who speaks, what is shown behind, and what to look at before the film.

import { html, useId, useState } from "../../vendor/preact-htm-signals.js";
import { AvatarPicker } from "../pickers/avatar_picker.js";
import { t } from "../texts.js";
import { toast } from "../ui/toast.js";
import { Checks } from "./checks.js";
import { findings } from "./findings.js";
import { MediaPanel } from "./media_panel.js";

const TABS = ["avatar", "media", "checks"];

/**
 * @param {{ desk: import("./builder.js").Desk, lengths: (import("./lengths.js").Length | null)[],
 *   wire: object[] }} props
 */
export function SidePanel({ desk, lengths, wire }) {
  const id = useId();
  const { editor, clips, facts, tab } = desk;
  const { scenes } = editor.said.value;
  const index = scenes.findIndex(({ key }) => key === editor.selected.value);
  const found = findings(editor.said.value, wire, facts, { lengths, clips: clips.known.value });
  const keys = (event) => {
    if (!["ArrowLeft", "ArrowRight"].includes(event.key)) return;
    const forward = document.documentElement.dir === "rtl" ? "ArrowLeft" : "ArrowRight";
    const step = event.key === forward ? 1 : -1;
    tab.value = TABS[(TABS.indexOf(tab.value) + step + TABS.length) % TABS.length];
    event.preventDefault();
    event.currentTarget.querySelectorAll("[role=tab]")[TABS.indexOf(tab.value)].focus();
  };
  return html`<section class="builder-side sheet" aria-label=${t("builder.side")} data-part="builder.side" tabindex="-1">
    <div class="tabs" role="tablist" aria-label=${t("builder.side")} onKeyDown=${keys}>${TABS.map((each) => html`
      <button type="button" role="tab" key=${each} id=${`${id}-${each}`} aria-controls=${`${id}-panel`}
        aria-selected=${tab.value === each} tabindex=${tab.value === each ? 0 : -1}
        onClick=${() => { tab.value = each; }}>${t(`builder.tab.${each}`)}${each === "checks" && found.length > 0 &&
        html` <span class="tab-count">${found.length}</span>`}</button>`)}</div>
    <div role="tabpanel" id=${`${id}-panel`} aria-labelledby=${`${id}-${tab.value}`} tabindex="-1">
      ${tab.value === "avatar" && html`<${AvatarPanel} desk=${desk} index=${index} />`}
      ${tab.value === "media" && html`<${MediaPanel} key=${scenes[index]?.key} desk=${desk} scene=${scenes[index]} index=${index} length=${lengths[index]} />`}
      ${tab.value === "checks" && html`<${Checks} desk=${desk} found=${found} />`}
    </div>
  </section>`;
}

function AvatarPanel({ desk: { editor }, index }) {
  const { scenes, avatarId } = editor.said.value;
  const scene = scenes[index];
  const group = useId();
  const [wanting, setWanting] = useState(null); // the scene that is to have its own
  const isOwn = Boolean(scene) && (Boolean(scene.avatarId) || wanting === scene.key);
  if (editor.lock.value) {
    const why = editor.lock.value === "finished" ? "builder.locked.finished" : "builder.locked";
    return html`<p class="quiet">${t(why)}</p>`;
  }
  const forAll = () => {
    setWanting(null);
    if (scene?.avatarId) editor.change(scene.key, { avatarId: null });
  };
  const use = ({ id }) => {
    const isTaken = isOwn ? editor.change(scene.key, { avatarId: id === avatarId ? null : id }) : editor.present(id);
    if (!isTaken) toast(t("builder.avatar.late"), "bad");
  };
  return html`<div class="stack">
    ${scene && html`<fieldset class="choice"><legend>${t("builder.speaks", { n: index + 1 })}</legend>
      <label><input type="radio" name=${group} checked=${!isOwn} onChange=${forAll} /><span>${t("builder.speaks.videos")}</span></label>
      <label><input type="radio" name=${group} checked=${isOwn} onChange=${() => setWanting(scene.key)} /><span>${t("builder.speaks.own")}</span></label></fieldset>`}
    <p class="quiet">${isOwn ? t("builder.avatar.scene", { n: index + 1 }) : t("builder.avatar.video")}</p>
    <${AvatarPicker} key=${isOwn ? `scene ${scene.key}` : "video"} avatarId=${isOwn ? scene.avatarId ?? avatarId : avatarId} onChoose=${use} />
  </div>`;
}
