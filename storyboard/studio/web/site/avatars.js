// The avatars in use, with their pictures.

import { cut, el, facts, nothing, code } from "./dom.js";
import { count } from "./format.js";
import { portrait } from "./studio.js";
import { grid } from "./videos.js";

export const avatars = {
  draw(seen) {
    const used = new Map();
    for (const video of seen.videos) {
      const speakers = [video.avatarId, ...video.scenes.map((scene) => scene.narration?.avatarId)];
      for (const id of new Set(speakers)) if (id) used.set(id, (used.get(id) ?? 0) + 1);
    }
    const head = ["head", seen.avatarCount, () => el("header", { class: "head" },
      el("h1", {}, "Avatars"), cut(seen.avatars.length, seen.avatarCount, "avatars"))];
    const sorted = [...seen.avatars].sort((a, b) => (used.get(b.id) ?? 0) - (used.get(a.id) ?? 0));
    const parts = sorted.map((one) =>
      [one.id, [one, used.get(one.id)], () => card(one, used.get(one.id) ?? 0)]);
    const empty = ["empty", null, () => nothing("No avatars yet",
      "An avatar is a presenter on a background. The 36 presenters:", "storyboard avatars")];
    const list = ["list", null, () => el("ul", { class: "cards" })];
    return { title: "Avatars", parts: [head, parts.length ? grid(list, parts) : empty] };
  },
};

function card(one, uses) {
  const image = el("img", { alt: `${one.templateId} on ${ground(one.background)}` });
  const frame = el("div", { class: "poster" }, image);
  portrait(one.id).then((source) => { image.src = source; }, () => {
    frame.replaceChildren(el("p", { class: "quiet" }, "its background is gone"));
  });
  return el("li", { class: "card" }, frame,
    el("div", { class: "body" },
      el("h2", { class: "name" }, one.templateId),
      el("p", { class: "quiet" }, uses ? `in ${count(uses, "video")}` : "in no video"),
      facts([["Background", ground(one.background)], ["Avatar", code(one.id)], ["User", one.userId]])));
}

function ground(background) {
  return background.color ?? background.id ?? background.entryId ?? background.type;
}
