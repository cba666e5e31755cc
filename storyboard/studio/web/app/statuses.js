// What a video's status means to a person: its words, how it looks, what follows.

import { t } from "./texts.js";

/** The tone of each status; its words are `status.…` of the texts. */
const TONES = {
  "draft": "plain",
  "composing": "busy",
  "composed": "brand",
  "generating": "busy",
  "ready": "good",
  "compose-error": "bad",
  "generate-error": "bad",
};

/** Return the tone of a chip; of a status that a later API has, the plain one. */
export function tone(status) {
  return TONES[status] ?? "plain";
}

/** Return a status in words; one that a later API has is its own word. */
export function statusText(status) {
  return Object.hasOwn(TONES, status) ? t(`status.${status}`) : status;
}

/** Return whether something is being made, so that the status changes by itself. */
export function isMaking({ status }) {
  return tone(status) === "busy";
}

/** Return whether the last attempt failed, so that `video/resetStatus` leads on. */
export function isFailed({ status }) {
  return tone(status) === "bad";
}

/** Return the entry of a video's film, `null` if there is none: an id alone is no film (guide §9). */
export function filmOf({ status, entryId }) {
  return status === "ready" && entryId ? entryId : null;
}
