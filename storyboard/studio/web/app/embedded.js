// The door of the frame: the host page says hello's answer once, all else goes over its port.

import { DEFAULTS, doorParts } from "./door.js";
import { webAddress } from "./web_address.js";

/** Return the door, once the page that embeds this frame has opened it. */
export function openEmbedded() {
  const parts = doorParts();
  return new Promise((resolve) => {
    const heard = (event) => {
      const [port] = event.ports;
      if (event.source !== parent || event.data?.studio !== "open" || !port) return;
      removeEventListener("message", heard); // one page opens, once: what comes later is ignored
      resolve(opened(parts, port, event.data));
    };
    addEventListener("message", heard);
    parent.postMessage({ studio: "hello" }, "*"); // whose page this is, is not known: no content
  });
}

function opened(parts, port, first) {
  const replies = new Map();
  let asked = 0;
  const ask = (question, entryId) =>
    new Promise((resolve) => {
      asked += 1;
      replies.set(asked, resolve);
      port.postMessage({ studio: question, id: asked, entryId });
    });
  const answered = ({ id, value }) => {
    replies.get(id)?.(value);
    replies.delete(id);
  };
  const heed = {
    ks: ({ ks }) => parts.take(ks),
    settings: ({ settings }) => (parts.settings.value = { ...DEFAULTS, ...settings }),
    theme: ({ theme }) => (parts.theme.value = theme),
    language: ({ language }) => (parts.language.value = language),
    "entryLink:reply": answered,
    "share:reply": answered,
    async kill() {
      await parts.kill();
      port.postMessage({ studio: "killed" });
    },
  };
  for (const name of ["settings", "theme", "language", "ks"]) heed[name](first);
  port.onmessage = ({ data }) => heed[data.studio]?.(data);
  port.postMessage({ studio: "ready" });
  addEventListener("pagehide", () => void parts.kill());
  let ended = "";
  return {
    ...parts,
    isEmbedded: true,
    renewed(stale, wrong = "") {
      if (stale && stale !== ended && parts.ks.peek() === stale) {
        ended = stale; // the page is told of each session once
        port.postMessage({ studio: "ks-expired", wrong });
      }
      return parts.next(stale);
    },
    async entryLink(entryId) {
      if (!parts.settings.peek().hasEntryLink) return null;
      return webAddress(await ask("entryLink", entryId));
    },
    async share(entryId) {
      return parts.settings.peek().canShare ? ask("share", entryId) : false;
    },
    close: () => port.postMessage({ studio: "event" }),
  };
}
