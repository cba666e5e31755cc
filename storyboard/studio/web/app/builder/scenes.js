// The scenes of a video as the builder edits them: their form, their order, what the API takes. Knows no
// page and no request.

/**
 * @typedef {{ entryId: string, startTime?: number, type?: "video" | "slide",
 *   flavorAssetId?: string, index?: number }} Broll
 * @typedef {object} Scene
 * @property {number} key names the scene while it is edited; the API knows positions only
 * @property {string} text what is spoken
 * @property {"full-screen" | "broll"} layoutType
 * @property {string | null} avatarId null: as the video's
 * @property {Broll | null} broll kept whatever the layout, as the API does
 * @property {object} [spoken] what the narration has beside text and presenter, such as how words are
 *   said: sent back as it came
 * @property {object} rest fields that only a later API knows: sent back as they came
 */

/** @returns {boolean} whether a b-roll is a slide of a presentation, and no clip */
export function isSlide(broll) {
  return broll?.type === "slide";
}

export const FULL_SCREEN = "full-screen";
export const BROLL = "broll";

/** @returns {Scene} a scene without a word */
export function emptyScene(key) {
  return { key, text: "", layoutType: FULL_SCREEN, avatarId: null, broll: null, rest: {} };
}

/** @returns {Scene[]} the scenes of the API; `nextKey` gives each a key */
export function fromWire(scenes, nextKey) {
  return (scenes ?? []).map(({ layoutType, narration, broll, ...rest }) => {
    const { text, avatarId, ...spoken } = narration ?? {};
    return {
      key: nextKey(),
      text: text ?? "",
      layoutType: layoutType ?? FULL_SCREEN,
      avatarId: avatarId ?? null,
      broll: broll ? asSent(broll) : null,
      spoken,
      rest,
    };
  });
}

/** A b-roll without what a studio adds to it: whoever sends a slide does not know its picture's name. */
function asSent({ slideImageName, ...broll }) {
  return broll;
}

/**
 * Return the scenes as the API takes them. A scene without words has no narration, since an empty text is
 * refused; its presenter is sent with its first word.
 */
export function toWire(scenes) {
  return scenes.map(({ text, layoutType, avatarId, broll, spoken, rest }) => ({
    ...rest,
    layoutType,
    ...(text.trim() && { narration: { ...spoken, text, ...(avatarId && { avatarId }) } }),
    ...(broll && { broll }),
  }));
}

/** Return whether two lists of the API say the same, however they spell what is usual. */
export function isSame(some, others) {
  let key = 0;
  const normal = (scenes) => JSON.stringify(toWire(fromWire(scenes, () => key++)).map(sorted));
  return normal(some) === normal(others);
}

/** @returns {number} where the scene of a key is, -1 for one that is gone */
export function indexOf(scenes, key) {
  return scenes.findIndex((scene) => scene.key === key);
}

/** @returns {Scene[]} the list with a scene at an index, if `most` leaves room for it */
export function inserted(scenes, index, scene, most) {
  return scenes.length >= most ? scenes : scenes.toSpliced(index, 0, scene);
}

/** @returns {Scene[]} the list without the scene of a key */
export function removed(scenes, key) {
  return scenes.filter((scene) => scene.key !== key);
}

/** @returns {Scene[]} the list with the scene of a key at an index, counted without it */
export function moved(scenes, key, index) {
  const from = indexOf(scenes, key);
  const to = Math.max(0, Math.min(index, scenes.length - 1));
  if (from < 0 || from === to) return scenes;
  return scenes.toSpliced(from, 1).toSpliced(to, 0, scenes[from]);
}

/** @returns {Scene[]} the list with some fields of the scene of a key replaced */
export function changed(scenes, key, fields) {
  return scenes.map((scene) => (scene.key === key ? { ...scene, ...fields } : scene));
}

/** @returns {number | null} which scene to select once that of a key is gone: the next, the last */
export function neighbor(scenes, key) {
  const index = indexOf(scenes, key);
  return (scenes[index + 1] ?? scenes[index - 1])?.key ?? null;
}

/**
 * Return where among the others a scene that is dragged would be put.
 * @param {{ top: number, height: number }[]} boxes those of the other scenes, in order
 * @param {number} y the edge of what is dragged that goes ahead
 */
export function dropIndex(boxes, y) {
  const below = boxes.findIndex(({ top, height }) => y < top + height / 2);
  return below < 0 ? boxes.length : below;
}

function sorted(value) {
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return value.map(sorted);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([name, part]) => [name, sorted(part)]));
}
