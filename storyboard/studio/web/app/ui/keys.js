// What keys mean, on whatever keyboard.

/** @param {KeyboardEvent} event @returns {"undo" | "redo" | null} what is pressed, where no dialog has the keys */
export function undoKey(event) {
  const isCommand = (event.ctrlKey || event.metaKey) && !event.altKey;
  if (!isCommand || event.isComposing || document.querySelector("dialog[open]")) return null;
  const key = letterOf(event);
  if (key === "y" || (key === "z" && event.shiftKey)) return "redo";
  return key === "z" ? "undo" : null;
}

/** The letter of a key; on a keyboard of other letters, such as Hebrew, the Latin one in its place. */
function letterOf({ key, code }) {
  return (/^[a-z]$/i.test(key) ? key : code.replace(/^Key/, "")).toLowerCase();
}

/** Return whether a node takes what is typed, and undoes it by itself. */
export function isField(node) {
  return node.matches?.("textarea, select, [contenteditable], input:not([type=radio], [type=checkbox], [type=button])");
}
