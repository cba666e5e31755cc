// Bars over the builder that ask a person to decide, each with its ways on. Nothing that was typed is lost
// by any of them but the one that says so.

import { html, useEffect, useRef } from "../../vendor/preact-htm-signals.js";
import { connection } from "../api.js";
import { door } from "../door.js";
import { isolated, locale, number, t } from "../texts.js";
import { Button } from "../ui/button.js";
import { confirm } from "../ui/dialog.js";
import { copyScript } from "./head.js";

/** @param {{ desk: import("./builder.js").Desk }} props */
export function Bars({ desk: { editor } }) {
  const { scenes } = editor.said.value;
  const failure = editor.saving.value.failure;
  const copy = html`<${Button} icon="copy" onClick=${() => copyScript(scenes)}>${t("builder.copyScript")}<//>`;
  if (editor.elsewhere.value) {
    return html`<${Bar} tone="bad" stays text=${elsewhereText(editor)}>
      ${editor.lock.value !== "making" && editor.both.value && html`<${Button} kind="primary" onClick=${editor.keepBoth}>
        ${t("builder.keepBoth")}<//>`}
      <${Button} onClick=${editor.reload}>${t("builder.reload")}<//>
      ${editor.lock.value !== "making" && html`<${Button} onClick=${editor.keepMine}>${t("builder.keepMine")}<//>`}
      ${copy}<//>`;
  }
  if (failure?.trouble === "session" && !door.isEmbedded) {
    return html`<${Bar} tone="bad" stays text=${t("builder.kept.key")}>
      <${Button} onClick=${editor.resume}>${t("builder.saveAgain")}<//>${copy}<//>`;
  }
  if (connection.value === "ended" && editor.saving.value.kind !== "saved") {
    return html`<${Bar} tone="bad" stays text=${t("builder.kept.session")}>${copy}<//>`;
  }
  if (failure && failure.trouble !== "changed") {
    return html`<${Bar} tone="bad" stays text=${t(`builder.kept.${failure.trouble}`, { reason: isolated(failure.message) })}>
      ${["refused", "session"].includes(failure.trouble) &&
      html`<${Button} onClick=${editor.resume}>${t("builder.saveAgain")}<//>`}${copy}<//>`;
  }
  if (editor.lock.value === "finished") {
    return html`<${Bar} tone="good" text=${t("builder.finished")}>
      <${Button} icon="edit" onClick=${() => unlock(editor)}>${t("builder.finished.edit")}<//><//>`;
  }
  if (editor.lock.value === "failed") return html`<${Bar} tone="bad" text=${t("builder.failed")} />`;
  if (editor.lock.value === "closed") return html`<${Bar} tone="good" text=${t("builder.closed")} />`;
  if (editor.isRestored.value) {
    return html`<${Bar} tone="good" text=${t("builder.restored")}>
      <${Button} onClick=${() => { editor.isRestored.value = false; }}>${t("builder.restored.ok")}<//><//>`;
  }
  return null;
}

/** @param {object} props `stays`: it is about what is not saved, and in sight wherever a person writes */
function Bar({ tone, stays = false, text, children }) {
  const bar = useRef(null);
  useEffect(() => (stays ? makeRoom(bar.current) : undefined), [stays]);
  return html`<div class="builder-bar" ref=${bar} data-tone=${tone} data-stays=${stays || null} role="status"><p>${text}</p>
    <div class="row">${children}</div></div>`;
}

/** Have what stays at the upper edge stay below a bar, however tall its words make it. */
function makeRoom(bar) {
  const { style } = document.documentElement;
  const watch = new ResizeObserver(() => style.setProperty("--stays", `${bar.offsetHeight}px`));
  watch.observe(bar);
  return () => {
    watch.disconnect();
    style.removeProperty("--stays");
  };
}

function elsewhereText({ lock, theirs }) {
  if (lock.value === "making") return t("builder.elsewhere.making");
  if (lock.value === "finished") return t("builder.elsewhere.film");
  const scenes = theirs.value.map((scene) => number(scene));
  if (!scenes.length) return t("builder.elsewhere");
  const which = new Intl.ListFormat(locale.value).format(scenes);
  return t("builder.elsewhere.scenes", { n: scenes.length, which });
}

async function unlock(editor) {
  const sure = await confirm({
    title: t("builder.finished.ask"), text: t("builder.finished.how"), yes: t("builder.finished.edit"), kind: "primary",
  });
  if (sure) editor.unlock();
}
