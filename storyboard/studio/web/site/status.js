// What a video is doing, in a chip and in bars.

import { el } from "./dom.js";

const SAID = {
  "draft": "draft",
  "composing": "composing",
  "composed": "composed",
  "generating": "filming",
  "ready": "ready",
  "compose-error": "composing failed",
  "generate-error": "filming failed",
};

const SCENE = /(?<=^[\w-]+: )scene (\d+)(?=:)/;

/** Return a status in words. */
export function saying(status) {
  return SAID[status] ?? status;
}

/** Return the chip of a status. */
export function chip(status) {
  return el("span", { class: "chip", "data-status": status }, saying(status));
}

/** Return whether a video's work failed. */
export function failed(video) {
  return video.status.endsWith("-error");
}

/** Return why a video's work failed, its scenes counted from 1 as they are on the page. */
export function reason(video) {
  const said = video.reason ?? "no reason was noted";
  return said.replace(SCENE, (whole, number) => `scene ${Number(number) + 1}`);
}

/** Return which scene a failure names, from 0; null where it names none. */
export function culprit(video) {
  const found = failed(video) ? SCENE.exec(video.reason ?? "") : null;
  return found ? Number(found[1]) : null;
}

/** Return whether a video is worked on. */
export function working(video) {
  return video.status === "generating" || video.status === "composing";
}

/** Return a bar with its share in words, or one that only says that work goes on. */
export function bar(share, name) {
  const percent = share === null ? null : Math.floor(share * 100);
  return el("progress", { max: 100, value: percent, "aria-label": name }, `${percent ?? "…"} %`);
}

/** Return how far a video's job is: a bar, and words. */
export function progress(job) {
  const share = job?.stage ? job.progress : null;
  return [bar(share, "progress of the film"), el("p", { class: "quiet" }, doing(job))];
}

/** Return what a job does at the moment. */
function doing(job) {
  if (job === null || job.state === "queued") return "waiting for its turn";
  if (job.kind === "compose") return "scenes are written";
  const stages = {
    speech: "speech is made",
    frames: `${job.done} of ${job.total} frames`,
    joining: "scenes are joined",
  };
  return stages[job.stage] ?? "begins";
}
