// The runtime `studio`: checks the settings, mounts the studio in a frame, speaks with it.
// The page's functions stay here; the KS goes to frames of the studio's own origin alone.

import { faults, isWeb, plain, remark } from "./settings.js";

const HOST_EVENT = "unisphere.event.module.vod-avatars.message-host-app";
const SERVICE = "unisphere.service.";
const LEAST_HEIGHT = "480px"; // of a target that has no height of its own
const OVERLAY = 1000;
const FLUSH_MS = 30_000; // a studio that is slow still gets what was typed
const HELLO_MS = 15_000;

/** Return the runtime, or null for settings that it refuses: the page and its console say why. */
export function create(context) {
  const { widgetName, runtimeName, session, visuals } = context;
  const settings = { ...context.settings };
  settings.ks ??= session.getData()?.ks;
  const wrong = faults(settings);
  if (wrong.length === 0) return new Studio(context, settings).face;
  const text = `Validation of the settings of ${widgetName} / ${runtimeName} failed: ${wrong.join("; ")}`;
  console.warn(`[Unisphere] ${text}`);
  for (const { target } of visuals) {
    const place = placeOf(target, context.ui)?.place;
    if (place) explain(place, text);
  }
  return null;
}

class Studio {
  #context;
  #settings;
  #ks;
  #sessionKs;
  #visuals = new Map();
  #last = 0;
  #status = "loaded";
  #offs;

  constructor(context, settings) {
    const { session, getService } = context;
    const [pubSub, theme, user] = ["pub-sub", "theme", "user-settings"].map((name) =>
      getService(SERVICE + name));
    this.#context = context;
    this.#settings = settings;
    this.#ks = settings.ks;
    this.#sessionKs = session.getData()?.ks;
    this.#offs = [
      session.subscribe((data) => this.#renew(data?.ks)),
      theme.onThemeChanged(() => this.#tellAll({ studio: "theme", theme: this.#theme() })),
      user.onLanguageChanged((language) => this.#tellAll({ studio: "language", language })),
      pubSub.onSubscribersChanged(() => this.#tellSettings()),
    ];
    remark(settings, context.home);
  }

  get face() {
    const studio = this;
    const { widgetName, runtimeName } = this.#context;
    return {
      widgetName,
      runtimeName,
      get status() {
        return studio.#status;
      },
      updateSettings: (partial) => studio.#update(partial),
      mountVisual: async (visual) => studio.#mount(visual),
      unmountVisual: (id) => studio.#unmount(id),
      kill: () => studio.#kill(),
    };
  }

  #update(partial = {}) {
    const settings = { ...this.#settings, ...partial };
    const wrong = faults(settings);
    if (wrong.length > 0) {
      console.warn(`[Unisphere] Validation of new settings failed, the old ones stay: ${wrong.join("; ")}`);
      return;
    }
    this.#settings = settings;
    remark(partial, this.#context.home);
    this.#tellSettings();
    if (partial.ks) this.#use(partial.ks);
  }

  /** A session that changed is newer than the settings; one that was set again is not. */
  #renew(ks) {
    if (!ks || typeof ks !== "string" || ks === this.#sessionKs) return;
    this.#sessionKs = ks;
    this.#use(ks);
  }

  #use(ks) {
    if (ks === this.#ks) return;
    this.#ks = ks;
    this.#tellAll({ studio: "ks", ks });
  }

  #plain() {
    return { ...plain(this.#settings), canClose: this.#pubSub().isHeard(HOST_EVENT) };
  }

  #pubSub() {
    return this.#context.getService(`${SERVICE}pub-sub`);
  }

  #theme() {
    const theme = this.#context.getService(`${SERVICE}theme`).getTheme();
    const mode = theme?.mode ?? theme;
    return mode === "dark" || mode === "light" ? mode : "";
  }

  #mount({ type, target }) {
    if (this.#status !== "loaded") return null;
    if (type !== "page") {
      console.warn(`[Unisphere] visuals of type '${type}' are not emulated: use 'page'`);
      return null;
    }
    const found = placeOf(target, this.#context.ui);
    if (!found) {
      console.error("[Unisphere] the target of a visual is not in the page:", target);
      return null;
    }
    const { place, isOurs } = found;
    const { home } = this.#context;
    const frame = document.createElement("iframe");
    Object.assign(frame, { title: "VOD Avatar Studio", allow: "autoplay; fullscreen; clipboard-write" });
    Object.assign(frame.style, { border: "0", width: "100%", height: "100%", display: "block" });
    place.replaceChildren();
    if (place.clientHeight === 0) frame.style.minHeight = LEAST_HEIGHT;
    const visual = { frame, place, isOurs, port: null };
    visual.hear = (event) => {
      const isHello = event.data?.studio === "hello" && event.origin === home;
      if (isHello && event.source === frame.contentWindow) this.#open(visual);
    };
    visual.late = setTimeout(
      () => console.error(`[Unisphere] the frame of ${home} does not start: may this page frame it?`),
      HELLO_MS,
    );
    addEventListener("message", visual.hear);
    frame.src = `${home}/v1/studio/`;
    place.append(frame);
    const id = `visual-${++this.#last}`;
    this.#visuals.set(id, visual);
    return id;
  }

  /** Hand the frame its port, once a document of it; whatever it was, none but the studio gets it. */
  #open(visual) {
    clearTimeout(visual.late);
    visual.port?.close();
    const { port1, port2 } = new MessageChannel();
    visual.port = port1;
    port1.onmessage = ({ data }) => this.#answer(port1, data);
    const first = {
      studio: "open",
      version: this.#context.version,
      settings: this.#plain(),
      ks: this.#ks,
      theme: this.#theme(),
      language: this.#context.getService(`${SERVICE}user-settings`).getLanguage(),
    };
    visual.frame.contentWindow.postMessage(first, this.#context.home, [port2]);
  }

  /** Heed a document of a frame; replies go to it, and to none that came after it. */
  #answer(port, { studio, id, entryId, text, wrong }) {
    const { entryLink, handleShare } = this.#settings;
    const reply = (value) => port.postMessage({ studio: `${studio}:reply`, id, value });
    if (studio === "entryLink") reply(webAddress(called(entryLink, entryId)));
    else if (studio === "share") void settled(called(handleShare, entryId)).then((value) => reply(value !== FAILED));
    else if (studio === "ks-expired") {
      const what = wrong ? `${this.#context.home} does not accept the session (${wrong})` : "the session has ended";
      console.warn(`[Unisphere] ${what}: give a new KS by workspace.session.setData`);
    } else if (studio === "event") {
      const payload = { action: "closeVodStudio" };
      this.#pubSub().emit({ id: HOST_EVENT, version: "1.0.0", payload });
    } else if (studio === "warn") console.warn(`[Unisphere] ${text}`);
  }

  #tellSettings() {
    this.#tellAll({ studio: "settings", settings: this.#plain() });
  }

  #tellAll(message) {
    for (const { port } of this.#visuals.values()) port?.postMessage(message);
  }

  #unmount(id) {
    const visual = this.#visuals.get(id);
    if (!visual) return;
    this.#visuals.delete(id);
    removeEventListener("message", visual.hear);
    clearTimeout(visual.late);
    return retire(visual);
  }

  /** Resolves once all that was typed is saved. */
  async #kill() {
    if (this.#status !== "loaded") return;
    this.#status = "skipped";
    for (const off of this.#offs) off();
    const retired = [...this.#visuals.keys()].map((id) => this.#unmount(id));
    this.#ks = this.#sessionKs = "";
    this.#settings = {};
    await Promise.all(retired);
  }
}

/**
 * Take a visual out of sight at once, and out of the page once it saved what was typed. Meanwhile it is
 * hidden: at the end of the page, or in its place where the browser cannot move a frame as it is.
 */
function retire({ frame, place, isOurs, port }) {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(patience);
      port?.close();
      frame.remove();
      if (isOurs) place.remove();
      resolve();
    };
    const patience = setTimeout(end, FLUSH_MS);
    if (!port || !frame.isConnected) return end();
    frame.style.display = "none";
    if (isOurs) place.style.display = "none";
    document.body.moveBefore?.(frame, null);
    port.onmessage = ({ data }) => data.studio === "killed" && end();
    port.postMessage({ studio: "kill" });
  });
}

