// The scenes in their order: one card each, moved by buttons, by keys and by a pointer.

import { html, useLayoutEffect, useRef } from "../../vendor/preact-htm-signals.js";
import { t } from "../texts.js";
import { Button } from "../ui/button.js";
import { useDrag } from "./dragging.js";
import { scaleOf } from "./length_bar.js";
import { SceneCard } from "./scene_card.js";
import { BROLL, isSlide } from "./scenes.js";

/** @param {{ desk: import("./builder.js").Desk, lengths: (import("./lengths.js").Length | null)[] }} props */
export function SceneList({ desk, lengths }) {
  const { editor, clips } = desk;
  const { scenes } = editor.said.value;
  const isLocked = Boolean(editor.lock.value);
  const list = useRef(null);
  const drag = useDrag(list, (key, index) => editor.move(key, index));
  useKeptFocus(list, scenes.map(({ key }) => key).join());
  const budgets = scenes.map((scene) => budgetOf(scene, clips.known.value));
  const scale = scaleOf(lengths, budgets);
  const full = scenes.length >= editor.most ? t("builder.full", { n: editor.most }) : null;
  const add = () => {
    editor.add();
    desk.show(editor.selected.peek());
  };
  return html`<section class="builder-scenes" aria-label=${t("builder.scenes")} data-part="builder.scenes" tabindex="-1">
    <h2>${t("builder.count", { n: scenes.length, most: editor.most })}</h2>
    ${!scenes.length && html`<p class="quiet">${t("builder.noScenes")}</p>`}
    <ol class="scenes" ref=${list}>${scenes.map((scene, index) => html`
      <${SceneCard} key=${scene.key} desk=${desk} scene=${scene} index=${index} count=${scenes.length}
        length=${lengths[index]} budget=${budgets[index]} scale=${scale} isLocked=${isLocked} full=${full}
        drag=${drag} />`)}</ol>
    ${!isLocked && html`<div class="stack"><${Button} icon="add" reason=${full} onClick=${add}>${t("builder.add")}<//></div>`}
  </section>`;
}

/** Seconds that the clip of a scene has from where it starts; null without one that is shown. */
function budgetOf({ layoutType, broll }, known) {
  const clip = layoutType === BROLL && broll && !isSlide(broll) && known[broll.entryId];
  return clip && !clip.isMissing ? Math.max(0, clip.seconds - broll.startTime) : null;
}

/** Keep the focus where it is when the order changes: what is moved in the page loses it. */
function useKeptFocus(list, order) {
  const focused = useRef(null);
  const before = document.activeElement;
  if (list.current?.contains(before)) focused.current = before;
  useLayoutEffect(() => {
    const node = focused.current;
    focused.current = null;
    if (node?.isConnected && document.activeElement === document.body) node.focus({ preventScroll: true });
    if (node?.isConnected) node.closest(".scene").scrollIntoView({ block: "nearest" });
  }, [order]);
}
