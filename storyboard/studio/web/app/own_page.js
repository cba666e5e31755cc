// The door of /studio/: the launch key behind the `#` is exchanged for the local user's session.

import { DEFAULTS, doorParts } from "./door.js";
import { filmPath } from "./media_paths.js";

const KEY = "storyboard.key"; // the console's name for it too: one key opens both pages of a tab
const SESSION = "storyboard.user-session";

/** The studio wants a key: there is none, or it is another process's. */
export class Locked extends Error {}

/** Return the door, open; rejects with `Locked`, or a `TypeError` where the studio is gone. */
export async function openOwnPage() {
  takeKey();
  addEventListener("hashchange", takeKey);
  const parts = doorParts();
  const kept = sessionStorage.getItem(SESSION);
  const { ks, partnerId } = kept ? JSON.parse(kept) : await exchange();
  parts.settings.value = { ...DEFAULTS, partnerId, canShare: true };
  parts.take(ks);
  addEventListener("pagehide", () => void parts.kill());
  addEventListener("pageshow", (event) => event.persisted && location.reload()); // all was given up
  return {
    ...parts,
    isEmbedded: false,
    async renewed(stale) {
      if (parts.ks.peek() !== stale) return parts.ks.peek();
      sessionStorage.removeItem(SESSION);
      parts.take((await exchange()).ks);
      return parts.ks.peek();
    },
    entryLink: async (entryId) => filmAddress(partnerId, entryId),
    async share(entryId) {
      await navigator.clipboard.writeText(filmAddress(partnerId, entryId));
      return true;
    },
    close() {},
  };
}

/** Take the key out of the address, so that neither a bookmark nor a screenshot has it. */
function takeKey() {
  const found = /^#key=([\w-]+)$/.exec(location.hash);
  if (!found) return;
  sessionStorage.setItem(KEY, found[1]);
  sessionStorage.removeItem(SESSION);
  history.replaceState(null, "", location.pathname);
}

async function exchange() {
  const key = sessionStorage.getItem(KEY);
  if (!key) throw new Locked("no key");
  const reply = await fetch("/__studio/user-session", {
    method: "POST",
    headers: { Authorization: `Bearer ${key}` },
    cache: "no-store",
    credentials: "omit",
  });
  const told = await reply.json();
  if (!told.ks) throw new Locked("the key is another studio's");
  sessionStorage.setItem(SESSION, JSON.stringify(told));
  return told;
}

function filmAddress(partnerId, entryId) {
  return `${location.origin}${filmPath(partnerId, entryId)}`;
}
