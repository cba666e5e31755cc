// Loads pictures again that could not be had while the studio was gone: a browser never tries twice.

import { effect } from "../vendor/preact-htm-signals.js";
import { connection, whetherThere } from "./api.js";

/** Begin to look after the pictures of a page. */
export function watchPictures(page = document) {
  /** @type {Set<HTMLImageElement>} */
  const missed = new Set();
  const failed = ({ target }) => {
    if (!(target instanceof HTMLImageElement)) return;
    missed.add(target);
    void whetherThere();
  };
  page.addEventListener("error", failed, true); // it does not bubble
  let wasGone = false;
  effect(() => {
    const isGone = connection.value === "gone";
    if (wasGone && !isGone) {
      for (const picture of missed) if (picture.isConnected) picture.src = picture.getAttribute("src");
      missed.clear();
    }
    wasGone = isGone;
  });
}
