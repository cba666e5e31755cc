/**
 * What an avatar is made of: a presenter and one of three kinds of background. Knows no page.
 *
 * @typedef {{ type: "color", color: string } | { type: "library", id: string }
 *   | { type: "entry", entryId: string }} Background
 * @typedef {{ templateId: string, background: Background }} Choice
 * @typedef {Choice & { id: string }} Avatar as `avatar/upsert` answers it
 */

/** In the order in which they are offered. */
export const KINDS = /** @type {const} */ (["color", "library", "entry"]);

const FIELDS = { color: "color", library: "id", entry: "entryId" };

/** @returns {Choice} the presenter of a new video (guide §11) */
export function usual({ defaultTemplate, defaultColor }) {
  return { templateId: defaultTemplate, background: { type: "color", color: defaultColor } };
}

/** @returns {string} what a background is named by: its color, its id, its entry */
export function valueOf(background) {
  return background[FIELDS[background.type]] ?? "";
}

/** @returns {Background} */
export function background(type, value) {
  return { type, [FIELDS[type]]: value };
}

/** @returns {boolean} whether two choices are the same avatar; the case of a color says nothing */
export function isSame(one, other) {
  if (!one || !other) return false;
  const [ground, otherGround] = [one.background, other.background];
  const value = (of) => (of.type === "color" ? valueOf(of).toUpperCase() : valueOf(of));
  return one.templateId === other.templateId && ground.type === otherGround.type
    && value(ground) === value(otherGround);
}

/** @returns {boolean} whether an avatar can be made of it: nothing is left to choose */
export function isWhole({ templateId, background: ground }) {
  return Boolean(templateId && valueOf(ground));
}

/** @returns {Avatar & Choice} the three fields that matter of what the API answers */
export function avatarOf({ id, templateId, background: ground }) {
  return { id, templateId, background: background(ground.type, valueOf(ground)) };
}
