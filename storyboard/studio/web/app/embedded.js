// The door of the frame: the host page says hello's answer once, all else goes over its port.

import { DEFAULTS, doorParts } from "./door.js";

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
  const set = ({ settings, ks, theme, language }) => {
    if (settings) parts.settings.value = { ...DEFAULTS, ...settings };
    if (theme !== undefined) parts.theme.value = theme;
    if (language !== undefined) parts.language.value = language;
    if (ks) parts.take(ks);
  };
  const ask = (question, entryId) =>
    new Promise((resolve) => {
      asked += 1;
      replies.set(asked, resolve);
      port.postMessage({ studio: question, id: asked, entryId });
    });
  port.onmessage = async ({ data }) => {
    if (data.studio === "set") set(data);
    else if (data.studio === "reply") {
      replies.get(data.id)?.(data.value);
      replies.delete(data.id);
    } else if (data.studio === "kill") {
      await parts.kill();
      port.postMessage({ studio: "killed" });
      port.close();
    }
  };
  set(first);
  port.postMessage({ studio: "ready" });
  let ended = null;
  return {
    ...parts,
    isEmbedded: true,
    renewed(stale) {
      if (stale && stale !== ended && parts.ks.peek() === stale) {
        ended = stale; // the page is told of each session once
        port.postMessage({ studio: "ks-expired" });
      }
      return parts.next(stale);
    },
    entryLink: (entryId) =>
      parts.settings.peek().hasEntryLink ? ask("entryLink", entryId) : Promise.resolve(null),
    share: (entryId) =>
      parts.settings.peek().canShare ? ask("share", entryId) : Promise.resolve(false),
    close: () => port.postMessage({ studio: "close" }),
  };
}
