// The head of the builder: the video's name, how it stands, whether it is saved, and what can be done to it.

import { html } from "../../vendor/preact-htm-signals.js";
import { connection } from "../api.js";
import { ComposeWizard } from "../compose/wizard.js";
import { door } from "../door.js";
import { offered } from "../library/new_video.js";
import { statusText, tone } from "../statuses.js";
import { go } from "../router.js";
import { isolated, locale, t } from "../texts.js";
import { Button } from "../ui/button.js";
import { Chip } from "../ui/chip.js";
import { ask } from "../ui/dialog.js";
import { stored } from "../ui/field.js";
import { Icon } from "../ui/icon.js";
import { Menu } from "../ui/menu.js";
import { toast } from "../ui/toast.js";
import { ScriptDialog, StoryboardDialog } from "./copy_dialogs.js";

/** Statuses in which the studio writes scenes (guide §7). */
const COMPOSABLE = ["draft", "composed"];

/** @param {{ desk: import("./builder.js").Desk }} props */
export function Head({ desk }) {
  const { editor, facts } = desk;
  const { name, scenes } = editor.said.value;
  const { status } = editor.video.value;
  const home = (event) => {
    event.preventDefault();
    void go({ view: "library" });
  };
  return html`<header class="builder-head">
    <a class="builder-home" href="#library" onClick=${home} aria-label=${t("shell.library")} title=${t("shell.library")}
      ><${Icon} name="back" /></a>
    <h1 class="visually-hidden">${name || t("builder.title")}</h1>
    <label class="builder-name"><span class="visually-hidden">${t("builder.name")}</span>
      <input dir="auto" value=${name} maxlength=${facts.limits.name}
        aria-invalid=${name.trim() ? null : true} spellcheck="true"
        onInput=${(event) => editor.rename(stored(event.target))} /></label>
    <${Chip} tone=${tone(status)}>${statusText(status)}<//>
    <${SaveState} editor=${editor} />
    <div class="builder-tools">
      <${Button} kind="bare" icon="undo" label=${t("builder.undo")} aria-keyshortcuts="Control+Z"
        aria-disabled=${editor.canUndo.value ? null : true} onClick=${editor.undo} />
      <${Button} kind="bare" icon="redo" label=${t("builder.redo")} aria-keyshortcuts="Control+Shift+Z"
        aria-disabled=${editor.canRedo.value ? null : true} onClick=${editor.redo} />
      <${Menu} label=${t("builder.more")} items=${[
        ...formatsFor(status).map((format) => (
          { label: t(`compose.title.${format}`), icon: "film", act: () => compose(format, editor) })),
        { label: t("builder.copyYaml"), icon: "copy", act: () => copyYaml(editor) },
        { label: t("builder.copyScript"), icon: "copy", act: () => copyScript(scenes) },
      ]} />
    </div>
  </header>`;
}

/** Whether all is saved, in words: what is not says why, and stays in the page. */
export function SaveState({ editor }) {
  return html`<p class="save-state" role="status" data-kind=${editor.saving.value.kind}>${saveText(editor)}</p>`;
}

function saveText(editor) {
  const { kind, at, failure } = editor.saving.value;
  if (connection.value === "ended" && kind !== "saved") return t("builder.notSaved.session");
  if (kind === "failed") {
    const key = `builder.notSaved.${failure.trouble}`;
    return t(key, { reason: isolated(failure.message) });
  }
  if (kind === "saved" && at) {
    const time = new Intl.DateTimeFormat(locale.value, { hour: "2-digit", minute: "2-digit" }).format(at);
    return t("builder.savedAt", { time });
  }
  return t(`builder.${kind}`);
}

/** @returns {string[]} what the scenes may be composed as, as things stand */
function formatsFor(status) {
  if (!COMPOSABLE.includes(status)) return [];
  return offered(door.settings.value.allowedProjectTypes).filter((type) => type !== "fromScratch");
}

/** Have the studio write the scenes anew; the wizard asks before it replaces any. */
async function compose(format, editor) {
  if (!(await editor.flush())) return toast(t("builder.notSavedYet"), "bad");
  const video = editor.video.peek();
  return ask((done) => html`<${ComposeWizard} format=${format} video=${video} onClose=${() => done()}
    onDone=${(composing) => { done(); editor.answered(composing); }} />`);
}

async function copyYaml(editor) {
  if (await editor.flush()) ask((done) => html`<${StoryboardDialog} id=${editor.id} onClose=${done} />`);
  else toast(t("builder.notSavedYet"), "bad");
}

/** Show what the scenes say, to be copied: it needs no studio. */
export function copyScript(scenes) {
  return ask((done) => html`<${ScriptDialog} scenes=${scenes} onClose=${done} />`);
}
