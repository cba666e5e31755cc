// The queue: what waits, and which process works on what. Of all processes that share the studio.

import { code, el, nothing } from "./dom.js";
import { clock, count, since } from "./format.js";

const KINDS = { generate: ["Films", "film"], compose: ["Compositions", "composition"] };

const STANDS_BACK = { // why a process takes up no film, by the word that its probe has for it
  files: "takes up no film: it cannot reach the place of files, or may not write there",
  disk: "takes up no film: its disk is full, or read-only",
};

export const work = {
  path: "work",
  moves: tensOfSeconds,
  draw(seen, id, more) {
    const known = Object.fromEntries(seen.videos.map((video) => [video.id, video.name]));
    const head = ["head", more.isDraining, () => el("header", { class: "head" }, el("h1", {}, "Work"),
      el("p", { class: "quiet" }, more.isDraining
        ? "This process is about to end: it takes no new work."
        : "What waits, and what is made now, by all servers and workers of this studio."))];
    const lanes = ["lanes", [more.lanes, tensOfSeconds()], () => el("ul", { class: "lanes" }, more.lanes.map(lane))];
    const processes = ["processes", [more.processes, known], () => more.processes.length
      ? el("section", {}, el("h2", {}, "Who works on what"),
        el("ul", { class: "processes" }, more.processes.map((one) => process(one, known))))
      : nothing("No server and no worker has said yet that it lives", "They show here within seconds.")];
    return { title: "Work", parts: [head, lanes, processes] };
  },
};

function lane(one) {
  const [title] = KINDS[one.kind];
  return el("li", { class: "lane", "data-waits": one.waiting > 0 },
    el("h2", {}, title),
    el("p", {}, el("b", {}, String(one.waiting)), " waiting, ", el("b", {}, String(one.inWork)), " in work"),
    el("p", { class: "quiet" }, one.oldest ? `the oldest waits since ${clock(one.oldest)}, for ${since(one.oldest)}` : ""),
    el("p", { class: "quiet" }, one.workers
      ? `${count(one.workers, "worker")} for them, ${one.idle} idle`
      : "no worker is there for them"),
    one.withoutWorker.map((told) => el("p", { class: "reason" }, told)));
}

function process(one, known) {
  const role = { server: "Server", worker: "Worker" }[one.role] ?? "Process";
  const kinds = one.makes.map((kind) => KINDS[kind][0].toLowerCase()).join(" and ");
  return el("li", {},
    el("h3", {}, `${role} `, code(`${one.host}/${one.pid}`), one.isHere ? " on this machine" : ""),
    el("p", { class: "quiet" }, one.jobs.length
      ? `${count(one.jobs.length, "job")} in work`
      : kinds ? `idle: takes ${kinds}` : "nothing in work",
    one.version ? `, version ${one.version}` : ""),
    one.standsBack ? el("p", { class: "reason" }, STANDS_BACK[one.standsBack] ?? "takes up no film") : null,
    el("ul", {}, one.jobs.map((job) => el("li", {},
      el("a", { href: `#videos/${job.videoId}`, dir: "auto" }, known[job.videoId] ?? job.videoId),
      ` ${KINDS[job.kind][1]}, since ${clock(job.startedAt)}`,
      job.attempt > 1 ? el("span", { class: "quiet" }, `, attempt ${job.attempt}`) : null))));
}

/** Return what changes each ten seconds, so that waiting times move. */
function tensOfSeconds() {
  return Math.floor(Date.now() / 1e4);
}
