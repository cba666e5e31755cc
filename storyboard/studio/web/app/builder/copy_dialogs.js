// Dialogs that show a text to be copied: the video as a storyboard file, and what its scenes say.

import { html, useEffect, useRef, useState } from "../../vendor/preact-htm-signals.js";
import { refusalText, t } from "../texts.js";
import { Button } from "../ui/button.js";
import { Dialog } from "../ui/dialog.js";
import { askStoryboard } from "./remote.js";

/** @param {{ id: string, onClose: () => void }} props the video is saved by then */
export function StoryboardDialog({ id, onClose }) {
  const [told, setTold] = useState(null);
  useEffect(() => {
    askStoryboard(id).then(setTold, (trouble) => setTold({ reasons: [refusalText(trouble)] }));
  }, [id]);
  const title = t("builder.copyYaml");
  if (!told) return html`<${Dialog} title=${title} onClose=${onClose}><p role="status">${t("shell.loading")}</p><//>`;
  if (told.reasons.length) {
    return html`<${Dialog} title=${title} onClose=${onClose}><p>${t("builder.yaml.not")}</p>
      <ul class="dots">${told.reasons.map((reason) => html`<li key=${reason} dir="auto">${reason}</li>`)}</ul><//>`;
  }
  return html`<${TextDialog} title=${title} text=${told.text} about=${t("builder.yaml.how", { file: told.file })}
    isCode=${true} onClose=${onClose} />`;
}

/** @param {{ scenes: import("./scenes.js").Scene[], onClose: () => void }} props */
export function ScriptDialog({ scenes, onClose }) {
  const text = scenes.map((scene, index) => `${index + 1}.\n${scene.text.trim()}\n`).join("\n");
  return html`<${TextDialog} title=${t("builder.copyScript")} text=${text} about=${t("builder.script.how")} onClose=${onClose} />`;
}

function TextDialog({ title, text, about, isCode = false, onClose }) {
  const field = useRef(null);
  const [state, setState] = useState("");
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setState(t("builder.copied"));
    } catch {
      field.current.focus();
      field.current.select(); // the frame of a page that forbids it: the person copies by keys
      setState(t("builder.copyByKeys"));
    }
  };
  return html`<${Dialog} title=${title} size="wide" onClose=${onClose} actions=${html`
      <span role="status">${state}</span><${Button} kind="primary" icon="copy" data-first onClick=${copy}>${t("builder.copy")}<//>`}>
    <div class="stack"><p>${about}</p><textarea class="copy-text" ref=${field} readonly rows="16" value=${text}
      dir=${isCode ? "ltr" : "auto"} data-code=${isCode || null} aria-label=${title} spellcheck="false" /></div><//>`;
}
