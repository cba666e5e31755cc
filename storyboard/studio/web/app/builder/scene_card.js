// One scene: its number and text, how long it is, how it is shown, who speaks, and what can be done to it.

import { html, useId, useLayoutEffect, useRef } from "../../vendor/preact-htm-signals.js";
import { characters } from "../plain_text.js";
import { useAvatar } from "../pickers/avatar_picker.js";
import { directionOf } from "../text_direction.js";
import { t } from "../texts.js";
import { stored } from "../ui/field.js";
import { Icon } from "../ui/icon.js";
import { Menu } from "../ui/menu.js";
import { typed } from "./history.js";
import { LengthBar } from "./length_bar.js";
import { BROLL, FULL_SCREEN } from "./scenes.js";

/**
 * @param {object} props
 * @param {import("./builder.js").Desk} props.desk
 * @param {import("./scenes.js").Scene} props.scene
 * @param {number} props.index
 * @param {number} props.count of all scenes
 * @param {import("./lengths.js").Length | null} props.length
 * @param {number | null} props.budget seconds that its clip has
 * @param {number} props.scale seconds of the longest bar
 * @param {boolean} props.isLocked
 * @param {string | null} props.full why there is no room for another scene
 * @param {ReturnType<typeof import("./dragging.js").useDrag>} props.drag
 */
export function SceneCard({ desk, scene, index, count, length, budget, scale, isLocked, full, drag }) {
  const { editor } = desk;
  const { key } = scene;
  const n = index + 1;
  const isDragged = drag.key === key;
  const select = () => {
    editor.selected.value = key;
  };
  const keys = (event) => {
    // Tab on its way to the panel of the selected scene goes past the scenes behind it.
    if (!["Tab", "Shift"].includes(event.key)) select();
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!by || !event.altKey || event.ctrlKey || event.metaKey || isLocked) return;
    event.preventDefault();
    editor.move(key, index + by);
  };
  return html`<li class="scene" data-key=${key} data-selected=${editor.selected.value === key || null}
      data-dragged=${isDragged || null} data-drop=${dropEdge(drag, index, editor)}
      style=${{ transform: isDragged ? `translateY(${drag.offset}px)` : null }}
      aria-label=${t("builder.scene", { n })} onPointerDown=${select} onClick=${select} onInput=${select} onKeyDown=${keys}>
    <div class="scene-head">
      ${!isLocked && html`<button type="button" class="scene-grip" aria-label=${t("builder.drag", { n })}
        title=${t("builder.drag.how")} aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown"
        onPointerDown=${(event) => drag.start(event, key)}><${Icon} name="drag" /></button>`}
      <span class="scene-number">${n}</span>
      <${Layout} scene=${scene} isLocked=${isLocked} desk=${desk} n=${n} />
      ${!isLocked && html`<${Menu} label=${t("builder.actions", { n })} items=${[
        { label: t("builder.up"), icon: "up", reason: index ? null : t("builder.isFirst"), act: () => editor.move(key, index - 1) },
        { label: t("builder.down"), icon: "down", reason: n < count ? null : t("builder.isLast"), act: () => editor.move(key, index + 1) },
        { label: t("builder.addBelow"), icon: "add", reason: full, act: () => added(desk, () => editor.add(key)) },
        { label: t("builder.duplicate"), icon: "copy", reason: full, act: () => added(desk, () => editor.duplicate(key)) },
        { label: t("builder.remove"), icon: "trash", isDangerous: true, act: () => removed(desk, key) },
      ]} />`}
    </div>
    <${Narration} scene=${scene} n=${n} isLocked=${isLocked} desk=${desk} />
    <${LengthBar} length=${length} isSilent=${!scene.text.trim()} budget=${budget} scale=${scale} />
    <${Presenter} scene=${scene} desk=${desk} />
  </li>`;
}

/** Where the line of a drag is drawn: before a card, or behind the last one. */
function dropEdge(drag, index, editor) {
  if (drag.key === null) return null;
  const { scenes } = editor.said.value;
  const from = scenes.findIndex(({ key }) => key === drag.key);
  if (index === from) return null;
  const place = index > from ? index - 1 : index;
  if (place === drag.index) return "before";
  const isLast = place === scenes.length - 2;
  return isLast && drag.index === scenes.length - 1 ? "behind" : null;
}

function Narration({ scene: { key, text }, n, isLocked, desk }) {
  const field = useRef(null);
  useLayoutEffect(() => {
    const node = field.current;
    if (CSS.supports("field-sizing", "content")) return;
    node.style.blockSize = "auto";
    node.style.blockSize = `${node.scrollHeight + 2}px`;
  }, [text]);
  const most = desk.facts.limits.narration;
  const has = characters(text);
  const direction = directionOf(desk.editor.said.value.scenes.map((scene) => scene.text));
  return html`<textarea class="scene-text" id=${`scene-${key}`} ref=${field} dir=${direction} rows="2" spellcheck="true"
      aria-label=${t("builder.text", { n })} placeholder=${t("builder.text.hint")} value=${text} readonly=${isLocked}
      aria-invalid=${has > most ? true : null}
      onInput=${(event) => desk.editor.change(key, { text: stored(event.target) }, typed(key))} />
    ${has > most && html`<small class="error">${t("builder.text.long", { n: most, has })}</small>`}`;
}

function Layout({ scene: { key, layoutType, broll }, n, isLocked, desk }) {
  const group = useId();
  const set = (to) => {
    desk.editor.change(key, { layoutType: to });
    if (to === BROLL && !broll) desk.tab.value = "media";
  };
  return html`<fieldset class="scene-layout" disabled=${isLocked}><legend class="visually-hidden">${t("builder.layout", { n })}</legend>
    ${[FULL_SCREEN, BROLL].map((each) => html`<label key=${each}><input type="radio" name=${group} value=${each}
      checked=${layoutType === each} onChange=${() => set(each)} /><span>${t(`builder.layout.${each}`)}</span></label>`)}
  </fieldset>`;
}

function Presenter({ scene: { avatarId, key }, desk }) {
  const { editor } = desk;
  const spoken = avatarId ?? editor.said.value.avatarId;
  const avatar = useAvatar(spoken);
  const name = !spoken ? t("builder.presenter.none") : avatar ? titled(avatar.templateId) : "…";
  const open = () => {
    editor.selected.value = key;
    desk.turnTo("avatar");
  };
  return html`<button type="button" class="scene-presenter" onClick=${open}>
    ${avatarId ? t("builder.presenter.own", { name }) : t("builder.presenter.videos", { name })}</button>`;
}

function titled(word) {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

function added(desk, act) {
  act();
  desk.show(desk.editor.selected.peek());
}

function removed(desk, key) {
  desk.editor.remove(key);
  const next = desk.editor.selected.peek();
  if (next !== null) desk.show(next);
}
