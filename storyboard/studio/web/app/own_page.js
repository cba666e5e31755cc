// The door of /studio/: the launch key behind the `#` is exchanged for the local user's session, or an app
// token for one of its user.

import { ApiError, service, sessionOf, sessionOfToken } from "./api.js";
import { DEFAULTS, doorParts } from "./door.js";
import { filmPath } from "./media_paths.js";
import { tabStorage } from "./tab_storage.js";
import { t } from "./texts.js";

const KEY = "storyboard.key"; // the console's name for it too: one key opens both pages of a tab
const SESSION = "storyboard.user-session";
const TOKEN = "storyboard.app-token";

/** The studio wants a key: there is none, or it is another process's. */
export class Locked extends Error {}

/** Return the door, open; rejects with `Locked`, or as a call of the API does. */
export async function openOwnPage() {
  takeKey();
  const parts = doorParts();
  /** The account is another one where the studio was started with another workspace. */
  const take = ({ ks, partnerId }) => {
    if (partnerId !== parts.settings.peek().partnerId) parts.settings.value = { ...DEFAULTS, partnerId, canShare: true };
    parts.take(ks);
  };
  let renewing = null;
  const renew = async () => {
    tabStorage.removeItem(SESSION);
    take(await exchange());
  };
  take(kept() ?? (await exchange()));
  addEventListener("hashchange", () => {
    // Another key that is no good either shows itself with the next call.
    if (takeKey()) void exchange().then(take, () => {});
  });
  addEventListener("pagehide", () => void parts.kill());
  const addressOf = (entryId) => `${location.origin}${filmPath(parts.settings.peek().partnerId, entryId)}`;
  addEventListener("pageshow", (event) => event.persisted && location.reload()); // all was given up
  return {
    ...parts,
    isEmbedded: false,
    async renewed(stale) {
      if (parts.ks.peek() !== stale) return parts.ks.peek();
      renewing ??= renew().finally(() => {
        renewing = null;
      });
      await renewing; // calls go out together, and are refused together
      return parts.ks.peek();
    },
    entryLink: async (entryId) => addressOf(entryId),
    async share(entryId) {
      await navigator.clipboard.writeText(addressOf(entryId));
      return true;
    },
    close() {},
    signOut: tabStorage.getItem(TOKEN) && signOut,
  };
}

/**
 * Have the tab go on with an app token; rejects as a call of the API does.
 * @param {{partnerId: string, id: string, token: string}} given
 */
export async function signIn(given) {
  keep(await sessionOfToken(given));
  tabStorage.setItem(TOKEN, JSON.stringify(given));
}

/** End the session of an app token, forget both, and show the form again. */
async function signOut() {
  await service("session", "end", {}, { repeat: false }).catch(() => {}); // it ends by itself, too
  for (const name of [TOKEN, SESSION, KEY]) tabStorage.removeItem(name);
  location.assign(location.pathname);
}

/** Take the key out of the address, so that neither a bookmark nor a screenshot has it. */
export function takeKey() {
  const found = /^#key=([\w-]+)$/.exec(location.hash);
  if (!found) return false;
  tabStorage.setItem(KEY, found[1]);
  for (const name of [TOKEN, SESSION]) tabStorage.removeItem(name);
  history.replaceState(null, "", location.pathname);
  return true;
}

/** Return a new session by what the tab has; rejects with `Locked`, or as a call of the API does. */
async function exchange() {
  const key = tabStorage.getItem(KEY);
  const token = parsed(tabStorage.getItem(TOKEN));
  if (!key && !token) throw new Locked(t("shell.locked"));
  return keep(await (token ? sessionOfToken(token) : sessionOf(key)).catch((trouble) => {
    if (!(trouble instanceof ApiError) || trouble.isPassing) throw trouble;
    if (token) tabStorage.removeItem(TOKEN);
    throw new Locked(t(token ? "signIn.again" : "shell.locked"));
  }));
}

function keep({ ks, partnerId }) {
  const told = { ks, partnerId };
  tabStorage.setItem(SESSION, JSON.stringify(told));
  return told;
}

/** Return the session that a reload finds, null for none. */
function kept() {
  return parsed(tabStorage.getItem(SESSION));
}

/** Return what a text of the tab's says, null for none, or for what no page of ours wrote. */
function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
