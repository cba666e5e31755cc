/**
 * Whether a film can be made of a video, and what speaks against it. Knows no page.
 *
 * @typedef {{ code: string, scene?: number, seconds?: number, rate?: number, count?: number }} Reason
 * `scene` counts from 1; its words are `generate.reason.CODE` of the texts
 * @typedef {{ seconds: number, isMeasured: boolean }} Length
 * @typedef {{ seconds: number, rate?: number, isMissing?: boolean }} Clip
 */

import { isFailed } from "../statuses.js";
import { isFilmable, ratesOf } from "./conversion.js";
import { outcome, overrun } from "./ranges.js";

const STARTABLE = ["draft", "composed"];

/**
 * What makes `video/generate` fail, or be refused, as far as it is known beforehand.
 *
 * @param {object} video as the API has it
 * @param {{ limits: Record<string, number>, behavior: Record<string, string> }} facts
 * @param {{ lengths?: (Length | null)[], clips?: Record<string, Clip> }} [known]
 * @returns {Reason[]} none: nothing speaks against it
 */
export function reasons(video, facts, { lengths = [], clips = {} } = {}) {
  const ofStatus = statusReason(video.status, facts.behavior);
  if (ofStatus) return [{ code: ofStatus }];
  const scenes = video.scenes ?? [];
  const found = [];
  if (!video.avatarId) found.push({ code: "avatar" });
  if (!scenes.length) found.push({ code: "scenes" });
  scenes.forEach((scene, index) => {
    found.push(...sceneReasons(scene, lengths[index], clips, facts).map((each) => ({ ...each, scene: index + 1 })));
  });
  const sources = new Set(scenes.filter(showsClip).map(({ broll }) => broll.entryId));
  if (sources.size > facts.limits.sources) found.push({ code: "sources", count: facts.limits.sources });
  return found;
}

/**
 * @param {(Length | null)[]} lengths @param {number} [pause] seconds of silence that a scene of a film has around its speech
 * @returns {{ seconds: number, isMeasured: boolean }} how long the speech is, or the film with its pauses
 */
export function forecast(lengths, pause = 0) {
  const known = lengths.filter(Boolean);
  return {
    seconds: known.reduce((sum, { seconds }) => sum + seconds + pause, 0),
    isMeasured: known.length > 0 && known.length === lengths.length && known.every(({ isMeasured }) => isMeasured),
  };
}

function statusReason(status, behavior) {
  if (STARTABLE.includes(status)) return null;
  if (status === "ready") return behavior.generate_from_ready === "true" ? null : "ready";
  return isFailed({ status }) ? "error" : status;
}

function sceneReasons(scene, length, clips, { behavior, limits }) {
  const found = [];
  if (!scene.narration?.text?.trim()) found.push({ code: "narration" });
  else if (length?.isMeasured && length.seconds < limits.speechSeconds) {
    found.push({ code: "short", seconds: limits.speechSeconds });
  }
  if (scene.layoutType !== "broll") return found;
  if (!scene.broll?.entryId) return [...found, { code: "clip" }];
  if (scene.broll.type === "slide") return found; // it has neither a rate nor an end
  const clip = clips[scene.broll.entryId];
  if (!clip) return found;
  if (clip.isMissing) return [...found, { code: "missing" }];
  const { startTime } = scene.broll;
  const rates = ratesOf(behavior.broll_frame_rates);
  if (!isFilmable(clip.rate, rates)) found.push({ code: "rate", rate: clip.rate });
  const isOver = length && outcome(startTime, length.seconds, clip.seconds, behavior.broll_overrun) === "fail";
  if (isOver && length.isMeasured) {
    found.push({ code: "overrun", seconds: overrun(startTime, length.seconds, clip.seconds) });
  }
  return found;
}

function showsClip({ layoutType, broll }) {
  return layoutType === "broll" && Boolean(broll?.entryId) && broll.type !== "slide";
}