const FAILED = Symbol("failed");

function called(act, entryId) {
  try {
    return act?.(entryId);
  } catch (trouble) {
    return failed(trouble);
  }
}

/** Resolve with what a function of the page promised, or `FAILED`: many of them copy or send. */
function settled(promised) {
  return Promise.resolve(promised).catch(failed);
}

function failed(trouble) {
  console.error("[Unisphere] a function of the page failed", trouble);
  return FAILED;
}

/** Return a result of `entryLink` where it is an address to be opened, else null. */
function webAddress(result) {
  if (typeof result !== "string" || !URL.canParse(result, document.baseURI)) return null;
  const { href } = new URL(result, document.baseURI);
  return isWeb(href) ? href : null;
}

function placeOf(target, ui) {
  if (target?.target === "body") {
    const place = document.createElement("div");
    const zIndex = String(ui.bodyContainer?.zIndex ?? OVERLAY);
    Object.assign(place.style, { position: "fixed", inset: "0", zIndex });
    return { place: document.body.appendChild(place), isOurs: true };
  }
  const name = target?.elementId ?? target;
  if (typeof name !== "string") return null;
  const place = document.getElementById(name) ?? selected(name);
  return place && { place, isOurs: false };
}

function selected(selector) {
  try {
    return document.querySelector(selector);
  } catch {
    return null;
  }
}

function explain(place, text) {
  const words = document.createElement("p");
  words.setAttribute("role", "alert");
  Object.assign(words.style, { font: "1rem/1.5 system-ui, sans-serif", padding: "0 1rem" });
  words.textContent = `The studio was not started. ${text}`;
  place.replaceChildren(words);
}
