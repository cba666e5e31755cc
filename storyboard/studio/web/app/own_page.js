// The door of /studio/: the launch key behind the `#` is exchanged for the local user's session.

import { ApiError, sessionOf } from "./api.js";
import { DEFAULTS, doorParts } from "./door.js";
import { filmPath } from "./media_paths.js";
import { tabStorage } from "./tab_storage.js";
import { t } from "./texts.js";

const KEY = "storyboard.key"; // the console's name for it too: one key opens both pages of a tab
const SESSION = "storyboard.user-session";

/** The studio wants a key: there is none, or it is another process's. */
export class Locked extends Error {}

/** Return the door, open; rejects with `Locked`, or as a call of the API does. */
export async function openOwnPage() {
  takeKey();
  const parts = doorParts();
  const kept = tabStorage.getItem(SESSION);
  const { ks, partnerId } = kept ? JSON.parse(kept) : await exchange();
  parts.settings.value = { ...DEFAULTS, partnerId, canShare: true };
  parts.take(ks);
  addEventListener("hashchange", () => {
    // Another key that is no good either shows itself with the next call.
    if (takeKey()) void exchange().then((told) => parts.take(told.ks), () => {});
  });
  addEventListener("pagehide", () => void parts.kill());
  addEventListener("pageshow", (event) => event.persisted && location.reload()); // all was given up
  return {
    ...parts,
    isEmbedded: false,
    async renewed(stale) {
      if (parts.ks.peek() !== stale) return parts.ks.peek();
      tabStorage.removeItem(SESSION);
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
  if (!found) return false;
  tabStorage.setItem(KEY, found[1]);
  tabStorage.removeItem(SESSION);
  history.replaceState(null, "", location.pathname);
  return true;
}

async function exchange() {
  const key = tabStorage.getItem(KEY);
  if (!key) throw new Locked(t("shell.locked"));
  const told = await sessionOf(key).catch((trouble) => {
    if (!(trouble instanceof ApiError) || trouble.isPassing) throw trouble;
    throw new Locked(t("shell.locked"));
  });
  tabStorage.setItem(SESSION, JSON.stringify(told));
  return told;
}

function filmAddress(partnerId, entryId) {
  return `${location.origin}${filmPath(partnerId, entryId)}`;
}
