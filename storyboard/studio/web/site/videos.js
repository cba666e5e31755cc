// All videos as cards, what is in work first.

import { cut, el, keep, nothing, picture, renew, words } from "./dom.js";
import { count, length, moment } from "./format.js";
import { stillPath } from "./media_paths.js";
import { createSift } from "./sift.js";
import { chip, failed, progress, reason, saying, working } from "./status.js";
import { portrait } from "./studio.js";

const sift = createSift("ul.cards > li", "videos", "name, user, failed, …");

export const videos = {
  draw(seen) {
    const head = ["head", seen.videoCount > 0, () => el("header", { class: "head" },
      el("h1", {}, "Videos"), seen.videoCount ? sift.field() : null)];
    const counts = [seen.videos.length, seen.videoCount];
    const note = ["note", counts, () => cut(...counts, "videos") ?? el("p", { hidden: true })];
    const sorted = [...seen.videos.filter(working), ...seen.videos.filter((one) => !working(one))];
    const parts = sorted.map((one) => [one.id, one, (old) =>
      renew(old, { ...one, job: null }, () => card(seen.partnerId, one), (made) => work(made, one))]);
    const list = ["list", null, () => el("ul", { class: "cards" })];
    sift.soon();
    const empty = ["empty", null, () => nothing("No videos yet",
      "Videos appear here as soon as something adds them, and their films when they are made.",
      "storyboard init my-project\nstoryboard -C my-project apply")];
    return { title: "Videos", parts: [head, note, parts.length ? grid(list, parts) : empty] };
  },
};

/** Keep the cards of a list that itself is kept. */
export function grid([key, , build], parts) {
  return [key, parts.map(([part, value]) => [part, value]), () => {
    const list = document.querySelector("ul.cards") ?? build();
    keep(list, parts);
    return list;
  }];
}

function card(partner, video) {
  return el("li", { class: "card", "data-searched": searched(video) },
    el("a", { href: `#videos/${encodeURIComponent(video.id)}` },
      poster(partner, video),
      el("div", { class: "body" },
        words(video.name, "h2", { class: "name" }),
        el("p", { class: "line" }, chip(video.status), el("span", { class: "quiet" }, about(video))),
        el("p", { class: "owner quiet" }, words(video.userId)),
        el("div", { class: "work", hidden: !working(video) }),
        failed(video) && video.reason ? words(reason(video), "p", { class: "reason" }) : null)));
}

/** Return what a video is found by. */
function searched(video) {
  return [video.name, video.userId, saying(video.status), video.status, video.reason ?? "", video.id].join(" ");
}

function about(video) {
  const scenes = count(video.scenes.length, "scene");
  return `${scenes}, ${moment(video.updatedAt)}`;
}

function work(made, video) {
  if (working(video)) made.querySelector(".work").replaceChildren(...progress(video.job));
}

/** Return a video's picture: a still of its film, or its presenter. */
function poster(partner, video) {
  const frame = el("div", { class: "poster" });
  if (video.film) {
    frame.append(
      picture({ src: stillPath(partner, video.film.id, { width: 640 }), loading: "lazy" }),
      el("span", { class: "length" }, length(video.film.seconds)));
  } else if (video.avatarId) {
    const image = picture({ class: "coming" });
    portrait(video.avatarId).then((source) => { image.src = source; }, () => image.remove());
    frame.append(image);
  }
  return frame;
}
