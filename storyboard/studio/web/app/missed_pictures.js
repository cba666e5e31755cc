// Loads pictures again that could not be had while the studio was gone: a browser never tries twice.

import { effect } from "../vendor/preact-htm-signals.js";
import { connection, whetherThere } from "./api.js";

/** Begin to look after the pictures of a page. It holds none: those of a view that was left go with it. */
export function watchPictures(page = document) {
  const failed = ({ target }) => void (target instanceof HTMLImageElement && whetherThere());
  page.addEventListener("error", failed, true); // it does not bubble
  let wasGone = false;
  effect(() => {
    const isGone = connection.value === "gone";
    if (wasGone && !isGone) for (const picture of page.images) if (isMissed(picture)) loadAgain(picture);
    wasGone = isGone;
  });
}

/** Whether a picture was tried, and is none. */
function isMissed(picture) {
  return picture.hasAttribute("src") && picture.complete && picture.naturalWidth === 0;
}

function loadAgain(picture) {
  picture.src = picture.getAttribute("src");
}
