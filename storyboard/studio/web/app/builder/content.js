// What a video says: the part of it that a person edits, and what differs between two of them. Values in,
// values out.

import * as scenes from "./scenes.js";

/**
 * @typedef {{ name: string, avatarId: string | null, scenes: import("./scenes.js").Scene[] }} Said
 * what a person edits of a video
 * @typedef {{ name: string, avatarId: string | null, scenes: object[] }} Content the same as the API has it
 * @typedef {Partial<Content>} Changes what `video/update` takes of it
 */

/** @returns {Content} of a video that the API answered */
export function contentOf({ name, avatarId, scenes: told }) {
  return { name, avatarId: avatarId ?? null, scenes: told ?? [] };
}

/** @returns {Said} of a video that the API answered; `nextKey` gives each scene a key */
export function saidBy(video, nextKey) {
  const { name, avatarId, scenes: told } = contentOf(video);
  return { name, avatarId, scenes: scenes.fromWire(told, nextKey) };
}

/** Return whether two videos say the same. */
export function isSameContent(one, other) {
  const [a, b] = [contentOf(one), contentOf(other)];
  return a.name === b.name && a.avatarId === b.avatarId && scenes.isSame(a.scenes, b.scenes);
}

/**
 * Return what of `said` differs from `base`, null if nothing does. A name without a letter is none yet.
 * @param {Said} said @param {Content} base @returns {Changes | null}
 */
export function changesOf({ name, avatarId, scenes: own }, base) {
  const wire = scenes.toWire(own);
  const changes = {
    ...(name.trim() && name !== base.name && { name }),
    ...(avatarId && avatarId !== base.avatarId && { avatarId }),
    ...(!scenes.isSame(wire, base.scenes) && { scenes: wire }),
  };
  return Object.keys(changes).length ? changes : null;
}

/** Return whether changes leave scenes and presenters alone; also where there are none. */
export function isNameAtMost(changes) {
  return !changes || Object.keys(changes).every((field) => field === "name");
}
