// What the page does to an editor: keys, a tab that is left and comes back, a view that goes away.

import { effect } from "../../vendor/preact-htm-signals.js";
import { connection } from "../api.js";
import { door } from "../door.js";
import { beforeLeave } from "../router.js";
import { t } from "../texts.js";
import { holdPage } from "../unload.js";
import { confirm } from "../ui/dialog.js";
import { isField, undoKey } from "../ui/keys.js";

/**
 * Undo and redo by keys. Returns how to stop.
 *
 * What is typed in a field is undone by the field. Where something else was done last, such as a scene
 * removed whose neighbor has the caret now, a field would undo typing in some other scene.
 */
export function watchKeys(editor) {
  const pressed = (event) => {
    const key = undoKey(event);
    if (!key) return;
    const { act, can } = key === "redo" ? { act: editor.redo, can: editor.canRedo } : { act: editor.undo, can: editor.canUndo };
    if (isField(event.target) && !(isOfVideo(event.target) && !editor.isTyped() && can.peek())) return;
    event.preventDefault();
    act();
  };
  addEventListener("keydown", pressed);
  return () => removeEventListener("keydown", pressed);
}

/** Save when the tab is left, look when it comes back, ask before edits are lost, and end with the view. Returns how to end. */
export function watchPage({ editor, lengths }) {
  const seen = () => {
    if (document.hidden) void editor.flush();
    else void look(editor);
  };
  const focused = () => document.hidden || void look(editor);
  document.addEventListener("visibilitychange", seen);
  addEventListener("focus", focused);
  const unkilled = door.onKill(() => editor.leave());
  const unheld = beforeLeave(() => mayLeave(editor));
  const unasked = holdPage(editor.isAtRisk);
  let before = { ks: door.ks.peek(), isOpen: true };
  const stop = effect(() => {
    const now = { ks: door.ks.value, isOpen: connection.value === "open" };
    const { trouble } = editor.saving.peek().failure ?? {};
    const isBack = (trouble === "session" && now.ks !== before.ks)
      || (trouble === "gone" && now.isOpen && !before.isOpen);
    before = now;
    if (isBack) void editor.resume();
  });
  return () => {
    document.removeEventListener("visibilitychange", seen);
    removeEventListener("focus", focused);
    unheld();
    unasked();
    unkilled();
    stop();
    editor.leave();
    lengths.end();
  };
}

async function look(editor) {
  try {
    await editor.look();
  } catch {
    // The next save meets it too, and says so.
  }
}

async function mayLeave(editor) {
  const ended = untilEnded();
  const isSaved = await Promise.race([editor.flush(), ended.told]);
  ended.stop();
  if (isSaved) return true;
  const text = t(door.isEmbedded ? "builder.leave.lost" : "builder.leave.kept");
  return confirm({ title: t("builder.leave"), text, yes: t("builder.leave.yes") });
}

/** Tells once the session has ended, with false: a save may wait for another one for ever. */
function untilEnded() {
  let stop;
  const told = new Promise((resolve) => {
    stop = effect(() => {
      if (connection.value === "ended") resolve(false);
    });
  });
  return { told, stop };
}

/** Whether a field writes what the history has: those of dialogs and searches do not. */
function isOfVideo(node) {
  return node.matches(".scene-text, .builder-name input");
}
