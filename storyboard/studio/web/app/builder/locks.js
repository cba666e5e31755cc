// Why a video cannot be edited, by its status and what the studio allows. Values in, values out.

import { isFailed, isMaking } from "../statuses.js";

/**
 * @typedef {"making" | "finished" | "closed" | "failed" | null} Lock why scenes and presenters cannot be
 * edited; the name always can (guide §6). `finished`: there is a film, and the person has not said yet that
 * it may become outdated. `closed`: this studio never allows it. `failed`: it allows it after a reset alone.
 */

/**
 * @param {object | null} video as the studio told it last
 * @param {Record<string, string>} behavior
 * @param {boolean} isUnlocked the person knows that there is a film
 * @returns {Lock}
 */
export function lockOf(video, behavior, isUnlocked) {
  if (!video || isMaking(video)) return "making";
  if (isFailed(video)) return behavior.failed_videos_editable === "false" ? "failed" : null;
  if (video.status !== "ready") return null;
  if (behavior.ready_videos_editable !== "true") return "closed";
  return isUnlocked ? null : "finished";
}

/** Return whether a lock ends by no word of the person's. @param {Lock} lock */
export function isFirm(lock) {
  return lock !== null && lock !== "finished";
}
