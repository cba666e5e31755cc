// The builder's calls: a video in the studio, how long texts take, a video as a file. Knows the API and
// what each refusal means for what is not saved.

import { ApiError, call, Gone, outlives, own, sendLast, service } from "../api.js";
import { frameRateOf } from "../frame_rates.js";
import { refusalText } from "../texts.js";
import { NotSaved } from "./autosave.js";

const LOCKED = "VIDEO_IS_PROCESSING";
const NO_ENTRY = "ENTRY_ID_NOT_FOUND";

/**
 * What `createEditor` asks of the studio. It asks again by itself, so no call is repeated here.
 * @returns {import("./saved_video.js").Remote}
 */
export function remoteVideo(id) {
  return {
    get: () => saved(call("video/get", { id }, { repeat: false })),
    update: (body) => saved(call("video/update", body, { repeat: false })),
    updateLast: (body) => sendLast("video/update", body),
    outlives,
  };
}

/** @returns {Promise<number[]>} how many seconds each of some texts takes to speak, about */
export async function askLengths(texts) {
  return (await own("lengths", { texts })).seconds;
}

/** @returns {Promise<{ file: string, text: string, reasons: string[] }>} a video as a storyboard */
export function askStoryboard(id) {
  return own(`videos/${encodeURIComponent(id)}/storyboard`);
}

/** @returns {Promise<import("./clips.js").Clip>} */
export async function askClip(entryId) {
  try {
    const asked = [service("baseEntry", "get", { entryId }), frameRateOf(entryId)];
    const [{ id, name, msDuration, partnerId }, rate] = await Promise.all(asked);
    return { id, name, seconds: msDuration / 1000, partnerId, rate };
  } catch (trouble) {
    if (trouble.code !== NO_ENTRY) throw trouble;
    return { id: entryId, name: entryId, seconds: 0, isMissing: true };
  }
}

async function saved(asked) {
  try {
    return await asked;
  } catch (trouble) {
    throw new NotSaved(troubleOf(trouble), trouble instanceof ApiError ? refusalText(trouble) : "");
  }
}

/** @returns {import("./autosave.js").Trouble} */
function troubleOf(trouble) {
  if (trouble instanceof Gone) return "gone";
  if (!(trouble instanceof ApiError)) return "session"; // the door has none, and gets none
  if (trouble.code === LOCKED) return "locked";
  return trouble.isPassing ? "gone" : "refused";
}
