// What is not saved yet, kept for a reload of the page, where a page may keep anything: the frame of
// another site may not. Knows what a browser's storage is, not what a scene is.

const PREFIX = "storyboard.draft.";

/**
 * @typedef {object} Draft
 * @property {string} since `updatedAt` of the video that the edits were made on
 * @property {object} base what that video said
 * @property {object} edits what is not saved
 */

/** @param {import("../tab_storage.js").tabStorage | null} storage null: keep nothing */
export function createDrafts(storage) {
  const attempt = (act) => {
    try {
      return storage && act();
    } catch {
      return null; // full, or forbidden: the edits are still in the page
    }
  };
  return {
    /** @returns {Draft | null} */
    find: (id) => attempt(() => JSON.parse(storage.getItem(PREFIX + id))),
    /** @returns {boolean} whether a reload would find it */
    keep: (id, draft) =>
      attempt(() => storage.setItem(PREFIX + id, JSON.stringify(draft)) !== false) === true,
    drop: (id) => void attempt(() => storage.removeItem(PREFIX + id)),
  };
}
