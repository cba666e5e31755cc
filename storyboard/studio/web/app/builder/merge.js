// What two people made of one video, each from the same base. Takes scenes by their places: a scene that one
// of them moved, and the other wrote in, is a question for a person. Values in, values out.

import * as scenes from "./scenes.js";

/** @typedef {import("./content.js").Content} Content */

/**
 * Return what both made of a video, null where both changed the same, each in another way.
 * @param {Content} base @param {Content} mine @param {Content} theirs @returns {Content | null}
 */
export function merged(base, mine, theirs) {
  const both = {
    name: picked(base.name, mine.name, theirs.name),
    avatarId: picked(base.avatarId, mine.avatarId, theirs.avatarId),
    scenes: listOf(base.scenes, mine.scenes, theirs.scenes),
  };
  return Object.values(both).includes(undefined) ? null : both;
}

/** @returns {number[]} which scenes differ, from 1; none if a scene was added or deleted */
export function changedScenes({ scenes: before }, { scenes: now }) {
  if (before.length !== now.length) return [];
  return now.flatMap((scene, at) => (scenes.isSame([before[at]], [scene]) ? [] : [at + 1]));
}

function listOf(base, mine, theirs) {
  const whole = picked(base, mine, theirs, scenes.isSame);
  if (whole !== undefined || base.length !== mine.length || base.length !== theirs.length) return whole;
  const isSame = (one, other) => scenes.isSame([one], [other]);
  const list = base.map((scene, at) => picked(scene, mine[at], theirs[at], isSame));
  return list.includes(undefined) ? undefined : list;
}

/** Return what was changed by one of two, or by both alike; undefined where they differ. */
function picked(base, mine, theirs, isSame = Object.is) {
  if (isSame(base, theirs) || isSame(mine, theirs)) return mine;
  return isSame(base, mine) ? theirs : undefined;
}
