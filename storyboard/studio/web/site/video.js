// One video: its film, why it failed, its scenes.

import { code, el, facts, nothing, renew, words } from "./dom.js";
import { length, moment, size } from "./format.js";
import { filmPath, stillPath } from "./media_paths.js";
import { bar, chip, culprit, failed, progress, reason, working } from "./status.js";
import { captionText } from "./studio.js";

export const video = {
  draw(seen, id) {
    const one = seen.videos.find((known) => encodeURIComponent(known.id) === id);
    const back = ["back", null, () => el("p", {}, el("a", { href: "#videos" }, "← all videos"))];
    if (!one) {
      const gone = () => nothing("No such video", "It was deleted, or another studio has it.");
      return { title: "No such video", parts: [back, ["gone", null, gone]] };
    }
    const parts = [
      back,
      ["head", [one.name, one.status], () => head(one, seen.userId)],
      ["trouble", [one.status, one.reason], () => trouble(one)],
      ["work", [one.status, one.job], () => work(one)],
      ["film", [one.film, one.status === "ready"], () => film(seen.partnerId, one)],
      ["scenes", [one.scenes, working(one) ? one.job?.scenes : null, culprit(one), seen.avatars],
        (old) => renew(old, [one.scenes, culprit(one), working(one), seen.avatars],
          () => scenes(one, seen), (made) => advance(made, one))],
      ["facts", one, () => about(one, seen)],
    ];
    return { title: one.name.slice(0, 80), parts };
  },
};

/** The name, and the way to the page that edits it: that page has the videos of one user. */
function head(one, editor) {
  return el("header", { class: "head" }, words(one.name, "h1"), chip(one.status),
    one.userId === editor ? el("a", { class: "edit", href: `/studio/#video/${encodeURIComponent(one.id)}` }, "edit") : null);
}

function trouble(one) {
  if (!failed(one)) return el("div", { hidden: true });
  return el("section", { class: "trouble", "aria-label": "why it failed" },
    words(reason(one), "p"),
    el("p", { class: "quiet" }, "The API itself tells no reason; it is noted by this studio alone."));
}

function work(one) {
  if (!working(one)) return el("div", { hidden: true });
  return el("section", { class: "work", "aria-label": "work" }, progress(one.job));
}

function film(partner, one) {
  if (!one.film) return el("div", { hidden: true });
  const player = el("video", {
    controls: true, preload: "metadata", playsinline: true,
    src: filmPath(partner, one.film.id), poster: stillPath(partner, one.film.id, { width: 1280 }),
  });
  const missing = el("span", { hidden: true }, "its captions could not be loaded");
  subtitle(player, one.film.captions).catch(() => { missing.hidden = false; });
  const link = filmPath(partner, one.film.id, "download");
  return el("section", { class: "film", "aria-label": "film" }, player,
    el("p", { class: "quiet line" },
      `${length(one.film.seconds)}, ${one.film.width} × ${one.film.height}, ${size(one.film.size)}`,
      el("a", { href: link, download: true }, "save the film"),
      missing, one.status === "ready" ? null : el("span", {}, "the film of before: what is here may differ")));
}

async function subtitle(player, assets) {
  for (const asset of assets) {
    const text = await captionText(asset.id);
    player.append(el("track", {
      kind: asset.isChapters ? "chapters" : "captions",
      label: asset.language,
      default: !asset.isChapters,
      src: URL.createObjectURL(new Blob([text], { type: "text/vtt" })),
    }));
  }
}

function scenes(one, seen) {
  return el("section", { class: "scenes" }, el("h2", {}, "Scenes"),
    one.scenes.length
      ? el("ol", {}, one.scenes.map((scene, index) => row(one, scene, index, seen)))
      : el("p", { class: "quiet" }, one.composeParams ? "The studio has yet to write them." : "None yet."));
}

function row(one, scene, index, seen) {
  const speaker = seen.avatars.find((known) => known.id === scene.narration?.avatarId);
  const clip = scene.broll;
  return el("li", { "data-failed": culprit(one) === index },
    el("span", { class: "number", "aria-hidden": true }, String(index + 1)),
    el("div", {},
      words(scene.narration?.text ?? "", "p", { class: "narration" }),
      el("p", { class: "quiet line" },
        el("span", {}, scene.layoutType ?? "full-screen"),
        clip ? el("span", {}, "over ", code(clip.entryId), ` from ${length(clip.startTime ?? 0)}`) : null,
        speaker ? el("span", {}, `spoken by ${speaker.templateId}`) : null),
      working(one) ? bar(0, `progress of scene ${index + 1}`) : null));
}

function advance(made, one) {
  const bars = made.querySelectorAll("progress");
  (one.job?.scenes ?? []).forEach(({ done, total }, index) => {
    if (bars[index]) bars[index].value = total ? Math.floor((done / total) * 100) : 0;
  });
}

function about(one, seen) {
  const avatar = seen.avatars.find((known) => known.id === one.avatarId);
  return el("section", { class: "about" }, el("h2", {}, "About"), facts([
    ["Presenter", avatar ? avatar.templateId : one.avatarId],
    ["User", one.userId],
    ["Video", code(one.id)],
    ["Entry", one.film ? code(one.film.id) : null],
    ["Composed from", one.composeParams ? (one.composeParams.entryIds ?? []).join(", ") : null],
    ["Added", moment(one.createdAt)],
    ["Changed", moment(one.updatedAt)],
  ]));
}
