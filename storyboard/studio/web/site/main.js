// The page: which view is shown, and how it stays true while it is looked at.

import { avatars } from "./avatars.js";
import { contract } from "./contract.js";
import { el, keep } from "./dom.js";
import { locked, refuse } from "./locked.js";
import { media } from "./media.js";
import { requests } from "./requests.js";
import { ask, Gone, Locked, takeKey } from "./studio.js";
import { video } from "./video.js";
import { videos } from "./videos.js";
import { work } from "./work.js";

const QUICK = 1000;
const CALM = 3000;
/** A view that `moves` is drawn again as that changes, though the studio told nothing new. */
const VIEWS = { videos, video, avatars, media, work, requests, contract };
const main = document.getElementById("main");
const nav = document.getElementById("nav");
const state = document.getElementById("state");

let shown = null;
let told = "";
let timer = 0;
let turn = 0;

function place() {
  const [name, id = ""] = location.hash.slice(1).split("/");
  const view = name === "videos" && id ? "video" : name;
  return { name: view in VIEWS ? view : "videos", tab: name in VIEWS ? name : "videos", id };
}

async function look() {
  const mine = ++turn;
  clearTimeout(timer);
  try {
    const { name, tab, id } = place();
    const seen = await ask(name === "video" ? `overview?video=${id}` : "overview");
    const more = VIEWS[name].path ? await ask(VIEWS[name].path) : null;
    if (mine !== turn) return;
    show(name, tab, id, seen, more);
    say("live", "live");
    next(seen.videos.some((one) => isOpen(one.job)) ? QUICK : CALM);
  } catch (trouble) {
    if (mine !== turn) return;
    fail(trouble);
  }
}

function fail(trouble) {
  if (trouble instanceof Locked) {
    const open = main.querySelector(".locked");
    if (open) return refuse(open);
    nav.hidden = true;
    [shown, told] = [null, ""];
    say("locked", "locked");
    main.replaceChildren(locked(look));
  } else if (trouble instanceof Gone) {
    say("gone", "the studio does not answer; trying again");
    next(CALM);
  } else {
    say("gone", `the studio refused: ${trouble.message}`);
    next(CALM);
    throw trouble;
  }
}

function show(name, tab, id, seen, more) {
  nav.hidden = false;
  count(seen);
  const here = `${name}/${id}`;
  const now = JSON.stringify([here, seen, more, VIEWS[name].moves?.()]);
  if (now === told) return;
  told = now;
  for (const link of nav.children) {
    const current = link.hash === `#${tab}`;
    if (current) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  const { title, parts } = VIEWS[name].draw(seen, id, more);
  document.title = `${title} · local studio`;
  if (shown !== here) {
    const first = shown === null;
    shown = here;
    main.replaceChildren(el("div", { class: `view ${name}` }));
    window.scrollTo(0, 0);
    if (!first) main.focus({ preventScroll: true });
  }
  keep(main.firstElementChild, parts);
}

function count(seen) {
  for (const place of nav.querySelectorAll("[data-count]")) {
    const number = seen[`${place.dataset.count.replace(/s$/, "")}Count`];
    if (place.textContent !== String(number)) place.textContent = String(number);
  }
}

function say(kind, text) {
  if (state.textContent !== text) state.textContent = text;
  state.dataset.kind = kind;
}

function isOpen(job) {
  return job !== null && (job.state === "queued" || job.state === "leased");
}

function next(delay) {
  if (!document.hidden) timer = setTimeout(look, delay);
}

/** Where the page is, or was to lead before it was told a key. */
let wanted = "#videos";

function enter() {
  takeKey(wanted);
  wanted = location.hash;
}

enter();
addEventListener("hashchange", () => {
  if (location.hash === "#main") return main.focus();
  enter();
  look();
});
document.addEventListener("visibilitychange", () => {
  if (!document.hidden) look();
});
look();
