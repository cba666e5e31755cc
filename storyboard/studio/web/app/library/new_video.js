// Makes a new video: which kinds there are, and one draft however often a button is pressed.

import { isNext } from "../generations.js";
import { usual } from "../pickers/avatar_choice.js";

/** @typedef {(action: string, body: object, options?: object) => Promise<any>} Call */

/** The project types in the guide's order, with the newest generation's last (guide §11). */
export const PROJECT_TYPES = Object.freeze([
  "fromScratch", "session-highlights", "video-explainer", ...(isNext ? ["presentation-narration"] : []),
]);

/**
 * Return the types that the host allows, in our order; all, if it says nothing.
 * @param {string[] | null} allowed the setting `allowedProjectTypes`
 */
export function offered(allowed) {
  return PROJECT_TYPES.filter((type) => allowed === null || allowed.includes(type));
}

/**
 * Return a function that acts once at a time for each first argument: whoever calls it meanwhile gets
 * the promise of before.
 * @template {unknown[]} A, R
 * @param {(...given: A) => Promise<R>} act @returns {(...given: A) => Promise<R>}
 */
export function oneAtATime(act) {
  const running = new Map();
  return (...given) => {
    const [of] = given;
    if (!running.has(of)) running.set(of, act(...given).finally(() => running.delete(of)));
    return running.get(of);
  };
}

/**
 * Add a draft with the default presenter and a scene without words. `video/add` is sent once and never
 * again by itself: a second one would be a second video.
 * @param {Call} call @param {import("../facts.js").Facts} facts
 * @param {string} name @param {AbortSignal} [stop]
 */
export async function addFromScratch(call, facts, name, stop) {
  const avatar = await call("avatar/upsert", usual(facts), { signal: stop, repeat: true });
  const scenes = [{ layoutType: "full-screen" }];
  return call("video/add", { name, avatarId: avatar.id, scenes }, { signal: stop });
}

/**
 * Add a draft with the presenter and scenes that a video has at this moment.
 * @param {Call} call @param {import("../facts.js").Facts} facts @param {string} id
 * @param {(name: string) => string} called says what the copy of a video is called
 */
export async function duplicate(call, facts, id, called) {
  const { name, avatarId, scenes } = await call("video/get", { id });
  const copy = { name: cut(called(name), facts.limits.name), scenes: scenes ?? [] };
  return call("video/add", avatarId ? { ...copy, avatarId } : copy);
}

/** Cut a text to a number of characters, none of them in half. */
function cut(text, most) {
  return Array.from(text).slice(0, most).join("");
}
