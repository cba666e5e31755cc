// Speaks to the studio: the session out of the address, requests, pictures, captions.

const KEY = "storyboard.key";
const SESSION = "storyboard.session";
const ENDED = new Set(["INVALID_KS", "EXPIRED_KS", "MISSING_KS", "SERVICE_FORBIDDEN"]);

/** The studio wants a key: there is none, or it is another process's. */
export class Locked extends Error {}

/** The studio cannot be reached. */
export class Gone extends Error {}

/**
 * Take the key out of the address, so that neither a bookmark nor a screenshot has it.
 * @param {string} place what the address is to lead to in its stead
 */
export function takeKey(place) {
  const found = /^#key=([\w-]+)$/.exec(location.hash);
  if (!found) return;
  sessionStorage.setItem(KEY, found[1]);
  sessionStorage.removeItem(SESSION);
  history.replaceState(null, "", `${location.pathname}${place}`);
}

/** Use a session that somebody pasted. */
export function useSession(ks) {
  sessionStorage.setItem(SESSION, ks);
}

/** Return what the control plane tells; a session that has ended is renewed once. */
export async function ask(path) {
  return (await fetched(path)).json();
}

/** Return the text of captions. */
export async function captionText(id) {
  return (await fetched(`captions/${encodeURIComponent(id)}`)).text();
}

const pictures = new Map();
let drawing = Promise.resolve();

/** Return the address of an avatar's picture; each is asked for once, one after another. */
export function portrait(id) {
  if (!pictures.has(id)) {
    const drawn = drawing.then(async () => {
      const reply = await fetched(`avatars/${encodeURIComponent(id)}/picture`);
      return URL.createObjectURL(await reply.blob());
    });
    drawing = drawn.catch(() => pictures.delete(id));
    pictures.set(id, drawn);
  }
  return pictures.get(id);
}

async function fetched(path) {
  let ks = sessionStorage.getItem(SESSION) ?? (await renewed());
  let reply = await send("GET", path, ks);
  if (ENDED.has(await refusal(reply))) {
    ks = await renewed();
    reply = await send("GET", path, ks);
    if (ENDED.has(await refusal(reply))) throw new Locked("the session has ended");
  }
  const code = await refusal(reply);
  if (code || !reply.ok) throw new Error(code || `status ${reply.status}`);
  return reply;
}

async function renewed() {
  sessionStorage.removeItem(SESSION);
  const key = sessionStorage.getItem(KEY);
  if (!key) throw new Locked("no key");
  const told = await (await send("POST", "session", key)).json();
  if (!told.ks) {
    sessionStorage.removeItem(KEY);
    throw new Locked("the key is another studio's");
  }
  sessionStorage.setItem(SESSION, told.ks);
  return told.ks;
}

async function send(method, path, bearer) {
  try {
    return await fetch(`/__studio/${path}`, {
      method,
      headers: { Authorization: `Bearer ${bearer}` },
      cache: "no-store",
      credentials: "omit",
    });
  } catch (cause) {
    throw new Gone("the studio does not answer", { cause });
  }
}

/** Return the code of a refusal, which may come with status 200; null where there is none. */
async function refusal(reply) {
  if (!reply.headers.get("content-type")?.startsWith("application/json")) return null;
  const told = await reply.clone().json();
  return told.objectType === "KalturaAPIException" ? told.code : null;
}
