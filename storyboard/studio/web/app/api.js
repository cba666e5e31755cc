// The API client: POST of JSON to the own origin. Owns what happens when a session ends or the
// studio is gone: calls wait and are sent again; nothing is lost and nothing is done twice.

import { signal } from "../vendor/preact-htm-signals.js";
import { door } from "./door.js";
import { isNext, newest } from "./generations.js";
import { t } from "./texts.js";

/**
 * Whether calls get through: "open", "ended" (the session has), "refused" (no session of the page was
 * one), "gone" (the studio is).
 */
export const connection = signal("open");

/** A refusal of the API, by its code (guide §12). */
export class ApiError extends Error {
  /** @param {string} code @param {string} message @param {number} status of HTTP */
  constructor(code, message, status) {
    super(message || code);
    this.code = code;
    this.status = status;
  }

  /** The studio is at fault, or has too much to do: the same call may be taken in a while. */
  get isPassing() {
    return this.status === 429 || this.status >= 500;
  }
}

/** The studio did not answer, and whether the call was carried out is not known. */
export class Gone extends Error {}

/** The refusal of a video that is not there, or not any more. */
export const NO_VIDEO = "VIDEO_NOT_FOUND";

const ENDED = new Set(["INVALID_KS", "EXPIRED_KS", "MISSING_KS"]);
const REPEATABLE = /\/(list|get|preview|searchEntry|previewAudio|checkConfiguration)$/;
const MAY_BE_EMPTY = /\/delete$/;
const IS_TEXT = /\/serve$/; // the answer is a file of captions
const IS_MEDIUM = /^(image|audio)\//;
/** What takes its time: a picture is drawn, a text spoken, a file sent and looked at. */
const IS_SLOW = /\/(preview|previewAudio|upload|addContent)$/;

/** Milliseconds after which a studio that is silent counts as gone: a call that never ends never fails. */
const PATIENCE = 30_000;
const LONG_PATIENCE = 600_000;
const SHORTEST = 1_000;
const LONGEST = 10_000;
const OUTLIVES = 60_000; // bytes: browsers let 64 kB of requests outlive their page, whoever sends them

/**
 * Call `avatar/*` or `video/*` by the guide's words, whatever generation the studio has; return the reply, parsed, or a blob where it is picture or sound.
 * A read waits for a studio that is gone; a write rejects with `Gone`, for it may have been carried
 * out. `repeat` says otherwise.
 * @param {string} action such as "video/update"
 * @param {object} [body]
 * @param {{signal?: AbortSignal, repeat?: boolean}} [options]
 */
export function call(action, body = {}, options = {}) {
  const differs = isNext && NEWEST[action];
  return differs ? differs(body, options) : act(`/api/v1/${action}`, body, options);
}

function act(path, body, options) {
  return sent((ks, stop) => request(path, body, { Authorization: `Bearer ${ks}` }, stop), path, options);
}

const NEWEST = newest({
  api: (action, body, options) => act(`/api/v1/${action}`, body, options),
  catalog: (action, body, options) => act(`/catalog/v1/${action}`, body, options),
  picture: (url, options) => sent((_, stop) => fetched(url, {}, stop), url, { ...options, repeat: true }),
});

/** Call a v3 service, such as `service("media", "list", {filter: {…}})`; else as `call`. */
export function service(name, action, body = {}, options = {}) {
  const path = `/api_v3/service/${name}/action/${action}`;
  return sent((ks, stop) => request(path, { ...body, ks, format: 1 }, {}, stop), path, options);
}

/**
 * Ask one of the studio's own routes, for what the API does not tell; without a body by GET. They only
 * read, so it waits for a studio that is gone.
 */
export function own(path, body, options = {}) {
  const attempt = (ks, stop) => request(`/v1/studio/${path}`, body, { Authorization: `Bearer ${ks}` }, stop);
  return sent(attempt, path, { repeat: true, ...options });
}

/** Ask for a session by a key; else as `own`, but once. */
export function sessionOf(key) {
  return fetched("/__studio/user-session", { method: "POST", headers: { Authorization: `Bearer ${key}` } });
}

