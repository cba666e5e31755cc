// What was uploaded: clips, pictures, sound, documents.

import { code, cut, el, facts, nothing, picture, words } from "./dom.js";
import { length, moment, size } from "./format.js";
import { filmPath, stillPath } from "./media_paths.js";
import { grid } from "./videos.js";

export const media = {
  draw(seen) {
    const head = ["head", seen.mediaCount, () => el("header", { class: "head" },
      el("h1", {}, "Media"), cut(seen.media.length, seen.mediaCount, "media"))];
    const parts = seen.media.map((one) => [one.id, one, () => card(seen.partnerId, one)]);
    const empty = ["empty", null, () => nothing("No media yet",
      "Clips, pictures and documents that videos are made of.", "storyboard studio media add clip.mp4")];
    const list = ["list", null, () => el("ul", { class: "cards" })];
    return { title: "Media", parts: [head, parts.length ? grid(list, parts) : empty] };
  },
};

function card(partner, one) {
  const languages = one.captions.map((asset) => asset.language).join(", ");
  return el("li", { class: "card" }, el("div", { class: "poster" }, preview(partner, one)),
    el("div", { class: "body" },
      words(one.name || one.id, "h2", { class: "name" }),
      facts([
        ["Kind", one.kind],
        ["Entry", code(one.id)],
        ["Length", one.seconds ? length(one.seconds) : null],
        ["Picture", one.width ? `${one.width} × ${one.height}` : null],
        ["Frames", one.kind === "video" ? `${Number(one.fps.toFixed(2))} a second` : null],
        ["Size", size(one.size)],
        ["Captions", languages],
        ["User", one.userId],
        ["Added", moment(one.createdAt)],
      ]),
      el("p", {}, el("a", { href: filmPath(partner, one.id, "download"), download: true }, "save"))));
}

function preview(partner, one) {
  const source = filmPath(partner, one.id);
  if (one.kind === "image") return picture({ src: source, loading: "lazy" });
  if (one.kind === "audio") return el("audio", { controls: true, preload: "none", src: source });
  if (one.kind !== "video") return el("p", { class: "sheet" }, one.kind);
  const second = Math.floor(Math.min(1, one.seconds / 2));
  const shown = stillPath(partner, one.id, { second, width: 640 });
  return el("video", { controls: true, preload: "none", playsinline: true, src: source, poster: shown });
}