/** Exchange an app token for a session of its user, as any client does; rejects as `own`, but once. */
export async function sessionOfToken({ partnerId, id, token }) {
  const start = (name, action, body) =>
    fetched(`/api_v3/service/${name}/action/${action}`, withJson({ ...body, format: 1 }, {}, false));
  const { ks } = await start("session", "startWidgetSession", { widgetId: `_${partnerId}` });
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(ks + token));
  const tokenHash = Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
  return start("appToken", "startSession", { ks, id, tokenHash });
}

/**
 * Send a write as the page or a view goes away, with the session that is there; resolves whatever comes of
 * it. An interface that is being ended tries until it is gone itself.
 */
export async function sendLast(action, body) {
  const path = `/api/v1/${action}`;
  const headers = { Authorization: `Bearer ${door.ks.peek()}` };
  const given = marked(path, { ...withJson(body, headers, true), credentials: "omit" });
  for (;;) {
    const isOut = await fetch(path, given).then(() => true, () => false);
    if (isOut || !door.isLeaving()) return;
    await new Promise((resolve) => setTimeout(resolve, SHORTEST));
  }
}

/** Return whether a body is so small that its request would outlive the page. */
export function outlives(body) {
  return isShort(JSON.stringify(body));
}

/**
 * Send a file, or a part of one, to a v3 service as a form; else as `call`.
 * @param {string} name @param {string} action @param {Record<string, string>} fields
 * @param {{part: Blob, fileName: string}} file
 * @param {{signal?: AbortSignal}} [options]
 */
export function sendFile(name, action, fields, { part, fileName }, options = {}) {
  const path = `/api_v3/service/${name}/action/${action}`;
  const attempt = (ks, stop) => {
    const form = new FormData();
    // The session stands before the file: without one a file is taken for a small one.
    for (const [field, value] of Object.entries({ ks, format: "1", ...fields })) form.append(field, value);
    form.append("fileData", part, fileName);
    return fetched(path, { method: "POST", body: form }, stop);
  };
  return sent(attempt, path, options);
}

/** Whether a session of this page was good once: what is refused later has ended. */
let wasOpen = false;

/** How the session stands, which a studio that goes and comes back does not change. */
let standing = connection.peek();

function stand(now) {
  standing = now;
  connection.value = now;
}

/** The session that was refused last: what it was still answered says nothing of now. */
let refusedKs = "";

/**
 * Carry out `attempt(ks)`, and once more with each new session after the API refused the last one. The
 * own page makes sessions by itself, so that there one new session is all that is tried.
 * For what `fetch` cannot do, such as an upload that tells how far it is.
 * @template T @param {(ks: string) => Promise<T>} attempt rejects with `ApiError`
 * @param {AbortSignal} [stop] @returns {Promise<T>}
 */
export async function withSession(attempt, stop) {
  for (let refused = 1; ; refused += 1) {
    const ks = door.ks.peek() || (await unlessStopped(door.renewed(""), stop));
    try {
      const done = await attempt(ks);
      if (ks !== refusedKs) stand("open"); // else it was asked before the session ended
      wasOpen = true;
      return done;
    } catch (refusal) {
      if (!(refusal instanceof ApiError && ENDED.has(refusal.code))) throw refusal;
      refusedKs = ks;
      const isWrong = !wasOpen && refusal.code !== "EXPIRED_KS";
      if (door.isEmbedded) stand(isWrong ? "refused" : "ended");
      else if (refused > 1) throw refusal;
      await unlessStopped(door.renewed(ks, isWrong ? refusal.code : ""), stop);
    }
  }
}

/** Return the refusal that a parsed reply is, or null: it may come with status 200. */
function refusalIn(told, status) {
  return told?.objectType === "KalturaAPIException" || (told?.code && told?.message && !told.id)
    ? new ApiError(told.code, told.message, status)
    : null;
}

async function sent(attempt, path, { signal: stop, repeat = REPEATABLE.test(path) }) {
  for (;;) {
    try {
      return await withSession((ks) => attempt(ks, stop), stop);
    } catch (trouble) {
      if (!(trouble instanceof Gone)) throw trouble;
      const back = isBack();
      if (!repeat) throw trouble;
      await unlessStopped(back, stop);
    }
  }
}

/** Return what `fetch` takes; a request that is `isLast` outlives its page, as long as it is small. */
function withJson(body, headers, isLast = door.isLeaving()) {
  const text = JSON.stringify(body);
  return {
    method: "POST",
    headers: { "Content-Type": "application/json", ...headers },
    body: text,
    keepalive: isLast && isShort(text),
  };
}

/** Count bytes only where the length does not tell: a character has one to three of them. */
function isShort(text) {
  if (text.length > OUTLIVES) return false;
  return 3 * text.length <= OUTLIVES || new Blob([text]).size <= OUTLIVES;
}

/** Ask by POST of a body, or by GET where there is none. */
function request(path, body, headers, stop) {
  return fetched(path, body === undefined ? { headers } : withJson(body, headers), stop);
}

/**
 * Mark a write: a browser sends a POST again by itself where a connection breaks without an answer, and
 * the studio carries out once what comes twice under one mark.
 */
function marked(path, given) {
  if (given.method !== "POST" || REPEATABLE.test(path)) return given;
  const mark = Array.from(crypto.getRandomValues(new Uint32Array(4)), (part) => part.toString(36)).join("-");
  return { ...given, headers: { ...given.headers, "Idempotency-Key": mark } };
}

async function fetched(path, given, stop) {
  const late = AbortSignal.timeout(IS_SLOW.test(path) ? LONG_PATIENCE : PATIENCE);
  const signal = stop ? AbortSignal.any([stop, late]) : late;
  try {
    const asked = { ...given, cache: "no-store", credentials: "omit", signal };
    const reply = await fetch(path, marked(path, asked));
    return await read(reply, path);
  } catch (cause) {
    if (stop?.aborted || cause instanceof ApiError) throw cause;
    throw new Gone(t("shell.noAnswer"), { cause });
  }
}

/** Return what a reply says. What the studio never says, such as the page of a proxy, is no answer of it. */
async function read(reply, path) {
  const kind = reply.headers.get("content-type") ?? "";
  const isJson = kind.startsWith("application/json");
  const isFile = IS_MEDIUM.test(kind) || (IS_TEXT.test(path) && !isJson && !kind.startsWith("text/html"));
  if (reply.ok && isFile) return reply.blob();
  const text = await reply.text();
  if (!text && reply.ok && MAY_BE_EMPTY.test(path)) return null;
  if (!reply.ok && !isJson) {
    const words = kind.startsWith("text/plain") && text.trim();
    throw failed(reply, words);
  }
  const told = JSON.parse(text);
  const refusal = refusalIn(told, reply.status);
  if (refusal) throw refusal;
  if (!reply.ok) throw failed(reply);
  if (told === null && !MAY_BE_EMPTY.test(path)) throw new Error("an answer says nothing");
  return told;
}

function failed({ status }, words) {
  return new ApiError(`HTTP_${status}`, words || t("shell.status", { status: String(status) }), status);
}

let asking = null;
let looking = null;

async function isThere() {
  const signal = AbortSignal.timeout(PATIENCE);
  const reply = await fetch("/__studio/health", { cache: "no-store", signal }).catch(() => null);
  return Boolean(reply?.ok);
}

/** Find out whether the studio is gone, where something else than a call had no answer: one question at a time. */
export function whetherThere() {
  if (connection.peek() === "gone") return Promise.resolve();
  looking ??= isThere().then((there) => void (there || isBack())).finally(() => {
    looking = null;
  });
  return looking;
}

/** Resolve once the studio answers again: asked after 1 s, then less often, up to each 10 s. */
export function isBack() {
  connection.value = "gone";
  asking ??= (async () => {
    for (let wait = SHORTEST; ; wait = Math.min(LONGEST, wait * 2)) {
      await new Promise((resolve) => setTimeout(resolve, wait));
      if (await isThere()) break;
    }
    asking = null;
    connection.value = standing;
  })();
  return asking;
}

function unlessStopped(promise, stop) {
  if (!stop) return promise;
  return new Promise((resolve, reject) => {
    const stopped = () => reject(stop.reason);
    if (stop.aborted) return stopped();
    stop.addEventListener("abort", stopped, { once: true });
    promise.then(resolve, reject).finally(() => stop.removeEventListener("abort", stopped));
  });
}
